import { flag, list, object, optional, type Shape, text } from '../bytes/shape.ts'
import { type KeptFile, keptFile } from '../files/kept-file.ts'
import { isTopic } from '../mqtt/legal.ts'

/**
 * The output that writes a topic, for a meter (none for what describes the process). `announced`: by its announcement, not by readings. `recalled`: as
 * the broker has it from an earlier process; this one has not written it yet.
 */
export type Owner = { output: string; meter: string; announced: boolean; retain: boolean; recalled?: true }

/** A line of the file: a meter of the config, a topic that the broker keeps with its owner, or the fields that an output has announced of a meter. */
type Line = { meter: string } | { topic: string; owner: Owner } | { announced: string; names: string[] }

/** All of it in one, as the broker keeps it where there is no file; its first key has the name of the first version's. */
export type Content = { ledger: 1; meters: string[]; owners: Record<string, Owner>; announced: Record<string, string[]> }

const METER = /^[A-Za-z0-9_-]{1,64}$/
const anyText = text(/^.{0,100000}$/s)
const isRecalled: Shape<true> = (value) => (value === true ? true : undefined)
const ownerShape = object<Owner>({
	output: anyText,
	meter: text(/^[A-Za-z0-9_-]{0,64}$/),
	announced: flag,
	retain: flag,
	recalled: optional(isRecalled),
})
const topicShape: Shape<string> = (topic) => (typeof topic === 'string' && isTopic(topic) ? topic : undefined)
const shapes: Shape<Line>[] = [
	object<{ meter: string }>({ meter: text(METER) }),
	object<{ topic: string; owner: Owner }>({ topic: topicShape, owner: ownerShape }),
	object<{ announced: string; names: string[] }>({ announced: anyText, names: list(anyText, 10_000) }),
]

/** Milliseconds that a killed process may forget. */
const MAX_AGE = 1000
const LOSS = 'what was announced before it is not cleaned up'

/**
 * Knows which output writes which topic, and what was announced of each meter. The broker keeps messages longer than the process lives, so this is kept
 * in the state folder: a meter that was renamed while nothing ran would otherwise stay in Home Assistant.
 */
export class Owners {
	readonly #file: KeptFile<Line>
	readonly #owners = new Map<string, Owner>()
	/** The topics of each meter: to look through those of a whole town for each of its meters takes long. */
	readonly #ofMeter = new Map<string, Set<string>>()
	readonly #announced = new Map<string, string[]>()
	#meters: string[] = []

	/** Reads the file; without one (`undefined`) all is given to `put`, for the process that follows. `tell` says what is wrong with the file. */
	constructor(file: string | undefined, tell: (text: string) => void, put?: (text: string) => void) {
		this.#file = keptFile<Line>({
			file,
			read: lineOf,
			key: (line) => JSON.stringify(['topic' in line && line.topic, 'announced' in line && line.announced, 'meter' in line && line.meter]),
			readFirst,
			entries: () => this.#lines(),
			maxAge: MAX_AGE,
			loss: { read: `of those lines, ${LOSS}`, write: `after a restart ${LOSS}` },
			put: put && (() => put(JSON.stringify(this.#content()))),
			tell,
		})
		this.#meters = this.#take(this.#file.load())
	}

	/** Gives the owner of a topic. */
	owner(topic: string): Owner | undefined {
		return this.#owners.get(topic)
	}

	/** Gives the topics whose owner fits. */
	topics(fits: (owner: Owner) => boolean): string[] {
		return [...this.#owners].flatMap(([topic, owner]) => (fits(owner) ? [topic] : []))
	}

	/** Gives the topics of a meter whose owner fits. */
	topicsOf(meter: string, fits: (owner: Owner) => boolean = () => true): string[] {
		return [...(this.#ofMeter.get(meter) ?? [])].filter((topic) => fits(this.#owners.get(topic) as Owner))
	}

	/** Makes an output the owner of a topic. */
	set(topic: string, owner: Owner): void {
		const now = this.#owners.get(topic)
		if (now && isSame(now, owner)) return
		this.#put(topic, owner)
		this.#file.changed()
	}

	/** Forgets the owner of a topic. */
	delete(topic: string): void {
		const owner = this.#owners.get(topic)
		if (!owner) return
		this.#owners.delete(topic)
		this.#leave(owner.meter, topic)
		this.#file.changed()
	}

	#put(topic: string, owner: Owner): void {
		const before = this.#owners.get(topic)
		if (before) this.#leave(before.meter, topic)
		this.#owners.set(topic, owner)
		const topics = this.#ofMeter.get(owner.meter) ?? new Set()
		this.#ofMeter.set(owner.meter, topics.add(topic))
	}

	#leave(meter: string, topic: string): void {
		const topics = this.#ofMeter.get(meter)
		topics?.delete(topic)
		if (topics?.size === 0) this.#ofMeter.delete(meter)
	}

	/** Gives the fields of a meter that an output has announced last. */
	announced(output: string, meter: string): string[] {
		return this.#announced.get(`${output} ${meter}`) ?? []
	}

	/** Keeps the fields of a meter that an output has announced. */
	announce(output: string, meter: string, names: string[]): void {
		if (names.length > 0) this.#announced.set(`${output} ${meter}`, names)
		else this.#announced.delete(`${output} ${meter}`)
		this.#file.changed()
	}

	/** Takes the meters that there are now, and gives those that there were and are no longer. */
	meters(names: string[]): string[] {
		const gone = this.#meters.filter((name) => !names.includes(name))
		if (gone.length > 0 || names.length !== this.#meters.length) this.#file.changed()
		this.#meters = names
		return gone
	}

	/** Takes over what an earlier process of this instance has left on the broker, and gives the meters that there are no longer. */
	recall(found: Omit<Content, 'ledger'>): string[] {
		for (const [topic, owner] of Object.entries(found.owners)) if (!this.#owners.has(topic)) this.#put(topic, { ...owner, recalled: true })
		for (const [key, names] of Object.entries(found.announced)) if (!this.#announced.has(key)) this.#announced.set(key, names)
		return found.meters.filter((name) => !this.#meters.includes(name))
	}

	/** Writes what is not on disk yet. */
	flush(): void {
		this.#file.flush()
	}

	/** Takes lines over, where nothing newer is known, and gives the meters among them. */
	#take(lines: Line[]): string[] {
		const meters: string[] = []
		for (const line of lines) {
			if ('topic' in line) {
				if (!this.#owners.has(line.topic)) this.#put(line.topic, line.owner)
			} else if ('announced' in line) {
				if (!this.#announced.has(line.announced)) this.#announced.set(line.announced, line.names)
			} else meters.push(line.meter)
		}
		return meters
	}

	*#lines(): Iterable<Line> {
		for (const meter of this.#meters) yield { meter }
		for (const [topic, owner] of this.#owners) if (owner.retain) yield { topic, owner }
		for (const [announced, names] of this.#announced) yield { announced, names }
	}

	#content(): Content {
		const owners = Object.fromEntries([...this.#owners].filter(([, { retain }]) => retain))
		return { ledger: 1, meters: this.#meters, owners, announced: Object.fromEntries(this.#announced) }
	}
}

function isSame(one: Owner, other: Owner): boolean {
	const { output, meter, announced, retain, recalled } = one
	return (
		output === other.output &&
		meter === other.meter &&
		announced === other.announced &&
		retain === other.retain &&
		recalled === other.recalled
	)
}

function lineOf(content: unknown): Line | undefined {
	for (const shape of shapes) {
		const line = shape(content)
		if (line) return line
	}
	return undefined
}

/** Gives the lines of a file of version 0.1; undefined for anything else. */
function readFirst(content: unknown): unknown[] | undefined {
	const { ledger, meters, owners, announced } = (content ?? {}) as Record<keyof Content, unknown>
	if (ledger !== 1 || !Array.isArray(meters)) return undefined
	return [
		...meters.map((meter: unknown) => ({ meter })),
		...Object.entries(owners ?? {}).map(([topic, owner]: [string, unknown]) => ({ topic, owner })),
		...Object.entries(announced ?? {}).map(([key, names]: [string, unknown]) => ({ announced: key, names })),
	]
}
