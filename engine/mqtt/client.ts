import { addressOf } from './address.ts'
import { Attempts } from './attempts.ts'
import type { InMessage, OutMessage } from './message.ts'
import { type Answer, Outbox } from './outbox.ts'
import { codeText, type Down, downText } from './reasons.ts'
import { type Receipt, Receipts } from './receipts.ts'
import type { Limits } from './session/limits.ts'
import type { Publish, Skipped } from './session/packets.ts'
import { Session } from './session/session.ts'
import { type ConnectionSettings, placeOf } from './settings.ts'
import { type Speaker, shown, speaker } from './speaker.ts'
import { Subscriptions } from './subscriptions.ts'
import { Suspect } from './suspect.ts'
import type { Outgoing } from './waiting.ts'

/** A lasting connection: it sends published messages as soon as it has a broker. */
export type Connection = Pick<Client, keyof Client>

/** Seconds in which a broker must answer. Slow ones were seen to take 20: behind a backup, or on a card that is full. */
const PATIENCE = 45
/** Seconds after which a connection has proved itself, and after which refused filters are asked for again. */
const PROVED = 60
/** Seconds after which a connection is trusted again that owes nothing. */
const SETTLED = 5
/** How often a message is sent that the broker takes "later" without a reason that passes for sure: for 15 s, with the outbox's pauses. */
const TRIES = 5
/** Topics on which a message was given up lately. */
const MANY_GIVEN = 1000
const QUOTA_EXCEEDED = 151
/** Milliseconds in which what waits is sent at the end. */
const DRAIN = 1700

/** Connects to a broker and stays connected, until it is closed. */
export function connect(settings: ConnectionSettings): Connection {
	return new Client(settings)
}

/** Connects again and again, in MQTT 5 or 3.1.1: the embedded broker and older mosquitto refuse MQTT 5 or hang up. */
class Client {
	readonly #settings: ConnectionSettings
	readonly #outbox: Outbox
	readonly #receipts: Receipts
	readonly #subscriptions: Subscriptions
	readonly #speaker: Speaker
	readonly #seconds: NodeJS.Timeout
	readonly #forgotten = new Set<string>()
	readonly #tries = new WeakMap<OutMessage, number>()
	/** Topics on which a message was given up, until when the next ones are not tried again either. */
	readonly #given = new Map<string, number>()
	readonly #attempts: Attempts
	readonly #suspect = new Suspect()
	#session: Session
	#limits: Limits | undefined
	#clientId: string
	/** The broker has broken the rules, and since then neither acknowledged anything nor left nothing to acknowledge. */
	#doubted = false
	#timer: NodeJS.Timeout | undefined
	#now = 0
	/** When the connection came, or went. */
	#since = 0
	#closed = false
	/** Connections that ended because of what the broker did, and messages of it that were not taken. */
	#faults = 0
	#skipped = 0

	constructor(settings: ConnectionSettings) {
		const { session, status, limits, spool, stream, clientId, rebuildAfter = 300_000, retryAfter = 1000 } = settings
		this.#settings =
			stream || settings.url === undefined ? settings : { ...addressOf(settings.url), ...settings, url: addressOf(settings.url).url }
		this.#attempts = new Attempts(stream !== undefined, retryAfter)
		this.#clientId = clientId
		this.#speaker = speaker(status, () => this.#now)
		this.#receipts = new Receipts(
			(messageId) => this.#session.acknowledge(messageId),
			(full) => this.#session.pause(full),
		)
		this.#outbox = new Outbox(
			{
				hasRoom: () => this.#session.hasRoom(),
				publish: (item) => (this.#suspect.is(item.message) ? 'refused' : this.#session.publish(item)),
			},
			(text) => status(false, text),
			limits,
			spool,
		)
		this.#subscriptions = new Subscriptions(
			() => (this.#session.isUp() ? this.#session : undefined),
			session === undefined,
			(filter) => this.#speaker.tell(filter, `the broker refuses the subscription ${filter}: check its access rules`),
		)
		this.#session = this.#start()
		this.#seconds = setInterval(() => this.#tick(rebuildAfter / 1000), 1000).unref()
	}

	publish(message: OutMessage): void {
		this.#outbox.add(message)
	}

	/** Passes on every message that fits the filter, and again after each reconnect. Resolves when the broker has first answered to the filter. */
	subscribe(filter: string, handler: (message: InMessage) => void): Promise<void> {
		this.#forgotten.delete(filter)
		return this.#subscriptions.add(filter, handler)
	}

	unsubscribe(filter: string, handler: (message: InMessage) => void): void {
		this.#subscriptions.remove(filter, handler)
	}

	/** Ends subscriptions that a session may have from an earlier process. */
	forget(filters: string[]): void {
		if (this.#session.isUp()) this.#session.unsubscribe(filters)
		else for (const filter of filters) this.#forgotten.add(filter)
	}

	/**
	 * Counts the messages that wait, that were dropped, and that the broker has put off; of the broker, connections that ended because it broke the rules (`faults`), and messages
	 * that were not taken (`skipped`).
	 */
	counts(): ReturnType<Outbox['counts']> & { faults: number; skipped: number } {
		return { ...this.#outbox.counts(), faults: this.#faults, skipped: this.#skipped }
	}

	/** Says whether there is a broker that does what it must: not while it acknowledges nothing. */
	connected(): boolean {
		return this.#session.isUp() && !this.#doubted
	}

	/** Sends what waits, for a moment at most, and disconnects. */
	async close(): Promise<void> {
		await this.#outbox.drain(this.#session.isUp() ? DRAIN : 0)
		this.#closed = true
		this.#speaker.end()
		clearInterval(this.#seconds)
		clearTimeout(this.#timer)
		await this.#session.close()
	}

	#start(): Session {
		const session: Session = new Session({
			...this.#settings,
			clientId: this.#clientId,
			version: this.#attempts.version,
			willForm: this.#attempts.willForm,
			patience: this.#settings.patience ?? PATIENCE,
			up: (limits) => this.#onUp(limits),
			message: (message) => this.#onMessage(message),
			skipped: (message) => this.#onSkipped(message),
			answered: (item, answer, code) => {
				this.#attempts.useful()
				if (this.#doubted) this.#trust()
				this.#outbox.answered(item, answer === 'later' ? this.#postpone(item.message, code) : answer)
			},
			room: () => this.#outbox.refill(),
			tooLarge: (topic, size) =>
				this.#speaker.tell('large', `a message on ${topic} is dropped: its ${size} bytes are more than ${this.#place()} takes`),
			// One that was replaced had never been up, and gives no messages back.
			down: (...how) => {
				if (this.#session === session) this.#onDown(...how)
			},
		})
		this.#timer = setTimeout(() => session.open())
		return session
	}

	#onUp(limits: Limits): void {
		this.#attempts.succeeded()
		this.#limits = limits
		if (this.#suspect.alone()) limits.inFlight = 1
		// Only for an empty one: a broker does not rename this client.
		if (this.#clientId === '') this.#clientId = limits.clientId ?? ''
		this.#since = this.#now
		this.#session.pause(this.#receipts.full())
		if (!this.#doubted) this.#trust()
		this.#subscriptions.connected()
		// Behind the new filters: what comes in between comes by one of them.
		this.#session.unsubscribe([...this.#forgotten])
		this.#forgotten.clear()
		this.#outbox.connected()
		if (limits.qos === 0)
			this.#speaker.tell('qos', `${this.#place()} does not acknowledge messages: what is on its way is lost when the connection breaks`)
		if (!limits.retain) this.#speaker.tell('retain', `${this.#place()} keeps no messages: who subscribes later sees the next state only`)
	}

	/** Says that there is a broker. */
	#trust(): void {
		this.#doubted = false
		this.#speaker.say(true, `connected to ${this.#place()} (MQTT ${this.#attempts.version === 5 ? '5' : '3.1.1'})`)
	}

	#onSkipped({ topic, why, id }: Skipped): void {
		this.#skip(`a message on ${shown(topic)} is not taken: ${why}`)
		if (id > 0) this.#taken(id, this.#settings.session && this.#receipts.take(id))
	}

	#onMessage(message: Publish): void {
		this.#attempts.useful()
		const { id, topic, payload, identifiers } = message
		if (id > 0 && this.#settings.session) message.receipt = this.#receipts.take(id, payload.length)
		try {
			this.#subscriptions.deliver(message, identifiers)
		} catch (error) {
			// A message that a mistake of ours stumbles over must not come again.
			this.#skip(`a message on ${shown(topic)} could not be read (${(error as Error).message}): please report this`)
		}
		if (id > 0) this.#taken(id, message.receipt)
	}

	/** Acknowledges a message; in a session that withholds acknowledgements, as soon as nobody holds it. */
	#taken(id: number, receipt: Receipt | undefined): void {
		if (receipt) receipt.release()
		else this.#session.acknowledge(id)
	}

	#onDown(reason: Down, unanswered: Outgoing[], othersPassed: boolean): void {
		const oldest = unanswered[0]?.message
		const answered = this.#limits !== undefined
		this.#limits = undefined
		if (reason.kind !== 'fault' && this.#suspect.broke(oldest, othersPassed))
			this.#speaker.tell(
				'suspect',
				`a message on ${oldest?.topic} is dropped: ${this.#place()} hangs up at its ${oldest?.payload.length} bytes each time`,
			)
		this.#outbox.disconnected(unanswered)
		this.#receipts.lost()
		this.#subscriptions.disconnected()
		if (this.#closed) return
		if (answered) this.#since = this.#now
		const wait = this.#attempts.failed(reason, answered)
		if (wait > 0) {
			if (reason.kind === 'fault') this.#faults++
			this.#doubted ||= reason.kind === 'fault'
			this.#speaker.say(false, downText(reason, answered, this.#settings))
		}
		this.#timer = setTimeout(() => {
			this.#session = this.#start()
		}, wait)
	}

	#tick(rebuildAfter: number): void {
		this.#now++
		this.#session.tick()
		const lasted = this.#now - this.#since
		if (this.#session.isUp()) {
			if (this.#doubted && lasted >= SETTLED && this.#session.isIdle()) this.#trust()
			if (lasted === PROVED) {
				this.#attempts.lasted()
				this.#suspect.clear()
			}
			if (lasted % PROVED === 0) this.#subscriptions.again()
		} else if (lasted >= rebuildAfter) {
			this.#since = this.#now
			this.#speaker.say(false, `no connection for ${Math.round(rebuildAfter)} s: a new client tries`)
			clearTimeout(this.#timer)
			const old = this.#session
			this.#session = this.#start()
			void old.close()
		}
	}

	/** Quotas are free again some day; for another reason a message, and its topic, do not hold up all others without end. */
	#postpone(message: OutMessage, code: number): Answer {
		const tries = (this.#tries.get(message) ?? 0) + 1
		this.#tries.set(message, tries)
		if (code !== QUOTA_EXCEEDED && (tries >= TRIES || this.#now < (this.#given.get(message.topic) ?? 0))) {
			if (this.#given.size >= MANY_GIVEN) this.#given.clear()
			this.#given.set(message.topic, this.#now + PROVED)
			return 'refused'
		}
		this.#speaker.tell('later', `${this.#place()} takes no message on ${message.topic} now (${codeText(code)}): it is sent again`)
		return 'later'
	}

	#skip(text: string): void {
		this.#skipped++
		this.#speaker.tell('skipped', text)
	}

	#place(): string {
		return placeOf(this.#settings)
	}
}
