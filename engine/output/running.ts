import { SUSPENDED, Suspensions } from '../jsonata/suspension.ts'
import type { Connection } from '../mqtt/client.ts'
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
type Given = { topics: string[]; faults: OutputFault[]; failed?: boolean }
/** Meters whose announcement may fail when all are announced: beyond, the others wait for their next reading. */
const MAX_FAILED = 3

/** The work that an output has done for a meter: what it announced last, when it took the last reading, the values that it got, and the meter's id as a level. */
type Done = { announced: string; taken: number; values: Map<string, string>; id: string }

/** Milliseconds that a reading may come early. */
const SLACK = 500

/** An output that runs: announces meters when they change, and publishes what it makes of their readings. */
export class RunningOutput {
	readonly output: ChosenOutput
	readonly #with: Delivery
	readonly #done = new Map<string, Done>()
	/** What takes too many steps, by trigger and meter. */
	readonly #suspensions = new Suspensions()
	/** Stops waiting for the reader's birth. */
	stop = () => {}

	constructor(output: ChosenOutput, delivery: Delivery) {
		this.output = output
		this.#with = delivery
	}

	/** Announces a meter if it changed, and publishes its reading if it is due. Gives what was left out. */
	async reading(last: Last): Promise<OutputFault[]> {
		if (!this.#isFor(last)) return []
		this.#doneFor(last.view.name).id = level(last.reading.id) ?? ''
		return [...(await this.#announce(last, false)).faults, ...(await this.#pass(last)).faults]
	}

	/** Announces the process, and all of these meters. Gives the topics that this is on, and what was left out. */
	async announceAll(meters: Iterable<Last>): Promise<Given> {
		const { topics, faults } = await this.#give('bridge', '', bridgeScope(this.output, this.#with))
		let failed = 0
		for (const last of meters) {
			if (!this.#isFor(last)) continue
			const given = await this.#announce(last, true)
			topics.push(...given.topics)
			faults.push(...given.faults)
			if (given.failed && ++failed >= MAX_FAILED) break
		}
		return { topics, faults }
	}

	/** Calls `reborn` after each message that says that the reader of the announcements has started again. */
	async awaitBirth(reborn: () => void): Promise<void> {
		const { connection } = this.#with
		const { birth } = this.output.document
		const found = await this.output.expressions.birth?.evaluate({ values: bridgeScope(this.output, this.#with), functions: {} })
		if (!birth || !found || !('value' in found) || typeof found.value !== 'string') return
		const topic = found.value
		const listener = ({ payload }: { payload: Uint8Array }) => {
			if (new TextDecoder().decode(payload) === birth.payload) reborn()
		}
		this.stop = () => connection.unsubscribe(topic, listener)
		void connection.subscribe(topic, listener)
	}

	/** Forgets what was done for a meter. */
	forget(meter: string): void {
		this.#done.delete(meter)
		this.#again()
	}

	/** Announces every meter with its next reading: a topic is free that one of them may have wanted. */
	#again(): void {
		for (const done of this.#done.values()) done.announced = ''
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
		if (announced === done.announced && !always) return NOTHING
		const before = owners.topics((one) => one.announced && one.output === output && one.meter === meter)
		const given = await this.#give('announce', meter, scope)
		// What the broker has stays until there is another announcement.
		if (given.failed) return given
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
			const { output: owner, meter: first = '' } = owners.owner(topic) ?? {}
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
			const why = owner === output ? undefined : conflict(topic, output, owner, occupied)
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
		const done = this.#done.get(meter) ?? { announced: '', taken: Number.NEGATIVE_INFINITY, values: new Map(), id: '' }
		this.#done.set(meter, done)
		return done
	}
}

const NOTHING: Given = { topics: [], faults: [] }

/** Gives a topic up: clears what the broker keeps of it. */
export function release({ connection, owners }: Delivery, topic: string): void {
	if (owners.owner(topic)?.retain === true) connection.publish({ topic, payload: '', retain: true })
	owners.delete(topic)
}
