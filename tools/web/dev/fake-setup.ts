import type { Heard, NewMeter, Probe, Proposal } from '../src/api/flows.ts'
import type { MeterView } from '../src/api/types.ts'
import { type Fake, type Route, Status } from './fake.ts'

/** The part that the made-up port plays: a meter in clear, a ciphered one, one that nobody knows, nothing, or an adapter. */
export type Plays = 'clear' | 'ciphered' | 'unknown' | 'silent' | 'busy'

export type SetupScene = { plays?: Plays; ports?: boolean; exists?: boolean }

/** The key of the made-up ciphered meter. */
export const KEY = '000102030405060708090A0B0C0D0E0F'

const READING = {
	id: 'LGZ1030653520967',
	power_import: 412,
	power_export: 0,
	power_net: 412,
	energy_import: 12_345_678,
	energy_export: 4_210_044,
	voltage_l1: 231.4,
}

const proposal = (profile: string, title: string, sure: Proposal['sure'], more: Partial<Proposal> = {}): Proposal => ({
	profile,
	title,
	sure,
	why: ['2 of 2 telegrams are read', 'all 14 fields of the profile are there', 'the id begins with the letters of its maker'],
	reading: READING,
	transport: { kind: 'serial', path: '/dev/serial/by-id/usb-FTDI_TTL232R-3V3_FTA5PI7R-if00-port0' },
	name: 'house',
	...more,
})

const LINES = ['2400 8E1', '2400 8N1', '9600 8N1', '115200 8N1']

/** Routes of setting up: a probe that takes its time, and a config that is made of nothing. */
export class FakeSetup {
	readonly #plays: Plays
	#probe: (Probe & { begun: number; key?: string }) | undefined
	#heardAt = 0
	#ports: boolean
	exists: boolean
	text =
		'{\n\t// The meters of the house.\n\t"mqtt": { "embedded": {} },\n\t"stateDir": "state",\n\t"http": { "host": "0.0.0.0" },\n\t"meters": [\n\t\t{ "name": "house", "profile": "house-e450", "transport": { "path": "/dev/ttyUSB0" }, "keys": { "encryption": { "$file": "keys/house.key" } } }\n\t]\n}\n'
	etag = 1

	/** The meter that was added last, and the one that was removed. */
	added: NewMeter | undefined
	removed: string | undefined

	constructor({ plays = 'clear', ports = true, exists = false }: SetupScene = {}) {
		this.#plays = plays
		this.#ports = ports
		this.exists = exists
	}

	/** A cable is plugged in. */
	plug(): void {
		this.#ports = true
	}

	/** Somebody else writes the config. */
	edit(text: string): void {
		this.text = text
		this.etag++
	}

	routes(): Route[] {
		return [
			['GET', /^config$/, () => this.#config()],
			['PUT', /^config$/, ({ body, headers }) => this.#put(body as { text: string }, headers['if-match'])],
			['POST', /^config\/undo$/, ({ fake }) => this.#undo(fake)],
			['GET', /^ports$/, () => ({ ports: this.#ports ? PORTS : [] })],
			['POST', /^setup\/probes$/, ({ body }) => this.#begin(body as { profile?: string })],
			['GET', /^setup\/probes\/1$/, () => this.#now()],
			['DELETE', /^setup\/probes\/1$/, () => ({})],
			['POST', /^setup\/probes\/1\/keys$/, ({ body }) => this.#key(body as { encryption: string; authentication?: string })],
			['GET', /^setup\/broker$/, () => ({})],
			['POST', /^setup\/broker$/, ({ body }) => brokerAnswer(body)],
			['POST', /^setup\/heard$/, () => this.#hear()],
			['GET', /^setup\/heard\/1$/, () => this.#heard()],
			['POST', /^setup\/meters$/, ({ body, fake }) => this.#add(fake, body as NewMeter)],
			['PUT', /^meters\/([^/]+)$/, ({ fake, match, body }) => this.#change(fake, match[1] ?? '', body as object)],
			['DELETE', /^meters\/([^/]+)$/, ({ fake, match }) => this.#remove(fake, match[1] ?? '')],
		]
	}

	#config() {
		const text = this.exists ? this.text : ''
		return {
			text,
			etag: String(this.etag),
			file: '/home/pi/cii2mqtt.json',
			exists: this.exists,
			findings: [],
			undo: 'adding the meter house',
		}
	}

	#put({ text }: { text: string }, etag: string | undefined) {
		if (text.includes('"profil"'))
			return new Status(422, { error: { code: 'findings', message: 'the config is not right', findings: [finding(text)] } })
		if (etag !== String(this.etag))
			return new Status(412, {
				error: { code: 'changed', message: 'the config was changed meanwhile', text: this.text, etag: String(this.etag) },
			})
		this.text = text
		this.etag += 2
		return { etag: String(this.etag), applied: true, undo: 'the edit' }
	}

	#begin({ profile }: { profile?: string }): Probe | Status {
		if (this.#plays === 'busy') return new Status(409, BUSY)
		this.#probe = { id: '1', state: 'listening', tried: [], text: 'the port is open', proposals: [], seconds: 0, begun: Date.now() }
		if (profile !== undefined) this.#probe.begun -= 4000
		return new Status(202, this.#now())
	}

	#now(): Probe | Status {
		const probe = this.#probe
		if (!probe) return new Status(404, { error: { code: 'gone', message: 'no such probe' } })
		const seconds = (Date.now() - probe.begun) / 1000
		const plays = this.#plays
		const at = Math.min(LINES.length - 1, Math.floor(seconds / 1.2))
		const hears = plays === 'clear' || plays === 'ciphered' ? 2 : plays === 'unknown' ? 1 : 9
		probe.seconds = Math.round(seconds)
		probe.tried = LINES.slice(0, Math.min(at, hears) + (at >= hears ? 1 : 0)).map((line, place) => ({
			line,
			bytes: place < hears ? (plays === 'silent' ? 0 : 37 * (place + 1)) : 512,
			frames: place === hears && plays !== 'unknown' ? 4 : 0,
			...(place === hears && { link: 'hdlc' }),
			text: place < hears ? 'bytes, no frames' : 'frames of HDLC',
		}))
		const current = LINES[at]
		if (current !== undefined && at <= hears) probe.line = current
		if (seconds > 4) finish(probe, plays)
		else probe.text = at > 0 ? 'bytes arrive, and no frame among them: another line setting is tried' : 'waiting for the first bytes'
		const { begun: _, key: _key, ...shown } = probe
		return shown
	}

	#key({ encryption, authentication }: { encryption: string; authentication?: string }): Probe | Status {
		const probe = this.#probe
		if (!probe) return new Status(404, {})
		delete probe.problem
		if (encryption.toUpperCase() !== KEY)
			probe.problem = {
				code: 'key-encryption',
				text: 'the encryption key is wrong: what it opens is no telegram',
				hint: 'Compare it digit by digit with the operator’s letter.',
			}
		else if (authentication && !/^D0/i.test(authentication))
			probe.problem = {
				code: 'key-authentication',
				text: 'the encryption key is right, the authentication key is not',
				hint: 'Leave it away, or ask the operator for the one of this meter.',
			}
		else probe.key = encryption
		return this.#now()
	}

	#hear(): Heard | Status {
		this.#heardAt = Date.now()
		return new Status(202, this.#heard())
	}

	#heard(): Heard {
		const seconds = (Date.now() - this.#heardAt) / 1000
		const there = this.#plays !== 'silent' && seconds > 2
		return {
			id: '1',
			state: seconds > (this.#plays === 'silent' ? 3 : 60) ? 'ended' : 'listening',
			heard: there
				? [
						{
							profile: 'gplug',
							title: 'gPlug',
							device: 'gPlugE450',
							topic: 'tele/gplug/SENSOR',
							messages: Math.floor(seconds),
							transport: { topic: 'tele/gplug/SENSOR' },
							reading: READING,
							name: 'house',
						},
					]
				: [],
		}
	}

	#add(fake: Fake, meter: NewMeter) {
		const { name, title = name, fuse } = meter
		if (fake.meters.some((meter) => meter.name === name))
			return new Status(409, { error: { code: 'name', message: `there is a meter ${name} already` } })
		this.exists = true
		this.added = meter
		addTo(fake, name, title, fuse)
		return { etag: String(++this.etag), applied: true, restarted: true, meters: [name], undo: `adding the meter ${name}` }
	}

	#undo(fake: Fake) {
		fake.meters = fake.meters.slice(0, -1)
		fake.tell('meters', fake.list())
		return { etag: String(++this.etag), applied: true }
	}

	#change(fake: Fake, name: string, body: object) {
		const meter = fake.meters.find((one) => one.name === name)
		if (meter) Object.assign(meter, body)
		fake.tell('meters', fake.list())
		return { etag: String(++this.etag), applied: true, undo: `the change of ${name}` }
	}

	#remove(fake: Fake, name: string) {
		this.removed = name
		fake.meters = fake.meters.filter((one) => one.name !== name)
		fake.tell('meters', fake.list())
		return { etag: String(++this.etag), applied: true, undo: `removing ${name}` }
	}
}

function finish(probe: Probe & { key?: string }, plays: Plays): void {
	if (plays === 'silent') Object.assign(probe, { state: 'ended', text: 'no byte in 4 s at any line setting' })
	else if (plays === 'unknown')
		Object.assign(probe, { state: 'unknown', text: '1,204 bytes, and no frame of a protocol that is known', record: true })
	else if (plays === 'ciphered' && probe.key === undefined)
		Object.assign(probe, {
			state: 'key-wanted',
			text: 'ciphered telegrams of a meter made by LGZ (general-glo-ciphering)',
			proposals: [
				proposal('lg-e570', 'Landis+Gyr E570', 'likely', {
					reading: {},
					why: ['HDLC frames with ciphered pushes', 'the system title begins with LGZ'],
					keysWanted: ['encryption', 'authentication'],
				}),
			],
		})
	else
		Object.assign(probe, {
			state: 'reading',
			text: 'the profile lg-e570 reads it',
			proposals:
				plays === 'ciphered'
					? [proposal('lg-e570', 'Landis+Gyr E570', 'sure', { keysWanted: ['encryption'] })]
					: [
							proposal('ekz-e450', 'EKZ: Landis+Gyr E450', 'sure'),
							proposal('aew-e450', 'AEW: Landis+Gyr E450', 'possible', { why: ['reads it as well, without two of its fields'] }),
						],
		})
}

const BUSY = {
	error: {
		code: 'busy',
		message: 'the port is open in another program: ModemManager (process 412)',
		hint: 'End it with: sudo systemctl stop ModemManager',
	},
}

function brokerAnswer(body: unknown) {
	const { mqtt: { url = '', password = '' } = {} } = body as { mqtt?: { url?: string; password?: string } }
	if (url === '') return { ok: true, text: 'a broker of its own', protocol: 4 }
	if (url.includes('nowhere'))
		return {
			ok: false,
			text: 'the name nowhere is not known',
			problem: {
				code: 'broker-name',
				text: 'The name “nowhere” is not known here.',
				hint: 'Is it written right? An IP address works, too.',
			},
		}
	if (password !== 'secret')
		return {
			ok: false,
			text: 'refused',
			problem: {
				code: 'broker-user',
				text: 'The broker refuses this user and password.',
				hint: 'Compare both with the broker’s own settings.',
			},
		}
	return { ok: true, text: 'connected, published and read back', protocol: 5 }
}

const PORTS = [
	{
		path: '/dev/serial/by-id/usb-FTDI_TTL232R-3V3_FTA5PI7R-if00-port0',
		device: '/dev/ttyUSB0',
		maker: 'FTDI',
		product: 'TTL232R-3V3',
		serialNumber: 'FTA5PI7R',
	},
	{
		path: '/dev/serial/by-id/usb-Silicon_Labs_CP2102_0001-if00-port0',
		device: '/dev/ttyUSB1',
		maker: 'Silicon Labs',
		product: 'CP2102 USB to UART',
		serialNumber: '0001',
		problem: {
			code: 'port-rights',
			text: 'The user pi may not open /dev/ttyUSB1.',
			hint: 'Run: sudo usermod -aG dialout pi',
			params: { command: 'sudo usermod -aG dialout pi' },
		},
	},
]

function finding(text: string) {
	const line = text.split('\n').findIndex((one) => one.includes('"profil"')) + 1
	return {
		file: 'cii2mqtt.json',
		line,
		column: (text.split('\n')[line - 1]?.indexOf('"profil"') ?? 0) + 1,
		code: 'schema/unknown',
		severity: 'error',
		message: '"profil" is not known here',
		hint: 'did you mean "profile"?',
	}
}

/** Adds a meter that waits for its first reading, and has it a moment later. */
function addTo(fake: Fake, name: string, title: string, fuse: number | undefined): void {
	const meter: MeterView = {
		name,
		title,
		profile: 'ekz-e450@1.0.0',
		profileTitle: 'EKZ: Landis+Gyr E450',
		status: 'waiting',
		problems: [],
		interval: 1,
		readings: 0,
		state: {},
		fields: [],
		...(fuse !== undefined && { fuse }),
	}
	fake.meters.push(meter)
	fake.tell('meters', fake.list())
	setTimeout(() => {
		meter.status = 'online'
		setTimeout(() => fake.tell('meters', fake.list()), 1200).unref()
	}, 2500).unref()
}
