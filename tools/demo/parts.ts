import type { Config, Meter } from '../../schema/types/config.ts'
import type { Equipment } from './plan.ts'
import type { Roof } from './weather.ts'

/** A part of the simulated house behind a meter of its own: the meter in the config (the transport is added), the recording whose telegrams are written, and what it has. */
export type Part = {
	meter: Meter
	/** A recording in meters/, whose first telegram gives the form of all. */
	capture: string
	/** Seconds between two telegrams: a multiple of 5. */
	interval: number
	equipment: Equipment
}

const roof: Roof = { peak: 9900, tilt: 30, azimuth: 185 }

/** The parts of the demo's house, each behind the meter of another operator: their sum is what the house takes and gives. */
export const parts: Part[] = [
	{
		meter: { name: 'ekz', profile: 'ekz-e450', title: 'House and roof · EKZ', fuse: 25 },
		capture: 'ekz-e450/vse-2026.capture.jsonl',
		interval: 5,
		equipment: { seed: 11, standby: 190, size: 1, roof },
	},
	{
		meter: { name: 'aew', profile: 'aew-e450', id: '12345', title: 'Heat pump · AEW' },
		capture: 'aew-e450/composed.capture.jsonl',
		interval: 5,
		equipment: { seed: 23, standby: 14, size: 0, heatPump: 100 },
	},
	{
		meter: { name: 'ewb', profile: 'ewb-as3000', title: 'Flat, gas and water · ewb', fuse: 25 },
		capture: 'ewb-as3000/composed.capture.jsonl',
		interval: 10,
		equipment: { seed: 37, standby: 95, size: 0.7, gas: 0.2, roof: { peak: 800, tilt: 70, azimuth: 200 } },
	},
	{
		meter: { name: 'romande-energie', profile: 'romande-energie-am550', title: 'Car · Romande Energie', fuse: 20 },
		capture: 'romande-energie-am550/vse-2026.capture.jsonl',
		interval: 10,
		equipment: { seed: 53, standby: 7, size: 0, charges: roof },
	},
]

/** Prices of the demo, as of a Swiss operator of 2026: for what the energy costs. */
export const tariffs: Config['tariffs'] = [
	{
		from: '2026-01-01',
		currency: 'CHF',
		import: 0.2635,
		export: 0.105,
		windows: [{ days: 'mo-fr', hours: '07:00-20:00', import: 0.3185 }],
	},
]
