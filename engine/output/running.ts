import { SUSPENDED, Suspensions } from '../jsonata/suspension.ts'
import type { Connection } from '../mqtt/client.ts'
import { RateLimit } from '../mqtt/rate-limit.ts'
import { after } from '../pipeline/in-order.ts'
import type { Soon } from '../pipeline/pipeline.ts'
import { conflict, type Occupied } from './conflicts.ts'
import { level } from './language.ts'
import { type Given as Made, messagesOf } from './messages.ts'
import type { ChosenOutput, Trigger } from './output.ts'
import type { Owners } from './ownership.ts'
import { bridgeScope, kept, type Last, type MeterPart, meterPart, meterScope, type Publisher } from './scope.ts'
import { changed, type Values } from './selection.ts'

/** All that outputs publish with; `occupied`: the topics that they must leave alone. */
export type Delivery = Publisher & { connection: Connection; owners: Owners; occupied: Occupied }

/** A message that an output did not give, and why. */
export type OutputFault = { output: string; detail: string }

/** The topics of an expression's messages, and what was left out; `failed`: it gave none, since something is wrong with it. */
export type Given = { topics: string[]; faults: OutputFault[]; failed?: boolean }

/**
 * The work that an output has done for a meter: what it announced last, in words and as it was told, how often it may, whether it may not announce all of
 * it, when it took the last reading, the values that it got, the meter's id, also as a level of a topic, its place in the order in which they spoke first,
 * and the part of the scope that stays.
 */
type Done = {
	meter: string
	place: number
	announced: string
	told: (Pick<Last, 'view' | 'shown'> & { id: string }) | undefined
	limit: RateLimit
	isRefused: boolean
	taken: number
	values: Map<string, unknown>
	id: string | undefined
	level: string
	part: MeterPart | undefined
}

/** Milliseconds that a reading may come early. */
const SLACK = 500
/** Milliseconds between two announcements of a meter that changes, after the first ones; and of all meters for a reader that starts again and again. */
const [ANNOUNCE_PAUSE, ANNOUNCE_BURST, BIRTH_PAUSE] = [5000, 5, 10_000]

/** An output that runs: announces meters when they change, and publishes what it makes of their readings. */
export class RunningOutput {
	readonly output: ChosenOutput
	readonly #with: Delivery
	readonly #meters: ReadonlySet<string> | undefined
	readonly #done = new Map<string, Done>()
	/** Those of meters with the same id, as a level of a topic, the first one first. */
	readonly #byLevel = new Map<string, Done[]>()
	#places = 0
	/** What takes too many steps, by trigger and meter. */
	readonly #suspensions = new Suspensions()
	/** Announces a meter again when its pause is over. */
	readonly #later: (meter: string) => void
	#stopBirths = () => {}

	constructor(output: ChosenOutput, delivery: Delivery, later: (meter: string) => void) {
		this.output = output
		this.#meters = output.choice.meters && new Set(output.choice.meters)
		this.#with = delivery
		this.#later = later
	}

	/** Stops waiting for the reader's birth, and for pauses. */
	stop(): void {
		this.#stopBirths()
		for (const { limit } of this.#done.values()) limit.stop()
	}

	/** Announces a meter if it changed, and publishes its reading if it is due. Gives what was left out, at once where nothing has to be waited for. */
	reading(last: Last): Soon<OutputFault[]> {
		if (!this.#isFor(last)) return NO_FAULTS
		const done = this.#doneFor(last.view.name)
		if (done.id !== last.reading.id) this.#identify(done, last.reading.id)
		const announced = this.#announce(last, done, false)
		if (!(announced instanceof Promise)) return after(this.#pass(last, done), ({ faults }) => joined(announced.faults, faults))
		const later = kept(last)
		return announced.then(async (first) => joined(first.faults, (await this.#pass(later, done)).faults))
	}

	/** Announces the process. Gives the topics that this is on, and what was left out. */
	announceBridge(): Soon<Given> {
		return this.#give('bridge', '', bridgeScope(this.output, this.#with))
	}

	/** Announces a meter, changed or not. Gives the topics that this is on, and what was left out. */
	announce(last: Last): Soon<Given> {
		// Among meters with one id the first that speaks to this output counts: one that is not announced has not spoken yet.
		return this.output.expressions.announce && this.#isFor(last) ? this.#announce(last, this.#doneFor(last.view.name), true) : NOTHING
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
		const done = this.#done.get(meter)
		done?.limit.stop()
		if (done) this.#unidentify(done)
		this.#done.delete(meter)
		this.#again()
	}

	/** Announces with their next readings the meters that may not announce all of themselves: a topic is free that one of them may have wanted. */
	#again(): void {
		for (const done of this.#done.values()) {
			if (!done.isRefused) continue
			done.announced = ''
			done.told = undefined
		}
	}

	#isFor({ view }: Last): boolean {
		return this.#meters?.has(view.name) ?? true
	}

	/** Announces a meter, `always` or if it changed, and clears the topics on which it is announced no longer. */
	#announce(last: Last, done: Done, always: boolean): Soon<Given> {
		if (!this.output.expressions.announce || (!always && done.told && isTold(last, done.told))) return NOTHING
		const { name: output } = this.output
		const { owners } = this.#with
		const { meter } = done
		const scope = meterScope(this.output, this.#with, last, 'announce', owners.announced(output, meter))
		const names = scope.fields.map(({ name }) => name)
		const announced = JSON.stringify([names, last.view, last.reading.id])
		const told = { view: last.view, shown: last.shown, id: last.reading.id }
		if (announced === done.announced) done.told = told
		if (!always && (announced === done.announced || !done.limit.may())) return NOTHING
		const before = owners.topicsOf(meter, (one) => one.announced && one.output === output)
		return after(this.#give('announce', meter, scope), (given) => {
			// What the broker has stays until there is another announcement.
			if (given.failed) return given
			done.isRefused = given.faults.length > 0
			for (const topic of before) {
				if (given.topics.includes(topic)) continue
				release(this.#with, topic)
				this.#again()
			}
			done.announced = announced
			done.told = told
			owners.announce(output, meter, names)
			return given
		})
	}

	#pass(last: Last, done: Done): Soon<Given> {
		const { expressions, choice } = this.output
		if (!expressions.reading) return NOTHING
		const taken = choice.interval ? Date.parse(last.reading.received) : 0
		// A clock that was set back begins the interval again.
		const since = taken - done.taken
		if (choice.interval && since >= 0 && since < choice.interval * 1000 - SLACK) return NOTHING
		if (done.part?.profile !== last.view.profile || done.part.meter.id !== last.reading.id)
			done.part = meterPart(this.output, this.#with, last.view, last.reading.id)
		const scope = meterScope(this.output, this.#with, last, 'reading', undefined, done.part)
		const values = choice.onChange === true ? changed(scope.reading, done.values) : undefined
		if (choice.onChange === true && values === undefined) return NOTHING
		done.taken = taken
		return this.#give('reading', done.meter, values ? narrowed(scope, values) : scope)
	}

	/** Publishes what an expression gives, but on topics that others write. */
	#give(trigger: Trigger, meter: string, scope: object): Soon<Given> {
		const { name: output, expressions } = this.output
		const expression = expressions[trigger]
		if (!expression) return NOTHING
		if (this.#suspensions.any && this.#suspensions.skips(`${trigger} ${meter}`))
			return { topics: [], faults: [{ output, detail: `${trigger} is suspended: ${SUSPENDED}` }], failed: true }
		return after(messagesOf(expression, scope), (made) => this.#send(trigger, meter, made))
	}

	#send(trigger: Trigger, meter: string, { messages, faults, endless = false }: Made): Given {
		const { name: output } = this.output
		const { connection, owners, occupied } = this.#with
		if (endless || this.#suspensions.any) this.#suspensions.took(`${trigger} ${meter}`, endless)
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
		const done = this.#done.get(meter)
		if (!done?.level) return undefined
		const isTwin = (other: Done) => other.place < done.place && (other.meter === owner || topic.includes(done.level))
		return this.#byLevel.get(done.level)?.find(isTwin)?.meter
	}

	/** Notes a meter's id. */
	#identify(done: Done, id: string): void {
		this.#unidentify(done)
		done.id = id
		done.level = level(id) ?? ''
		const all = [...(this.#byLevel.get(done.level) ?? []), done]
		this.#byLevel.set(
			done.level,
			all.sort((one, other) => one.place - other.place),
		)
	}

	#unidentify(done: Done): void {
		const others = (this.#byLevel.get(done.level) ?? []).filter((one) => one !== done)
		if (others.length > 0) this.#byLevel.set(done.level, others)
		else this.#byLevel.delete(done.level)
	}

	#doneFor(meter: string): Done {
		const known = this.#done.get(meter)
		if (known) return known
		const done: Done = {
			meter,
			place: this.#places++,
			announced: '',
			told: undefined,
			limit: new RateLimit(ANNOUNCE_PAUSE, () => this.#later(meter), ANNOUNCE_BURST),
			isRefused: false,
			taken: Number.NEGATIVE_INFINITY,
			values: new Map(),
			id: undefined,
			level: '',
			part: undefined,
		}
		this.#done.set(meter, done)
		return done
	}
}

const NO_FAULTS: OutputFault[] = []
const NOTHING: Given = { topics: [], faults: NO_FAULTS }

/** Tells whether a meter would be announced as it was told. */
const isTold = ({ view, shown, reading }: Last, told: NonNullable<Done['told']>) =>
	shown !== undefined && shown === told.shown && view === told.view && reading.id === told.id

const joined = (one: OutputFault[], other: OutputFault[]) => (one.length === 0 ? other : [...one, ...other])

/** Narrows a scope to the values that have changed. */
const narrowed = (scope: ReturnType<typeof meterScope>, values: Values) => ({
	...scope,
	reading: values,
	fields: scope.fields.filter(({ name }) => (name.split('.')[0] ?? '') in values),
})

/** Gives a topic up: clears what the broker keeps of it. */
export function release({ connection, owners, occupied }: Delivery, topic: string): void {
	const { output = '', retain = false, recalled = false } = owners.owner(topic) ?? {}
	// What the broker has handed over may be anyone's word.
	const isOurs = !recalled || conflict(topic, output, output, occupied) === undefined
	if (retain && isOurs) connection.publish({ topic, payload: '', retain: true })
	owners.delete(topic)
}
