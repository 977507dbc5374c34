import type { Inherited, RegisterRow, WorkbenchAnswer, WorkbenchWords } from '../api/types.ts'
import type { Path } from './json-path.ts'

/** What completion and hover draw on: the words of the server, and what it made of the text last. */
export type Known = { words: WorkbenchWords; answer: WorkbenchAnswer | undefined }

/** A code with what it stands for, and its value in the telegram shown. */
export type KnownCode = { code: string; label?: string | undefined; unit?: string | undefined; row?: RegisterRow | undefined }

/** Gives the registers of the telegram shown. */
export const rowsOf = ({ answer }: Known): RegisterRow[] => answer?.shown?.rows ?? []

/** Shortens `1-0:1.8.0` to `1.8.0`, as `obis` of expressions has it; nothing for other media and channels. */
export function shortCode(code: string): string | undefined {
	const [, media, short] = /^(?:(1-\d{1,3}|0-0):)?([0-9A-Z]+(?:\.\d+){1,2}(?:\*1[0-2]\d)?)$/.exec(code) ?? []
	return media !== undefined || (short !== undefined && !code.includes(':')) ? short : undefined
}

/** Lists codes, C.D.E or in full: those of the telegram shown first. */
export function codesOf(known: Known, form: 'short' | 'full'): KnownCode[] {
	const rows = rowsOf(known).flatMap((row): KnownCode[] => {
		if (!/^(\d+-\d+:|[0-9C]+\.\d)/.test(row.key)) return []
		const code = form === 'short' ? shortCode(row.key) : row.key
		return code === undefined ? [] : [{ code, label: row.label ?? labelOf(known, code), unit: row.unit, row }]
	})
	const others = known.words.codes.flatMap(({ code, label, unit }): KnownCode[] => {
		const wanted = form === 'short' ? shortCode(code) : code.includes(':') ? code : `1-0:${code}`
		return wanted === undefined ? [] : [{ code: wanted, label, unit }]
	})
	const seen = new Set<string>()
	return [...rows, ...others].filter(({ code }) => !seen.has(code) && seen.add(code))
}

const labelOf = ({ words }: Known, code: string) => words.codes.find((one) => shortCode(one.code) === shortCode(code))?.label

/** Finds what is known of a code as somebody wrote it. */
export function codeNamed(known: Known, code: string): KnownCode | undefined {
	const form = code.includes(':') ? 'full' : 'short'
	return codesOf(known, form).find((one) => one.code === code)
}

/** Shows a value of a telegram in one line, with its unit. */
export function shownValue(value: unknown, unit = ''): string {
	const text =
		typeof value === 'string'
			? value
			: Array.isArray(value)
				? value.map((one) => shownValue(one)).join(', ')
				: (JSON.stringify(value) ?? '')
	const short = text.length > 80 ? `${text.slice(0, 79)}…` : text
	return unit === '' ? short : `${short}\u202f${unit}`
}

/** Shows a register's value; nothing where it is withheld or empty. */
export const shownRow = (row: RegisterRow | undefined): string | undefined =>
	!row ? undefined : row.value !== null ? shownValue(row.value, row.unit) : row.raw

/** Finds what parents or defaults say at a path, or below it. */
export function inheritedAt({ answer }: Known, path: Path): Inherited[] {
	return (answer?.inherited ?? []).filter((one) => path.every((name, at) => one.path[at] === name))
}

/** Names where a value that the profile does not state comes from: `common/p1:4`; nothing for a default. */
export const originOf = ({ file, line }: Pick<Inherited, 'file' | 'line'>): string | undefined =>
	file === undefined ? undefined : `${file.replace(/^.*?profiles\//, '').replace(/\.json$/, '')}${line === undefined ? '' : `:${line}`}`
