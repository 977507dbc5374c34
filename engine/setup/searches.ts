import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import type { Heard, HeardAdapter, ProbeRequest, Probe as ProbeView, Proposal } from '../../schema/types/api.ts'
import type { Hearing } from './hearing.ts'
import { lineOf } from './lines.ts'
import { sameDevice } from './ports.ts'
import type { Probe } from './probe.ts'
import type { Place } from './proposals.ts'
import { Refusal } from './refusal.ts'

/** Searches that run at a time, and that are remembered. */
const [AT_ONCE, KEPT] = [4, 8]
/** Milliseconds that one is remembered: its keys are in memory. */
const REMEMBERED = 20 * 60_000

const OVER = { code: 'search-unknown', text: 'This search is over and forgotten.', hint: 'Begin it again.' }

/** A search for a meter, at a port or at a broker. */
export type Search = Probe | Hearing

/** Searches by their id: few at a time, and none is remembered long. */
export class Searches {
	readonly #all = new Map<string, { search: Search; forgotten: NodeJS.Timeout }>()

	/** Gives an id for the next search; a refusal where too many run. */
	next(): string | Refusal {
		this.#forget()
		if ([...this.#all.values()].filter(({ search }) => search.running).length >= AT_ONCE)
			return new Refusal(429, {
				code: 'searches',
				text: `${AT_ONCE} searches run already.`,
				hint: 'End one of them, or wait a minute.',
				params: { count: AT_ONCE },
			})
		return randomBytes(8).toString('hex')
	}

	/** Starts a search. */
	start(id: string, search: Search): void {
		this.#all.set(id, { search, forgotten: setTimeout(() => void this.end(id), REMEMBERED).unref() })
		search.start()
	}

	/** Finds one of a kind; a refusal for one that is not known any more. */
	find<T extends Search>(id: string, kind: new (...settings: never[]) => T): T | Refusal {
		const found = this.#all.get(id)?.search
		if (found instanceof kind) return found
		return new Refusal(404, OVER)
	}

	/** Ends one, and forgets it. */
	async end(id: string): Promise<undefined | Refusal> {
		const found = this.#all.get(id)
		if (!found) return new Refusal(404, OVER)
		this.#all.delete(id)
		clearTimeout(found.forgotten)
		await found.search.close()
		return undefined
	}

	/** Gives the last probe of a place, with its id. */
	at(place: Place): { id: string; probe: Probe } | undefined {
		const probes = [...this.#all].flatMap(([id, { search }]) =>
			'place' in search && samePlace(search.place, place) ? [{ id, probe: search }] : [],
		)
		return probes.at(-1)
	}

	/** Ends all. */
	async close(): Promise<void> {
		await Promise.all([...this.#all.keys()].map((id) => this.end(id)))
	}

	/** Forgets the oldest that are over, where there are many. */
	#forget(): void {
		const over = [...this.#all].filter(([, { search }]) => !search.running)
		for (const [id] of over.slice(0, Math.max(0, this.#all.size - KEPT))) void this.end(id)
	}
}

/** Tells whether two places are one. */
export function samePlace(one: Place, other: Place): boolean {
	if (one.kind === 'serial') return other.kind === 'serial' && sameDevice(one.path, other.path)
	return other.kind === 'tcp' && one.host === other.host && one.port === other.port
}

/** Gives the place that a transport of the config names; undefined for messages. */
export function placeIn({ path, host, port }: Readonly<Record<string, unknown>>): Place | undefined {
	if (typeof path === 'string') return { kind: 'serial', path }
	return typeof host === 'string' && typeof port === 'number' ? { kind: 'tcp', host, port } : undefined
}

/** Reads where a probe is to listen; a refusal for what is no such place. */
export function placeOf({ transport }: ProbeRequest): { place: Place; line: ReturnType<typeof lineOf> } | Refusal {
	const { kind, path = '', host = '', port, line: written } = transport
	const bad = (code: string, text: string, hint: string) => new Refusal(422, { code, text, hint })
	const line = written === undefined ? undefined : lineOf(written)
	if (written !== undefined && !line)
		return bad(
			'line-form',
			`"${written}" is no setting of a serial line.`,
			'Such as 2400 8E1: speed, data bits, parity (N, E, O), stop bits.',
		)
	if (kind === 'serial') {
		if (path === '') return bad('port-missing', 'No device is named.', 'Such as /dev/ttyUSB0.')
		const stats = process.platform === 'win32' ? undefined : statSync(path, { throwIfNoEntry: false })
		if (process.platform !== 'win32' && !stats)
			return bad('port-gone', `There is no ${path}.`, 'Is the adapter plugged in? A list of the devices shows when it comes.')
		if (stats && !stats.isCharacterDevice()) return bad('port-form', `${path} is not a serial device.`, 'Such as /dev/ttyUSB0.')
		return { place: { kind, path }, line }
	}
	const address = host.trim()
	if (!/^[\w.-]+$|^[\da-f:.]+$/i.test(address))
		return bad(
			'host-form',
			address === '' ? 'The address of the bridge is missing.' : 'This is not an address.',
			'A name or numbers, such as 192.168.1.50, without http:// and without the port.',
		)
	if (port === undefined || !Number.isInteger(port) || port < 1 || port > 65_535)
		return bad('port-form', 'The port of the bridge is missing.', 'A number from 1 to 65535, as the bridge shows it.')
	return { place: { kind: 'tcp', host: address, port }, line }
}

/** Shows what was heard at a topic as a probe. */
export function asProbe(view: Heard & { seconds: number }, topic: string, messages: number): ProbeView {
	const { id, state, text = '', problem, heard, seconds } = view
	const isUnknown = state === 'ended' && heard.length === 0 && messages > 0
	return {
		id,
		state: state === 'failed' ? 'failed' : heard.length > 0 ? 'reading' : isUnknown ? 'unknown' : state,
		line: topic,
		tried: [{ line: topic, bytes: 0, frames: messages, text }],
		text,
		...(problem && { problem }),
		proposals: heard.map(proposalOf),
		seconds,
		...(messages > 0 && { record: true }),
	}
}

function proposalOf({ profile, title, device, transport, reading = {}, name, messages }: HeardAdapter, place: number): Proposal {
	const why = [`${messages} ${messages === 1 ? 'message' : 'messages'}${device === undefined ? '' : ` of ${device}`}`]
	return { profile, title, sure: place === 0 ? 'likely' : 'possible', why, reading, transport, name }
}
