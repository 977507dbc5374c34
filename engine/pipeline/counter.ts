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
