import { randomBytes } from 'node:crypto'
import type { BrokerAnswer, Problem } from '../../schema/types/api.ts'
import { connect } from '../mqtt/client.ts'
import type { InMessage } from '../mqtt/message.ts'
import { type ConnectionSettings, placeOf } from '../mqtt/settings.ts'
import type { Topics } from '../mqtt/topics.ts'
import { named } from '../text/names.ts'
import { brokerProblem } from './broker-problem.ts'

/** Milliseconds for the connection, for the broker's answer to what is published, and for its way back. */
const [CONNECTED, ANSWERED, ECHOED] = [12_000, 5000, 2500]

export type BrokerTestSettings = {
	connection: Omit<ConnectionSettings, 'status' | 'clientId'>
	topics: Topics
	instance: string
	signal?: AbortSignal
	limit?: number
}

/**
 * Tests a broker with its real answer: connects, publishes a message below cii/bridge/<instance>/test, and reads it back. Nothing is kept there. A failure is
 * told in a sentence with what to do.
 */
export async function testBroker({ connection, topics, instance, limit = CONNECTED }: BrokerTestSettings): Promise<BrokerAnswer> {
	const place = placeOf({ ...connection, clientId: '', status: () => undefined })
	const session = randomBytes(6).toString('hex')
	let protocol: 4 | 5 | undefined
	let state: (answer: { up: boolean; text: string }) => void = () => undefined
	const answered = new Promise<{ up: boolean; text: string }>((resolve) => {
		state = resolve
	})
	const refusedFilters: string[] = []
	const client = connect({
		...connection,
		clientId: `cii2mqtt-${instance}-test-${session}`,
		patience: 5,
		status(up, text) {
			if (up) protocol = /\(MQTT 5\)/.test(text) ? 5 : 4
			if (/refuses the subscription/.test(text)) refusedFilters.push(text)
			else if (up || !/does not acknowledge|keeps no messages/.test(text)) state({ up, text })
		},
	})
	const late = setTimeout(() => state({ up: false, text: `${place} does not answer: is the address right?` }), limit)
	try {
		const first = await answered
		if (!first.up) {
			const problem = await brokerProblem(first.text, connection)
			return { ok: false, text: problem.text, problem }
		}
		const topic = `${topics.bridgeState.slice(0, topics.bridgeState.lastIndexOf('/'))}/test`
		const user = connection.username === undefined ? 'without a user' : `user ${named(connection.username)}`
		const base = { ...(protocol !== undefined && { protocol }) }
		const echo = echoOf(client, topic, session)
		await Promise.race([echo.subscribed, pause(ANSWERED)])
		const accepted = await Promise.race([published(client, topic, session), pause(ANSWERED).then(() => undefined)])
		if (accepted !== true) {
			const text = `${place} lets ${user} in, and takes no messages on ${topics.root}/#.`
			return {
				ok: false,
				text,
				problem: { code: 'broker-write', text, hint: `Allow it in the broker’s access rules: write ${topics.root}/#.` },
				...base,
			}
		}
		const back = await Promise.race([echo.back, pause(ECHOED).then(() => false)])
		const text = `${place} answers, and takes messages of ${user === 'without a user' ? 'everybody' : user}.`
		if (back) return { ok: true, text, ...base }
		return { ok: true, text, problem: silentProblem(topics.root, refusedFilters.length > 0), ...base }
	} finally {
		clearTimeout(late)
		await client.close()
	}
}

function silentProblem(root: string, refused: boolean): Problem {
	const text = refused
		? `It does not let this user read ${root}/#.`
		: 'The test message did not come back: the broker may drop what this user publishes.'
	return {
		code: 'broker-read',
		text,
		hint: `Allow it in the broker’s access rules: read and write ${root}/#, and the topics of the outputs (homeassistant/#).`,
	}
}

type Client = ReturnType<typeof connect>

function echoOf(client: Client, topic: string, session: string): { subscribed: Promise<void>; back: Promise<boolean> } {
	let came: (is: boolean) => void = () => undefined
	const back = new Promise<boolean>((resolve) => {
		came = resolve
	})
	const handler = ({ payload }: InMessage) => {
		if (new TextDecoder().decode(payload.subarray(0, 64)) === session) came(true)
	}
	return { subscribed: client.subscribe(topic, handler), back }
}

const published = (client: Client, topic: string, session: string) =>
	new Promise<boolean>((resolve) => client.publish({ topic, payload: session, retain: false, settled: resolve }))

const pause = (milliseconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, milliseconds).unref())
