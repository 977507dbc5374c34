import type { ServerResponse } from 'node:http'
import type { AvailabilityEvent, Events as EventData, ReadingEvent } from '../../schema/types/api.ts'
import { visibleLines } from '../text/visible.ts'
import type { Right } from './sessions.ts'
import type { Site, SiteEvent } from './site.ts'
import { meterList, problemsOf } from './views.ts'

/** Clients at once. */
export const MOST = 50
/** Bytes that wait for a client which does not read, before the next event drops it. */
const BACKLOG = 1024 * 1024
/** Milliseconds: between two readings of a meter, or two lists; of gathering what comes together; between two signs of life. */
const [PAUSE, GATHER, ALIVE] = [1000, 20, 15_000]
/** Bytes of texts that are gathered before they go. */
const MAX_GATHERED = 256 * 1024

/** One who listens: what it may hear, and its session, with which it ends. */
type Who = { right: Right; session: string | undefined; log: boolean }
/** `allowed`: bytes that may wait for it. */
type Client = Who & { response: ServerResponse; allowed: number }

type Name = keyof EventData
type Texts = { all: string; log: string; setup: string }

/**
 * Tells what happens, as Server-Sent Events: a text is made once for all clients, a reading at most once a second for each meter, and nothing at all while
 * nobody listens. One who does not read is dropped.
 */
export class EventStream {
	readonly #site: Site
	readonly #goesOn: (session: string) => boolean
	readonly #failed: (error: unknown) => void
	readonly #clients = new Set<Client>()
	/** When the last reading of each meter, and the last list, was told; and what is to be told. */
	readonly #told = new Map<string, number>()
	readonly #readings = new Set<string>()
	readonly #availabilities = new Set<string>()
	#listTold = Number.NEGATIVE_INFINITY
	#isListDue = false
	#texts: Texts = { all: '', log: '', setup: '' }
	#timer: NodeJS.Timeout | undefined
	#life: NodeJS.Timeout | undefined
	#unsubscribe: (() => void) | undefined

	/** `goesOn` tells whether a session does; `failed` gets a fault of ours. */
	constructor(site: Site, goesOn: (session: string) => boolean, failed: (error: unknown) => void) {
		this.#site = site
		this.#goesOn = goesOn
		this.#failed = failed
	}

	/** Whether there is room for one more. */
	get hasRoom(): boolean {
		return this.#clients.size < MOST
	}

	/** Counts those who listen. */
	get size(): number {
		return this.#clients.size
	}

	/** Lets somebody listen, from a list of all meters on. */
	open(response: ServerResponse, headers: Record<string, string>, who: Who): void {
		const list = textOf('meters', meterList(this.#site))
		// A long list over a bad line takes its time.
		const client: Client = { response, allowed: Math.max(BACKLOG, 3 * list.length), ...who }
		response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' })
		response.on('close', () => this.#leave(client))
		response.on('error', () => this.#leave(client))
		// A pause before it comes back, as long as others need.
		response.write(`retry: 2000\n\n${list}`)
		if (response.closed) return
		this.#clients.add(client)
		this.#unsubscribe ??= this.#site.subscribe((event) => this.#take(event))
		this.#life ??= setInterval(() => this.#live(), ALIVE).unref()
	}

	/** Ends those who listen with a session. */
	end(session: string): void {
		for (const client of [...this.#clients]) if (client.session === session) client.response.end()
	}

	/** Ends all. */
	close(): void {
		for (const client of [...this.#clients]) {
			client.response.end()
			this.#leave(client)
		}
	}

	#leave(client: Client): void {
		this.#clients.delete(client)
		if (this.#clients.size > 0) return
		this.#unsubscribe?.()
		this.#unsubscribe = undefined
		clearInterval(this.#life)
		clearTimeout(this.#timer)
		this.#life = this.#timer = undefined
		this.#readings.clear()
		this.#availabilities.clear()
		this.#told.clear()
		this.#texts = { all: '', log: '', setup: '' }
	}

	#take(event: SiteEvent): void {
		if (event.kind === 'reading') this.#readings.add(event.meter)
		else if (event.kind === 'meters') this.#isListDue = true
		else if (event.kind === 'availability') this.#availabilities.add(event.meter)
		else if (event.kind === 'diagnostics') this.#texts.all += textOf('diagnostics', event.message)
		else if (event.kind === 'log') this.#texts.log += textOf('log', event.entry)
		else this.#texts.setup += textOf('setup', event.progress)
		const { all, log, setup } = this.#texts
		if (all.length + log.length + setup.length > MAX_GATHERED) this.#flush()
		else this.#timer ??= setTimeout(() => this.#flush(), GATHER).unref()
	}

	#availability(meter: string): void {
		const snapshot = this.#site.meter(meter)
		const { online = false, diagnostics: { cause } = {} } = snapshot ?? {}
		const event: AvailabilityEvent = { meter, online, problems: snapshot ? problemsOf(snapshot) : [] }
		this.#texts.all += textOf('availability', { ...event, ...(!online && cause !== undefined && { cause }) })
		this.#isListDue = true
	}

	/** Tells what is due. Whatever fails here costs those who listen their connection, and nothing else. */
	#flush(): void {
		clearTimeout(this.#timer)
		this.#timer = undefined
		try {
			this.#tell(performance.now())
		} catch (error) {
			this.#failed(error)
			this.close()
		}
	}

	#tell(now: number): void {
		for (const meter of this.#availabilities) this.#availability(meter)
		this.#availabilities.clear()
		let next = Number.POSITIVE_INFINITY
		for (const meter of this.#readings) {
			const due = (this.#told.get(meter) ?? Number.NEGATIVE_INFINITY) + PAUSE
			if (due > now) next = Math.min(next, due)
			else this.#reading(meter, now)
		}
		if (this.#isListDue && this.#listTold + PAUSE <= now) {
			this.#isListDue = false
			this.#listTold = now
			this.#texts.all += textOf('meters', meterList(this.#site))
		} else if (this.#isListDue) next = Math.min(next, this.#listTold + PAUSE)
		const texts = this.#texts
		this.#texts = { all: '', log: '', setup: '' }
		for (const client of [...this.#clients]) this.#write(client, texts)
		if (next < Number.POSITIVE_INFINITY && this.#clients.size > 0)
			this.#timer = setTimeout(() => this.#flush(), Math.ceil(next - now)).unref()
	}

	#reading(meter: string, now: number): void {
		this.#readings.delete(meter)
		const snapshot = this.#site.meter(meter)
		if (!snapshot) return void this.#told.delete(meter)
		this.#told.set(meter, now)
		const event: ReadingEvent = { meter, state: snapshot.state }
		this.#texts.all += textOf('reading', event)
	}

	#write({ response, allowed, right, log }: Client, texts: Texts): void {
		const mayChange = right === 'change'
		const text = texts.all + (mayChange && log ? texts.log : '') + (mayChange ? texts.setup : '')
		if (text === '') return
		if (response.writableLength > allowed) response.destroy()
		else response.write(text)
	}

	/** Shows that the connection lives, also to proxies; and ends those whose session is over. */
	#live(): void {
		for (const { response, allowed, session } of [...this.#clients]) {
			if (session !== undefined && !this.#goesOn(session)) response.end()
			else if (response.writableLength > allowed) response.destroy()
			else response.write(':\n\n')
		}
	}
}

function textOf<Kind extends Name>(name: Kind, data: NonNullable<EventData[Kind]>): string {
	return `event: ${name}\ndata: ${visibleLines(JSON.stringify(data))}\n\n`
}
