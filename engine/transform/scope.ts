import type { Register } from '../telegram/register.ts'
import { saysItself, submetersOf, uncounted } from '../telegram/submeter.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { utcText } from '../telegram/time-text.ts'
import { isoTime } from '../telegram/zone.ts'
import { bit, boundedTexts, hexToText, localTime, scale } from './functions.ts'
import { channelsOf, contradicts, type ScopeContext, type Shown, shownValue, submetersShown, timeOf, unscaled } from './shown.ts'

type Reason = { code: string; detail: string }

type Functions = Record<string, (...args: never[]) => unknown>

/** One full code of a telegram: its value, or why it has none. */
type Entry = { key: string; register: Register; value: Shown | undefined; reason: Reason | undefined }

/**
 * Makes the view of a telegram that expressions get (design.md, section 3): `obis` by short code for medium 1 and 0-0, `registers` by full
 * code, `channels` by B for A = 0, `submeters` as the reading has them, `records` of wired M-Bus, `times` for values that carry their own,
 * `json`, `topic`, `id`, `time`, `received`. Unscaled numbers and ambiguous codes are left out, and stand in `withheld`.
 * With `wide` false, `registers` and `channels` are empty: for expressions that do not ask for them.
 */
export function scopeOf(telegram: Telegram, context: ScopeContext, wide = true): Scope {
	const entries = entriesOf(telegram, context)
	const withheld: Scope['withheld'] = new Map()
	for (const { key, reason } of entries.values()) if (reason) withheld.set(key, reason)
	const { obis, times } = shortCodes(entries, withheld, context)
	const registers: Record<string, Shown> = Object.create(null)
	// A code of IEC 62056-21 that was sent without its groups is full and short at once.
	if (wide) for (const { key, value } of entries.values()) if (value !== undefined && !withheld.has(key)) registers[key] = value
	const isChannelled = telegram.registers.some(({ code }) => code.isSubmeter)
	if (isChannelled) for (const code of uncounted(telegram)) withheld.set('submeters', unscaled(code))
	const values = {
		obis,
		registers,
		times,
		channels: isChannelled && wide ? channelsOf(telegram.registers, context) : Object.create(null),
		submeters: isChannelled || saysItself(telegram) ? submetersShown(submetersOf(telegram), context) : undefined,
		records: telegram.records?.map((record) => {
			const { value } = record
			// Of a number that only the maker can scale, a profile may know the scale.
			const raw = value.kind === 'number' && value.scaler === undefined ? Number(value.raw) : undefined
			return { ...record, value: shownValue(value, context), unit: value.kind === 'number' ? value.unit : undefined, raw }
		}),
		json: telegram.json,
		topic: context.topic,
		id: telegram.meterId,
		time: telegram.clock && isoTime(telegram.clock, context.timezone, context.received),
		received: utcText(context.received),
	}
	return new Scope(values, withheld, context)
}

/**
 * The view of expressions: plain data, helper functions (made when one is asked for), and the codes that were kept from them, with the reason. A class,
 * since V8 is slow to make an object with a getter.
 */
export class Scope {
	readonly values: Record<string, unknown> & { obis: Record<string, Shown>; registers: Record<string, Shown> }
	readonly withheld: Map<string, Reason>
	readonly #context: ScopeContext
	#functions: Functions | undefined

	constructor(values: Scope['values'], withheld: Scope['withheld'], context: ScopeContext) {
		this.values = values
		this.withheld = withheld
		this.#context = context
	}

	/** The helper functions, made once a telegram: expressions ask for them with each call. */
	get functions(): Functions {
		this.#functions ??= this.#made()
		return this.#functions
	}

	#made(): Functions {
		const { registers, obis } = this.values
		return {
			string: boundedTexts.string,
			join: boundedTexts.join,
			split: boundedTexts.split,
			obis: (code: string) => registers[code] ?? obis[code],
			scale,
			bit,
			hex: (text: string) => hexToText(text),
			localTime: (text: string) => localTime(text, this.#context),
		}
	}
}

/** The codes of a telegram that have a value, or a reason for having none, in wire order. */
function entriesOf(telegram: Telegram, context: ScopeContext): Map<string, Entry> {
	const entries = new Map<string, Entry>()
	for (const register of telegram.registers) {
		const value = shownValue(register.value, context)
		if (value === undefined && !register.isNumber) continue
		const key = register.attribute === 2 ? register.obis : `${register.obis}/${register.attribute}`
		const known = entries.get(key)
		const entry = known ?? { key, register, value: undefined, reason: undefined }
		if (!known) entries.set(key, entry)
		const reason =
			contradicts(register) ?? (value === undefined ? unscaled(key) : entry.value !== undefined && entry.value !== value && doubled(key))
		if (reason) {
			entry.reason = reason
			entry.value = undefined
		} else if (!entry.reason) entry.value = value
	}
	return entries
}

const doubled = (key: string) => ({ code: 'ambiguous', detail: `${key} stands twice in the telegram, with different values` })

/** The values by short code, and their times; codes that stand for several channels are withheld, unless `decoder.channel` names one. */
function shortCodes(entries: Map<string, Entry>, withheld: Scope['withheld'], context: ScopeContext) {
	const obis: Record<string, Shown> = Object.create(null)
	const times: Record<string, string> = Object.create(null)
	const byShort = new Map<string, Entry | Entry[]>()
	for (const entry of entries.values()) {
		const short = entry.register.attribute === 2 ? entry.register.code.key : undefined
		if (short === undefined) continue
		const known = byShort.get(short)
		if (Array.isArray(known)) known.push(entry)
		else byShort.set(short, known ? [known, entry] : entry)
	}
	for (const [short, found] of byShort) {
		const wanted = context.channel[short]
		const fitting = [found].flat().filter(({ register }) => wanted === undefined || (register.code.obis?.b ?? 0) === wanted)
		const [one, ...others] = fitting
		if (!one) continue
		if (others.length > 0) {
			const detail = `${fitting.map(({ key }) => key).join(' and ')} both carry ${short}: name one in decoder.channel, or use registers`
			withheld.set(short, { code: 'ambiguous', detail })
		} else if (one.reason) withheld.set(short, one.reason)
		else {
			obis[short] = one.value ?? ''
			const time = timeOf(one.register, context)
			if (time !== undefined) times[short] = time
		}
	}
	return { obis, times }
}
