import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../log/log.ts'
import type { Connection } from '../mqtt/client.ts'
import type { InMessage } from '../mqtt/message.ts'
import { Queue } from '../mqtt/queue.ts'
import { anyLevel, formerShard, levelsOf, partOf, shard } from '../mqtt/shards.ts'
import type { Topics } from '../mqtt/topics.ts'
import type { Port } from '../transport/port.ts'
import { Diagnostics } from './diagnostics.ts'
import type { RawSource } from './settings.ts'

export type TranslatorSettings = {
	/** Opens the session in which the broker keeps what comes while this process is away: for all shards, or for a part of them. */
	connect(part: number | undefined): Connection
	/** The parts that a worker takes, each with a session of its own that moves with it from worker to worker. */
	parts?: readonly number[] | undefined
	topics: Topics
	instance: string
	/** Start of the process, ms since 1970. */
	session: number
	/** Where diagnostics go. */
	output: Connection
	log: Log
}

/** Telegrams whose readings may be on their way at once: the smallest outbox that a config may have holds as many. */
const MANY_UNSAFE = 100

/** Messages that may wait, of those that the broker does not keep. */
const MANY_WAITING = 1000

type Handler = Parameters<RawSource['open']>[1]

type RawSession = { part: number | undefined; connection: Connection | undefined; levels: ReadonlySet<string> }

/**
 * Takes raw telegrams from the broker and hands each to its meter. A telegram is acknowledged when all that came of it is safe. A message for an unknown
 * meter is counted, named on `cii/bridge/<instance>/diagnostics` and acknowledged: it would only come again.
 */
export class Translator implements RawSource {
	readonly #settings: TranslatorSettings
	readonly #diagnostics: Diagnostics
	/** The meters that run, by the topics of their telegrams. */
	readonly #meters = new Map<string, Handler>()
	readonly #sessions: RawSession[]
	#shards: ReadonlySet<string> = new Set()
	/** Meters of the config that do not run, and why. */
	#missing = new Map<string, string>()
	#state: 'running' | 'paused' | 'stopped' = 'paused'
	#messages = 0
	/** Messages of which something is not safe yet. */
	#unsafe = 0
	/** The messages that arrived while paused, or while too much was unsafe. */
	readonly #waiting = new Queue<InMessage>()
	/** Messages are handed over just now: one that is safe at once makes room for the next one. */
	#isBusy = false

	constructor(settings: TranslatorSettings) {
		this.#settings = settings
		this.#sessions = (settings.parts ?? [undefined]).map((part) => ({ part, connection: undefined, levels: new Set() }))
		const { instance, session, topics, output, log } = settings
		this.#diagnostics = new Diagnostics({
			meter: instance,
			session,
			frames: () => this.#messages,
			source: () => ({ profile: 'translator', transport: { kind: 'mqtt', topic: topics.rawShard('+') } }),
			put: (message) => output.publish({ topic: topics.bridgeDiagnostics(), payload: JSON.stringify(message), retain: true }),
			log,
		})
	}

	/** Hands a meter's telegrams to the handler from now on. */
	open(meter: string, handler: Handler): Port {
		const names = [this.#settings.topics.raw(meter), this.#settings.topics.formerRaw(meter)]
		for (const topic of names) this.#meters.set(topic, handler)
		return {
			close: () => Promise.resolve(names.forEach((topic) => void this.#meters.delete(topic))),
		}
	}

	/** Lets what arrives wait until `settle`: meters may be away for a moment while they change. */
	pause(): void {
		if (this.#state === 'running') this.#state = 'paused'
	}

	/** Takes these shards, and no others; `missing`: meters of the config that do not run, and why. The first call opens the sessions. */
	async settle(shards: ReadonlySet<string>, missing: { name: string; detail: string }[]): Promise<void> {
		this.#missing = new Map(missing.map(({ name, detail }) => [name, detail]))
		this.#shards = shards
		if (this.#state === 'paused') this.#state = 'running'
		this.#next()
		const gained = this.#sessions.flatMap((session) => this.#settleOne(session))
		// A broker that is away must not hold up the start.
		await Promise.race([Promise.all(gained), delay(1000, undefined, { ref: false })])
	}

	/** New filters stand before old ones end: what comes in between comes by one of them. */
	#settleOne(session: RawSession): Promise<void>[] {
		const { connect, topics } = this.#settings
		const { part, levels: before } = session
		const levels = levelsOf(part === undefined ? this.#shards : new Set([...this.#shards].filter((one) => partOf(one) === part)))
		const isFirst = !session.connection
		session.connection ??= connect(part)
		session.levels = levels
		const { connection } = session
		const gained = [...levels].filter((level) => !before.has(level))
		const granted = gained.map((level) => connection.subscribe(topics.rawShard(level), this.#take))
		for (const level of before) if (!levels.has(level)) connection.unsubscribe(topics.rawShard(level), this.#take)
		if (isFirst) {
			this.#diagnostics.port('open')
			// A session may have filters of an earlier config, or version.
			const all = anyLevel().filter((level) => !levels.has(level))
			connection.forget(all.map(topics.rawShard))
		}
		return granted
	}

	/** Takes nothing any more: what arrives stays with the broker. */
	stop(): void {
		this.#state = 'stopped'
		this.#diagnostics.close()
	}

	/** Ends the sessions' connections. */
	async close(): Promise<void> {
		await Promise.all(this.#sessions.map(({ connection }) => connection?.close()))
	}

	readonly #take = (message: InMessage): void => {
		// Held and not released when stopped: without its acknowledgement it is delivered to the process that follows.
		message.receipt?.hold()
		if (this.#state === 'stopped') return
		// The broker gives no more with a receipt than may be under way; of those without there is no end.
		if (!message.receipt && this.#waiting.size >= MANY_WAITING) {
			this.#messages++
			const detail = `${MANY_WAITING} messages wait, and this one was sent without a receipt (QoS 0)`
			this.#diagnostics.count({ kind: 'rejected', reason: 'limit', detail, bytes: message.payload })
			this.#diagnostics.publishSoon()
			return
		}
		this.#waiting.push(message)
		this.#next()
	}

	/** Mosquitto with `max_inflight_messages 0` hands over all that it has, whatever the session says: the outbox would overflow, and drop readings. */
	#next(): void {
		if (this.#isBusy) return
		this.#isBusy = true
		try {
			while (this.#state === 'running' && this.#unsafe < MANY_UNSAFE) {
				const message = this.#waiting.shift()
				if (!message) return
				this.#unsafe++
				// Nothing of the message itself is kept until it is safe.
				const { receipt } = message
				this.#translate(message, () => {
					this.#unsafe--
					// In the order of arrival: those before it may not be safe yet.
					receipt?.release()
					this.#next()
				})
			}
		} finally {
			this.#isBusy = false
		}
	}

	/** Hands a message to its meter, and counts one that has none. `done` is called when all that came of it is safe. */
	#translate(message: InMessage, done: () => void): void {
		this.#messages++
		this.#diagnostics.bytes(message.payload.length)
		const handler = this.#meters.get(message.topic)
		if (handler) {
			handler(message, done)
			return
		}
		const [meter = '', on = ''] = message.topic.split('/').reverse()
		const why = this.#reasonOf(meter, on)
		if (why) {
			this.#diagnostics.count({ kind: 'rejected', ...why, bytes: message.payload })
			this.#diagnostics.publishSoon()
		}
		done()
	}

	/** Says why a message has no meter here; undefined where another translator takes it: shards of version 0.2 are received by several. */
	#reasonOf(meter: string, on: string): { reason: 'shard' | 'profile' | 'meter'; detail: string } | undefined {
		const name = meter.slice(0, 64)
		const own = shard(meter)
		const isFormer = on === formerShard(meter)
		if (on !== own && !isFormer) return { reason: 'shard', detail: `meter ${name} on shard ${on.slice(0, 8)}: its own is ${own}` }
		if (!this.#shards.has(own))
			return isFormer ? undefined : { reason: 'shard', detail: `meter ${name} on shard ${on}, which belongs to another translator` }
		const why = this.#missing.get(meter)
		if (why !== undefined) return { reason: 'profile', detail: `meter ${name} does not run: ${why}` }
		return { reason: 'meter', detail: `meter ${name} is in neither the config nor a folder of meters` }
	}
}
