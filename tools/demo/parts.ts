import type { Config, Meter } from '../../schema/types/config.ts'
import type { Equipment } from './plan.ts'
import type { Roof } from './weather.ts'

/** A part of the simulated house behind a meter of its own: the meter in the config (the transport is added), the recording whose telegrams are written, and what it has. */
export type Part = {
	meter: Meter
	/** Its title in the languages of the page, and whose meter it has. */
	title: Record<string, string>
	operator: string
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
		meter: { name: 'ekz', profile: 'ekz-e450', fuse: 25 },
		title: { en: 'House and roof', de: 'Haus und Dach', fr: 'Maison et toit', it: 'Casa e tetto' },
		operator: 'EKZ',
		capture: 'ekz-e450/vse-2026.capture.jsonl',
		interval: 5,
		equipment: { seed: 11, standby: 190, size: 1, roof },
	},
	{
		meter: { name: 'aew', profile: 'aew-e450', id: '12345' },
		title: { en: 'Heat pump', de: 'Wärmepumpe', fr: 'Pompe à chaleur', it: 'Pompa di calore' },
		operator: 'AEW',
		capture: 'aew-e450/composed.capture.jsonl',
		interval: 5,
		equipment: { seed: 23, standby: 14, size: 0, heatPump: 100 },
	},
	{
		meter: { name: 'ewb', profile: 'ewb-as3000', fuse: 25 },
		title: { en: 'Flat, gas and water', de: 'Wohnung, Gas und Wasser', fr: 'Appartement, gaz et eau', it: 'Appartamento, gas e acqua' },
		operator: 'ewb',
		capture: 'ewb-as3000/composed.capture.jsonl',
		interval: 10,
		equipment: { seed: 37, standby: 95, size: 0.7, gas: 0.2, roof: { peak: 800, tilt: 70, azimuth: 200 } },
	},
	{
		meter: { name: 'romande-energie', profile: 'romande-energie-am550', fuse: 20 },
		title: { en: 'Electric car', de: 'Elektroauto', fr: 'Voiture électrique', it: 'Auto elettrica' },
		operator: 'Romande Energie',
		capture: 'romande-energie-am550/vse-2026.capture.jsonl',
		interval: 10,
		equipment: { seed: 53, standby: 7, size: 0, charges: roof },
	},
]

/** Gives the title of a part in the language of a locale (`de-CH`); in English where it has none. */
export function titleOf({ title, operator }: Part, locale: string): string {
	return `${title[locale.slice(0, 2)] ?? title.en} · ${operator}`
}

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
