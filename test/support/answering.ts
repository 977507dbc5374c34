import { createSocket } from 'node:dgram'
import { connect, type Socket } from 'node:net'
import { Answers, type AnswersSettings } from '../../engine/answer/answers.ts'
import { parseConfig } from '../../engine/config/config.ts'
import { findingText } from '../../engine/document/finding.ts'
import { entriesOf, outputOf } from '../../engine/output/output.ts'
import type { Last } from '../../engine/output/scope.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import type { Reading } from '../../schema/types/reading.ts'

/** Devices that answer for made-up meters, on ports of this computer. */
export type Answering = {
	answers: Answers
	/** What was said: troubles by output, the newest last, and the log. */
	troubles: [output: string, texts: string[]][]
	log: string[]
	/** Makes the devices equal to these entries of a config with the meters `house` and `shed`. Throws what is wrong with them. */
	settle(outputs: unknown[]): Promise<void>
	/** Lets a meter speak; `ago`: milliseconds since its telegram came. */
	speak(values: object, more?: { meter?: string; ago?: number; interval?: number; arrivals?: Record<string, string> }): void
	port(output: string, way?: 'http' | 'udp'): number
	close(): Promise<void>
}

const METERS = ['house', 'shed'].map((name) => ({ name, profile: 'ekz-e450', transport: { path: '/dev/null' } }))

/** A meter that has spoken. */
type Spoken = { name: string; now: Last; last(): Last }

/** Begins with no device. */
export function answering(settings: Partial<AnswersSettings> = {}): Answering {
	const troubles: Answering['troubles'] = []
	const lines: string[] = []
	const say = (about: unknown, text?: string) => void lines.push(String(text ?? about))
	const log: AnswersSettings['log'] = { debug: say, info: say, warn: say, error: say, child: () => log }
	const bridge = { instance: 'main', version: '0' }
	const answers = new Answers({ bridge, log, trouble: (...trouble) => void troubles.push(trouble), ...settings })
	const speakers = new Map<string, Spoken>()
	const library = readLibrary([builtinProfiles])
	return {
		answers,
		troubles,
		log: lines,
		async settle(outputs) {
			const config = parseConfig('/tmp/config.json', JSON.stringify({ mqtt: { url: 'mqtt://localhost' }, outputs, meters: METERS }))
			if (Array.isArray(config)) throw new Error(config.map(findingText).join('\n'))
			const chosen = entriesOf(config.config).map((entry) => {
				const output = outputOf(entry, config, library)
				if (Array.isArray(output)) throw new Error(output.map(findingText).join('\n'))
				return output
			})
			await answers.settle(chosen, config)
		},
		speak(values, { meter = 'house', ago = 0, interval = 10, arrivals } = {}) {
			const received = new Date(Date.now() - ago).toISOString()
			const reading = { schema: 'cii.reading/1', meter, id: 'M1', time: received, received, ...values } as unknown as Reading
			const view = { name: meter, meter: {}, profile: { name: 'x', label: 'x@1', title: 'X', interval } }
			const now: Last = { view, reading, state: reading, ...(arrivals && { arrivals }) }
			const speaker: Spoken = speakers.get(meter) ?? { name: meter, now, last: () => speaker.now }
			speaker.now = now
			speakers.set(meter, speaker)
			answers.reading(speaker)
		},
		port(output, way = 'http') {
			const port = answers.ports(output)[way]
			if (port === undefined) throw new Error(`${output} has no open port: ${JSON.stringify(troubles)}`)
			return port
		},
		close: () => answers.close(),
	}
}

/** Asks by HTTP, with a connection of its own. */
export async function ask(
	port: number,
	path: string,
	init: RequestInit = {},
): Promise<{ status: number; text: string; json: Record<string, unknown> }> {
	const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers: { connection: 'close', ...init.headers } })
	const text = await response.text()
	return { status: response.status, text, json: text.startsWith('{') ? JSON.parse(text) : {} }
}

/** Sends a datagram; gives the reply, or undefined where none comes in so many milliseconds. */
export function askUdp(port: number, text: string | Uint8Array, wait = 1000): Promise<string | undefined> {
	const socket = createSocket('udp4')
	return new Promise((resolve) => {
		const end = (reply: string | undefined) => {
			clearTimeout(timer)
			socket.close()
			resolve(reply)
		}
		const timer = setTimeout(() => end(undefined), wait)
		socket.on('message', (data) => end(data.toString()))
		socket.send(text, port, '127.0.0.1')
	})
}

/** Opens a connection; `closed` resolves with what came when the other side has ended it. */
export async function raw(port: number): Promise<{ socket: Socket; closed: Promise<string> }> {
	const socket = connect(port, '127.0.0.1')
	let came = ''
	socket.on('data', (data) => {
		came += data.toString('latin1')
	})
	socket.on('error', () => undefined)
	const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(came)))
	await new Promise<void>((resolve) => {
		socket.once('connect', () => resolve())
		socket.once('close', () => resolve())
	})
	return { socket, closed }
}
