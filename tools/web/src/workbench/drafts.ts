import type { SourceGiven } from '../api/types.ts'
import { keep, kept } from '../kept.ts'

/** A profile as it stands in the editor and on no disk: the tag of the text that it began with ('' for a new one) and that text, when, and its telegrams. */
export type KeptDraft = { text: string; etag: string; at: number; base?: string; source?: SourceGiven }

/** Drafts that are kept, at most: the oldest goes. */
const MOST = 20
/** Characters of pasted telegrams that are kept beside a draft, at most: a browser keeps 5 MB for all. */
const LONGEST = 250_000
const LIST = 'workbench'
const place = (name: string): string => `${LIST}.${name}`

/** Drafts of this visit: a browser that remembers nothing loses them only with the page. */
const open = new Map<string, KeptDraft>()

/** Lists the kept drafts, the latest first. */
export function keptDrafts(): { name: string; at: number }[] {
	const all = new Map([...stored(), ...[...open].map(([name, { at }]): [string, number] => [name, at])])
	return [...all].map(([name, at]) => ({ name, at })).sort((one, other) => other.at - one.at)
}

/** Gives the kept draft of a profile. */
export function keptDraft(name: string): KeptDraft | undefined {
	const [stored, here] = [read(kept(place(name))), open.get(name)]
	// The one of this visit has its telegrams with their keys; another tab may have written later.
	return here && here.at >= (stored?.at ?? 0) ? here : stored
}

/** Keeps a draft, so that a reload loses nothing. Keys are never kept, and neither are telegrams that are too long. */
export function keepDraft(name: string, draft: KeptDraft): void {
	open.set(name, draft)
	const source = draft.source && keepable(draft.source)
	const { source: _, ...rest } = draft
	keep(place(name), JSON.stringify({ ...rest, ...(source && { source }) }))
	const list = new Map(stored()).set(name, draft.at)
	const sorted = [...list].sort((one, other) => other[1] - one[1])
	for (const [old] of sorted.slice(MOST)) forgetDraft(old)
	keep(LIST, JSON.stringify(sorted.slice(0, MOST)))
}

/** Forgets the draft of a profile: it is saved, or given up. */
export function forgetDraft(name: string): void {
	open.delete(name)
	keep(place(name), undefined)
	keep(LIST, JSON.stringify(stored().filter(([one]) => one !== name)))
}

function keepable(source: SourceGiven): SourceGiven | undefined {
	if (!('text' in source)) return source
	const { keys: _, ...rest } = source
	return source.text.length <= LONGEST ? rest : undefined
}

function read(json: string | undefined): KeptDraft | undefined {
	const value = parsed(json)
	if (typeof value !== 'object' || value === null || !('text' in value) || !('etag' in value) || !('at' in value)) return undefined
	const { text, etag, at } = value
	if (typeof text !== 'string' || typeof etag !== 'string' || typeof at !== 'number') return undefined
	const source = 'source' in value ? sourceOf(value.source) : undefined
	const base = 'base' in value && typeof value.base === 'string' ? { base: value.base } : {}
	return { text, etag, at, ...base, ...(source && { source }) }
}

function sourceOf(value: unknown): SourceGiven | undefined {
	if (typeof value !== 'object' || value === null) return undefined
	if ('meter' in value && typeof value.meter === 'string') return { meter: value.meter }
	if ('sample' in value && 'profile' in value && typeof value.sample === 'string' && typeof value.profile === 'string')
		return { profile: value.profile, sample: value.sample }
	if (!('text' in value) || typeof value.text !== 'string') return undefined
	const name = 'name' in value && typeof value.name === 'string' ? { name: value.name } : {}
	const topic = 'topic' in value && typeof value.topic === 'string' ? { topic: value.topic } : {}
	return { text: value.text, ...name, ...topic }
}

function stored(): [name: string, at: number][] {
	const value = parsed(kept(LIST))
	return Array.isArray(value) ? value.flatMap((one: unknown) => (isEntry(one) ? [one] : [])) : []
}

const isEntry = (one: unknown): one is [string, number] => Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'number'

function parsed(json: string | undefined): unknown {
	try {
		return json === undefined ? undefined : JSON.parse(json)
	} catch {
		return undefined
	}
}
