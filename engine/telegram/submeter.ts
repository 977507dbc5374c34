import { round15 } from '../bytes/round.ts'
import type { Clock } from './clock.ts'
import type { Code } from './code.ts'
import { hexText } from './identity.ts'
import { mediumName } from './medium.ts'
import { scaled } from './number.ts'
import type { Register, Value } from './register.ts'
import { type DataRecord, isOwn, type Telegram } from './telegram.ts'

/** A meter behind the meter (water, gas, heat), or one on a bus of its own: its counters, and what it measures at the moment. */
export type Submeter = { id?: string; medium?: string; time?: Clock } & { [name in Measured]?: number }

/** What sub-meters measure: m³, Wh, W, m³/h and °C. */
type Measured = 'volume' | 'energy' | 'power' | 'flow' | 'temperature_flow' | 'temperature_return'

/** Codes of a sub-meter's counter, the first that has a value: DSMR 4 and 5, Belgium's corrected gas, DSMR 2.2 and 3. */
const COUNTERS = ['24.2.1', '24.2.3', '24.3.0']
const IDS = ['96.1.0', '96.1.1', '96.1.2']
const MEDIUM = '24.1.0'

/**
 * Gives sub-meters by channel: 0-n:24.x of P1 and COSEM, and under channel 0 what a wired M-Bus meter of another medium than electricity says itself,
 * or a heat meter by IEC 62056-21.
 * Only those with a counter in m³, Wh or J (as Wh), and an id, or none sent at all and a counter with its time that is not 0: zeros of unused channels
 * are no values, and a number without a unit is no volume.
 */
export function submetersOf(telegram: Telegram): Record<string, Submeter> {
	const found: Record<string, Submeter> = Object.create(null)
	const own = ownCounters(telegram) ?? heatReadout(telegram)
	if (own) found['0'] = own
	const { registers } = telegram
	// The registers of a channel follow each other, mostly: those that were looked at are not looked at again.
	let seen = -1
	let others: Set<number> | undefined
	for (let at = 0; at < registers.length; at++) {
		const { obis, isSubmeter } = (registers[at] as Register).code
		if (!obis || !isSubmeter || obis.f !== 255 || obis.b === seen || others?.has(obis.b)) continue
		if (seen >= 0) others = (others ?? new Set()).add(seen)
		seen = obis.b
		const submeter = fromChannel(registers, obis.b, telegram)
		if (submeter) found[seen] = submeter
	}
	return found
}

/** Whether a telegram may be of a meter of another medium, which needs no channel. */
export const saysItself = ({ application }: Telegram) => application === 'mbus' || application === 'iec62056-21'

/** Gives the codes of sub-meters' counters that are not zero, and have no unit or scaler: it is not known what they count. */
export function uncounted({ registers }: Telegram): string[] {
	const found: string[] = []
	for (const register of registers) {
		const { code, attribute, isNumber, raw } = register
		if (!isNumber || attribute !== 2 || !code.isSubmeter || !COUNTERS.includes(code.obis?.short ?? '')) continue
		if (Number(raw) !== 0 && !counted(register.value)) found.push(code.text)
	}
	return found
}

function fromChannel(all: Register[], b: number, { application }: Telegram): Submeter | undefined {
	const registers = all.filter(({ code }) => code.isSubmeter && code.obis?.b === b && code.obis.f === 255)
	let counter: Register | undefined
	let value: ReturnType<typeof counted>
	for (const short of COUNTERS) {
		counter = sole(registers, short)
		value = counter && counted(counter.value)
		if (value) break
	}
	const id = value && idOf(registers)
	if (!counter || !value) return undefined
	const isNameless =
		counter.time !== undefined && Object.values(value)[0] !== 0 && !registers.some(({ code }) => IDS.includes(code.obis?.short ?? ''))
	if (id === undefined && !isNameless) return undefined
	const submeter: Submeter = id === undefined ? {} : { id: application === 'p1' ? hexText(id) : id }
	const type = Number(textOf(sole(registers, MEDIUM)?.value) ?? Number.NaN)
	if (Number.isInteger(type)) submeter.medium = mediumName(type)
	if ('volume' in value) submeter.volume = value.volume
	else submeter.energy = value.energy
	const time = counter.time ?? captureOf(registers, counter.code)
	if (time) submeter.time = time
	return submeter
}

function idOf(registers: Register[]): string | undefined {
	for (const short of IDS) {
		const id = textOf(sole(registers, short)?.value)?.trim()
		if (isUsed(id)) return id
	}
	return undefined
}

/** When a counter was read, where that is an attribute of its own (extended register, attribute 5). */
function captureOf(registers: Register[], { obis }: Code): Clock | undefined {
	const value = sole(registers, obis?.short ?? '', 5)?.value
	return value?.kind === 'clock' ? value.clock : undefined
}

const textOf = (value: Value | undefined) =>
	value?.kind === 'text' ? value.text : value?.kind === 'number' ? String(value.raw) : undefined
/** `00` and zeros are how unused channels name themselves (ch-lg-e450-mbus-extreg-2024). */
const isUsed = (id: string | undefined) => id !== undefined && id !== '' && !/^0+$/.test(id)

/** The one register of this code; undefined where there are several that differ: it is not known which holds. */
function sole(registers: Register[], short: string, attribute = 2): Register | undefined {
	let first: Register | undefined
	for (const register of registers) {
		if (register.attribute !== attribute || register.code.obis?.short !== short) continue
		if (first && !same(register.value, first.value)) return undefined
		first ??= register
	}
	return first
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

const isSame = (values: Value[]) => values.every((value) => same(value, values[0] as Value))

/** What a quantity of M-Bus is called, and how its units are counted in ours, by rank; joules have no OBIS code of their own. */
const MOMENTARY: { quantity: string; name: Measured; units: Record<string, (value: number) => number> }[] = [
	{ quantity: 'Energy', name: 'energy', units: { Wh: Number, J: (value) => round15(value / 3600) } },
	{ quantity: 'Power', name: 'power', units: { W: Number, 'J/h': (value) => round15(value / 3600) } },
	{
		quantity: 'Volume flow',
		name: 'flow',
		units: { 'm³/h': Number, 'm³/min': (value) => round15(value * 60), 'm³/s': (value) => round15(value * 3600) },
	},
	{ quantity: 'Flow temperature', name: 'temperature_flow', units: { '°C': Number } },
	{ quantity: 'Return temperature', name: 'temperature_return', units: { '°C': Number } },
]

/** Present counters of a wired M-Bus meter, and what it measures at the moment. Only with a counter: others are no meters. */
function ownCounters({ application, device, meterId, registers, records = [], clock }: Telegram): Submeter | undefined {
	if (application !== 'mbus' || !device || device.medium === 2) return undefined
	const measured: Submeter = {}
	for (const { quantity, name, units } of MOMENTARY)
		for (const [unit, convert] of Object.entries(units)) {
			const values = records.filter((record) => isPresent(record, quantity, unit)).map(({ value }) => value)
			const number = isSame(values) && values[0]?.kind === 'number' && values[0].scaler !== undefined ? scaled(values[0]) : undefined
			if (typeof number === 'number' && (name !== 'energy' || number >= 0)) measured[name] ??= convert(number)
		}
	const volumes = registers.filter(({ obis }) => /^[56]-0:2\.0\.0$|^[89]-0:1\.0\.0$|^7-0:3\.0\.0$/.test(obis)).map(({ value }) => value)
	const volume = isSame(volumes) ? counted(volumes[0]) : undefined
	if (!volume && measured.energy === undefined) return undefined
	return {
		...(meterId !== undefined && { id: meterId }),
		medium: mediumName(device.medium),
		...volume,
		...measured,
		...(clock && { time: clock }),
	}
}

/** Whether a record is of the device itself and of the moment, in this unit. */
const isPresent = (record: DataRecord, quantity: string, unit: string) =>
	isOwn(record) &&
	record.quantity === quantity &&
	/^(Instantaneous|Actual) value$/.test(record.function) &&
	record.value.kind === 'number' &&
	record.value.unit === unit

// 6.8(0071956*kWh)6.26(01087.18*m3) … 9.36(2023-09-10&13:00:51) … 0.0(12345678)
/** Energy and volume of a heat meter's readout (Landis+Gyr UH50, Siemens 2WR5: EN 61107). Under 6.8 electricity meters count varh. */
function heatReadout({ application, meterId, registers, clock }: Telegram): Submeter | undefined {
	if (application !== 'iec62056-21') return undefined
	const at = (code: string) => counted(registers.find(({ obis }) => obis === code)?.value)
	const [energy, volume] = [at('6.8'), at('6.26')]
	const values = { ...(energy && 'energy' in energy && energy), ...(volume && 'volume' in volume && volume) }
	if (Object.keys(values).length === 0) return undefined
	return { ...(meterId !== undefined && { id: meterId }), medium: mediumName(HEAT), ...values, ...(clock && { time: clock }) }
}

/** The device type of a heat meter (EN 13757-3). */
const HEAT = 4
