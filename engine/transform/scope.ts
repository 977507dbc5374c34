import { FilledTelegram } from '../telegram/form.ts'
import { parseObis } from '../telegram/obis.ts'
import { submetersOf, uncounted } from '../telegram/submeter.ts'
import type { Register, Telegram } from '../telegram/telegram.ts'
import { utcText } from '../telegram/time-text.ts'
import { isoTime } from '../telegram/zone.ts'
import { type FormLayouts, formLayout, seenByForm } from './by-form.ts'
import { bit, boundedTexts, hexToText, localTime, scale } from './functions.ts'
import { type Layout, NO_VALUES, type Seen, seenByLayout } from './layout.ts'
import {
	channelsOf,
	contradicts,
	isOfSubmeter,
	type ScopeContext,
	type Shown,
	shortKey,
	shown,
	shownValue,
	submetersShown,
	timeOf,
	unitOf,
	unscaled,
} from './shown.ts'

/** What expressions see: plain data, helper functions (made when one is asked for), and the codes that were kept from them, with the reason. */
export type Scope = {
	values: Record<string, unknown>
	readonly functions: Record<string, (...args: never[]) => unknown>
	withheld: Map<string, { code: string; detail: string }>
	/** The short codes that `values.obis` has. */
	codes: string[]
}

/**
 * The view of a telegram that expressions get (design.md, section 3): `obis` by short code for medium 1 and 0-0, `registers` by full
 * code, `channels` by B for A = 0, `submeters` as the reading has them, `records` of wired M-Bus, `times` for values that carry their own,
 * `json`, `topic`, `id`, `time`, `received`.
 * Unscaled numbers and ambiguous codes are left out, and stand in `withheld`. With `layouts` (`noLayouts` at first), the lists of codes and the forms
 * that were seen before are known, and `registers` and `channels` are empty then: for expressions that do not ask for them.
 */
export function scopeOf(telegram: Telegram, context: ScopeContext, layouts?: Layouts): Scope {
	const seen = layouts && seenBefore(telegram, context, layouts)
	if (!seen) return lookedThrough(telegram, context)
	const { obis, times, submeters, codes } = seen
	const parts = { obis, registers: NO_VALUES, times, channels: NO_VALUES }
	return new TelegramScope(valuesOf(telegram, context, parts, submeters), NOTHING_WITHHELD, codes, context)
}

/** What was seen before. */
export type Layouts = { lists: Layout[]; forms: FormLayouts }

/** Nothing was seen before. */
export const noLayouts = (): Layouts => ({ lists: [], forms: new WeakMap() })

function seenBefore(telegram: Telegram, context: ScopeContext, { lists, forms }: Layouts): Seen | undefined {
	if (!(telegram instanceof FilledTelegram)) return seenByLayout(telegram, context, lists)
	const layout = formLayout(telegram.form, context, forms)
	return layout && seenByForm(telegram, context, layout)
}

const NOTHING_WITHHELD: Scope['withheld'] = new Map()

/** Scopes are made for every telegram; functions seldom. A class, since an object with a getter of its own takes V8 0.3 µs to make (measured). */
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
	const submeters = channelled || telegram.application === 'mbus' ? submetersShown(submetersOf(telegram), context) : undefined
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
