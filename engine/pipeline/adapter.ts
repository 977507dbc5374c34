import { changes } from '../profile/changes.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Place } from './accept.ts'
import type { Origin } from './deliveries.ts'
import { Merge, type Merged } from './merge.ts'
import { Objects } from './objects.ts'
import type { Outcome, Window } from './pipeline.ts'

/** A meter's telegram of its adapter; `object`: the one of the message that it is. */
export type Adapted = Merged & { object?: string }

const NOTHING = new Uint8Array(0)

/** Makes telegrams of one meter of what its adapter publishes: messages are merged, and other meters in them are refused. */
export class Adapter {
	readonly #profile: CompiledProfile
	readonly #merge: Merge
	readonly #objects: Objects

	/** `bound`: the object that is the meter's. */
	constructor(profile: CompiledProfile, bound?: string) {
		this.#profile = profile
		this.#merge = new Merge(profile.document)
		this.#objects = new Objects(profile, bound)
	}

	/** The window of the telegram that has begun. */
	get window(): Window | undefined {
		return this.#merge.window
	}

	/** The topic's levels of the telegram that has begun. */
	get levels(): Record<string, string> | undefined {
		return this.#merge.levels
	}

	/** Takes a message's payload and gives what it completed, if anything. */
	take(payload: Uint8Array, place: Place, received: number, origin: Origin | undefined): (Adapted | Outcome)[] {
		return this.#merge.take(payload, place, received, origin).flatMap((item) => ('kind' in item ? item : this.#chosen(item)))
	}

	/** Says that nothing more comes: the telegram that has begun is given. */
	end(): (Adapted | Outcome)[] {
		return this.#merge.end().flatMap((item) => this.#chosen(item))
	}

	/** Binds the meter to the object of this telegram: it gave a reading. */
	bind({ object }: Adapted): void {
		if (object !== undefined) this.#objects.bind(object)
	}

	/** Makes the adapter of a changed profile. */
	next(profile: CompiledProfile): Adapter {
		const changed = changes(this.#profile, profile)
		return new Adapter(profile, changed.has('transport') || changed.has('decoder') ? undefined : this.#objects.own)
	}

	#chosen(merged: Merged): (Adapted | Outcome)[] {
		const { telegram, name, others } = this.#objects.choose(merged.telegram)
		const mine = name ?? this.#objects.own
		const refused = others.map((other): Outcome => {
			const detail = `the object "${other.slice(0, 64)}": this meter is "${mine}" (pin it by decoder.object; a second meter needs an entry of its own)`
			return { kind: 'rejected', reason: 'unknown', detail, bytes: NOTHING }
		})
		if (name === undefined && refused.length > 0) return refused
		return [{ ...merged, telegram, ...(name !== undefined && { object: name }) }, ...refused]
	}
}
