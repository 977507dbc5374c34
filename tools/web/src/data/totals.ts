import { type Signal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { Sum, Totals } from '../api/types.ts'
import { connection, keepsHistory } from '../live.ts'

/** Milliseconds after which totals are asked for again. */
const AGAIN = 60_000

const known = new Map<string, { value: Signal<Totals | undefined>; asked: number }>()

function entryOf(name: string) {
	const one = known.get(name) ?? { value: signal<Totals | undefined>(undefined), asked: 0 }
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
}

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

/** Adds the sums of several meters; what one of them does not know, the sum does not know. */
export function added(sums: Sum[]): Sum | undefined {
	const [first, ...rest] = sums
	if (!first) return undefined
	return rest.reduce<Sum>((total, one) => {
		const sum: Sum = { from: total.from, complete: total.complete && one.complete }
		for (const name of ['energy_import', 'energy_export', 'cost', 'revenue'] as const) {
			const [left, right] = [total[name], one[name]]
			if (left !== undefined && right !== undefined) sum[name] = left + right
		}
		if (total.currency !== undefined && total.currency === one.currency) sum.currency = total.currency
		else {
			delete sum.cost
			delete sum.revenue
		}
		return sum
	}, first)
}
