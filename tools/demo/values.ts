import type { Moment } from './house.ts'
import { smooth } from './noise.ts'

/** The power factor of what a house takes. */
const FACTOR = 0.97
/** The reactive power that a house takes and gives, as shares of its active power. */
const [INDUCTIVE, CAPACITIVE] = [0.17, 0.08]

/** Gives what a meter shows at a moment, by the last groups of OBIS codes (`1.8.0`), in W, var, Wh, varh, V and A. Energies have their fractions. */
export function valuesOf(moment: Moment): Map<string, number> {
	const { power, phases, energyImport, energyExport, importByTariff, exportByTariff } = moment
	const [taken, given] = directions(power)
	const values: [string, number][] = [
		['1.7.0', taken],
		['2.7.0', given],
		['3.7.0', INDUCTIVE * taken],
		['4.7.0', 0],
		['1.8.0', energyImport],
		['2.8.0', energyExport],
		['3.8.0', INDUCTIVE * energyImport],
		['4.8.0', CAPACITIVE * energyExport],
		['5.8.0', INDUCTIVE * energyImport],
		['6.8.0', 0],
		['7.8.0', 0],
		['8.8.0', CAPACITIVE * energyExport],
		['13.7.0', power === 0 ? 1 : 1 / Math.hypot(1, INDUCTIVE)],
	]
	for (const tariff of [0, 1]) {
		values.push([`1.8.${tariff + 1}`, importByTariff[tariff] as number], [`2.8.${tariff + 1}`, exportByTariff[tariff] as number])
	}
	for (const [phase, watts] of phases.entries()) {
		const [from, to] = directions(watts)
		const base = 20 * phase
		values.push([`${base + 21}.7.0`, from], [`${base + 22}.7.0`, to])
		const { volts, amperes } = lineOf(moment.instant, phase, watts)
		values.push([`${base + 31}.7.0`, amperes], [`${base + 32}.7.0`, volts])
	}
	return new Map(values)
}

/** Gives voltage and current of a phase (0 to 2) at an instant, by its power: the voltage sinks with what is taken, and rises with what is given. */
export function lineOf(instant: number, phase: number, power: number): { volts: number; amperes: number } {
	const volts = 231.4 + 1.9 * smooth(phase + 31, instant / 400_000) + 0.3 * smooth(phase + 57, instant / 20_000) - power / 2100
	return { volts, amperes: Math.abs(power) / volts / FACTOR }
}

const directions = (watts: number) => [Math.max(0, watts), Math.max(0, -watts)] as [number, number]

/** Gives the digits of a value in steps of a power of ten: a counter shows what is full, everything else is rounded. */
export function digitsOf(code: string, value: number, scaler: number): number {
	const steps = value / 10 ** scaler
	// A counter that stands on a step must not show the one before for the last bit of a double.
	return code.includes('.8.') ? Math.floor(steps + 1e-6) : Math.round(steps)
}
