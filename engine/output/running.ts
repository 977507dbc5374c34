import { SUSPENDED, Suspensions } from '../jsonata/suspension.ts'
import { RateLimit } from '../mqtt/rate-limit.ts'
import { after } from '../pipeline/in-order.ts'
import type { Soon } from '../pipeline/pipeline.ts'
import { onBirths } from './births.ts'
import { conflict } from './conflicts.ts'
import { type Delivery, release } from './delivery.ts'
import { hasFailed, joinedMessages, type Given as Made, messagesOf } from './messages.ts'
import type { ChosenOutput, Trigger } from './output.ts'
import type { Owner } from './ownership.ts'
import { bridgeScope, type Configured, configuredScope, kept, type Last, type MeterPart, meterPart, meterScope } from './scope.ts'
import { changed, type Values } from './selection.ts'
import { Twins } from './twins.ts'

/** A message that an output did not give, and why. */
export type OutputFault = { output: string; detail: string }

/** The topics of an expression's messages, and what was left out; `failed`: it gave none, since something is wrong with it. */
export type Given = { topics: string[]; faults: OutputFault[]; failed?: boolean }

/**
 * The work that an output has done for a meter: what it announced last, in words and as it was told, how often it may, whether it may not announce all of
 * it, when it took the last reading, the values that it got, and the part of the scope that stays.
 */
type Done = {
	meter: string
	announced: string
	told: (Pick<Last, 'view' | 'shown'> & { id: string }) | undefined
	limit: RateLimit
	isRefused: boolean
	taken: number
	values: Map<string, unknown>
	part: MeterPart | undefined
}

/** Milliseconds that a reading may come early. */
const SLACK = 500
/** Milliseconds between two announcements of a meter that changes, after the first ones. */
const [ANNOUNCE_PAUSE, ANNOUNCE_BURST] = [5000, 5]

/** An output that runs: announces meters when they change, and publishes what it makes of their readings. */
export class RunningOutput {
	readonly output: ChosenOutput
	readonly #with: Delivery
	readonly #meters: ReadonlySet<string> | undefined
	readonly #done = new Map<string, Done>()
	readonly #twins = new Twins()
	/** The meters that have not spoken yet, as they are described. */
	readonly #described = new Map<string, Configured>()
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
		const announced = this.#announce(last, done, false)
		if (!(announced instanceof Promise)) return after(this.#pass(last, done), ({ faults }) => joined(announced.faults, faults))
		const later = kept(last)
		return announced.then(async (first) => joined(first.faults, (await this.#pass(later, done)).faults))
	}

	/** Describes a meter of the config that has not spoken yet. */
	describe(one: Configured): Soon<Given> {
		const { name } = one.view
		if (!this.output.expressions.meter || !this.#isNamed(name) || this.#done.has(name)) return NOTHING
		this.#described.set(name, one)
		return this.#give('meter', name, configuredScope(this.output, this.#with, one, this.#twins.first(name, one.id)))
	}

	/** Announces the process. Gives the topics that this is on, and what was left out. */
	announceBridge(): Soon<Given> {
		return this.#give('bridge', '', bridgeScope(this.output, this.#with))
	}

	/** Announces a meter, changed or not. Gives the topics that this is on, and what was left out. */
	announce(last: Last): Soon<Given> {
		// Among meters with one id the first that speaks to this output counts: one that is not announced has not spoken yet.
		return this.#announces && this.#isFor(last) ? this.#announce(last, this.#doneFor(last.view.name), true) : NOTHING
	}

	/** Calls `reborn` after a message that says that the reader of the announcements has started again; after many of them, once in a while. */
	async awaitBirth(reborn: () => void): Promise<void> {
		const { connection } = this.#with
		const { birth } = this.output.document
		const found = await this.output.expressions.birth?.evaluate({ values: bridgeScope(this.output, this.#with), functions: {} })
		if (!birth || !found || !('value' in found) || typeof found.value !== 'string') return
		this.#stopBirths = onBirths(connection, found.value, birth.payload, reborn)
	}

	/** Forgets what was done for a meter. */
	forget(meter: string): void {
		const done = this.#done.get(meter)
		done?.limit.stop()
		this.#done.delete(meter)
		this.#described.delete(meter)
		this.#twins.forget(meter)
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
		return this.#isNamed(view.name)
	}

	#isNamed(meter: string): boolean {
		return this.#meters?.has(meter) ?? true
	}

	get #announces(): boolean {
		const { announce, meter } = this.output.expressions
		return announce !== undefined || meter !== undefined
	}

	/** Notes a meter's id. Another meter that was described by it, and has not spoken, has it no longer. */
	#identify({ view, reading: { id } }: Last): void {
		if (!this.#twins.identify(view.name, id)) return
		this.#described.delete(view.name)
		for (const one of this.#described.values()) if (one.id === id) void this.describe(one)
	}

	/** Announces a meter, `always` or if it changed, and clears the topics on which it is announced no longer. */
	#announce(last: Last, done: Done, always: boolean): Soon<Given> {
		this.#identify(last)
		if (!this.#announces || (!always && done.told && isTold(last, done.told))) return NOTHING
		const { name: output } = this.output
		const { owners } = this.#with
		const { meter } = done
		const { id } = last.reading
		const scope = meterScope(this.output, this.#with, last, 'announce', owners.announced(output, meter))
		const names = scope.fields.map(({ name }) => name)
		const announced = JSON.stringify([names, scope.fields.map(({ every }) => every), submetersIn(scope.state), last.view, id])
		const told = { view: last.view, shown: last.shown, id }
		if (announced === done.announced) done.told = told
		if (!always && (announced === done.announced || !done.limit.may())) return NOTHING
		const twin = this.#twins.first(meter, id)
		const described = configuredScope(this.output, this.#with, { view: last.view, id }, twin)
		return after(this.#bothMade(meter, described, scope), (made) => {
			const given = this.#send('announce', meter, made)
			// What the broker has stays until there is another announcement.
			if (given.failed) return given
			done.isRefused = given.faults.length > 0
			done.announced = announced
			done.told = told
			owners.announce(output, meter, names)
			return given
		})
	}

	/** Makes the messages that describe a meter and its fields; they count as failed where either gives nothing but faults. */
	#bothMade(meter: string, described: object, scope: object): Soon<Made> {
		const [one, other] = [this.#made('meter', meter, described), this.#made('announce', meter, scope)]
		return one instanceof Promise || other instanceof Promise
			? Promise.all([one, other]).then(([first, second]) => joinedMessages(first, second))
			: joinedMessages(one, other)
	}

	/** Clears the topics on which a meter is announced no longer: before the new ones are written, so that a reader has their names free. */
	#clear(meter: string, topics: string[]): void {
		const isOurs = ({ announced, output }: Owner) => announced && output === this.output.name
		for (const topic of this.#with.owners.topicsOf(meter, isOurs)) {
			if (topics.includes(topic)) continue
			release(this.#with, topic)
			this.#again()
		}
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
		return after(this.#made(trigger, meter, scope), (made) => (made === NONE ? NOTHING : this.#send(trigger, meter, made)))
	}

	/** Makes the messages of an expression, where there is one and it is not suspended. */
	#made(trigger: Trigger, meter: string, scope: object): Soon<Made> {
		const expression = this.output.expressions[trigger]
		if (!expression) return NONE
		const key = `${trigger} ${meter}`
		if (this.#suspensions.any && this.#suspensions.skips(key)) return { messages: [], faults: [`${trigger} is suspended: ${SUSPENDED}`] }
		return after(messagesOf(expression, scope), (made) => {
			if (made.endless || this.#suspensions.any) this.#suspensions.took(key, made.endless ?? false)
			return made
		})
	}

	#send(trigger: Trigger, meter: string, made: Made): Given {
		const { name: output } = this.output
		const { connection, owners, occupied } = this.#with
		const { messages, faults } = made
		const failed = hasFailed(made)
		const topics = messages.map(({ topic }) => topic)
		if (trigger === 'announce' && !failed) this.#clear(meter, topics)
		for (const { topic, payload, retain, json } of messages) {
			const { output: owner, meter: first = '', recalled = false } = owners.owner(topic) ?? {}
			// Two adapters of one meter, or two meters with one id: what one has announced, the other neither replaces nor clears, nor do their readings mix.
			const isTaken = trigger !== 'reading' && owner === output && first !== meter && this.#done.has(first)
			const twin = isTaken ? first : this.#twins.of(meter, topic, owner === output ? first : meter)
			if (twin !== undefined) {
				const what = trigger === 'reading' ? 'published' : 'announced'
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
		return { topics, faults: faults.map((detail) => ({ output, detail })), failed }
	}

	#doneFor(meter: string): Done {
		const known = this.#done.get(meter)
		if (known) return known
		const done: Done = {
			meter,
			announced: '',
			told: undefined,
			limit: new RateLimit(ANNOUNCE_PAUSE, () => this.#later(meter), ANNOUNCE_BURST),
			isRefused: false,
			taken: Number.NEGATIVE_INFINITY,
			values: new Map(),
			part: undefined,
		}
		this.#done.set(meter, done)
		return done
	}
}

const NO_FAULTS: OutputFault[] = []
const NOTHING: Given = { topics: [], faults: NO_FAULTS }
const NONE: Made = { messages: [], faults: [] }

/** Tells whether a meter would be announced as it was told. */
const isTold = ({ view, shown, reading }: Last, told: NonNullable<Done['told']>) =>
	shown !== undefined && shown === told.shown && view === told.view && reading.id === told.id

/** Names the sub-meters of a state: another one on the same channel is another device. */
const submetersIn = ({ submeters = {} }: Values) =>
	Object.entries(submeters as Record<string, Values>).map(([channel, { id }]) => [channel, id])

const joined = (one: OutputFault[], other: OutputFault[]) => (one.length === 0 ? other : [...one, ...other])

/** Narrows a scope to the values that have changed. */
const narrowed = (scope: ReturnType<typeof meterScope>, values: Values) => ({
	...scope,
	reading: values,
	fields: scope.fields.filter(({ name }) => (name.split('.')[0] ?? '') in values),
})
