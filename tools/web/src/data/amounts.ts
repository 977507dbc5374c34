import type { Bar } from '../api/types.ts'

/** A bar: what goes up, what goes down from zero, between two times (ms). */
export type BarShape = { start: number; end: number; up: number | undefined; down: number | undefined; partly?: boolean; mark?: boolean }

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

/** Tells whether all is known of what a bar shows: of electricity, or of a channel. */
export function isWhole({ complete, channels }: Pick<Bar, 'complete' | 'channels'>, channel: string | undefined): boolean {
	return channel === undefined ? complete : channels?.[channel.split('.')[0] ?? '']?.complete !== false
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
			partly: !isWhole(bar, channel),
			mark: up !== undefined && up > 0 && up === most,
		}
	})
}
