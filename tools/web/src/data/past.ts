import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call, Refused } from '../api/client.ts'
import type { Bar, History, Step } from '../api/types.ts'
import type { BarShape } from '../charts/bars.tsx'
import { clock } from '../live.ts'
import { beside, type Kind, type Period } from './period.ts'

/** A period of a meter: its bars and gaps, its sum, and the sum of the period before. */
export type Past = History & { sum: Bar | undefined; before: Bar | undefined }

const STEPS: Record<Kind, Step> = { day: 'quarter', month: 'day', year: 'month' }
/** Milliseconds after which a period that has not ended is asked for again. */
const AGAIN = 60_000

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
				past.value = await ask(name, period, stop.signal)
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

/** Gives the channels of sub-meters that bars tell of: `1.volume`. */
export function channelsOf(bars: Bar[]): string[] {
	const found = new Set<string>()
	for (const { channels = {} } of bars)
		for (const [channel, amounts] of Object.entries(channels))
			for (const kind of ['volume', 'energy'] as const) if (amounts[kind] !== undefined) found.add(`${channel}.${kind}`)
	return [...found].sort()
}

/** Gives the unit of a channel. */
export const unitOf = (channel: string): 'm³' | 'kWh' => (channel.endsWith('.volume') ? 'm³' : 'kWh')

/** Gives what a bar has of a channel; of electricity what was drawn. */
export function amountOf({ channels, import: drawn }: Pick<Bar, 'channels' | 'import'>, channel: string | undefined): number | undefined {
	if (channel === undefined) return drawn
	const [name = '', kind] = channel.split('.')
	return channels?.[name]?.[kind === 'volume' ? 'volume' : 'energy']
}

/** Makes bars to draw; the highest quarter-hour is marked. */
export function shapesOf(bars: Bar[], channel: string | undefined): BarShape[] {
	const most = Math.max(...bars.map((bar) => amountOf(bar, channel) ?? 0))
	return bars.map((bar) => {
		const up = amountOf(bar, channel)
		return {
			start: Date.parse(bar.start),
			end: Date.parse(bar.end),
			up,
			down: channel === undefined ? bar.export : undefined,
			partly: !bar.complete,
			mark: up !== undefined && up > 0 && up === most,
		}
	})
}
