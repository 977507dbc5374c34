import { derivationOf } from '../transform/derived.ts'

/** Fields that are made of others of the moment, each with those. */
const MADE = ['power_net', 'power_net_l1', 'power_net_l2', 'power_net_l3', 'tariff_index'].map((name) => ({
	name,
	from: derivationOf(name, () => true)?.from ?? [],
}))

/** How much longer than ever a made value may be absent where its parts are absent, too. */
const PATIENCE = 3

/** How a list has a made field: made of its parts, sent by the meter itself, or only some parts of it. */
export type Trait = { at: number; is: 'made' | 'sent' | 'parts' }

/** Gives how a list has the made fields; none for those of which it has nothing. */
export function traitsOf(has: (name: string) => boolean): Trait[] {
	return MADE.flatMap(({ name, from }, at): Trait[] => {
		if (has(name)) return [{ at, is: from.every(has) ? 'made' : 'sent' }]
		return from.some(has) ? [{ at, is: 'parts' }] : []
	})
}

/** The counts of the last reading that had a made value, and of the last that had only some of its parts; and the most readings between two that had it. */
type Age = { seen: number; parts: number; gap: number }

/** Knows which values that are made of others are outdated: their parts are newer, or no reading has had them for long, so nobody knows what they would be now. */
export class Made {
	readonly #ages: (Age | undefined)[] = MADE.map(() => undefined)

	/** Takes a reading of a list with these traits; `count`: how many there were, this one among them. */
	take(traits: Trait[], count: number): void {
		for (const { at, is } of traits) {
			const age = this.#ages[at]
			if (is === 'sent') this.#ages[at] = undefined
			else if (is === 'parts') {
				if (age) age.parts = count
			} else if (age) {
				age.gap = Math.max(age.gap, count - age.seen - 1)
				age.seen = count
			} else this.#ages[at] = { seen: count, parts: 0, gap: 0 }
		}
	}

	/** Names the values that are outdated after so many readings. */
	outdated(count: number): string[] {
		const isOutdated = (age: Age | undefined) =>
			// Where lists come in turn, one has the parts and another only some of them.
			age && (age.parts - age.seen > age.gap || count - age.seen > PATIENCE * (age.gap + 1))
		return MADE.flatMap(({ name }, at) => (isOutdated(this.#ages[at]) ? [name] : []))
	}
}
