import { fromHex, latin1, printable } from '../bytes/hex.ts'
import type { Clock } from './clock.ts'
import { type Obis, parseObis } from './obis.ts'
import type { Register, Telegram } from './telegram.ts'

/** Codes of ids, by how good they are: 0 is the best. */
export type IdCodes = ReadonlyMap<string, number>

/** Ranks codes: those of one list are as good as each other, and better than those behind it. */
export const ranked = (...lists: string[][]): IdCodes => new Map(lists.flatMap((codes, rank) => codes.map((code) => [code, rank] as const)))

/** The text under the best of these codes (the first, where some are as good) that is not empty: a meter's own id. */
export function idOf(registers: Register[], codes: IdCodes): string | undefined {
	let best = Number.POSITIVE_INFINITY
	let id: string | undefined
	for (const { obis, value } of registers) {
		if (value.kind !== 'text' || value.text === '') continue
		const rank = codes.get(obis) ?? Number.POSITIVE_INFINITY
		if (rank >= best) continue
		best = rank
		id = value.text
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

/** The meter's clock register (0-x:1.0.0), if it shows a date. */
export function clockOf(registers: Register[]): Clock | undefined {
	for (const { obis, value } of registers) if (value.kind === 'clock' && isClockCode(parseObis(obis))) return value.clock
	return undefined
}

const isClockCode = (code: Obis | undefined) => code?.a === 0 && code.short === '1.0.0' && code.f === 255

/** P1 writes texts as hex digits (DSMR 5.0.2, 6.4, "octet-string"): their characters when all are printable, else as sent. */
export function hexText(text: string): string {
	const known = hexTexts.get(text)
	if (known !== undefined) return known
	const bytes = fromHex(text)
	const made = bytes && printable(bytes) ? latin1(bytes) : text
	if (hexTexts.size < MANY_IDS && text.length <= 64) hexTexts.set(text, made)
	return made
}

/** Ids that were read before: a meter's, and those of the meters behind it. */
const hexTexts = new Map<string, string>()
const MANY_IDS = 1024

/** A telegram whose registers were named afterwards: their id and clock are the meter's. */
export function identified(telegram: Telegram): Telegram {
	const meterId = idOf(telegram.registers, COSEM_IDS)
	const clock = clockOf(telegram.registers)
	return { ...telegram, ...(meterId !== undefined && { meterId }), ...(clock && { clock: { ...clock, source: 'meter' as const } }) }
}
