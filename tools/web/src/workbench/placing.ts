import { applyEdits, findNodeAtLocation, type JSONPath, modify, parseTree } from 'jsonc-parser'
import type { SequenceList, WorkbenchWords } from '../api/types.ts'

export type Code = WorkbenchWords['codes'][number]

/** A code in full: `1.8.0` is `1-0:1.8.0`. */
export const full = (code: string): string => (code.includes(':') ? code : `1-0:${code}`)

/** Codes that name a meter, beside the clock: they stand for a text. */
const IDS = /^\d+-\d+:(?:96\.1\.\d+|42\.0\.0|0\.0\.\d+)$/

/** Gives what a code demands of its value; undefined where anything may stand. */
export function demandOf({ code, unit }: Code): 'number' | 'clock' | 'text' | undefined {
	if (/^0-\d+:1\.0\.0$/.test(full(code))) return 'clock'
	if (unit !== undefined && unit !== '') return 'number'
	return IDS.test(full(code)) ? 'text' : undefined
}

/** Whether values that were sent as `kind` (`u32`, `clock`, `text|null` …) can be what a code stands for. An empty one may become anything. */
export function fits(code: Code, kind: string): boolean {
	const demand = demandOf(code)
	const kinds = kind.split('|').filter((one) => one !== 'null')
	if (demand === 'number') return kinds.every((one) => /^[uif]\d+$/.test(one))
	if (demand === 'clock') return kinds.every((one) => one === 'clock')
	return demand === undefined || kinds.every((one) => /^(text|digits|octets|=)/.test(one))
}

/** Gives the codes that have all words of a search, those with a field of the reading first. */
export function searched(codes: readonly Code[], search: string): Code[] {
	const words = search.toLowerCase().split(/\s+/)
	const found = codes.filter(({ code, label, field = '', unit = '' }) => {
		const about = `${full(code)} ${label} ${field} ${field.replaceAll('_', ' ')} ${unit}`.toLowerCase()
		return words.every((word) => about.includes(word))
	})
	return [...found.filter(({ field }) => field), ...found.filter(({ field }) => !field)]
}

/** Puts a code at a place (from 0) of a list, or takes away what stands there (undefined). Gives the new text of the profile; its comments stay. */
export function placed(text: string, list: SequenceList, at: number, code: string | undefined): string {
	return written(text, list, new Map([[at, entryOf(list, at, code)]]))
}

/** Moves the code of a place to another, whose code comes back. */
export function moved(text: string, list: SequenceList, from: number, to: number): string {
	const [one, other] = [list.places[from]?.code, list.places[to]?.code]
	return written(
		text,
		list,
		new Map([
			[from, entryOf(list, from, other)],
			[to, entryOf(list, to, one)],
		]),
	)
}

/** Kinds that an entry names, at most: more say nothing. */
const MOST_KINDS = 4

function entryOf({ places }: SequenceList, at: number, code: string | undefined): string | null {
	const sent = (places[at]?.kind ?? 'null').split('|')
	// With a code, a text of today may be another one tomorrow.
	const kinds = [...new Set(sent.map((kind) => (code !== undefined && kind.startsWith('=') ? 'text' : kind)))]
	// An empty value says nothing of those to come.
	const isOpen = kinds.length > MOST_KINDS || (kinds.length === 1 && kinds[0] === 'null')
	if (isOpen) return code === undefined ? null : full(code)
	return `${code === undefined ? '-' : full(code)} ${kinds.join('|')}`
}

/** Writes entries into the list; a list that the profile inherits, or does not have yet, is written whole. */
function written(text: string, list: SequenceList, entries: Map<number, string | null>): string {
	const path: JSONPath = ['decoder', 'sequence', list.key]
	const options = { formattingOptions: formatOf(text) }
	const root = parseTree(text)
	const own = root && findNodeAtLocation(root, path)
	if (own?.type === 'array' && own.children?.length === list.places.length)
		return [...entries].reduce((now, [at, entry]) => applyEdits(now, modify(now, [...path, at], entry, options)), text)
	const whole = list.places.map(({ entry }, at) => {
		const changed = entries.get(at)
		if (changed !== undefined) return changed
		return entry ?? (list.stated ? null : entryOf(list, at, undefined))
	})
	return applyEdits(text, modify(text, path, whole, options))
}

function formatOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
	const [, spaces = '  '] = /\n( +)"/.exec(text) ?? []
	return { insertSpaces: !/\n\t/.test(text), tabSize: spaces.length, eol: text.includes('\r\n') ? '\r\n' : '\n' }
}
