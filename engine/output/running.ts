import { type Delivery, deliver, type OutputFault, release } from './delivery.ts'
import { messagesOf } from './messages.ts'
import type { ChosenOutput, Trigger } from './output.ts'
import { bridgeScope, type Last, meterScope } from './scope.ts'
import { changed } from './selection.ts'

/** The work that an output has done for a meter: what it announced last, when it took the last reading, and the values that it got. */
type Done = { announced: string; taken: number; values: Map<string, string> }

/** Milliseconds that a reading may come early. */
const SLACK = 500

/** An output that runs: announces meters when they change, and publishes what it makes of their readings. */
export class RunningOutput {
	readonly output: ChosenOutput
	readonly #with: Delivery
	readonly #done = new Map<string, Done>()
	/** Stops waiting for the reader's birth. */
	stop = () => {}

	constructor(output: ChosenOutput, delivery: Delivery) {
		this.output = output
		this.#with = delivery
	}

	/** Announces a meter if it changed, and publishes its reading if it is due. Gives what was left out. */
	async reading(last: Last): Promise<OutputFault[]> {
		if (!this.#isFor(last)) return []
		const done = this.#doneFor(last.view.name)
		return [...(await this.#announce(last, done)), ...(await this.#pass(last, done))]
	}

	/** Announces the process, and all of these meters that changed. Gives the topics that this is on, and what was left out. */
	async announceAll(meters: Iterable<Last>): Promise<{ topics: Set<string>; faults: OutputFault[] }> {
		const { topics, faults } = await this.#give('bridge', '', bridgeScope(this.output, this.#with))
		for (const last of meters) if (this.#isFor(last)) faults.push(...(await this.#announce(last, this.#doneFor(last.view.name))))
		return { topics: new Set([...topics, ...this.#announced((meter) => this.#done.has(meter))]), faults }
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

	/** Takes every meter for changed, so that it is announced next time. */
	forgetAnnounced(): void {
		for (const done of this.#done.values()) done.announced = ''
	}

	/** Forgets what was done for a meter. */
	forget(meter: string): void {
		this.#done.delete(meter)
	}

	#isFor({ view }: Last): boolean {
		return this.output.choice.meters?.includes(view.name) ?? true
	}

	async #announce(last: Last, done: Done): Promise<OutputFault[]> {
		if (!this.output.expressions.announce) return []
		const { name: output } = this.output
		const { owners } = this.#with
		const { name: meter } = last.view
		const scope = meterScope(this.output, this.#with, last, 'announce', owners.announced(output, meter))
		const names = scope.fields.map(({ name }) => name)
		const announced = JSON.stringify([names, last.view, last.reading.id])
		if (announced === done.announced) return []
		const before = this.#announced((one) => one === meter)
		const { topics, faults } = await this.#give('announce', meter, scope)
		for (const topic of before) if (!topics.includes(topic)) release(this.#with, topic)
		done.announced = announced
		owners.announce(output, meter, names)
		return faults
	}

	/** The topics on which these meters were announced. */
	#announced(isOne: (meter: string) => boolean): string[] {
		return this.#with.owners.topics(({ output, meter, announced }) => announced && output === this.output.name && isOne(meter))
	}

	async #pass(last: Last, done: Done): Promise<OutputFault[]> {
		const { expressions, choice } = this.output
		const taken = Date.parse(last.reading.received)
		if (!expressions.reading || taken - done.taken < (choice.interval ?? 0) * 1000 - SLACK) return []
		const scope = meterScope(this.output, this.#with, last, 'reading')
		if (choice.onChange === true) {
			const values = changed(scope.reading, done.values)
			if (values === undefined) return []
			scope.reading = values
			scope.fields = scope.fields.filter(({ name }) => (name.split('.')[0] ?? '') in values)
		}
		done.taken = taken
		return (await this.#give('reading', last.view.name, scope)).faults
	}

	/** Publishes what an expression gives. Returns its topics, and what was left out. */
	async #give(trigger: Trigger, meter: string, scope: object): Promise<{ topics: string[]; faults: OutputFault[] }> {
		const { name: output, expressions } = this.output
		const expression = expressions[trigger]
		if (!expression) return { topics: [], faults: [] }
		const { messages, faults } = await messagesOf(expression, scope)
		const refused = deliver(this.#with, { output, meter, announced: trigger !== 'reading' }, messages)
		return { topics: messages.map(({ topic }) => topic), faults: [...faults.map((detail) => ({ output, detail })), ...refused] }
	}

	#doneFor(meter: string): Done {
		const done = this.#done.get(meter) ?? { announced: '', taken: Number.NEGATIVE_INFINITY, values: new Map() }
		this.#done.set(meter, done)
		return done
	}
}
