import { request as ask } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import type { Site, SiteEvent } from '../../engine/http/site.ts'
import { Website, type WebsiteSettings } from '../../engine/http/website.ts'
import type { Snapshot } from '../../engine/meter/snapshot.ts'
import type { Bar, ConfigChange, ConfigText, Failure, Probe, Sum } from '../../schema/types/api.ts'

/** A meter as the page sees it. */
export const snapshot = (name: string, more: Partial<Snapshot> = {}): Snapshot => ({
	name,
	title: name,
	profileTitle: 'A meter',
	transport: 'serial',
	interval: 5,
	online: true,
	state: {
		schema: 'cii.reading/1',
		meter: name,
		time: '2026-11-28T12:00:00+01:00',
		power_import: 28,
		energy_import: 482_939,
		submeters: { 1: { medium: 'gas', volume: 12.5 } },
	},
	diagnostics: {
		schema: 'cii.diagnostics/1',
		meter: name,
		profile: 'ekz-e450@1.0.0',
		since: '2026-11-28T11:00:00.000Z',
		port: 'open',
		frames: 9,
		readings: 9,
		bytes: 999,
		discarded: {},
		rejected: {},
		issues: {},
		last_reading: '2026-11-28T11:00:01.000Z',
	},
	...more,
})

const SUM: Sum = { from: '2026-11-28T00:00:00+01:00', energy_import: 1200, complete: true }
const BAR: Bar = {
	start: '2026-11-28T00:00:00+01:00',
	end: '2026-11-29T00:00:00+01:00',
	import: 1200,
	export: 0,
	cost: 0.35,
	complete: true,
}

/** A site without an engine: a test changes it, and emits events. */
export class PlaySite implements Site {
	readonly version = '0.0.0'
	readonly since = Date.parse('2026-11-28T11:00:00Z')
	snapshots: Snapshot[] = [snapshot('house')]
	missing: { name: string; detail: string }[] = []
	connected = true
	text = '{ "mqtt": { "embedded": {} }, "meters": [] }'
	/** The changes that were asked for. */
	readonly asked: unknown[] = []
	history: Site['history']
	telegrams: Site['telegrams']
	config: Site['config']
	setup: Site['setup']
	workbench: Site['workbench']
	readonly log: Site['log'] = { recent: (after) => [{ n: after + 1, time: '2026-11-28T11:00:00.000Z', level: 'info', text: 'a line' }] }
	readonly #listeners = new Set<(event: SiteEvent) => void>()

	constructor() {
		const change = (...what: unknown[]): ConfigChange => {
			this.asked.push(what)
			return { etag: 'two', applied: true, meters: ['house'] }
		}
		const probe = (id = 'one'): Probe => ({ id, state: 'listening', tried: [], text: 'bytes, no frames', proposals: [], seconds: 1 })
		this.history = {
			bars: (meter, { from, to, step }) => {
				this.asked.push({ from, to, step })
				const [start, end] = [new Date(from).toISOString(), new Date(to).toISOString()]
				return { meter, timezone: 'Europe/Zurich', step, from: start, to: end, currency: 'CHF', bars: [BAR], gaps: [], powers: [] }
			},
			totals: (meter) => ({ schema: 'cii.totals/1', meter, time: SUM.from, today: SUM, month: SUM }),
			forget: (meter) => void this.asked.push(['forget', meter]),
		}
		this.telegrams = {
			list: (meter) => (meter === 'house' ? [{ id: '1', received: '2026-11-28T11:00:01.000Z', bytes: 99, outcome: 'reading' }] : undefined),
			explain: (_meter, id) =>
				id === '1' ? { stages: [], text: 'a telegram' } : { refused: 'unknown', code: 'telegram', message: 'It is no longer kept.' },
			record: (_meter, seconds) => {
				this.asked.push(['record', seconds])
				return { id: 'r1' }
			},
			recording: (id) => (id === 'r1' ? { name: 'house "x"\r\n.capture.jsonl', text: '{}\n' } : { remaining: 3 }),
			endRecording: () => undefined,
		}
		this.config = {
			read: (): ConfigText => ({ text: this.text, etag: 'one', exists: true, findings: [] }),
			write: (text, etag) => {
				if (etag !== undefined && etag !== 'one')
					return { refused: 'changed', code: 'changed', message: 'Changed.', text: this.text, etag: 'one' }
				this.text = text
				return change('write', text.length)
			},
			undo: () => change('undo'),
			addMeter: (meter) => change('add', meter),
			changeMeter: (name, what) => change('change', name, what),
			removeMeter: (name, history) => change('remove', name, history),
			switchOutput: (name, enabled) => change('output', name, enabled),
		}
		this.setup = {
			ports: () => ({ ports: [{ path: '/dev/serial/by-id/x', device: '/dev/ttyUSB0' }] }),
			probe: (what) => {
				this.asked.push(['probe', what])
				return probe()
			},
			probed: (id) => (id === 'one' ? probe(id) : { refused: 'unknown', code: 'probe', message: 'It has ended.' }),
			giveKeys: (id) => probe(id),
			probeRecording: () => ({ name: 'unknown.capture.jsonl', text: '{}\n' }),
			endProbe: () => undefined,
			suggestBroker: () => ({ url: 'mqtt://localhost:1883', wantsPassword: true }),
			testBroker: () => ({ ok: true, text: 'It answers.', protocol: 5 }),
			listen: () => ({ id: 'h', state: 'listening', heard: [] }),
			heard: (id) => ({ id, state: 'ended', heard: [] }),
			endListening: () => undefined,
		}
		const written = (): { files: string[] } => ({ files: ['/home/me/profiles/mine/a.capture.jsonl'] })
		this.workbench = {
			analyse: (request) => {
				this.asked.push(request)
				// As the thread writes it.
				return { bytes: new TextEncoder().encode(JSON.stringify({ findings: [], milliseconds: 1 })) }
			},
			words: () => ({ schema: {}, fields: [], names: [], functions: [], codes: [], profiles: [] }),
			profile: (name) => ({ name, text: '{}', etag: 'one', own: true, samples: [] }),
			save: (name, text, etag) => {
				if (etag !== undefined && etag !== 'one')
					return { refused: 'changed', code: 'changed', message: 'Changed.', text: '{}', etag: 'one' }
				this.asked.push(['save', name, text, etag])
				return { etag: 'two', file: `/home/me/profiles/${name}.json`, status: 'unused', errors: [] }
			},
			draft: ({ name }) => ({ name, text: '{}' }),
			addSample: (...what) => {
				this.asked.push(what)
				return written()
			},
			accept: written,
			zip: (name) => ({ name: `${name}.zip`, bytes: new Uint8Array(Buffer.from('PK')) }),
			kind: (name) => ({ name, title: 'A meter', kind: 'serial', fields: [], parents: [] }),
		}
	}

	now() {
		const outbox = { waiting: 0, dropped: 0, postponed: 0, faults: 0, skipped: 0 }
		return { connected: this.connected, outbox, meters: this.snapshots, missing: this.missing }
	}

	meter(name: string) {
		return this.snapshots.find((one) => one.name === name)
	}

	subscribe(listener: (event: SiteEvent) => void) {
		this.#listeners.add(listener)
		return () => void this.#listeners.delete(listener)
	}

	/** Counts those who listen. */
	get listeners(): number {
		return this.#listeners.size
	}

	emit(event: SiteEvent): void {
		for (const listener of this.#listeners) listener(event)
	}

	profiles() {
		return [{ name: 'ekz-e450', title: 'EKZ', kind: 'serial', samples: true, source: 'built-in' } as const]
	}

	outputs() {
		return [{ name: 'home-assistant', title: 'Home Assistant', description: 'Discovery', enabled: false }]
	}
}

const open: Website[] = []

/** Closes all that tests have opened, also those that failed. */
export const closeWebsites = () => Promise.all(open.splice(0).map((one) => one.close()))

/** The page over a site, on a free port. */
export async function websiteOf(site: Site, settings: Partial<WebsiteSettings> & { folderPath?: string } = {}) {
	const [lines, announced] = [[] as string[], [] as string[]]
	const { folderPath, ...rest } = settings
	const website = new Website({
		http: { port: 0 },
		site,
		instance: 'main',
		accessFile: undefined,
		announce: (text) => void announced.push(text),
		log: pino({ base: null }, { write: (line: string) => void lines.push(line) }),
		...(folderPath !== undefined && { folder: pathToFileURL(join(folderPath, '/')) }),
		...rest,
	})
	open.push(website)
	await website.open()
	return { website, url: website.address ?? '', lines, announced }
}

export type Answered = { status: number; headers: Record<string, string | string[] | undefined>; text: string }

/** Asks with headers of its own, which fetch does not send, and with a body where one is given. */
export function answerOf(url: string, headers: Record<string, string> = {}, method = 'GET', body?: object | string): Promise<Answered> {
	return new Promise((resolve, reject) => {
		const text = typeof body === 'object' ? JSON.stringify(body) : body
		const type = typeof body === 'object' ? { 'content-type': 'application/json' } : {}
		const question = ask(url, { headers: { ...type, ...headers }, method, agent: false }, (response) => {
			const pieces: Buffer[] = []
			response.on('data', (piece: Buffer) => pieces.push(piece))
			response.on('end', () =>
				resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(pieces).toString() }),
			)
			response.on('error', reject)
		})
		question.on('error', reject)
		question.end(text)
	})
}

/** The value of a JSON answer. */
export const jsonOf = <Value>({ text }: Answered): Value => JSON.parse(text) as Value

/** The code of an answer that says what is wrong. */
export const codeOf = (answer: Answered): string => jsonOf<Failure>(answer).error.code

/** A visitor from another machine, as a proxy that nobody has named passes it on. */
export const AFAR = { 'x-forwarded-for': '192.0.2.1' }

/** The cookie that an answer sets, as the browser sends it. */
export function cookieOf({ headers }: Answered): string {
	const [set = ''] = [headers['set-cookie'] ?? ''].flat()
	return set.split(';')[0] ?? ''
}
