import type { Request } from '../../schema/types/profile.ts'
import { MbusConversation } from './mbus-conversation.ts'
import { asksAll, called, isAddressed } from './mbus-messages.ts'
import { type Converse, onChange, type Port, type PortEvents, type Transport } from './port.ts'
import { serialPort } from './serial.ts'
import { tcpPort } from './tcp.ts'

/** Opens a line with this conversation. */
type OpenLine = (events: PortEvents, converse: Converse) => Port

/** A meter on a bus. `due`: when it is asked next, ms since the start of the process. */
type Member = { request: Request; line: string; interval: () => number; events: PortEvents; status: (text: string) => void; due: number }

/** The buses of this process by device or host and port: a device can be opened once. */
const buses = new Map<string, Bus>()

/** Reads a serial device or a TCP bridge. `interval` gives the seconds between two telegrams. A meter with an M-Bus address shares the line with others. */
export function linePort(settings: Transport, interval: () => number, events: PortEvents): Port {
	if (isAddressed(settings.request)) return busPort(settings, interval, events)
	return settings.kind === 'tcp' ? tcpPort(settings, interval, events) : serialPort(settings, events)
}

/**
 * Reads a meter on a wired M-Bus by its address. Meters with the same device, or the same host and port, share the line and are asked in turn, each
 * every `interval` seconds of its request; each gets what its own meter answers.
 */
function busPort(settings: Transport, interval: () => number, events: PortEvents): Port {
	const { kind, path = '', host = '127.0.0.1', port = 0, baudRate = 9600, dataBits = 8, parity = 'none', stopBits = 1 } = settings
	const place = kind === 'tcp' ? `${host}:${port}` : path
	const bus = buses.get(place) ?? new Bus()
	const isNew = !buses.has(place)
	const line = kind === 'tcp' ? 'tcp' : `${baudRate} Bd ${dataBits}${parity[0]?.toUpperCase()}${stopBits}`
	const member: Member = { request: settings.request ?? {}, line, interval, events, status: onChange(events.status), due: 0 }
	buses.set(place, bus)
	bus.join(member)
	if (isNew)
		bus.open((all, converse) =>
			kind === 'tcp' ? tcpPort(settings, () => bus.interval(), all, converse) : serialPort(settings, all, converse),
		)
	return {
		async close() {
			if (bus.leave(member)) return
			if (buses.get(place) === bus) buses.delete(place)
			await bus.close()
		},
	}
}

class Bus {
	#members: Member[] = []
	#port: Port | undefined
	#conversation: MbusConversation | undefined
	#text: string | undefined

	/** Opens the line that the meters share. */
	open(openLine: OpenLine): void {
		const status = (text: string) => {
			this.#text = text
			for (const member of this.#members) this.#tell(member)
		}
		this.#port = openLine({ bytes: () => undefined, idle() {}, message() {}, restart() {}, status }, ({ write }) => ({
			begin: () => {
				this.#conversation = new MbusConversation(write)
				void this.#run(this.#conversation)
			},
			bytes: (chunk) => void this.#conversation?.bytes(chunk),
			end: () => {
				this.#conversation?.end()
				this.#conversation = undefined
				this.#wake()
			},
		}))
	}

	/** The longest time between two telegrams of its meters: a line is not silent before. */
	interval(): number {
		return Math.max(...this.#members.map((member) => member.interval()))
	}

	join(member: Member): void {
		this.#members.push(member)
		for (const one of this.#members) this.#tell(one)
		this.#wake()
	}

	/** Takes a meter off the bus; false when it was the last. */
	leave(member: Member): boolean {
		this.#members = this.#members.filter((one) => one !== member)
		for (const one of this.#members) this.#tell(one)
		this.#wake()
		return this.#members.length > 0
	}

	async close(): Promise<void> {
		await this.#port?.close()
	}

	/** Why a meter cannot be asked on this bus; undefined when it can. */
	#conflict({ request, line }: Member): string | undefined {
		const [first] = this.#members
		if (first && first.line !== line)
			return `another meter opened this line with ${first.line}, and this one states ${line}: give all of a bus the same`
		return this.#members.length > 1 && asksAll(request)
			? `${called(request)} asks every meter on this bus, and ${this.#members.length} share it: set transport.request.address or transport.request.secondary of each`
			: undefined
	}

	#tell(member: Member): void {
		const conflict = this.#conflict(member)
		if (conflict !== undefined) member.status(conflict)
		else if (this.#text !== undefined) member.status(this.#text)
	}

	/** Ends the pause between two turns. */
	#wake = () => {}

	/** Asks the meters in turn, the one that waits longest first, as long as the line is open. */
	async #run(conversation: MbusConversation): Promise<void> {
		while (this.#conversation === conversation) {
			const ready = this.#members.filter((member) => this.#conflict(member) === undefined)
			const member = ready.reduce<Member | undefined>((first, one) => (first && first.due <= one.due ? first : one), undefined)
			const pause = member === undefined ? undefined : member.due - performance.now()
			if (member === undefined || pause === undefined || pause > 0) await this.#sleep(pause)
			else await this.#ask(member, conversation)
		}
	}

	#sleep(milliseconds = 60_000): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, milliseconds).unref()
			this.#wake = () => {
				clearTimeout(timer)
				resolve()
			}
		})
	}

	async #ask(member: Member, conversation: MbusConversation): Promise<void> {
		const { request, events, status } = member
		member.due = performance.now() + (request.interval ?? 60) * 1000
		const isHere = () => this.#members.includes(member)
		const trouble = await conversation.read(request, (bytes) => isHere() && void events.bytes(bytes, Date.now()))
		// The line was lost meanwhile: it is asked again as soon as it is back.
		if (this.#conversation !== conversation) member.due = 0
		else if (isHere()) {
			events.idle(Date.now())
			status(trouble ?? 'open')
		}
	}
}
