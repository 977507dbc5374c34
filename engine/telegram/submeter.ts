import { round15 } from '../bytes/round.ts'
import type { Clock } from './clock.ts'
import { hexText } from './identity.ts'
import { mediumName } from './medium.ts'
import { scaled } from './number.ts'
import { parseObis } from './obis.ts'
import type { Register, Telegram, Value } from './telegram.ts'

/** A meter behind the meter (water, gas, heat), or one on a bus of its own. Volume in m³, energy in Wh. */
export type Submeter = { id?: string; medium?: string; volume?: number; energy?: number; time?: Clock }

/** Codes of a sub-meter's counter, the first that has a value: DSMR 4 and 5, Belgium's corrected gas, DSMR 2.2 and 3. */
const COUNTERS = ['24.2.1', '24.2.3', '24.3.0']
const IDS = ['96.1.0', '96.1.1', '96.1.2']

/**
 * Sub-meters by channel: 0-n:24.x of P1 and COSEM, and under channel 0 what a wired M-Bus meter of another medium than electricity says itself.
 * Only those with an id and a counter in m³, Wh or J (as Wh): zeros of unused channels are nobody's, and a number without a unit is no volume.
 */
export function submetersOf(telegram: Telegram): Record<string, Submeter> {
	const found: Record<string, Submeter> = Object.create(null)
	const own = ownCounters(telegram)
	if (own) found['0'] = own
	const channels = new Map<number, Register[]>()
	for (const register of telegram.registers) {
		const obis = parseObis(register.obis)
		if (obis?.a === 0 && obis.b > 0 && obis.f === 255) channels.set(obis.b, [...(channels.get(obis.b) ?? []), register])
	}
	for (const [b, registers] of channels) {
		const submeter = fromChannel(registers, telegram)
		if (submeter) found[b] = submeter
	}
	return found
}

/** Codes of sub-meters' counters that are not zero, and have no unit or scaler: nobody can say what they count. */
export function uncounted({ registers }: Telegram): string[] {
	const found: string[] = []
	for (const { obis, attribute, value } of registers) {
		if (value.kind !== 'number' || attribute !== 2) continue
		const parsed = parseObis(obis)
		if (parsed?.a !== 0 || parsed.b === 0 || !COUNTERS.includes(parsed.short)) continue
		if (Number(value.raw) !== 0 && !counted(value)) found.push(obis)
	}
	return found
}

function fromChannel(registers: Register[], { application }: Telegram): Submeter | undefined {
	const at = (code: string, attribute = 2) =>
		sole(registers.filter((register) => register.attribute === attribute && codeOf(register) === code))
	const sent = textOf(IDS.map((code) => at(code)).find((register) => isUsed(textOf(register?.value)))?.value)
	const counter = COUNTERS.map((code) => at(code)).find((register) => counted(register?.value))
	const value = counted(counter?.value)
	if (sent === undefined || !counter || !value) return undefined
	const type = Number(textOf(at('24.1.0')?.value) ?? Number.NaN)
	const capture = at(codeOf(counter) ?? '', 5)?.value
	const time = counter.time ?? (capture?.kind === 'clock' ? capture.clock : undefined)
	return {
		id: application === 'p1' ? hexText(sent) : sent,
		...(Number.isInteger(type) && { medium: mediumName(type) }),
		...value,
		...(time && { time }),
	}
}

const codeOf = ({ obis }: Register) => {
	const parsed = parseObis(obis)
	return parsed?.short
}
const textOf = (value: Value | undefined) =>
	value?.kind === 'text' ? value.text : value?.kind === 'number' ? String(value.raw) : undefined
/** `00` and zeros are how unused channels name themselves (ch-lg-e450-mbus-extreg-2024). */
const isUsed = (id: string | undefined) => id !== undefined && id !== '' && !/^0+$/.test(id)

/** The one of these; none where they differ: nobody says which holds. */
function sole<T extends { value: Value }>(found: T[]): T | undefined {
	const [first, ...others] = found
	return first && others.every(({ value }) => same(value, first.value)) ? first : undefined
}

function same(one: Value, other: Value): boolean {
	if (one.kind === 'number' && other.kind === 'number') return scaled(one) === scaled(other) && one.unit === other.unit
	return one.kind === 'text' && other.kind === 'text' && one.text === other.text
}

/** A counter in m³ or Wh. */
function counted(value: Value | undefined): { volume: number } | { energy: number } | undefined {
	if (value?.kind !== 'number' || value.scaler === undefined) return undefined
	const number = scaled(value)
	if (typeof number !== 'number' || number < 0) return undefined
	if (value.unit === 'm³') return { volume: number }
	if (value.unit === 'Wh') return { energy: number }
	return value.unit === 'J' ? { energy: round15(number / 3600) } : undefined
}

/** Present counters of a wired M-Bus meter: energy of heat and cooling, volume of all. */
function ownCounters({ application, device, meterId, registers, records = [], clock }: Telegram): Submeter | undefined {
	if (application !== 'mbus' || !device || device.medium === 2) return undefined
	const at = (code: RegExp) => counted(sole(registers.filter(({ obis }) => code.test(obis)))?.value)
	// Joules have no code of their own.
	const joules = records.filter(
		({ quantity, value, storage, tariff, device: unit, qualifiers, function: kind }) =>
			quantity === 'Energy' &&
			value.kind === 'number' &&
			value.unit === 'J' &&
			!storage &&
			!tariff &&
			!unit &&
			qualifiers.length === 0 &&
			(kind === 'Instantaneous value' || kind === 'Actual value'),
	)
	const energy = at(/^[56]-0:1\.0\.0$/) ?? counted(sole(joules)?.value)
	const values = { ...at(/^[56]-0:2\.0\.0$|^[89]-0:1\.0\.0$|^7-0:3\.0\.0$/), ...energy }
	if (Object.keys(values).length === 0) return undefined
	return { ...(meterId !== undefined && { id: meterId }), medium: mediumName(device.medium), ...values, ...(clock && { time: clock }) }
}
