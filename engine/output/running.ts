import type { Reading } from '../../schema/types/reading.ts'
import type { Connection } from '../mqtt/client.ts'
import type { Delivery, OutputFault } from './delivery.ts'
import { type Made, messagesOf, type OutputScope } from './messages.ts'
import type { CompiledOutput, Trigger } from './output.ts'
import type { Owners } from './ownership.ts'
import { bridgeScope, type MeterView, meterScope, type Publisher } from './scope.ts'
import { type Choice, changed } from './selection.ts'

/** The last reading of a meter, and its state after it. */
export type Last = { view: MeterView; reading: Reading; state: object }

/** All that an output publishes with. */
export type Surroundings = Publisher & { connection: Connection; owners: Owners; delivery: Delivery }

/** The work that an output has done for a meter. */
type Done = {
	/** What was announced last: its signature, fields and topics. */
	announced: string
	names: string[]
	topics: string[]
	/** When the last reading was taken, and the values that it got. */
	taken: number
	values: Map<string, string>
}

/** Milliseconds that a reading may come early. */
const SLACK = 500

/** An output that runs: announces meters when they change, and publishes what it makes of their readings. */
export class RunningOutput {
	readonly output: CompiledOutput
	readonly choice: Choice
	readonly #with: Surroundings
	readonly #done = new Map<string, Done>()
	#birth: { topic: string; listener: Parameters<Connection['subscribe']>[1] } | undefined

	constructor(output: CompiledOutput, choice: Choice, surroundings: Surroundings) {
		this.output = output
		this.choice = choice
		this.#with = surroundings
	}

	/** Announces a meter if it changed, and publishes its reading if it is due. Gives what was left out. */
	async reading(last: Last): Promise<OutputFault[]> {
		if (!this.#isFor(last.view.name)) return []
		return [...(await this.#announce(last)), ...(await this.#pass(last))]
	}

	/** Announces the process, and all of these meters that changed. Gives the topics that this is on, and what was left out. */
	async announceAll(meters: Iterable<Last>): Promise<{ topics: Set<string>; faults: OutputFault[] }> {
		const { topics, bridge } = this.#with
		const made = await this.#messages('bridge', bridgeScope(this.output, this.choice, topics, bridge))
		const faults = [...made.faults, ...this.#publish('', made.messages, true)]
		for (const last of meters) if (this.#isFor(last.view.name)) faults.push(...(await this.#announce(last)))
		const announced = [...this.#done.values()].flatMap((done) => done.topics)
		return { topics: new Set([...made.messages.map(({ topic }) => topic), ...announced]), faults }
	}

	/** Calls `reborn` after each message that says that the reader of the announcements has started again. */
	async awaitBirth(reborn: () => void): Promise<void> {
		const { connection, topics, bridge } = this.#with
		const { birth } = this.output.document
		const scope = { ...bridgeScope(this.output, this.choice, topics, bridge) }
		const found = await this.output.expressions.birth?.evaluate({ values: scope, functions: {} })
		if (!birth || !found || !('value' in found) || typeof found.value !== 'string') return
		const listener = ({ payload }: { payload: Uint8Array }) => {
			if (new TextDecoder().decode(payload) === birth.payload) reborn()
		}
		this.#birth = { topic: found.value, listener }
		void connection.subscribe(found.value, listener)
	}

	/** Takes every meter for changed, so that it is announced next time. */
	forgetAnnounced(): void {
		for (const done of this.#done.values()) done.announced = ''
	}

	/** Forgets what was done for a meter. */
	forget(meter: string): void {
		this.#done.delete(meter)
	}

	/** Stops waiting for the reader's birth. */
	stop(): void {
		if (this.#birth) this.#with.connection.unsubscribe(this.#birth.topic, this.#birth.listener)
	}

	#isFor(meter: string): boolean {
		return this.choice.meters?.includes(meter) ?? true
	}

	async #announce({ view, reading, state }: Last): Promise<OutputFault[]> {
		const done = this.#doneFor(view.name)
		if (!this.output.expressions.announce) return []
		const { topics, bridge, owners, delivery } = this.#with
		const scope = meterScope(this.output, this.choice, topics, bridge, view, { reading, state, before: done.names }, 'announce')
		const names = (scope.fields ?? []).map(({ name }) => name)
		const sign = JSON.stringify([names, view, reading.id])
		if (sign === done.announced) return []
		const { messages, faults } = await this.#messages('announce', scope)
		const refused = this.#publish(view.name, messages, true)
		const now = messages.map(({ topic }) => topic)
		for (const topic of done.topics) if (!now.includes(topic)) delivery.release(topic)
		Object.assign(done, { announced: sign, names, topics: now })
		owners.announce(this.output.name, view.name, names)
		return [...faults, ...refused]
	}

	async #pass({ view, reading, state }: Last): Promise<OutputFault[]> {
		const { topics, bridge } = this.#with
		const done = this.#doneFor(view.name)
		const taken = Date.parse(reading.received)
		if (!this.output.expressions.reading || taken - done.taken < (this.choice.interval ?? 0) * 1000 - SLACK) return []
		const scope = meterScope(this.output, this.choice, topics, bridge, view, { reading, state }, 'reading')
		const values = this.choice.onChange === true ? changed({ ...scope.reading }, done.values) : scope.reading
		if (values === undefined) return []
		done.taken = taken
		const isIn = ({ name }: { name: string }) => (name.split('.')[0] ?? '') in values
		const seen = values === scope.reading ? scope : { ...scope, reading: values, fields: (scope.fields ?? []).filter(isIn) }
		const { messages, faults } = await this.#messages('reading', seen)
		return [...faults, ...this.#publish(view.name, messages, false)]
	}

	async #messages(trigger: Trigger, scope: OutputScope): Promise<{ messages: Made[]; faults: OutputFault[] }> {
		const expression = this.output.expressions[trigger]
		if (!expression) return { messages: [], faults: [] }
		const { messages, faults } = await messagesOf(expression, scope)
		return { messages, faults: faults.map((detail) => ({ output: this.output.name, detail })) }
	}

	#publish(meter: string, messages: Made[], announced: boolean): OutputFault[] {
		return this.#with.delivery.publish(this.output.name, meter, messages, announced)
	}

	#doneFor(meter: string): Done {
		const known = this.#done.get(meter)
		if (known) return known
		const { name } = this.output
		const { owners } = this.#with
		const done: Done = {
			announced: '',
			names: owners.announced(name, meter),
			topics: owners.topics((owner) => owner.output === name && owner.meter === meter && owner.announced),
			taken: Number.NEGATIVE_INFINITY,
			values: new Map(),
		}
		this.#done.set(meter, done)
		return done
	}
}
