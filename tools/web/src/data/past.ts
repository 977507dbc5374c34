import { type Signal, signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call, Refused } from '../api/client.ts'
import type { Bar, History, Step } from '../api/types.ts'
import { clock } from '../live.ts'
import { beside, type Kind, type Period } from './period.ts'

/** A period of a meter: its bars and gaps, its sum, and the sum of the period before. */
export type Past = History & { sum: Bar | undefined; before: Bar | undefined }

const STEPS: Record<Kind, Step> = { day: 'quarter', month: 'day', year: 'month' }
/** Milliseconds after which a period that has not ended is asked for again. */
const AGAIN = 60_000

/** Zones by which the server counts days of meters whose profile names none: those of its own clock. */
export const zones = signal<Readonly<Record<string, string>>>({})

/** Gives the bars that a period is shown in. */
export const barsOf = (kind: Kind): Step => STEPS[kind]

/** Asks for a period, and again each minute until it has ended. The period before stays until the next one is there. */
export function usePast(name: string, period: Period): { value: Past | undefined; failure: Signal<string | undefined> } {
	const past = useSignal<Past | undefined>(undefined)
	const failure = useSignal<string | undefined>(undefined)
	useEffect(() => {
		const stop = new AbortController()
		const load = async () => {
			try {
				const found = await ask(name, period, stop.signal)
				past.value = found
				if (period.timeZone === undefined) zones.value = { ...zones.value, [name]: found.timezone }
				failure.value = undefined
			} catch (error) {
				if (!stop.signal.aborted) failure.value = error instanceof Refused ? error.message : String(error)
			}
		}
		void load()
		const timer = period.to > clock.peek() ? setInterval(() => void (document.hidden || load()), AGAIN) : undefined
		return () => {
			stop.abort()
			clearInterval(timer)
		}
	}, [name, period.name, period.timeZone])
	return { value: past.value, failure }
}

async function ask(name: string, period: Period, signal: AbortSignal): Promise<Past> {
	const url = (from: number, to: number, step: Step) =>
		`meters/${encodeURIComponent(name)}/history?${new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), step })}`
	const earlier = beside(period, -1)
	const [history, sums] = await Promise.all([
		call<History>(url(period.from, period.to, barsOf(period.kind)), { signal }),
		call<History>(url(earlier.from, period.to, period.kind), { signal }),
	])
	const at = (time: number) => sums.bars.find(({ start }) => Date.parse(start) === time)
	return { ...history, sum: at(period.from), before: at(earlier.from) }
}
