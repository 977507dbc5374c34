import type { Config, Meter } from '../../schema/types/config.ts'
import type { Equipment } from './plan.ts'

/** A simulated home: its meter in the config (the transport is added), the recording whose telegrams are written, and what it has. */
export type Home = {
	meter: Meter
	/** A recording in meters/, whose first telegram gives the form of all. */
	capture: string
	/** Seconds between two telegrams: a multiple of 5. */
	interval: number
	equipment: Equipment
}

/** The homes of the demo: one for the meter of each operator. */
export const homes: Home[] = [
	{
		meter: { name: 'ekz', profile: 'ekz-e450', title: 'House with a roof of panels · EKZ', fuse: 25 },
		capture: 'ekz-e450/vse-2026.capture.jsonl',
		interval: 5,
		equipment: { seed: 11, standby: 190, size: 1, heatPump: 105, car: 'night', roof: { peak: 9900, tilt: 30, azimuth: 185 } },
	},
	{
		meter: { name: 'aew', profile: 'aew-e450', id: '12345', title: 'Old house with a heat pump · AEW' },
		capture: 'aew-e450/composed.capture.jsonl',
		interval: 5,
		equipment: { seed: 23, standby: 160, size: 0.9, heatPump: 125, boiler: true },
	},
	{
		meter: { name: 'ewb', profile: 'ewb-as3000', title: 'Flat with gas and water · ewb', fuse: 25 },
		capture: 'ewb-as3000/composed.capture.jsonl',
		interval: 10,
		equipment: { seed: 37, standby: 95, size: 0.7, gas: 0.2, roof: { peak: 1600, tilt: 70, azimuth: 200 } },
	},
	{
		meter: {
			name: 'romande-energie',
			profile: 'romande-energie-am550',
			title: 'Farmhouse with an electric car · Romande Energie',
			fuse: 40,
		},
		capture: 'romande-energie-am550/vse-2026.capture.jsonl',
		interval: 10,
		equipment: { seed: 53, standby: 240, size: 1.2, car: 'surplus', roof: { peak: 14_500, tilt: 22, azimuth: 150 } },
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
