import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, connect } from './client.ts'
import type { InMessage } from './message.ts'
import { type ConnectionSettings, placeOf } from './settings.ts'
import type { Topics } from './topics.ts'

/**
 * One process at a time runs as an instance: two would throw each other off the broker without end by their client id. A process that comes asks under
 * another id on `cii/bridge/<instance>/claim`, and the one that runs answers: it is not disturbed. No clock decides. Whoever can forge an answer can take
 * the client id as well.
 */

/** Milliseconds in which a broker is reached, and in which a process that runs answers, also on a busy machine. */
const [REACHED, ANSWERED] = [2000, 3000]
/** Milliseconds in which our own question comes back: a broker with access rules may keep it. */
const ECHOED = 1000
/** Milliseconds until one that waits asks again; and until it asks when the other says goodbye, which may only be restarting. */
const [AGAIN, GOODBYE] = [30_000, 10_000]
/** Milliseconds between two answers, and between two claims. */
const [ANSWER_PAUSE, RENEWED] = [500, 60_000]

/** The words of a waiting process about itself. */
export const STAYS_OUT = ': this one stays out until that one ends'

export type ClaimSettings = {
	connection: ConnectionSettings
	topics: Topics
	instance: string
	tell(text: string): void
	/** Ends the waiting. */
	signal?: AbortSignal
}

type Claim = { session?: unknown; ask?: unknown }

/** Resolves when no other process runs as this instance, or the broker cannot be asked. */
export async function vacant({ connection, topics, instance, tell, signal }: ClaimSettings): Promise<void> {
	const session = randomBytes(6).toString('hex')
	const heard = { up: undefined as boolean | undefined, asked: false, state: '', answered: false, goodbye: false }
	let wake = () => {}
	const { will: _will, spool: _spool, session: _session, limits: _limits, ...rest } = connection
	const asking = connect({
		...rest,
		clientId: `${connection.clientId}-${session}`,
		status(up) {
			heard.up = up
			wake()
		},
	})
	const onClaim = ({ payload, retain }: InMessage) => {
		const claim = read(payload)
		if (retain || !claim) return
		if (claim.session === session) heard.asked = true
		else if (claim.ask !== true) heard.answered = true
		wake()
	}
	const onState = ({ payload, retain }: InMessage) => {
		heard.state = new TextDecoder().decode(payload.subarray(0, 16))
		if (!retain && heard.state === 'offline') heard.goodbye = true
		wake()
	}
	/** Waits until something is so. */
	async function until(limit: number, holds: () => boolean): Promise<void> {
		const end = performance.now() + limit
		while (!holds() && !signal?.aborted && performance.now() < end) {
			const woken = new Promise<void>((resolve) => {
				wake = resolve
			})
			await Promise.race([woken, sleep(Math.max(1, Math.min(250, end - performance.now())))])
		}
	}
	async function isTaken(): Promise<boolean> {
		heard.asked = heard.answered = false
		const ask = () => asking.publish({ topic: topics.bridgeClaim, payload: JSON.stringify({ session, ask: true }), retain: false })
		ask()
		// What the broker had kept has come when our own question comes back.
		await until(ECHOED, () => heard.asked || heard.answered)
		// One whose connection was just lost is back in a moment, and has not heard us.
		for (let waited = 0; waited < ANSWERED && heard.asked && heard.state === 'online' && !heard.answered; waited += ECHOED) {
			await until(ECHOED, () => heard.answered || heard.state !== 'online')
			if (!heard.answered) ask()
		}
		return heard.answered
	}
	try {
		await until(REACHED, () => heard.up !== undefined)
		if (heard.up !== true) return
		const subscribed = Promise.all([asking.subscribe(topics.bridgeState, onState), asking.subscribe(topics.bridgeClaim, onClaim)])
		await Promise.race([subscribed, sleep(REACHED)])
		if (!(await isTaken())) return
		tell(
			`another process runs as instance "${instance}" at ${placeOf(connection)}${STAYS_OUT}. Give each process its own "instance" in the config`,
		)
		for (let taken = true; taken && !signal?.aborted; ) {
			heard.goodbye = false
			await until(AGAIN, () => heard.goodbye)
			// Of several that wait, one is the first.
			if (heard.goodbye) await until(GOODBYE * (1 + Math.random()), () => false)
			taken = !asking.connected() || (await isTaken())
		}
		if (!signal?.aborted) tell(`the other process that ran as instance "${instance}" is gone: this one takes over`)
	} finally {
		await asking.close()
	}
}

/** Claims the instance: answers those who ask, and calls `displaced` once when another process has taken it over while this one was away. */
export function hold(connection: Pick<Connection, 'publish' | 'subscribe' | 'connected'>, topics: Topics, displaced: () => void) {
	const session = randomBytes(6).toString('hex')
	let [claimed, over, last] = [false, false, Number.NEGATIVE_INFINITY]
	function claim(): void {
		if (over || !connection.connected()) return
		connection.publish({ topic: topics.bridgeClaim, payload: JSON.stringify({ session }), retain: true, once: true })
	}
	const timer = setInterval(claim, RENEWED).unref()
	const onClaim = ({ payload, retain }: InMessage) => {
		const found = read(payload)
		if (over || !found) return
		if (found.session === session) claimed = true
		else if (!retain && performance.now() - last > ANSWER_PAUSE) {
			last = performance.now()
			claim()
		} else if (retain && claimed) {
			// It has claimed after us, while our connection was lost.
			over = true
			displaced()
		}
	}
	void connection.subscribe(topics.bridgeClaim, onClaim).then(claim)
	return {
		close(): void {
			over = true
			clearInterval(timer)
		},
	}
}

function read(payload: Uint8Array): Claim | undefined {
	try {
		const found = JSON.parse(new TextDecoder().decode(payload.subarray(0, 200))) as Claim | null
		return typeof found?.session === 'string' ? found : undefined
	} catch {
		return undefined
	}
}
