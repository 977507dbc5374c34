import { type Budget, spendAgain } from './budget.ts'
import { type Form, filled, formOf, type Read } from './form.ts'
import type { Rejected, Telegram } from './telegram.ts'

/** The forms of one meter's telegrams. */
export type Forms = {
	/** The telegram that bytes are: by a form that is known, or read in full. What was read in full gives a form for the next. */
	read(bytes: Uint8Array, budget: Budget, read: Read): Telegram | Rejected
}

/** Meters send two or three lists in turn. */
const MANY_FORMS = 3
/** To learn a form takes as long as to read a few telegrams: after some that were of no use, only one in so many telegrams is learned from. */
const SELDOM = 64

let inFull = false

/** Reads every telegram in full from now on, none by its form: the reference, when a reading is doubted. */
export function readInFull(): void {
	inFull = true
}

/**
 * Forms, none at first. `complete` makes of what an application read what the profile says of it; telegrams that are read by a form are complete already
 * (FilledTelegram), those that are read in full are not.
 */
export function forms(complete: (telegram: Telegram) => Telegram | Rejected): Forms {
	if (inFull) return { read: (bytes, budget, read) => read(bytes, budget) }
	/** Those that were of use last come first. */
	const known: Form[] = []
	/** Forms in a row that no telegram followed, and telegrams that are still read without learning: the first, since a thousand meters may start at once. */
	let unused = 0
	let skipped = 1

	return {
		read(bytes, budget, read) {
			for (let place = 0; place < known.length; place++) {
				const form = known[place] as Form
				const telegram = filled(form, bytes)
				if (!telegram) continue
				const refused = spendAgain(budget, form.spent)
				if (refused) return refused
				if (place > 0) known.unshift(...known.splice(place, 1))
				unused = 0
				skipped = 0
				return telegram
			}
			const telegram = read(bytes, budget)
			if (telegram.kind === 'rejected' || skipped-- > 0) return telegram
			const form = formOf(bytes, (other, spent, places) => {
				const whole = read(other, spent, places)
				return whole.kind === 'rejected' ? whole : complete(whole)
			})
			unused++
			// The first few may be the lists that follow each other.
			skipped = Math.min(2 ** Math.max(0, unused - MANY_FORMS) - 1, SELDOM)
			if (!form) return telegram
			if (known.length >= MANY_FORMS) known.pop()
			known.push(form)
			return telegram
		},
	}
}

/** Reads bytes by forms, where there are any. */
export function byForm(forms: Forms | undefined, bytes: Uint8Array, budget: Budget, read: Read): Telegram | Rejected {
	return forms ? forms.read(bytes, budget, read) : read(bytes, budget)
}
