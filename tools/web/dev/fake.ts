import { createReadStream, existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrokerView, MeterList, MeterView, Problem, Session, State, Step } from '../src/api/types.ts'
import { FakeHistory } from './fake-history.ts'
import { phasePower } from './house.ts'

/** Answers a request of the fake server: `match` has the groups of the route's pattern. */
export type Answer = (request: {
	match: RegExpExecArray
	query: URLSearchParams
	body: unknown
	headers: IncomingMessage['headers']
	fake: Fake
}) => unknown
export type Route = [method: string, path: RegExp, answer: Answer]

/** An answer with another status than 200. */
export class Status {
	readonly status: number
	readonly body: unknown
	constructor(status: number, body: unknown) {
		this.status = status
		this.body = body
	}
}

/** An answer that is no JSON. */
export class Bytes {
	readonly type: string
	readonly bytes: Uint8Array
	constructor(type: string, bytes: Uint8Array) {
		this.type = type
		this.bytes = bytes
	}
}

export type Scene = 'one' | 'four' | 'empty' | 'silent' | 'broker' | 'new' | 'many'
export type FakeSettings = {
	scene?: Scene
	port?: number
	session?: Partial<Session>
	routes?: Route[]
	history?: boolean
	prefix?: string
}

const WEB = fileURLToPath(new URL('../../../dist/web/', import.meta.url).href.replace('/dist/dist/', '/dist/'))
const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.woff2': 'font/woff2',
	'.webmanifest': 'application/manifest+json',
	'.txt': 'text/plain',
}
const CSP =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** A server that looks like cii2mqtt's to the page, with made-up meters: for working on the page and for its tests. `session`, `meters` and `broker` may be changed while it runs; `tell` says so. */
export class Fake {
	session: Session
	meters: MeterView[]
	broker: BrokerView
	problems: Problem[] = []
	/** Readings go on; false: the meters say nothing more. */
	running = true
	readonly #history = new Map<string, FakeHistory>()
	readonly #streams = new Set<ServerResponse>()
	readonly #routes: Route[]
	readonly #keeps: boolean
	readonly #prefix: string
	readonly #timer: NodeJS.Timeout
	readonly #server = createServer((request, response) => void this.#take(request, response))

	constructor({ scene = 'one', session = {}, routes = [], history = true, prefix = '' }: FakeSettings) {
		this.session = { version: '0.1.0', needed: false, rights: 'change', passwordSet: false, ...session }
		this.meters = metersOf(scene)
		this.broker = { connected: scene !== 'broker', url: 'mqtt://localhost:1883', waiting: scene === 'broker' ? 412 : 0, dropped: 0 }
		if (scene === 'broker') this.broker.detail = 'connect ECONNREFUSED 127.0.0.1:1883'
		this.#routes = [...routes, ...ROUTES]
		this.#keeps = history
		this.#prefix = prefix
		for (const [at, { name }] of this.meters.entries()) this.#history.set(name, new FakeHistory(Date.now(), at !== 1, at * 97))
		this.#timer = setInterval(() => this.#tick(), 1000)
		this.#tick()
	}

	/** Opens the port and gives the page's address. */
	async open(port = 0): Promise<string> {
		await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#prefix}/`
	}

	/** Ends all connections and the port. */
	async close(): Promise<void> {
		clearInterval(this.#timer)
		this.#server.closeAllConnections()
		await new Promise((resolve) => this.#server.close(resolve))
	}

	/** Ends the streams, as a restart of the engine would. */
	drop(): void {
		for (const stream of this.#streams) stream.destroy()
	}

	list(): MeterList {
		return { meters: this.meters, broker: this.broker, problems: this.problems, history: this.#keeps, now: new Date().toISOString() }
	}

	history(name: string): FakeHistory | undefined {
		return this.#keeps ? this.#history.get(name) : undefined
	}

	/** Sends an event to all pages. */
	tell(event: string, data: unknown): void {
		for (const stream of this.#streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
	}

	#tick(): void {
		const now = Date.now()
		for (const [at, meter] of this.meters.entries()) {
			if (!this.running || meter.status !== 'online' || (Math.floor(now / 1000) + at) % (meter.interval ?? 1) !== 0) continue
			meter.state = stateOf(meter, at, now)
			meter.lastReading = new Date(now).toISOString()
			meter.readings++
			this.tell('reading', { meter: meter.name, state: meter.state })
		}
	}

	async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '/', 'http://fake')
		const path = decodeURIComponent(url.pathname)
		response.setHeader('content-security-policy', CSP)
		if (!path.startsWith(`${this.#prefix}/`)) return void response.writeHead(404).end()
		const inside = path.slice(this.#prefix.length + 1)
		if (inside === 'api/events') return this.#stream(response)
		if (!inside.startsWith('api/')) return file(inside || 'index.html', response)
		const body = await bodyOf(request)
		for (const [method, pattern, answer] of this.#routes) {
			const match = method === request.method ? pattern.exec(inside.slice(4)) : null
			if (!match) continue
			const given = await answer({ match, query: url.searchParams, body, headers: request.headers, fake: this })
			if (given instanceof Bytes) return void response.writeHead(200, { 'content-type': given.type }).end(given.bytes)
			const { status, body: content } = given instanceof Status ? given : { status: 200, body: given }
			if (typeof content === 'string') return void response.writeHead(status, { 'content-type': 'text/csv' }).end(content)
			return void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content))
		}
		response.writeHead(404, { 'content-type': 'application/json' })
		response.end(JSON.stringify({ error: { code: 'not-found', message: `no ${request.method} ${inside}` } }))
	}

	#stream(response: ServerResponse): void {
		if (this.session.rights === 'none') return void response.writeHead(401).end()
		response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
		response.write(`retry: 2000\n\nevent: meters\ndata: ${JSON.stringify(this.list())}\n\n`)
		this.#streams.add(response)
		response.on('close', () => this.#streams.delete(response))
	}
}

/** Starts the fake server and gives it with its address. */
export async function startFake(settings: FakeSettings = {}): Promise<{ fake: Fake; url: string }> {
	const fake = new Fake(settings)
	return { fake, url: await fake.open(settings.port) }
}

function file(path: string, response: ServerResponse): void {
	const full = WEB + path
	if (path.includes('..') || !existsSync(full)) return void response.writeHead(404).end()
	response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
	createReadStream(full).pipe(response)
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = []
	for await (const chunk of request) chunks.push(chunk as Buffer)
	const text = Buffer.concat(chunks).toString()
	return text === '' ? undefined : JSON.parse(text)
}

const NOT_FOUND = new Status(404, { error: { code: 'not-found', message: 'no such meter' } })
const ROUTES: Route[] = [
	['GET', /^session$/, ({ fake }) => fake.session],
	['GET', /^meters$/, ({ fake }) => fake.list()],
	['GET', /^meters\/([^/]+)$/, ({ fake, match }) => fake.meters.find(({ name }) => name === match[1]) ?? NOT_FOUND],
	['GET', /^meters\/([^/]+)\/totals$/, ({ fake, match }) => fake.history(match[1] ?? '')?.totals(match[1] ?? '', Date.now()) ?? NOT_FOUND],
	[
		'GET',
		/^meters\/([^/]+)\/history$/,
		({ fake, match: [, name = ''], query }) => {
			const [from, to] = ['from', 'to'].map((side) => Date.parse(query.get(side) ?? ''))
			const history = fake.history(name)
			if (!history || from === undefined || to === undefined) return NOT_FOUND
			const answer = history.answer(name, from, to, (query.get('step') ?? 'day') as Step, Date.now())
			if (query.get('format') !== 'csv') return answer
			return ['start,import,export', ...answer.bars.map((bar) => `${bar.start},${bar.import},${bar.export}`)].join('\n')
		},
	],
]

const FIELDS: [name: string, unit: string, obis: string, label: string][] = [
	['power_net', 'W', '16.7.0', 'Active power, import minus export'],
	['energy_import', 'Wh', '1.8.0', 'Active energy from the grid'],
	['energy_import_t1', 'Wh', '1.8.1', 'Active energy from the grid, tariff 1'],
	['energy_import_t2', 'Wh', '1.8.2', 'Active energy from the grid, tariff 2'],
	['energy_export', 'Wh', '2.8.0', 'Active energy to the grid'],
	...[1, 2, 3].flatMap((phase): [string, string, string, string][] => [
		[`power_net_l${phase}`, 'W', `${phase * 20 + 16}.7.0`, `Active power, L${phase}`],
		[`voltage_l${phase}`, 'V', `${phase * 20 + 12}.7.0`, `Voltage L${phase}`],
		[`current_l${phase}`, 'A', `${phase * 20 + 11}.7.0`, `Current L${phase}`],
	]),
	['frequency', 'Hz', '14.7.0', 'Frequency'],
]

function meterOf(name: string, title: string, more: Partial<MeterView> = {}): MeterView {
	return {
		name,
		title,
		profile: 'house-e450@1.2.0',
		profileTitle: 'Meter of the house, DLMS by HDLC',
		status: 'online',
		problems: [],
		interval: 1,
		readings: 0,
		fuse: 25,
		timezone: 'Europe/Zurich',
		medium: 'electricity',
		state: {},
		fields: FIELDS.map(([field, unit, obis, label]) => ({ name: field, unit, obis, label })),
		...more,
	}
}

function metersOf(scene: Scene): MeterView[] {
	if (scene === 'empty') return []
	const house = meterOf('house', 'Haus Sonnenweg')
	if (scene === 'new') return [{ ...house, status: 'waiting' }]
	if (scene === 'one' || scene === 'broker') return [house]
	if (scene === 'many')
		return Array.from({ length: 60 }, (_, at) => meterOf(`meter-${at + 1}`, `Wohnung ${at + 1}`, { interval: 1 + (at % 10) }))
	const silent = scene === 'silent'
	const meters = [
		house,
		meterOf('flat', 'Einliegerwohnung', { interval: 5, fuse: 16 }),
		meterOf('heat-pump', 'Wärmepumpe', { interval: 10, fuse: 16, ...(silent && SILENT) }),
		meterOf('workshop', 'Werkstatt', { interval: 5, ...(silent && { problems: [REJECTED] }) }),
	]
	if (silent) {
		const [, , pump] = meters
		if (pump) pump.state = stateOf(pump, 2, Date.now() - 7_400_000)
		if (pump) pump.lastReading = new Date(Date.now() - 7_400_000).toISOString()
	}
	return meters
}

const SILENT: Partial<MeterView> = {
	status: 'silent',
	cause: 'no-bytes',
	problems: [
		{
			code: 'no-bytes',
			text: 'no bytes since 2 h from /dev/serial/by-id/usb-FTDI-if00',
			since: new Date(Date.now() - 7_400_000).toISOString(),
		},
	],
}
const REJECTED: Problem = { code: 'profile-rejected', text: 'profiles/workshop.json:12:5 unknown field "powr_net"' }

function stateOf(meter: MeterView, at: number, now: number): State {
	const sun = at !== 1
	const phases = [1, 2, 3].map((phase) => Math.round(phasePower(now, phase, sun, at * 97)))
	const net = phases.reduce((sum, one) => sum + one, 0)
	const drift = now / 3_600_000 - 494_000
	const total = 12_345_678 + at * 1_000_000 + drift * 640
	const state: State = {
		schema: 'cii.reading/1',
		meter: meter.name,
		id: `LGZ10306535${20_967 + at}`,
		time: new Date(now - 400).toISOString(),
		time_source: 'meter',
		received: new Date(now).toISOString(),
		auth: 'verified',
		profile: meter.profile,
		power_net: net,
		power_import: Math.max(0, net),
		power_export: Math.max(0, -net),
		energy_import: Math.round(total),
		energy_import_t1: Math.round(total * 0.62),
		energy_import_t2: Math.round(total * 0.38),
		energy_export: Math.round(4_210_044 + drift * 210),
		tariff: '1',
		frequency: 49.98,
	}
	for (const [index, power] of phases.entries()) {
		const voltage = 229.4 + index * 1.3 + (Math.floor(now / 3000) % 7) / 10
		state[`power_net_l${index + 1}`] = power
		state[`voltage_l${index + 1}`] = Number(voltage.toFixed(1))
		state[`current_l${index + 1}`] = Number(Math.abs(power / voltage).toFixed(2))
	}
	if (at === 0) {
		const taken = new Date(Math.floor(now / 3_600_000) * 3_600_000).toISOString()
		state.submeters = {
			1: { id: '7ELS8015', medium: 'gas', volume: 4821.337, time: taken },
			2: { id: '61184422', medium: 'water', volume: 912.408, time: taken },
		}
	}
	return state
}
