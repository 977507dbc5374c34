import { SUSPENDED, Suspensions } from '../jsonata/suspension.ts'
import type { Connection } from '../mqtt/client.ts'
import { RateLimit } from '../mqtt/rate-limit.ts'
import { conflict, type Occupied } from './conflicts.ts'
import { level } from './language.ts'
import { messagesOf } from './messages.ts'
import type { ChosenOutput, Trigger } from './output.ts'
import type { Owners } from './ownership.ts'
import { bridgeScope, type Last, meterScope, type Publisher } from './scope.ts'
import { changed } from './selection.ts'

/** All that outputs publish with; `occupied`: the topics that they must leave alone. */
export type Delivery = Publisher & { connection: Connection; owners: Owners; occupied: Occupied }

/** A message that an output did not give, and why. */
export type OutputFault = { output: string; detail: string }

/** The topics of an expression's messages, and what was left out; `failed`: it gave none, since something is wrong with it. */
export type Given = { topics: string[]; faults: OutputFault[]; failed?: boolean }
/**
 * The work that an output has done for a meter: what it announced last, how often it may, whether it may not announce all of it, when it took the last reading,
 * the values that it got, and the meter's id as a level.
 */
type Done = { announced: string; limit: RateLimit; isRefused: boolean; taken: number; values: Map<string, string>; id: string }

/** Milliseconds that a reading may come early. */
const SLACK = 500
/** Milliseconds between two announcements of a meter that changes, after the first ones; and of all meters for a reader that starts again and again. */
const [ANNOUNCE_PAUSE, ANNOUNCE_BURST, BIRTH_PAUSE] = [5000, 5, 10_000]

/** An output that runs: announces meters when they change, and publishes what it makes of their readings. */
export class RunningOutput {
	readonly output: ChosenOutput
	readonly #with: Delivery
	readonly #done = new Map<string, Done>()
	/** What takes too many steps, by trigger and meter. */
	readonly #suspensions = new Suspensions()
	/** Announces a meter again when its pause is over. */
	readonly #later: (meter: string) => void
	#stopBirths = () => {}

	constructor(output: ChosenOutput, delivery: Delivery, later: (meter: string) => void) {
		this.output = output
		this.#with = delivery
		this.#later = later
	}

	/** Stops waiting for the reader's birth, and for pauses. */
	stop(): void {
		this.#stopBirths()
		for (const { limit } of this.#done.values()) limit.stop()
	}

	/** Announces a meter if it changed, and publishes its reading if it is due. Gives what was left out. */
	async reading(last: Last): Promise<OutputFault[]> {
		if (!this.#isFor(last)) return []
		this.#doneFor(last.view.name).id = level(last.reading.id) ?? ''
		return [...(await this.#announce(last, false)).faults, ...(await this.#pass(last)).faults]
	}

	/** Announces the process. Gives the topics that this is on, and what was left out. */
	announceBridge(): Promise<Given> {
		return this.#give('bridge', '', bridgeScope(this.output, this.#with))
	}

	/** Announces a meter, changed or not. Gives the topics that this is on, and what was left out. */
	async announce(last: Last): Promise<Given> {
		return this.#isFor(last) ? await this.#announce(last, true) : NOTHING
	}

	/** Calls `reborn` after a message that says that the reader of the announcements has started again; after many of them, once in a while. */
	async awaitBirth(reborn: () => void): Promise<void> {
		const { connection } = this.#with
		const { birth } = this.output.document
		const found = await this.output.expressions.birth?.evaluate({ values: bridgeScope(this.output, this.#with), functions: {} })
		if (!birth || !found || !('value' in found) || typeof found.value !== 'string') return
		const topic = found.value
		const expected = new TextEncoder().encode(birth.payload)
		const limit: RateLimit = new RateLimit(BIRTH_PAUSE, () => onBirth())
		const onBirth = () => {
			if (limit.may()) reborn()
		}
		const listener = ({ payload }: { payload: Uint8Array }) => {
			if (Buffer.compare(payload, expected) === 0) onBirth()
		}
		this.#stopBirths = () => {
			limit.stop()
			connection.unsubscribe(topic, listener)
		}
		void connection.subscribe(topic, listener)
	}

	/** Forgets what was done for a meter. */
	forget(meter: string): void {
		this.#done.get(meter)?.limit.stop()
		this.#done.delete(meter)
		this.#again()
	}

	/** Announces with their next readings the meters that may not announce all of themselves: a topic is free that one of them may have wanted. */
	#again(): void {
		for (const done of this.#done.values()) if (done.isRefused) done.announced = ''
	}

	#isFor({ view }: Last): boolean {
		return this.output.choice.meters?.includes(view.name) ?? true
	}

	/** Announces a meter, `always` or if it changed, and clears the topics on which it is announced no longer. */
	async #announce(last: Last, always: boolean): Promise<Given> {
		if (!this.output.expressions.announce) return NOTHING
		const { name: output } = this.output
		const { owners } = this.#with
		const { name: meter } = last.view
		const done = this.#doneFor(meter)
		const scope = meterScope(this.output, this.#with, last, 'announce', owners.announced(output, meter))
		const names = scope.fields.map(({ name }) => name)
		const announced = JSON.stringify([names, last.view, last.reading.id])
		if (!always && (announced === done.announced || !done.limit.may())) return NOTHING
		const before = owners.topics((one) => one.announced && one.output === output && one.meter === meter)
		const given = await this.#give('announce', meter, scope)
		// What the broker has stays until there is another announcement.
		if (given.failed) return given
		done.isRefused = given.faults.length > 0
		for (const topic of before) {
			if (given.topics.includes(topic)) continue
			release(this.#with, topic)
			this.#again()
		}
		done.announced = announced
		owners.announce(output, meter, names)
		return given
	}

	async #pass(last: Last): Promise<Given> {
		const { expressions, choice } = this.output
		const done = this.#doneFor(last.view.name)
		const taken = Date.parse(last.reading.received)
		// A clock that was set back begins the interval again.
		const since = taken - done.taken
		if (!expressions.reading || (since >= 0 && since < (choice.interval ?? 0) * 1000 - SLACK)) return NOTHING
		const scope = meterScope(this.output, this.#with, last, 'reading')
		if (choice.onChange === true) {
			const values = changed(scope.reading, done.values)
			if (values === undefined) return NOTHING
			scope.reading = values
			scope.fields = scope.fields.filter(({ name }) => (name.split('.')[0] ?? '') in values)
		}
		done.taken = taken
		return await this.#give('reading', last.view.name, scope)
	}

	/** Publishes what an expression gives, but on topics that others write. */
	async #give(trigger: Trigger, meter: string, scope: object): Promise<Given> {
		const { name: output, expressions } = this.output
		const { connection, owners, occupied } = this.#with
		const expression = expressions[trigger]
		if (!expression) return { topics: [], faults: [] }
		const name = `${trigger} ${meter}`
		if (this.#suspensions.any && this.#suspensions.skips(name))
			return { topics: [], faults: [{ output, detail: `${trigger} is suspended: ${SUSPENDED}` }], failed: true }
		const { messages, faults, endless = false } = await messagesOf(expression, scope)
		if (endless || this.#suspensions.any) this.#suspensions.took(name, endless)
		for (const { topic, payload, retain, json } of messages) {
			const { output: owner, meter: first = '', recalled = false } = owners.owner(topic) ?? {}
			// Two adapters of one meter, or two meters with one id: what one has announced, the other neither replaces nor clears, nor do their readings mix.
			const isTaken = trigger === 'announce' && owner === output && first !== meter && this.#done.has(first)
			const twin = isTaken ? first : this.#twinOf(meter, topic, owner === output ? first : meter)
			if (twin !== undefined) {
				const what = trigger === 'announce' ? 'announced' : 'published'
				faults.push(
					`${meter} is not ${what}: ${twin} has the same id, and both would be ${topic}. Read the meter once, or give them ids that differ`,
				)
				continue
			}
			// A topic that it has written before was looked at then: a town has thousands of filters.
			const why = owner === output && !recalled ? undefined : conflict(topic, output, owner, occupied)
			if (why !== undefined) {
				faults.push(why)
				continue
			}
			owners.set(topic, { output, meter, announced: trigger !== 'reading', retain })
			connection.publish({ topic, payload, retain, ...(json && { contentType: 'application/json' }) })
		}
		const failed = messages.length === 0 && faults.length > 0
		return { topics: messages.map(({ topic }) => topic), faults: faults.map((detail) => ({ output, detail })), failed }
	}

	/** Gives the meter that had this one's id first, where a topic has the id, or is that meter's already (`owner`). */
	#twinOf(meter: string, topic: string, owner: string): string | undefined {
		const id = this.#done.get(meter)?.id
		if (!id) return undefined
		for (const [other, done] of this.#done) {
			if (other === meter) return undefined
			if (done.id === id && (other === owner || topic.includes(id))) return other
		}
		return undefined
	}

	#doneFor(meter: string): Done {
		const done = this.#done.get(meter) ?? {
			announced: '',
			limit: new RateLimit(ANNOUNCE_PAUSE, () => this.#later(meter), ANNOUNCE_BURST),
			isRefused: false,
			taken: Number.NEGATIVE_INFINITY,
			values: new Map(),
			id: '',
		}
		this.#done.set(meter, done)
		return done
	}
}

const NOTHING: Given = { topics: [], faults: [] }

/** Gives a topic up: clears what the broker keeps of it. */
export function release({ connection, owners, occupied }: Delivery, topic: string): void {
	const { output = '', retain = false, recalled = false } = owners.owner(topic) ?? {}
	// What the broker has handed over may be anyone's word.
	const isOurs = !recalled || conflict(topic, output, output, occupied) === undefined
	if (retain && isOurs) connection.publish({ topic, payload: '', retain: true })
	owners.delete(topic)
}
