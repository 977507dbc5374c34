import { isoTime, textClock, utcText } from '../telegram/clock.ts'
import { hexText } from '../telegram/identity.ts'
import { decimal, round15, scaled } from '../telegram/number.ts'
import { type Obis, parseObis } from '../telegram/obis.ts'
import { submetersOf, uncounted } from '../telegram/submeter.ts'
import type { Register, Telegram, Value } from '../telegram/telegram.ts'

/** What a register shows to expressions. */
type Shown = number | string | boolean | string[]

/** What expressions see: plain data, helper functions (made when one is asked for), and the codes that were kept from them, with the reason. */
export type Scope = {
	values: Record<string, unknown>
	readonly functions: Record<string, (...args: never[]) => unknown>
	withheld: Map<string, { code: string; detail: string }>
	/** The short codes that `values.obis` has. */
	codes: string[]
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
 * Unscaled numbers and ambiguous codes are left out, and stand in `withheld`. With `layouts` (empty at first), the lists of codes
 * that were seen before are known, and `registers` and `channels` are empty then: for expressions that do not ask for them.
 */
export function scopeOf(telegram: Telegram, context: ScopeContext, layouts?: Layout[]): Scope {
	return (layouts && fromLayout(telegram, context, layouts)) ?? lookedThrough(telegram, context)
}

/** Scopes are made for every telegram; functions seldom. A class, since an object with a getter of its own takes V8 1 µs to make. */
class TelegramScope implements Scope {
	readonly values: Record<string, unknown>
	readonly withheld: Scope['withheld']
	readonly codes: string[]
	readonly #context: ScopeContext
	#functions: Scope['functions'] | undefined

	constructor(values: Record<string, unknown>, withheld: Scope['withheld'], codes: string[], context: ScopeContext) {
		this.values = values
		this.withheld = withheld
		this.codes = codes
		this.#context = context
	}

	get functions(): Scope['functions'] {
		const { registers, obis } = this.values as { registers: Record<string, Shown>; obis: Record<string, Shown> }
		this.#functions ??= {
			string: boundedTexts.string,
			join: boundedTexts.join,
			split: boundedTexts.split,
			obis: (code: string) => registers[code] ?? obis[code],
			scale,
			bit,
			hex: (text: string) => hexToText(text),
			localTime: (text: string) => localTime(text, this.#context),
		}
		return this.#functions
	}
}

/** The values of a scope, all of them. */
function valuesOf(
	telegram: Telegram,
	context: ScopeContext,
	parts: Record<'obis' | 'registers' | 'times' | 'channels', object>,
	submeters: unknown,
) {
	const { obis, registers, times, channels } = parts
	return {
		obis,
		registers,
		times,
		channels,
		submeters,
		records: telegram.records?.map((record) => ({ ...record, value: shownValue(record.value, context), unit: unitOf(record.value) })),
		json: telegram.json,
		topic: context.topic,
		id: telegram.meterId,
		time: telegram.clock && isoTime(telegram.clock, context.timezone, context.received),
		received: utcText(context.received),
	}
}

/**
 * A list of codes as a meter sends it time after time: which short code each register is, and a blank `obis` with all of them. Only lists in which
 * every code is plain: no code twice, none that two channels carry.
 */
export type Layout = {
	channel: ScopeContext['channel']
	codes: string[]
	shorts: (string | undefined)[]
	units: (string | undefined)[]
	known: string[]
	template: object
	/** Whether there are codes of sub-meters. */
	channelled: boolean
}

/** A meter sends two or three lists; the meters of a profile send the same ones. */
const MANY_LAYOUTS = 16
const NOTHING_WITHHELD: Scope['withheld'] = new Map()
const NO_VALUES: Record<string, never> = Object.freeze(Object.create(null))

/** The scope of a telegram whose list of codes is known, without `registers` and `channels`; undefined where it has to be looked through. */
function fromLayout(telegram: Telegram, context: ScopeContext, layouts: Layout[]): Scope | undefined {
	const { registers } = telegram
	if (telegram.application === 'mbus') return undefined
	let layout = layouts.find((one) => isOf(one, registers, context))
	if (!layout) {
		if (layouts.length >= MANY_LAYOUTS) return undefined
		layout = layoutOf(registers, context)
		if (!layout) return undefined
		layouts.push(layout)
	}
	const { shorts, units, known, template } = layout
	// V8 copies an object in a fraction of the time that it takes to put its keys together.
	const obis = { ...template } as Record<string, Shown>
	let times: Record<string, string> | undefined
	for (let at = 0; at < registers.length; at++) {
		const register = registers[at] as Register
		const short = shorts[at]
		const { value } = register
		if (
			value.kind === 'number' &&
			(value.scaler === undefined || (units[at] !== undefined && value.unit !== undefined && value.unit !== units[at]) || isJoule(value))
		)
			return undefined
		if (short === undefined) continue
		const shown = shownValue(value, context)
		// What is sent empty is no key at all.
		if (shown === undefined) return undefined
		obis[short] = shown
		if (!register.time) continue
		const time = timeOf(register, context)
		times ??= Object.create(null) as Record<string, string>
		if (time !== undefined) times[short] = time
	}
	if (layout.channelled && uncounted(telegram).length > 0) return undefined
	const submeters = layout.channelled ? submetersShown(telegram, context) : undefined
	const parts = { obis, registers: NO_VALUES, times: times ?? NO_VALUES, channels: NO_VALUES }
	return new TelegramScope(valuesOf(telegram, context, parts, submeters), NOTHING_WITHHELD, known, context)
}

function isOf({ codes, channel }: Layout, registers: Register[], context: ScopeContext): boolean {
	if (codes.length !== registers.length || channel !== context.channel) return false
	for (let at = 0; at < codes.length; at++) {
		const { obis, attribute } = registers[at] as Register
		if (obis !== codes[at] || attribute !== 2) return false
	}
	return true
}

function layoutOf(registers: Register[], { channel }: ScopeContext): Layout | undefined {
	const shorts = registers.map((register) => shortKey(register, parseObis(register.obis)))
	const known = shorts.filter((short) => short !== undefined)
	const plain = registers.every(({ attribute }) => attribute === 2)
	const channelled = registers.some(({ obis }) => isOfSubmeter(parseObis(obis)))
	const codes = registers.map(({ obis }) => obis)
	if (!plain || new Set(codes).size < codes.length || new Set(known).size < known.length) return undefined
	if (known.some((short) => short in Object.prototype || channel[short] !== undefined)) return undefined
	const units = codes.map((code) => (parseObis(code) ?? parseObis(`1-0:${code}`))?.unit)
	return { channel, codes, shorts, units, known, template: Object.fromEntries(known.map((short) => [short, undefined])), channelled }
}

function lookedThrough(telegram: Telegram, context: ScopeContext): Scope {
	const withheld: Scope['withheld'] = new Map()
	const registers: Record<string, Shown> = Object.create(null)
	const obis: Record<string, Shown> = Object.create(null)
	const times: Record<string, string> = Object.create(null)
	const short = new Map<string, Candidate>()
	const codes: string[] = []
	/** Codes of A = 0 and B > 0: only then there is something to look for in the channels. */
	let channelled = false

	for (const register of telegram.registers) {
		const parsed = parseObis(register.obis)
		if (isOfSubmeter(parsed)) channelled = true
		const key = register.attribute === 2 ? register.obis : `${register.obis}/${register.attribute}`
		const value = shown(register, context)
		const contradiction = contradicts(register, parsed)
		if (contradiction) withhold(key, contradiction)
		else if (value === undefined) {
			if (register.value.kind === 'number') withhold(key, unscaled(key))
			else continue
		} else if (registers[key] !== undefined && registers[key] !== value) {
			withhold(key, { code: 'ambiguous', detail: `${key} stands twice in the telegram, with different values` })
		} else if (withheld.size === 0 || !withheld.has(key)) registers[key] = value
		const code = shortKey(register, parsed)
		if (code === undefined) continue
		const first = short.get(code)
		if (!first) short.set(code, { full: key, b: parsed?.b ?? 0, register, next: undefined })
		else addCandidate(first, { full: key, b: parsed?.b ?? 0, register, next: undefined })
	}

	for (const [code, first] of short) {
		const wanted = context.channel[code]
		const one = wanted === undefined ? first : candidates(first).find(({ b }) => b === wanted)
		if (!one) continue
		const reason = withheld.size === 0 ? undefined : withheld.get(one.full)
		const others = first.next && candidates(first).filter(({ b }) => wanted === undefined || b === wanted)
		if (others && others.length > 1) {
			const detail = `${others.map(({ full }) => full).join(' and ')} both carry ${code}: name one in decoder.channel, or use registers`
			withhold(code, { code: 'ambiguous', detail })
		} else if (reason) withhold(code, reason)
		else {
			obis[code] = registers[one.full] ?? ''
			codes.push(code)
			const time = timeOf(one.register, context)
			if (time !== undefined) times[code] = time
		}
	}

	function withhold(key: string, reason: { code: string; detail: string }): void {
		withheld.set(key, reason)
		delete registers[key]
	}

	if (channelled) for (const code of uncounted(telegram)) withhold('submeters', unscaled(code))
	const channels = channelled ? channelsOf(telegram.registers, context) : Object.create(null)
	const submeters = channelled || telegram.application === 'mbus' ? submetersShown(telegram, context) : undefined
	return new TelegramScope(valuesOf(telegram, context, { obis, registers, times, channels }, submeters), withheld, codes, context)
}

/** A register that a short code may mean, and the others that do. */
type Candidate = { full: string; b: number; register: Register; next: Candidate | undefined }

function addCandidate(first: Candidate, other: Candidate): void {
	let last = first
	for (;;) {
		if (last.full === other.full) return
		if (!last.next) break
		last = last.next
	}
	last.next = other
}

function candidates(first: Candidate): Candidate[] {
	const all: Candidate[] = []
	for (let one: Candidate | undefined = first; one; one = one.next) all.push(one)
	return all
}

const isOfSubmeter = (code: Obis | undefined) => code?.a === 0 && code.b > 0

/** The key in `obis`: `C.D.E` of the present value for medium 1 and 0-0; a code that was sent without A-B as it is (IEC 62056-21). */
function shortKey({ obis, attribute }: Register, parsed: Obis | undefined): string | undefined {
	if (attribute !== 2) return undefined
	if (!parsed) return /^[0-9A-Z.]+$/.test(obis) ? obis : undefined
	return parsed.f === 255 && (parsed.a === 1 || (parsed.a === 0 && parsed.b === 0)) ? parsed.short : undefined
}

/** A unit that the code cannot have: not a number of what the field is named for. */
function contradicts(register: Register, parsed: Obis | undefined): { code: string; detail: string } | undefined {
	if (isJoule(register.value))
		return {
			code: 'unit',
			detail: `${register.obis} is sent in joules, where Wh or W is meant: submeters and records have it with its unit`,
		}
	if (register.value.kind !== 'number' || register.value.unit === undefined) return undefined
	// A code of IEC 62056-21 is one of medium 1.
	const implied = (parsed ?? parseObis(`1-0:${register.obis}`))?.unit
	if (implied === undefined || register.value.unit === implied) return undefined
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
	const all: Record<string, unknown> = {}
	let count = 0
	for (const [channel, { id, medium, volume, energy, time }] of Object.entries(submetersOf(telegram))) {
		const at = time && isoTime(time, context.timezone, context.received)
		const shown: Record<string, unknown> = {}
		if (id !== undefined) shown.id = id
		if (medium !== undefined) shown.medium = medium
		if (volume !== undefined) shown.volume = volume
		if (energy !== undefined) shown.energy = energy
		if (at !== undefined) shown.time = at
		all[channel] = shown
		count++
	}
	return count === 0 ? undefined : all
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
		const code = obis.short
		if (doubled.has(`${obis.b} ${code}`) || (code in channel && channel[code] !== value)) {
			doubled.add(`${obis.b} ${code}`)
			delete channel[code]
			delete (channel.times as Record<string, string> | undefined)?.[code]
			continue
		}
		channel[code] = value
		const time = timeOf(register, context)
		if (time !== undefined) channel.times = { ...(channel.times as Record<string, string> | undefined), [obis.short]: time }
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
