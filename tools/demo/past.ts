import { setImmediate as pause } from 'node:timers/promises'
import { isoInstant } from '../../engine/telegram/zone.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { dayOf, ZONE } from './calendar.ts'
import type { Moment } from './house.ts'
import type { SimulatedMeter } from './meters.ts'
import { PIPES } from './text.ts'
import { digitsOf } from './values.ts'

/** Whole days before today that the demo's history has. */
const DAYS = 30
/** Days of which each minute is given; of those before, each quarter-hour. */
const MINUTE_DAYS = 7
const [MINUTE, QUARTER, HOUR, DAY] = [60_000, 900_000, 3_600_000, 86_400_000]

/** The receiver of the past's readings: the engine's history. */
export type Past = { add(reading: Reading, profile: { timezone?: string }): void; flush?(): void }

/** Gives the instant (ms since 1970) at which the demo's past begins: a midnight. */
export function pastBegin(now: number): number {
	return dayOf(dayOf(now).start - DAYS * DAY + DAY / 2).start
}

/**
 * Gives a history the readings that simulated meters would have sent from `since` up to `until` (ms since 1970), oldest first, one meter after the other: each
 * quarter-hour, and of the last days each minute, with the mean power since the one before. Has it written and pauses behind each day of a meter, so that what else runs goes on; ends early when `signal` is aborted.
 */
export async function fillPast(meters: SimulatedMeter[], since: number, until: number, past: Past, signal?: AbortSignal): Promise<void> {
	const minutes = until - MINUTE_DAYS * DAY
	for (const simulated of meters) {
		let day = 0
		let before: Moment | undefined
		for (let at = Math.ceil(since / QUARTER) * QUARTER; at <= until && !signal?.aborted; at += at >= minutes ? MINUTE : QUARTER) {
			if (Math.floor(at / DAY) !== day) {
				past.flush?.()
				await pause()
			}
			day = Math.floor(at / DAY)
			const moment = simulated.house.at(at)
			past.add(readingOf(simulated, { ...moment, power: meanOf(moment, before) }), { timezone: ZONE })
			before = moment
		}
	}
}

/** The mean power (W) since a moment before, which is that of a minute's many readings: a single one of them may be that of a stove in its pause. */
function meanOf({ instant, power, energyImport, energyExport }: Moment, before: Moment | undefined): number {
	if (!before) return power
	const energy = energyImport - energyExport - (before.energyImport - before.energyExport)
	return Math.round((energy * HOUR) / (instant - before.instant))
}

/** Gives the reading of a moment as the engine would have made it of the meter's telegram: powers, energies, gas and water. */
export function readingOf({ telegrams, meter }: SimulatedMeter, moment: Moment): Reading {
	const { reading } = telegrams
	const { instant, power, energyImport, energyExport } = moment
	return {
		schema: reading.schema,
		meter: meter.name,
		id: meter.id ?? reading.id,
		time: isoInstant(instant, ZONE),
		time_source: reading.time_source,
		received: new Date(instant).toISOString(),
		session: new Date(instant).toISOString(),
		seq: 0,
		auth: reading.auth,
		profile: reading.profile,
		power_import: Math.max(0, power),
		power_export: Math.max(0, -power),
		power_net: power,
		energy_import: digitsOf('1.8.0', energyImport, 0),
		energy_export: digitsOf('2.8.0', energyExport, 0),
		...(moment.pipes && { submeters: pipesOf(moment.pipes) }),
	}
}

function pipesOf({ gas, water, instant }: NonNullable<Moment['pipes']>): NonNullable<Reading['submeters']> {
	const time = isoInstant(instant, ZONE)
	const volume = (cubic: number) => Math.floor(1000 * cubic + 1e-6) / 1000
	return {
		[PIPES.gas.channel]: { id: PIPES.gas.name, medium: 'gas', volume: volume(gas), time },
		[PIPES.water.channel]: { id: PIPES.water.name, medium: 'water', volume: volume(water), time },
	}
}
