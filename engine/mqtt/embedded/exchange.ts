import { levelsFit } from '../filter.ts'
import { FilterTree } from '../filter-tree.ts'
import { FILTERS, RETAINED, SESSIONS, STEPS } from './limits.ts'
import { isFilter, type Message } from './packets.ts'
import { type Outlet, Session } from './session.ts'

/** Where a client comes from: this process itself, TCP, or a WebSocket, whose client may only read. */
export type Origin = 'own' | 'client' | 'reader'

export type ExchangeSettings = {
	/** Says which topics only this process may write. */
	owns(topic: string): boolean
	/** Gets in words what is refused; the cause is the same for all of a kind. */
	tell(cause: string, text: string): void
}

/** Passes messages on to those who asked for them, and keeps the retained ones. It waits for nobody. */
export class Exchange {
	readonly #settings: ExchangeSettings
	readonly #sessions = new Map<string, Session>()
	/** Names of this process's own clients, which no stranger may take. */
	readonly #own = new Set<string>()
	/** Topics that this process has written: nobody else does. */
	readonly #written = new Set<string>()
	readonly #exact = new Map<string, Map<Session, number>>()
	readonly #wild = new Map<string, Map<Session, number>>()
	/** Those with wildcards. */
	readonly #tree = new FilterTree<Map<Session, number>>()
	readonly #retained = new Map<string, Message & { levels: string[] }>()
	/** Bytes of the retained messages of strangers, by topic, and in all. */
	readonly #guests = new Map<string, number>()
	#guestBytes = 0
	#filters = 0
	#unnamed = 0

	constructor(settings: ExchangeSettings) {
		this.#settings = settings
	}

	/** Opens the session of a client; a number is the return code by which it is refused. */
	open(origin: Origin, clientId: string, clean: boolean): { session: Session; present: boolean; before: Outlet | undefined } | number {
		const { tell } = this.#settings
		if (origin === 'own') this.#own.add(clientId)
		else if (origin === 'client' && this.#own.has(clientId)) {
			tell('id', `a client by TCP calls itself "${clientId}", as this process does: give each process its own "instance"`)
			return 2
		}
		if (clientId === '' && !clean) return 2
		// A reader takes no name from a client by TCP.
		const key = clientId === '' ? `unnamed ${this.#unnamed++}` : `${origin === 'reader' ? 'reader' : 'client'} ${clientId}`
		const persistent = !clean && origin !== 'reader'
		const found = this.#sessions.get(key)
		if (persistent && origin !== 'own' && !found?.persistent && !this.#hasRoom()) {
			tell('sessions', `${SESSIONS.all} sessions of clients are kept, and no more: "${clientId}" is refused one`)
			return 3
		}
		const before = found?.outlet
		if (found) found.away()
		if (found?.persistent && persistent && found.own === (origin === 'own')) return { session: found, present: true, before }
		if (found) this.#forget(found)
		const session = new Session(key, origin === 'own', persistent, (topic) => this.#retained.get(topic))
		this.#sessions.set(key, session)
		return { session, present: false, before }
	}

	/** Notes that a client has gone. */
	closed(session: Session): void {
		session.away()
		if (!session.persistent) this.#forget(session)
	}

	/** Adds a filter, and gives the QoS that is granted; 128 where it is refused. */
	subscribe(origin: Origin, session: Session, filter: string, qos: number): number {
		// What QoS 2 costs serves nobody here: each reading says by session and seq which it is.
		const granted = Math.min(qos, 1)
		if (!isFilter(filter)) {
			if (!/^\$SYS(\/|$)/.test(filter)) this.#settings.tell('filter', `a client asks for "${filter}", which cannot be subscribed to here`)
			return 128
		}
		const isWild = /[+#]/.test(filter)
		const isNew = !session.filters.has(filter)
		if (isNew && origin !== 'own' && !this.#mayAsk(session, isWild)) {
			this.#settings.tell(
				'filters',
				`a client asks for more than ${FILTERS.each} topics (${FILTERS.wildEach} with wildcards), or all of them for too many`,
			)
			return 128
		}
		if (isNew) this.#filters++
		if (isNew && isWild) session.wildFilters++
		session.filters.set(filter, granted)
		this.#askers(filter, isWild).set(session, granted)
		return granted
	}

	/** Sends the retained messages of a filter, and gives how many steps that takes. */
	feed(session: Session, filter: string, qos: number): number {
		if (!/[+#]/.test(filter)) {
			if (this.#retained.has(filter)) session.feed([filter], qos)
			return 1
		}
		const levels = filter.split('/')
		const found: string[] = []
		for (const [topic, kept] of this.#retained) if (levelsFit(levels, kept.levels)) found.push(topic)
		session.feed(found, qos)
		return 1 + this.#retained.size / STEPS.looks + found.length / STEPS.sends
	}

	unsubscribe(session: Session, filter: string): void {
		if (!session.filters.delete(filter)) return
		this.#filters--
		if (this.#wild.has(filter)) session.wildFilters--
		const sessions = this.#exact.get(filter) ?? this.#wild.get(filter)
		sessions?.delete(session)
		if (sessions?.size !== 0) return
		this.#exact.delete(filter)
		if (this.#wild.delete(filter)) this.#tree.delete(filter)
	}

	/** Says whether a stranger may write there. */
	mayWrite(topic: string): boolean {
		if (!this.#written.has(topic) && !this.#settings.owns(topic)) return true
		this.#settings.tell('topic', `a client writes "${topic}", which this process writes: its message is dropped`)
		return false
	}

	/** Passes a message on, and gives how many steps that took. */
	publish(origin: Origin, message: Message): number {
		const { topic, retain } = message
		if (origin === 'own') this.#written.add(topic)
		if (retain) this.#retain(origin, message)
		const found = new Map(this.#exact.get(topic))
		const wild = this.#tree.fitting(topic)
		for (const sessions of wild) for (const [session, qos] of sessions) found.set(session, Math.max(qos, found.get(session) ?? 0))
		let steps = 1 + this.#tree.looks / STEPS.looks
		for (const [session, qos] of found) {
			steps += session.own ? STEPS.ownDelivery : 1
			if (session.deliver(message, Math.min(qos, message.qos)))
				this.#settings.tell('queue', `too much waits for "${session.key}": the oldest is dropped`)
		}
		return steps
	}

	#retain(origin: Origin, { topic, payload, qos }: Message): void {
		const { messages, bytes } = RETAINED
		const size = topic.length + payload.length
		const before = this.#guests.get(topic) ?? 0
		this.#guests.delete(topic)
		this.#guestBytes -= before
		if (payload.length === 0) this.#retained.delete(topic)
		else if (origin !== 'own' && (this.#guests.size >= messages || this.#guestBytes + size > bytes)) {
			this.#retained.delete(topic)
			this.#settings.tell(
				'retained',
				`clients have more than ${messages} messages or ${bytes} bytes retained: "${topic}" is passed on and not kept`,
			)
		} else {
			// A part of a larger buffer would keep all of it.
			this.#retained.set(topic, { topic, payload: Buffer.from(payload), qos, retain: true, levels: topic.split('/') })
			if (origin !== 'own') {
				this.#guests.set(topic, size)
				this.#guestBytes += size
			}
		}
	}

	#askers(filter: string, isWild: boolean): Map<Session, number> {
		const all = isWild ? this.#wild : this.#exact
		const found = all.get(filter)
		if (found) return found
		const sessions = new Map<Session, number>()
		all.set(filter, sessions)
		if (isWild) this.#tree.set(filter, sessions)
		return sessions
	}

	#mayAsk({ filters, wildFilters }: Session, isWild: boolean): boolean {
		const { each, all, wildEach, wildAll } = FILTERS
		if (filters.size >= each || this.#filters >= all) return false
		return !isWild || (this.#wild.size < wildAll && wildFilters < wildEach)
	}

	#forget(session: Session): void {
		for (const filter of [...session.filters.keys()]) this.unsubscribe(session, filter)
		if (this.#sessions.get(session.key) === session) this.#sessions.delete(session.key)
	}

	/** Says whether one more session of a stranger may be kept; the one that is longest away goes for it. */
	#hasRoom(): boolean {
		const now = performance.now()
		const kept = [...this.#sessions.values()].filter(({ own, persistent }) => persistent && !own)
		const away = kept.filter(({ outlet }) => !outlet).sort((one, other) => one.awaySince - other.awaySince)
		for (const session of away) if (now - session.awaySince > SESSIONS.away) this.#forget(session)
		const [longest] = away
		if (kept.length >= SESSIONS.all && longest && now - longest.awaySince > SESSIONS.least) this.#forget(longest)
		return kept.filter(({ key }) => this.#sessions.has(key)).length < SESSIONS.all
	}
}
