import { fromHex, latin1, printable } from '../bytes/hex.ts'
import type { Clock } from './clock.ts'
import { sourced } from './clock.ts'
import { codeOf } from './code.ts'
import type { Register } from './register.ts'
import type { Telegram } from './telegram.ts'

/** How good a code is as a meter's id, by the code's id: 0 is the best. */
export type IdCodes = readonly (number | undefined)[]

/** Ranks codes: those of one list are as good as each other, and better than those behind it. */
export function ranked(...lists: string[][]): IdCodes {
	const ranks: number[] = []
	for (const [rank, codes] of lists.entries()) for (const code of codes) ranks[codeOf(code).id] = rank
	return ranks
}

/** Gives the text under the best of these codes (the first, where some are as good) that is not empty: a meter's own id, without blanks around it. */
export function idOf(registers: readonly Register[], ranks: IdCodes): string | undefined {
	let best = Number.POSITIVE_INFINITY
	let id: string | undefined
	for (const register of registers) {
		const rank = ranks[register.code.id]
		if (rank === undefined || rank >= best || register.isNumber) continue
		const { value } = register
		if (value.kind !== 'text' || value.text.trim() === '') continue
		best = rank
		id = value.text.trim()
	}
	return id
}

/** Codes of the meter's own id in a COSEM push: the number on its face, the logical device name, other device ids. */
export const COSEM_IDS = ranked(
	['0-0:96.1.0'],
	['0-0:42.0.0'],
	['1-1:0.0.5'],
	[1, 2, 3, 4, 5, 6, 7, 8, 9].map((e) => `0-0:96.1.${e}`),
)

/** Gives the meter's clock register (0-x:1.0.0), if it shows a date. */
export function clockOf(registers: readonly Register[]): Clock | undefined {
	for (const register of registers) {
		if (!register.code.isClock) continue
		const { value } = register
		if (value.kind === 'clock') return value.clock
	}
	return undefined
}

/** Reads hex digits as P1 writes texts (DSMR 5.0.2, 6.4, "octet-string"): their characters when all are printable, without blanks around them, else as sent. */
export function hexText(text: string): string {
	if (text.length % 2 !== 0) return text
	// Node is quicker, but takes a character beyond Latin-1 for the digit that its low byte is.
	const bytes = /^[0-9A-Fa-f]*$/.test(text) ? Buffer.from(text, 'hex') : fromHex(text)
	return bytes && printable(bytes) ? latin1(bytes).trim() : text
}

/** Gives a telegram whose registers were named afterwards the id and the clock that they say. */
export function identified(telegram: Telegram): Telegram {
	const meterId = idOf(telegram.registers, COSEM_IDS)
	const clock = clockOf(telegram.registers)
	return { ...telegram, ...(meterId !== undefined && { meterId }), ...(clock && { clock: sourced(clock, 'meter') }) }
}
