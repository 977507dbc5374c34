import { type Signal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { Totals } from '../api/types.ts'
import { connection, keepsHistory } from '../live.ts'

/** Milliseconds after which totals are asked for again. */
const AGAIN = 60_000

const known = new Map<string, { value: Signal<Totals | undefined>; answered: Signal<boolean>; asked: number }>()

function entryOf(name: string) {
	const one = known.get(name) ?? { value: signal<Totals | undefined>(undefined), answered: signal(false), asked: 0 }
	known.set(name, one)
	return one
}

async function ask(name: string): Promise<void> {
	const one = entryOf(name)
	if (Date.now() - one.asked < AGAIN - 1000) return
	one.asked = Date.now()
	try {
		one.value.value = await call<Totals>(`meters/${encodeURIComponent(name)}/totals`)
	} catch {
		// The shown values stay; the next minute asks again.
		one.asked = 0
	}
	one.answered.value = true
}

/** Tells whether the server has yet to say what a meter has counted, or that it knows nothing. */
export const isPending = (name: string): boolean => keepsHistory.value && !entryOf(name).answered.value

/** Gives what a meter has counted today, this month …, and keeps it up to date while it is shown. */
export function useTotals(name: string): Totals | undefined {
	const keeps = keepsHistory.value
	const live = connection.value === 'live'
	useEffect(() => {
		if (!keeps || !live) return
		void ask(name)
		const timer = setInterval(() => void (document.hidden || ask(name)), AGAIN)
		return () => clearInterval(timer)
	}, [name, keeps, live])
	return keeps ? entryOf(name).value.value : undefined
}
