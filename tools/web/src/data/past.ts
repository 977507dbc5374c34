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
				const found = await call<History>(urlOf(name, period.from, period.to, barsOf(period.kind)), { signal: stop.signal })
				// Bars first: the sums of two periods take as long again.
				const known = past.value?.from === found.from ? past.value : undefined
				past.value = { ...found, sum: known?.sum ?? sumOf(found, period), before: known?.before }
				if (period.timeZone === undefined) zones.value = { ...zones.value, [name]: found.timezone }
				const earlier = beside(period, -1)
				const { bars } = await call<History>(urlOf(name, earlier.from, period.to, period.kind), { signal: stop.signal })
				const at = (time: number) => bars.find(({ start }) => Date.parse(start) === time)
				past.value = { ...found, sum: at(period.from), before: at(earlier.from) }
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

const urlOf = (name: string, from: number, to: number, step: Step) =>
	`meters/${encodeURIComponent(name)}/history?${new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), step })}`

/** Adds up bars, until the server has done so: it knows what lies over their edges, too. */
function sumOf({ bars }: History, { from, to }: Period): Bar | undefined {
	if (bars.length === 0) return undefined
	const whole: Bar = {
		start: new Date(from).toISOString(),
		end: new Date(to).toISOString(),
		complete: bars.every(({ complete }) => complete),
	}
	for (const name of ['import', 'export', 'cost', 'revenue'] as const) {
		const values = bars.flatMap((bar) => bar[name] ?? [])
		if (values.length > 0) whole[name] = values.reduce((sum, value) => sum + value, 0)
	}
	const highest = bars.reduce((one, other) => ((other.peak ?? 0) > (one.peak ?? 0) ? other : one))
	if (highest.peak !== undefined) Object.assign(whole, { peak: highest.peak, peakAt: highest.peakAt })
	return whole
}
