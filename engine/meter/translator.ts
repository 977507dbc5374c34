import type { Logger } from 'pino'
import type { Connection } from '../mqtt/client.ts'
import type { InMessage } from '../mqtt/message.ts'
import { shard, type Topics } from '../mqtt/topics.ts'
import { diagnostics } from './diagnostics.ts'
import type { RawSource } from './meter.ts'

/** What takes raw telegrams from the broker and hands each to its meter. */
export type Translator = RawSource & {
	/** Takes these shards, and no others; `missing`: meters of the config that do not run, and why. */
	settle(shards: ReadonlySet<string>, missing: { name: string; detail: string }[]): Promise<void>
	/** What comes waits until `settle`: meters may be away for a moment while they change. */
	pause(): void
	/** Nothing is taken any more: it stays with the broker. */
	stop(): void
}

export type TranslatorSettings = {
	/** Opens the session in which the broker keeps what comes while this process is away. */
	connect(): Connection
	topics: Topics
	instance: string
	/** Start of the process, ms since 1970. */
	session: number
	/** Where diagnostics go. */
	output: Connection
	log: Logger
}

/** The smallest outbox that a config may have holds as many. */
const MANY_UNSETTLED = 100

type Handler = (message: InMessage) => void

/**
 * A translator without shards. A message that is nobody's is counted, named on `cii/bridge/<instance>/diagnostics` and acknowledged: it would only
 * come again. The session is opened by the first `settle`, when the meters are there.
 */
export function translator({
	connect,
	topics,
	instance,
	session,
	output,
	log,
}: TranslatorSettings): Translator & { connection(): Connection | undefined } {
	const handlers = new Map<string, Handler>()
	let connection: Connection | undefined
	let owned: ReadonlySet<string> = new Set()
	let absent = new Map<string, string>()
	let paused = true
	let stopped = false
	let messages = 0
	/** Messages whose readings the broker has not acknowledged yet. */
	let unsettled = 0
	/** What came while paused, or while too much was unsettled, with its acknowledgement still held. */
	const waiting: { message: InMessage; done: (() => void) | undefined }[] = []

	const account = diagnostics({
		meter: instance,
		session,
		profile: () => 'translator',
		transport: () => ({ kind: 'mqtt', topic: topics.rawShard('+') }),
		frames: () => messages,
		put: (message) => output.publish({ topic: topics.bridgeDiagnostics(), payload: JSON.stringify(message), retain: true }),
		log,
	})

	function take(message: InMessage): void {
		// Held for ever when stopped: without its acknowledgement it is delivered to whoever comes after this process.
		const done = message.receipt?.hold()
		if (stopped) return
		waiting.push({ message, done })
		next()
	}

	/** Mosquitto with `max_inflight_messages 0` hands over all that it has, whatever the session says: the outbox would overflow, and drop readings. */
	function next(): void {
		while (!paused && !stopped && unsettled < MANY_UNSETTLED) {
			const first = waiting.shift()
			if (!first) return
			const { message, done } = first
			if (message.receipt) {
				unsettled++
				message.receipt.before(settled)
			}
			translate(message)
			done?.()
		}
	}

	function settled(): void {
		unsettled--
		// Not in the middle of releasing others.
		setImmediate(next)
	}

	function translate(message: InMessage): void {
		messages++
		account.bytes(message.payload.length)
		const [meter = '', on = ''] = message.topic.split('/').reverse()
		const handler = handlers.get(meter)
		if (handler && owned.has(on) && shard(meter) === on) {
			handler(message)
			return
		}
		account.count({ kind: 'rejected', ...reasonOf(meter, on), bytes: message.payload })
		account.publishSoon()
	}

	function reasonOf(meter: string, on: string): { reason: 'shard' | 'profile' | 'meter'; detail: string } {
		const name = meter.slice(0, 64)
		if (shard(meter) !== on) return { reason: 'shard', detail: `meter ${name} on shard ${on.slice(0, 8)}: its own is ${shard(meter)}` }
		if (!owned.has(on)) return { reason: 'shard', detail: `meter ${name} on shard ${on}, which is another translator's` }
		const why = absent.get(meter)
		if (why !== undefined) return { reason: 'profile', detail: `meter ${name} does not run: ${why}` }
		return { reason: 'meter', detail: `meter ${name} is in neither the config nor a folder of meters` }
	}

	return {
		connection: () => connection,
		open(meter, handler) {
			handlers.set(meter, handler)
			return {
				close() {
					if (handlers.get(meter) === handler) handlers.delete(meter)
					return Promise.resolve()
				},
			}
		},
		pause() {
			paused = true
		},
		async settle(shards, missing) {
			absent = new Map(missing.map(({ name, detail }) => [name, detail]))
			const before = owned
			owned = shards
			paused = false
			next()
			const gained = [...shards].filter((one) => !before.has(one))
			if (!connection) {
				connection = connect()
				account.port('open')
				// A session may know shards of an earlier config.
				connection.forget(ALL.filter((one) => !shards.has(one)).map(topics.rawShard))
			}
			for (const one of before) if (!shards.has(one)) connection.unsubscribe(topics.rawShard(one), take)
			const standing = connection
			await Promise.race([Promise.all(gained.map((one) => standing.subscribe(topics.rawShard(one), take))), later()])
		},
		stop() {
			stopped = true
			account.close()
		},
	}
}

/** A broker that is away must not hold up the start. */
const later = () =>
	new Promise<void>((resolve) => {
		setTimeout(resolve, 1000).unref()
	})

const ALL = Array.from({ length: 64 }, (_, one) => String(one).padStart(2, '0'))
