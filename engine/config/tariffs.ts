import type { Config } from '../../schema/types/config.ts'
import type { Fault } from '../document/finding.ts'

/** Finds what the schema cannot say of tariffs: days that no calendar has, hours behind midnight, windows without a price. */
export function tariffFaults({ tariffs = [] }: Config): Fault[] {
	const faults: Fault[] = []
	for (const [place, { from, windows = [] }] of tariffs.entries()) {
		const day = new Date(`${from}T00:00:00Z`)
		if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== from)
			faults.push([['tariffs', place, 'from'], 'config/tariff', `${from} is no day`, 'write it as "2026-01-01"'])
		for (const [at, { hours = '', import: taken, export: given }] of windows.entries()) {
			const path = ['tariffs', place, 'windows', at]
			if (/-24:(15|30|45)$/.test(hours))
				faults.push([[...path, 'hours'], 'config/tariff', 'a day ends at 24:00', 'end there, or past midnight: "22:00-06:00"'])
			if (taken === undefined && given === undefined)
				faults.push([path, 'config/tariff', 'a window without a price', 'give it "import" or "export", a price per kWh'])
		}
	}
	return faults
}
