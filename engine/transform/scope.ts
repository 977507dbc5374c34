import { isoTime, textClock } from '../telegram/clock.ts'
import { hexText } from '../telegram/identity.ts'
import { decimal, round15, scaled } from '../telegram/number.ts'
import { impliedUnit, type Obis, parseObis, shortCode } from '../telegram/obis.ts'
import { submetersOf, uncounted } from '../telegram/submeter.ts'
import type { Register, Telegram, Value } from '../telegram/telegram.ts'

/** What a register shows to expressions. */
type Shown = number | string | boolean | string[]

/** What expressions see: plain data, helper functions, and the codes that were kept from them, with the reason. */
export type Scope = {
	values: Record<string, unknown>
	functions: Record<string, (...args: never[]) => unknown>
	withheld: Map<string, { code: string; detail: string }>
}

export type ScopeContext = {
	/** IANA name of the meter's zone. */
	timezone: string | undefined
	/** When the bytes arrived, ms since 1970. */
	received: number
	/** Named levels of the MQTT topic. */
	topic: Record<string, string>
	/** Which channel B a short code means: `decoder.channel`. */
	channel: Record<string, number>
}

/**
 * The view of a telegram that expressions get (design.md, section 3): `obis` by short code for medium 1 and 0-0, `registers` by full
 * code, `channels` by B for A = 0, `submeters` as the reading has them, `records` of wired M-Bus, `times` for values that carry their own,
 * `json`, `topic`, `id`, `time`, `received`.
 * Unscaled numbers and ambiguous codes are left out, and stand in `withheld`.
 */
export function scopeOf(telegram: Telegram, context: ScopeContext): Scope {
	const withheld: Scope['withheld'] = new Map()
	const registers: Record<string, Shown> = Object.create(null)
	const obis: Record<string, Shown> = Object.create(null)
	const times: Record<string, string> = Object.create(null)
	const short = new Map<string, { full: string; b: number; register: Register }[]>()

	for (const register of telegram.registers) {
		const parsed = parseObis(register.obis)
		const key = register.attribute === 2 ? register.obis : `${register.obis}/${register.attribute}`
		const value = shown(register, context)
		const contradiction = contradicts(register, parsed ?? parseObis(`1-0:${register.obis}`))
		if (contradiction) withhold(key, contradiction)
		else if (value === undefined) {
			if (register.value.kind === 'number') withhold(key, unscaled(key))
			else continue
		} else if (key in registers && registers[key] !== value) {
			delete registers[key]
			withhold(key, { code: 'ambiguous', detail: `${key} stands twice in the telegram, with different values` })
		} else if (!withheld.has(key)) registers[key] = value
		const code = shortKey(register, parsed)
		if (code === undefined) continue
		const list = short.get(code) ?? []
		if (!list.some(({ full }) => full === key)) list.push({ full: key, b: parsed?.b ?? 0, register })
		short.set(code, list)
	}

	for (const [code, all] of short) {
		const wanted = context.channel[code]
		const found = wanted === undefined ? all : all.filter(({ b }) => b === wanted)
		const [one] = found
		if (!one) continue
		const reason = withheld.get(one.full)
		if (found.length > 1) {
			const detail = `${found.map(({ full }) => full).join(' and ')} both carry ${code}: name one in decoder.channel, or use registers`
			withhold(code, { code: 'ambiguous', detail })
		} else if (reason) withhold(code, reason)
		else {
			obis[code] = registers[one.full] ?? ''
			const time = timeOf(one.register, context)
			if (time !== undefined) times[code] = time
		}
	}

	function withhold(key: string, reason: { code: string; detail: string }): void {
		withheld.set(key, reason)
		delete registers[key]
	}

	for (const code of uncounted(telegram)) withhold('submeters', unscaled(code))
	const time = telegram.clock && isoTime(telegram.clock, context.timezone, context.received)
	return {
		withheld,
		values: {
			obis,
			registers,
			times,
			channels: channelsOf(telegram.registers, context),
			submeters: submetersShown(telegram, context),
			records: telegram.records?.map((record) => ({ ...record, value: shownValue(record.value, context), unit: unitOf(record.value) })),
			json: telegram.json,
			topic: context.topic,
			id: telegram.meterId,
			time,
			received: new Date(context.received).toISOString(),
		},
		functions: {
			...boundedTexts,
			obis: (code: string) => registers[code] ?? obis[code],
			scale,
			bit,
			hex: (text: string) => hexToText(text),
			localTime: (text: string) => localTime(text, context),
		},
	}
}

/** The key in `obis`: `C.D.E` of the present value for medium 1 and 0-0; a code that was sent without A-B as it is (IEC 62056-21). */
function shortKey({ obis, attribute }: Register, parsed: Obis | undefined): string | undefined {
	if (attribute !== 2) return undefined
	if (!parsed) return /^[0-9A-Z.]+$/.test(obis) ? obis : undefined
	return parsed.f === 255 && (parsed.a === 1 || (parsed.a === 0 && parsed.b === 0)) ? shortCode(parsed) : undefined
}

/** A unit that the code cannot have: not a number of what the field is named for. */
function contradicts(register: Register, parsed: Obis | undefined): { code: string; detail: string } | undefined {
	if (isJoule(register.value))
		return {
			code: 'unit',
			detail: `${register.obis} is sent in joules, where Wh or W is meant: submeters and records have it with its unit`,
		}
	const implied = parsed && impliedUnit(parsed)
	if (register.value.kind !== 'number' || implied === undefined || register.value.unit === undefined || register.value.unit === implied)
		return undefined
	const unit = register.value.unit === '' ? 'no unit' : `the unit ${register.value.unit.slice(0, 20)}`
	return { code: 'unit', detail: `${register.obis} is sent with ${unit}, where ${implied || 'none'} belongs` }
}

/** Joules stand under the same codes as watt-hours, and an expression sees a bare number. */
const isJoule = (value: Value) => value.kind === 'number' && (value.unit === 'J' || value.unit === 'J/h')

const unscaled = (key: string) => ({
	code: 'unscaled',
	detail: `the meter sends no scaler or unit for ${key}: state them in decoder.registers`,
})

/** A register's value as expressions see it; undefined for what is empty or unscaled. */
const shown = ({ value }: Register, context: ScopeContext) => shownValue(value, context)

function shownValue(value: Value, context: ScopeContext): Shown | undefined {
	switch (value.kind) {
		case 'number':
			return value.scaler === undefined ? undefined : scaled(value)
		case 'text':
			return value.text
		case 'boolean':
			return value.value
		case 'clock':
			return isoTime(value.clock, context.timezone, context.received) ?? value.clock.local
		case 'list':
			return value.items
		case 'none':
			return undefined
	}
}

const timeOf = (register: Register, context: ScopeContext) => register.time && isoTime(register.time, context.timezone, context.received)

const unitOf = (value: Value) => (value.kind === 'number' ? value.unit : undefined)

/** Sub-meters as the reading has them; undefined when there are none. */
function submetersShown(telegram: Telegram, context: ScopeContext): Record<string, unknown> | undefined {
	const found = Object.entries(submetersOf(telegram)).map(([channel, { time, ...rest }]) => {
		const at = time && isoTime(time, context.timezone, context.received)
		return [channel, { ...rest, ...(at !== undefined && { time: at }) }] as const
	})
	return found.length === 0 ? undefined : Object.fromEntries(found)
}

/** Sub-meters: registers of A = 0 and B > 0, by B. A channel without an id is unused: its zeros are nobody's. */
function channelsOf(registers: Register[], context: ScopeContext): Record<string, Record<string, unknown>> {
	const channels: Record<string, Record<string, unknown>> = Object.create(null)
	const doubled = new Set<string>()
	for (const register of registers) {
		if (isJoule(register.value)) continue
		const obis = parseObis(register.obis)
		const value = shown(register, context)
		if (obis?.a !== 0 || obis.b === 0 || obis.f !== 255 || register.attribute !== 2 || value === undefined) continue
		const channel: Record<string, unknown> = channels[obis.b] ?? Object.create(null)
		channels[obis.b] = channel
		// Twice, with different values: neither is given.
		const code = shortCode(obis)
		if (doubled.has(`${obis.b} ${code}`) || (code in channel && channel[code] !== value)) {
			doubled.add(`${obis.b} ${code}`)
			delete channel[code]
			delete (channel.times as Record<string, string> | undefined)?.[code]
			continue
		}
		channel[code] = value
		const time = timeOf(register, context)
		if (time !== undefined) channel.times = { ...(channel.times as Record<string, string> | undefined), [shortCode(obis)]: time }
	}
	for (const [b, channel] of Object.entries(channels)) if (!ID_CODES.some((code) => isId(channel[code]))) delete channels[b]
	return channels
}

const ID_CODES = ['96.1.0', '96.1.1', '96.1.2']
const isId = (value: unknown) => typeof value === 'string' && value !== '' && value !== '00'

/** $scale(n, k): n × 10^k in decimal arithmetic; n may be a number or its text. Nothing gives nothing; other texts are refused. */
export function scale(n: unknown, k: unknown): number | string | undefined {
	// Adapters send an empty text for a value that they do not have.
	if (n === undefined || n === null || n === '') return undefined
	if (typeof k !== 'number' || !Number.isInteger(k) || Math.abs(k) > 30)
		throw new Error('$scale: the power of ten must be an integer from -30 to 30')
	if (typeof n !== 'number' && typeof n !== 'string') throw new Error(`$scale: ${JSON.stringify(n)} is no number`)
	const exact = decimal(String(n).trim())
	if (exact) return scaled({ kind: 'number', raw: exact.raw, scaler: exact.scaler + k })
	// 1e-7 and the like have no plain decimal text.
	if (typeof n === 'number' && Number.isFinite(n)) return round15(k < 0 ? n / 10 ** -k : n * 10 ** k)
	throw new Error(`$scale: "${n}" is no number`)
}

/** The longest text that these functions make or take apart. */
const MAX_TEXT = 4096

/** JSONata's own $string, $join and $split, bounded: unbounded ones of a shared structure take all memory (attack of 2026-11). */
export const boundedTexts = {
	string(value: unknown): string | undefined {
		if (value === undefined) return undefined
		if (typeof value === 'number') return String(round15(value))
		if (typeof value === 'string' || typeof value === 'boolean') return String(value)
		throw new Error('$string: a number, text or boolean is needed')
	},
	join(parts: unknown, separator: unknown = ''): string | undefined {
		if (parts === undefined) return undefined
		const texts = Array.isArray(parts) ? parts : [parts]
		if (!texts.every((part) => typeof part === 'string') || typeof separator !== 'string')
			throw new Error('$join: a list of texts is needed')
		const length = texts.reduce((sum, part) => sum + part.length + separator.length, 0)
		if (length > MAX_TEXT) throw new Error(`$join: the text would be longer than ${MAX_TEXT} characters`)
		return texts.join(separator)
	},
	split(text: unknown, separator: unknown, limit?: unknown): string[] | undefined {
		if (text === undefined) return undefined
		if (typeof text !== 'string' || typeof separator !== 'string') throw new Error('$split: two texts are needed')
		if (text.length > MAX_TEXT) throw new Error(`$split: the text is longer than ${MAX_TEXT} characters`)
		return text.split(separator, typeof limit === 'number' ? limit : undefined)
	},
}

/** $bit(n, i): whether bit i (0 = lowest, up to 52) of the integer n is set. */
function bit(n: unknown, i: unknown): boolean | undefined {
	if (n === undefined) return undefined
	if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 0) throw new Error('$bit: the first argument must be an integer from 0')
	if (typeof i !== 'number' || !Number.isInteger(i) || i < 0 || i > 52) throw new Error('$bit: the bit must be an integer from 0 to 52')
	return Math.floor(n / 2 ** i) % 2 === 1
}

/** $hex(s): hex digits to the text they spell, as P1 writes ids; text that spells none stays. */
function hexToText(text: unknown): string | undefined {
	if (text === undefined) return undefined
	if (typeof text !== 'string') throw new Error('$hex: a text of hex digits is needed')
	return hexText(text)
}

/** $localTime(text): a local time without zone, in the meter's timezone, as ISO 8601 with offset. */
function localTime(text: unknown, context: ScopeContext): string | undefined {
	if (text === undefined) return undefined
	const clock = typeof text === 'string' ? textClock(text) : undefined
	if (!clock) throw new Error(`$localTime: ${JSON.stringify(text)} is no local time such as 2026-05-04T11:39:21`)
	if (context.timezone === undefined) throw new Error('$localTime: the profile states no meter.timezone')
	return isoTime(clock, context.timezone, context.received)
}
