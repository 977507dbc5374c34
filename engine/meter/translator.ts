import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../log/log.ts'
import type { Connection } from '../mqtt/client.ts'
import type { InMessage } from '../mqtt/message.ts'
import { Queue } from '../mqtt/queue.ts'
import { shard, shardsOf, type Topics } from '../mqtt/topics.ts'
import type { Port } from '../transport/port.ts'
import { Diagnostics } from './diagnostics.ts'
import type { RawSource } from './meter.ts'

export type TranslatorSettings = {
	/** Opens the session in which the broker keeps what comes while this process is away. */
	connect(): Connection
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

/**
 * Takes raw telegrams from the broker and hands each to its meter. A telegram is acknowledged when all that came of it is safe. A message for an unknown
 * meter is counted, named on `cii/bridge/<instance>/diagnostics` and acknowledged: it would only come again.
 */
export class Translator implements RawSource {
	readonly #settings: TranslatorSettings
	readonly #diagnostics: Diagnostics
	/** The meters that run, by the topics of their telegrams. */
	readonly #meters = new Map<string, Handler>()
	#connection: Connection | undefined
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
		const topic = this.#settings.topics.raw(meter)
		this.#meters.set(topic, handler)
		return { close: () => Promise.resolve(void this.#meters.delete(topic)) }
	}

	/** Lets what arrives wait until `settle`: meters may be away for a moment while they change. */
	pause(): void {
		if (this.#state === 'running') this.#state = 'paused'
	}

	/** Takes these shards, and no others; `missing`: meters of the config that do not run, and why. The first call opens the session. */
	async settle(shards: ReadonlySet<string>, missing: { name: string; detail: string }[]): Promise<void> {
		const { connect, topics } = this.#settings
		this.#missing = new Map(missing.map(({ name, detail }) => [name, detail]))
		const before = this.#shards
		this.#shards = shards
		if (this.#state === 'paused') this.#state = 'running'
		this.#next()
		if (!this.#connection) {
			this.#connection = connect()
			this.#diagnostics.port('open')
			// A session may know shards of an earlier config.
			this.#connection.forget([...(shardsOf() ?? [])].filter((one) => !shards.has(one)).map(topics.rawShard))
		}
		const connection = this.#connection
		for (const one of before) if (!shards.has(one)) connection.unsubscribe(topics.rawShard(one), this.#take)
		const gained = [...shards].filter((one) => !before.has(one)).map((one) => connection.subscribe(topics.rawShard(one), this.#take))
		// A broker that is away must not hold up the start.
		await Promise.race([Promise.all(gained), delay(1000, undefined, { ref: false })])
	}

	/** Takes nothing any more: what arrives stays with the broker. */
	stop(): void {
		this.#state = 'stopped'
		this.#diagnostics.close()
	}

	/** Ends the session's connection. */
	async close(): Promise<void> {
		await this.#connection?.close()
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
				this.#translate(message, () => {
					this.#unsafe--
					// In the order of arrival: those before it may not be safe yet.
					message.receipt?.release()
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
		this.#diagnostics.count({ kind: 'rejected', ...this.#reasonOf(meter, on), bytes: message.payload })
		this.#diagnostics.publishSoon()
		done()
	}

	#reasonOf(meter: string, on: string): { reason: 'shard' | 'profile' | 'meter'; detail: string } {
		const name = meter.slice(0, 64)
		if (shard(meter) !== on) return { reason: 'shard', detail: `meter ${name} on shard ${on.slice(0, 8)}: its own is ${shard(meter)}` }
		if (!this.#shards.has(on)) return { reason: 'shard', detail: `meter ${name} on shard ${on}, which belongs to another translator` }
		const why = this.#missing.get(meter)
		if (why !== undefined) return { reason: 'profile', detail: `meter ${name} does not run: ${why}` }
		return { reason: 'meter', detail: `meter ${name} is in neither the config nor a folder of meters` }
	}
}
