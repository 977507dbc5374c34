import { parseObis } from '../telegram/obis.ts'
import { submetersOf, uncounted } from '../telegram/submeter.ts'
import type { Register, Telegram } from '../telegram/telegram.ts'
import { isJoule, isOfSubmeter, type ScopeContext, type Shown, shortKey, shownValue, submetersShown, timeOf } from './shown.ts'

/**
 * A list of codes as a meter sends it time after time: which short code each register is, and a blank `obis` with all of them. Only lists in which
 * every code is plain: none twice, none that two channels carry.
 */
export type Layout = {
	channel: ScopeContext['channel']
	codes: string[]
	attributes: number[]
	shorts: (string | undefined)[]
	units: (string | undefined)[]
	known: string[]
	template: object
	/** Whether there are codes of sub-meters. */
	channelled: boolean
}

/** A meter sends two or three lists; the meters of a profile send the same ones. */
const MANY_LAYOUTS = 16
/** Nothing under any key. */
export const NO_VALUES: Record<string, never> = Object.freeze(Object.create(null))

/** What expressions see of the codes, and the short codes that are there. */
export type Seen = { obis: Record<string, Shown>; times: Record<string, string>; submeters: unknown; codes: string[] }

/**
 * What expressions see of a telegram whose list of codes is known (a new list is added to `layouts`); undefined where the telegram has to be looked
 * through: a value is empty or unscaled, a unit is not its code's.
 */
export function seenByLayout(telegram: Telegram, context: ScopeContext, layouts: Layout[]): Seen | undefined {
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
	const submeters = layout.channelled ? submetersShown(submetersOf(telegram), context) : undefined
	return { obis, times: times ?? NO_VALUES, submeters, codes: known }
}

function isOf({ codes, attributes, channel }: Layout, registers: Register[], context: ScopeContext): boolean {
	if (codes.length !== registers.length || channel !== context.channel) return false
	for (let at = 0; at < codes.length; at++) {
		const { obis, attribute } = registers[at] as Register
		if (obis !== codes[at] || attribute !== attributes[at]) return false
	}
	return true
}

/** The layout of these registers; undefined where a code is not plain. */
export function layoutOf(registers: Register[], { channel }: ScopeContext): Layout | undefined {
	const shorts = registers.map((register) => shortKey(register, parseObis(register.obis)))
	const known = shorts.filter((short) => short !== undefined)
	const channelled = registers.some(({ obis }) => isOfSubmeter(parseObis(obis)))
	const codes = registers.map(({ obis }) => obis)
	const attributes = registers.map(({ attribute }) => attribute)
	const keys = new Set(registers.map(({ obis, attribute }) => `${obis}/${attribute}`))
	if (keys.size < codes.length || new Set(known).size < known.length) return undefined
	if (known.some((short) => short in Object.prototype || channel[short] !== undefined)) return undefined
	const units = codes.map((code) => (parseObis(code) ?? parseObis(`1-0:${code}`))?.unit)
	return {
		channel,
		codes,
		attributes,
		shorts,
		units,
		known,
		template: Object.fromEntries(known.map((short) => [short, undefined])),
		channelled,
	}
}
