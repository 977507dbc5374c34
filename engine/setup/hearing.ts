import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Heard, HeardAdapter, Problem } from '../../schema/types/api.ts'
import { type Connection, connect } from '../mqtt/client.ts'
import type { InMessage } from '../mqtt/message.ts'
import type { ConnectionSettings } from '../mqtt/settings.ts'
import type { Library } from '../profile/library.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { adapterProfiles, adaptersIn, filtersOf, type HeardMessage } from './adapters.ts'
import { brokerProblem } from './broker-problem.ts'
import { counted } from './problem.ts'

/** Messages and bytes that are kept, and messages of one topic. */
const [MESSAGES, BYTES, OF_A_TOPIC] = [3000, 2 * 1024 * 1024, 100]
/** Bytes of the longest message that is looked at. */
const LONGEST = 64 * 1024
/** Milliseconds between two looks at what came, and until the broker must have let us in. */
const [LOOK, CONNECTED] = [1500, 15_000]

export type HearingSettings = {
	id: string
	connection: Omit<ConnectionSettings, 'status' | 'clientId'>
	instance: string
	/** The first level of what this process and others like it publish: it is not heard. */
	root: string
	/** A filter that a person named; the topics of all profiles otherwise. */
	topic?: string | undefined
	library(): Library
	taken(): string[]
	milliseconds: number
	changed(): void
}

/** Listens at a broker for adapters of known profiles, for a while. */
export class Hearing {
	readonly #settings: HearingSettings
	readonly #started = performance.now()
	readonly #ending = new AbortController()
	readonly #messages: HeardMessage[] = []
	readonly #topics = new Map<string, number>()
	#bytes = 0
	#count = 0
	#state: Heard['state'] = 'listening'
	#text = 'The broker is asked.'
	#problem: Problem | undefined
	#heard: HeardAdapter[] = []
	#run: Promise<void> | undefined
	#seconds: number | undefined

	constructor(settings: HearingSettings) {
		this.#settings = settings
	}

	/** Shows what is known now. */
	view(): Heard & { seconds: number } {
		return {
			id: this.#settings.id,
			state: this.#state,
			text: this.#text,
			...(this.#problem && { problem: this.#problem }),
			heard: this.#heard,
			seconds: this.#seconds ?? Math.round((performance.now() - this.#started) / 1000),
		}
	}

	/** Whether it still listens. */
	get running(): boolean {
		return this.#seconds === undefined
	}

	/** The filter that a person named; undefined where it listens for adapters of all profiles. */
	get topic(): string | undefined {
		return this.#settings.topic
	}

	/** The messages that were heard. */
	get messages(): readonly HeardMessage[] {
		return this.#messages
	}

	/** Begins to listen. */
	start(): void {
		this.#run ??= this.#listen()
	}

	/** Resolves when it has ended. */
	async ended(): Promise<void> {
		await this.#run
	}

	/** Ends it. All that was heard stays. */
	async close(): Promise<void> {
		this.#ending.abort()
		await this.#run
	}

	async #listen(): Promise<void> {
		const { connection, instance, topic, library, milliseconds, changed } = this.#settings
		const { signal } = this.#ending
		let first: (answer: { up: boolean; text: string }) => void = () => undefined
		const answered = new Promise<{ up: boolean; text: string }>((resolve) => {
			first = resolve
		})
		const client = connect({
			...connection,
			clientId: `cii2mqtt-${instance}-setup-${randomBytes(4).toString('hex')}`,
			status: (up, text) => first({ up, text }),
		})
		try {
			const late = sleep(CONNECTED, { up: false, text: 'the broker does not answer' }, { signal, ref: false })
			const { up, text } = await Promise.race([answered, late]).catch(() => ({ up: false, text: '' }))
			if (signal.aborted) return
			if (!up) {
				this.#problem = await brokerProblem(text, connection)
				this.#state = 'failed'
				this.#text = this.#problem.text
				return
			}
			const profiles = adapterProfiles(library())
			for (const filter of topic === undefined ? filtersOf(profiles) : [topic])
				void client.subscribe(filter, (message) => this.#take(message))
			this.#text = 'Listening for adapters.'
			changed()
			await this.#watch(profiles, milliseconds, client)
		} finally {
			await client.close()
			this.#seconds = Math.round((performance.now() - this.#started) / 1000)
			if (this.#state === 'listening') this.#state = 'ended'
			changed()
		}
	}

	/** Looks again and again at what came. */
	async #watch(profiles: CompiledProfile[], milliseconds: number, client: Connection): Promise<void> {
		const { signal } = this.#ending
		const end = performance.now() + milliseconds
		for (let seen = 0; !signal.aborted && performance.now() < end; ) {
			await sleep(Math.min(LOOK, Math.max(1, end - performance.now())), undefined, { signal }).catch(() => undefined)
			if (this.#count === seen) continue
			seen = this.#count
			await this.#look(profiles)
		}
		if (this.#heard.length > 0) return
		this.#text =
			this.#count > 0
				? `${counted(this.#count, 'message')} came, and no profile reads them.`
				: `Nothing came in ${Math.round(milliseconds / 1000)} s${client.connected() ? ': is the adapter connected to this broker? Some send once a minute' : ''}.`
	}

	async #look(profiles: CompiledProfile[]): Promise<void> {
		const { taken, topic, changed } = this.#settings
		this.#heard = await adaptersIn(this.#messages, profiles, taken(), topic)
		const names = [...new Map(this.#heard.map((one) => [`${one.device ?? ''} ${one.topic}`, one])).values()]
		this.#text =
			names.length > 0
				? `Heard: ${names.map(({ title, device, messages }) => `${device ?? title}, ${counted(messages, 'message')}`).join('; ')}.`
				: `${counted(this.#count, 'message')} so far, none of a meter.`
		changed()
	}

	#take({ topic, payload, retain }: InMessage): void {
		if (topic === this.#settings.root || topic.startsWith(`${this.#settings.root}/`)) return
		this.#count++
		const known = this.#topics.get(topic) ?? 0
		const isFull = this.#messages.length >= MESSAGES || this.#bytes + payload.length > BYTES
		if (isFull || payload.length > LONGEST || known >= OF_A_TOPIC) return
		this.#topics.set(topic, known + 1)
		this.#bytes += payload.length
		this.#messages.push({ topic, payload: Uint8Array.from(payload), retain, received: Date.now() })
	}
}
