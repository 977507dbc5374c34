import { fromHex, latin1, printable } from '../bytes/hex.ts'
import { isoTime, textClock } from '../telegram/clock.ts'
import { decimal, round15, scaled } from '../telegram/number.ts'
import { impliedUnit, type Obis, parseObis, shortCode } from '../telegram/obis.ts'
import type { Register, Telegram } from '../telegram/telegram.ts'

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
 * code, `channels` by B for A = 0, `times` for values that carry their own, `json`, `topic`, `id`, `time`, `received`.
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
		const contradiction = parsed && contradicts(register, parsed)
		if (contradiction) withhold(key, contradiction)
		else if (value === undefined) {
			if (register.value.kind === 'number') withhold(key, unscaled(key))
			else continue
		} else if (key in registers && registers[key] !== value) {
			delete registers[key]
			withhold(key, { code: 'ambiguous', detail: `${key} stands twice in the telegram, with different values` })
		} else if (!withheld.has(key)) registers[key] = value
		if (parsed && register.attribute === 2 && parsed.f === 255 && (parsed.a === 1 || (parsed.a === 0 && parsed.b === 0))) {
			const code = shortCode(parsed)
			const list = short.get(code) ?? []
			if (!list.some(({ full }) => full === key)) list.push({ full: key, b: parsed.b, register })
			short.set(code, list)
		}
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
	}

	const time = telegram.clock && isoTime(telegram.clock, context.timezone, context.received)
	return {
		withheld,
		values: {
			obis,
			registers,
			times,
			channels: channelsOf(telegram.registers, context),
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

/** A unit that the code cannot have: not a number of what the field is named for. */
function contradicts(register: Register, parsed: Obis): { code: string; detail: string } | undefined {
	const implied = impliedUnit(parsed)
	if (register.value.kind !== 'number' || implied === undefined || register.value.unit === undefined || register.value.unit === implied)
		return undefined
	const unit = register.value.unit === '' ? 'no unit' : `the unit ${register.value.unit.slice(0, 20)}`
	return { code: 'unit', detail: `${register.obis} is sent with ${unit}, where ${implied || 'none'} belongs` }
}

const unscaled = (key: string) => ({
	code: 'unscaled',
	detail: `the meter sends no scaler for ${key}: state one in decoder.registers`,
})

/** A register's value as expressions see it; undefined for what is empty or unscaled. */
function shown(register: Register, context: ScopeContext): Shown | undefined {
	const { value } = register
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

/** Sub-meters: registers of A = 0 and B > 0, by B. A channel without an id is unused: its zeros are nobody's. */
function channelsOf(registers: Register[], context: ScopeContext): Record<string, Record<string, unknown>> {
	const channels: Record<string, Record<string, unknown>> = Object.create(null)
	for (const register of registers) {
		const obis = parseObis(register.obis)
		const value = shown(register, context)
		if (obis?.a !== 0 || obis.b === 0 || obis.f !== 255 || register.attribute !== 2 || value === undefined) continue
		const channel: Record<string, unknown> = channels[obis.b] ?? Object.create(null)
		channels[obis.b] = channel
		channel[shortCode(obis)] = value
		const time = timeOf(register, context)
		if (time !== undefined) channel.times = { ...(channel.times as Record<string, string> | undefined), [shortCode(obis)]: time }
	}
	for (const [b, channel] of Object.entries(channels)) if (!ID_CODES.some((code) => isId(channel[code]))) delete channels[b]
	return channels
}

const ID_CODES = ['96.1.0', '96.1.1', '96.1.2']
const isId = (value: unknown) => typeof value === 'string' && value !== '' && value !== '00'

/** $scale(n, k): n × 10^k in decimal arithmetic; n may be a number or its text. Nothing gives nothing; other texts are refused. */
function scale(n: unknown, k: unknown): number | string | undefined {
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
const boundedTexts = {
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
	const bytes = fromHex(text)
	return bytes && printable(bytes) ? latin1(bytes) : text
}

/** $localTime(text): a local time without zone, in the meter's timezone, as ISO 8601 with offset. */
function localTime(text: unknown, context: ScopeContext): string | undefined {
	if (text === undefined) return undefined
	const clock = typeof text === 'string' ? textClock(text) : undefined
	if (!clock) throw new Error(`$localTime: ${JSON.stringify(text)} is no local time such as 2026-05-04T11:39:21`)
	if (context.timezone === undefined) throw new Error('$localTime: the profile states no meter.timezone')
	return isoTime(clock, context.timezone, context.received)
}
