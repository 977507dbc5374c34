import type { Log } from '../log/log.ts'
import { type AskedOutput, type Heard, Replies } from '../output/replies.ts'
import type { Publisher } from '../output/scope.ts'
import { Counts } from './counts.ts'
import { type Door, doorTrouble } from './door.ts'
import { httpDoor } from './http.ts'
import { Announcements, type Ciao } from './mdns.ts'
import { modbusDoor } from './modbus.ts'
import { udpDoor } from './udp.ts'
import { Sockets } from './websocket.ts'

export type DeviceSettings = {
	bridge: Publisher['bridge']
	/** Returns the meter's last reading, and how old it is; undefined before its first one. */
	heard(meter: string): Heard | undefined
	/** Gets what keeps a device from answering, each time that it changes; none where it answers. */
	trouble(output: string, troubles: string[]): void
	log: Log
	/** Loads what announces by mDNS. */
	ciao?: () => Promise<Ciao>
	/** Milliseconds until a port that could not be opened is tried again. */
	retry?: number
}

/** A port that is open, or is tried again. `setting`: what in the config takes its place. */
type Opened = { door: Door; setting: string; port: number | undefined; trouble: string | undefined; timer: NodeJS.Timeout | undefined }

/** The ports that a device has. */
const WAYS = ['http', 'udp', 'modbus'] as const
type Way = (typeof WAYS)[number]

/** Milliseconds between two attempts to open a port. */
const RETRY = 10_000
const ALL_ADDRESSES = '0.0.0.0'

/** An output that is asked, alive: its ports, its clients, what it announces. */
export class Device {
	readonly #settings: DeviceSettings
	readonly counts = new Counts()
	readonly #opened = new Map<string, Opened>()
	readonly #sockets: Sockets
	#announcements: Announcements | undefined
	#replies: Replies
	/** The meter that it answers for. */
	#meter: string
	#isClosed = false

	constructor(output: AskedOutput, meter: string, settings: DeviceSettings) {
		this.#settings = settings
		this.#meter = meter
		this.#replies = new Replies(output, settings.bridge, meter)
		this.#sockets = new Sockets({
			path: () => this.output.asked.http?.websocket?.path,
			answer: async (request) => this.#counted(await this.#replies.websocket(request, this.#heard(), Date.now())),
			refuse: (reason) => this.counts.refuse(reason),
		})
	}

	get output(): AskedOutput {
		return this.#replies.output
	}

	get meter(): string {
		return this.#meter
	}

	/** Returns the ports that are open, by their way. */
	ports(): Partial<Record<Way, number>> {
		const ports: Partial<Record<Way, number>> = {}
		for (const [key, { port }] of this.#opened) {
			const way = WAYS.find((one) => key.startsWith(one))
			if (way && port !== undefined) ports[way] = port
		}
		return ports
	}

	/** Goes on with another version of its output, or for another meter: a port that stays the same is not closed. */
	async settle(output: AskedOutput, meter: string): Promise<void> {
		if (output !== this.output || meter !== this.#meter) this.#replies = new Replies(output, this.#settings.bridge, meter)
		this.#meter = meter
		const wanted = this.#doors()
		for (const [key, opened] of this.#opened) {
			if (wanted.has(key)) continue
			this.#opened.delete(key)
			await shut(opened)
		}
		if (output.asked.http?.websocket) await this.#sockets.prepare()
		for (const [key, make] of wanted) if (!this.#opened.has(key)) await this.#open(key, make())
		this.#tell()
		await this.#announce()
	}

	/** Sends what clients of WebSockets are told of a reading. */
	reading(): void {
		if (!this.#sockets.isHeard) return
		const { notify, isSubscribed } = this.output.asked.http?.websocket ?? {}
		const heard = this.#heard()
		if (!notify || !heard) return
		const replies = this.#replies
		this.#sockets.notify(async (last) => {
			if (isSubscribed && !last) return undefined
			const { reply, kind } = await replies.notify(last ?? {}, heard, Date.now())
			return kind === 'answered' ? reply?.text : undefined
		})
	}

	/** Closes all of it. */
	async close(): Promise<void> {
		this.#isClosed = true
		await this.#announcements?.close()
		const opened = [...this.#opened.values()]
		this.#opened.clear()
		await Promise.all(opened.map(shut))
	}

	#heard(): Heard | undefined {
		return this.#settings.heard(this.#meter)
	}

	/** The doors that it is to have, by what makes them differ. */
	#doors(): Map<string, () => { door: Door; setting: string }> {
		const { asked, choice } = this.output
		const { host = ALL_ADDRESSES } = choice
		const refuse = (reason: string) => this.counts.refuse(reason)
		const doors = new Map<string, () => { door: Door; setting: string }>()
		if (asked.http) {
			const { port = asked.http.port } = choice
			const answer = async (request: Parameters<Replies['http']>[0]) =>
				this.#counted(await this.#replies.http(request, this.#heard(), Date.now()))
			const make = () => ({ door: httpDoor({ host, port, answer, refuse, sockets: this.#sockets }), setting: 'port' })
			doors.set(`http ${host} ${port}`, make)
		}
		if (asked.udp) {
			const { udpPort: port = asked.udp.port } = choice
			const answer = async (request: Parameters<Replies['udp']>[0]) =>
				this.#counted(await this.#replies.udp(request, this.#heard(), Date.now()))
			doors.set(`udp ${host} ${port}`, () => ({ door: udpDoor({ host, port, answer, refuse }), setting: 'udpPort' }))
		}
		if (asked.modbus) {
			const { framing = 'tcp' } = choice
			const port = (asked.http ? undefined : choice.port) ?? asked.modbus.port
			const settings = {
				...{ host, port, framing },
				device: () => this.output.asked.modbus,
				registers: () => this.#replies.registers(this.#heard()),
				count: (answered: Parameters<Counts['take']>[0]) => this.counts.take(answered),
			}
			doors.set(`modbus ${host} ${port} ${framing}`, () => ({ door: modbusDoor(settings), setting: 'port' }))
		}
		return doors
	}

	#counted<T extends Parameters<Counts['take']>[0] & { detail?: string }>(answered: T): T {
		this.counts.take(answered)
		const { name } = this.output
		if (answered.detail !== undefined) this.#settings.log.warn({ cause: `answer ${name}` }, `output ${name}: ${answered.detail}`)
		return answered
	}

	async #open(key: string, { door, setting }: { door: Door; setting: string }): Promise<void> {
		const opened: Opened = { door, setting, port: undefined, trouble: undefined, timer: undefined }
		this.#opened.set(key, opened)
		await this.#try(opened)
	}

	/** Opens a port; where that fails, it is tried again. */
	async #try(opened: Opened): Promise<void> {
		const { name, choice } = this.output
		const { host = ALL_ADDRESSES } = choice
		const { log } = this.#settings
		try {
			opened.port = await opened.door.open()
			opened.trouble = undefined
			log.info(
				`output ${name} answers for ${this.#meter} on ${opened.door.label.replace(/\d+$/, String(opened.port))} of ${host}, without a password`,
			)
		} catch (error) {
			opened.trouble = doorTrouble(opened.door.label, host, opened.setting, error as NodeJS.ErrnoException)
			opened.timer = setTimeout(() => void this.#again(opened), this.#settings.retry ?? RETRY).unref()
		}
	}

	async #again(opened: Opened): Promise<void> {
		const isWanted = () => !this.#isClosed && [...this.#opened.values()].includes(opened)
		if (!isWanted()) return
		const before = opened.trouble
		await this.#try(opened)
		if (!isWanted()) return await shut(opened)
		if (opened.trouble !== before) this.#tell()
		if (opened.port !== undefined) await this.#announce()
	}

	/** Says what keeps it from answering. */
	#tell(): void {
		const troubles = [...this.#opened.values()].flatMap(({ trouble }) => trouble ?? [])
		this.#settings.trouble(this.output.name, troubles)
	}

	async #announce(): Promise<void> {
		const { http: port } = this.ports()
		const { name, choice, asked } = this.output
		if (asked.mdns.length === 0 && !this.#announcements) return
		const tell = (text: string) => this.#settings.log.warn({ cause: `mdns ${name}` }, `output ${name}: ${text}`)
		this.#announcements ??= new Announcements(choice.host ?? ALL_ADDRESSES, tell, this.#settings.ciao)
		const services = port === undefined ? [] : await this.#replies.services()
		if (port !== undefined && services.length < asked.mdns.length) tell('a service of "mdns" has no name: its expression gives no text')
		await this.#announcements.settle(services.map((service) => ({ ...service, port: port ?? 0 })))
	}
}

/** Closes a port, or stops trying to open it. */
async function shut({ door, port, timer }: Opened): Promise<void> {
	clearTimeout(timer)
	if (port !== undefined) await door.close()
}
