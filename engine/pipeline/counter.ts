/** The invocation counter of a meter. `last`: the highest that counts (-1: none yet); `pending`: a leap that nothing has confirmed. */
export type Counter = { systemTitle: string; last: number; pending?: number }

/** Whether a telegram is new by its counter, and what is known afterwards. */
export type CounterVerdict = { kind: 'fresh'; next: Counter } | { kind: 'duplicate' } | { kind: 'replay'; detail: string }

/** An unverified counter may go on so far at once: a day of telegrams, one every 5 s, is 17,280. */
const MAX_LEAP = 20_000

/**
 * Judges an invocation counter by what is known of the meter (DLMS Green Book, 9.2.3.3.7: it only rises). Equal is a duplicate, lower a replay, and so is
 * another system title once one is established. A verified counter counts at once. An unverified one may be forged: a leap waits until another telegram
 * follows it closely, so that one forged telegram cannot shut out the meter's own.
 */
export function judgeCounter(known: Counter | undefined, systemTitle: string, counter: number, verified: boolean): CounterVerdict {
	const established = known !== undefined && known.last >= 0
	if (established && known.systemTitle !== systemTitle) {
		const detail = `the system title is ${systemTitle}, and was ${known.systemTitle}: a swapped meter needs a new "reset" in the config`
		return { kind: 'replay', detail }
	}
	const before = known?.systemTitle === systemTitle ? known : { systemTitle, last: -1 }
	if (counter === before.last || counter === before.pending) return { kind: 'duplicate' }
	if (counter < before.last) {
		const detail = `invocation counter ${counter} after ${before.last}: an old telegram again; a meter that started over needs a new "reset" in the config`
		return { kind: 'replay', detail }
	}
	const follows = (one: number | undefined) => one !== undefined && one >= 0 && counter > one && counter - one <= MAX_LEAP
	if (verified || follows(before.last) || follows(before.pending)) return { kind: 'fresh', next: { systemTitle, last: counter } }
	return { kind: 'fresh', next: { ...before, pending: counter } }
}

/** Telegrams in a row whose tag does not fit that show that the operator has given the meter a key of its own. */
const ANOTHER_KEY = 20

/** Whether a meter's tags have been right (`proved`: so many since were not), and why a telegram is refused by that. */
export type TagVerdict = { proved: number | undefined; detail?: string }

/**
 * Judges a telegram by the tags before it, where they are checked by a key that is published for all, and a wrong one is admitted: a meter whose tags were
 * right does not send wrong ones. Damage and forgery do.
 */
export function judgeTag(proved: number | undefined, auth: 'none' | 'verified' | 'unverified'): TagVerdict {
	if (auth === 'verified') return { proved: 0 }
	if (auth === 'none' || proved === undefined) return { proved }
	if (proved >= ANOTHER_KEY) return { proved: undefined }
	const detail = `the authentication tag does not fit, and those before did: a damaged or forged telegram (the meter has another key if ${ANOTHER_KEY} in a row are so)`
	return { proved: proved + 1, detail }
}
