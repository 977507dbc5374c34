import type { Inherited } from '../api/types.ts'
import { originOf } from './facts.ts'
import { indentOf, isSpread, written } from './insertion.ts'
import { type JsonNode, type JsonTree, nodeAt, type Path } from './json-path.ts'

/** Values that the profile does not state, where they would stand: in a section that it has, or as a section of its own (`name`). */
export type Ghost = {
	/** Where they are shown. */
	at: number
	/** Before the line of that place, or behind it. */
	side: -1 | 1
	indent: string
	path: Path
	name?: string
	entries: Inherited[]
}

/** Puts each value to the section that it would stand in. */
export function ghostsOf(tree: JsonTree, inherited: readonly Inherited[], unit: string): Ghost[] {
	const ghosts = new Map<string, Ghost>()
	for (const entry of inherited) {
		const depth = deepest(tree, entry.path)
		const path = entry.path.slice(0, depth)
		const container = nodeAt(tree, path)
		if (container?.kind !== 'object') continue
		const name = entry.path.length > depth + 1 ? String(entry.path[depth]) : undefined
		const key = JSON.stringify([path, name])
		const ghost = ghosts.get(key) ?? { ...placeIn(tree, container, unit), path, ...(name !== undefined && { name }), entries: [] }
		ghost.entries.push(entry)
		ghosts.set(key, ghost)
	}
	const all = [...ghosts.values()]
	return all.sort((one, other) => one.at - other.at || rankOf(one) - rankOf(other))
}

/** Plain values stand before whole sections, and what parents state before defaults. */
const rankOf = ({ name, entries }: Ghost): number => (name === undefined ? 0 : 1) + (entries.some(({ file }) => file !== undefined) ? 0 : 2)

/** How many keys of a path lead through objects of the text; a value of another kind takes the place of all that is below. */
function deepest(tree: JsonTree, path: Path): number {
	let depth = 0
	while (depth < path.length - 1) {
		const node = nodeAt(tree, path.slice(0, depth + 1))
		if (!node) return depth
		if (node.kind !== 'object') return path.length
		depth++
	}
	return depth
}

function placeIn({ text }: JsonTree, container: JsonNode, unit: string): Pick<Ghost, 'at' | 'side' | 'indent'> {
	const indent = indentOf(text, container.from) + unit
	const end = container.isOpen ? text.length : container.to - 1
	const line = text.lastIndexOf('\n', end - 1) + 1
	if (isSpread(text, container) && /^\s*$/.test(text.slice(line, end))) return { at: line, side: -1, indent }
	const next = text.indexOf('\n', end)
	return { at: next < 0 ? text.length : next, side: 1, indent }
}

/** Whether the values are shown one by one at first: a few that a parent states, but not the defaults. */
export const isOpenAtFirst = ({ entries, name }: Ghost): boolean =>
	name === undefined && entries.length <= 6 && entries.some(({ file }) => file !== undefined)

/** Writes a value with its key as the text would have it. */
export function ghostText({ path: [...path], value }: Inherited, depth: number): string {
	const keys = path.slice(depth).map((key) => JSON.stringify(String(key)))
	return `${keys.join(' › ')}: ${written(value)}`
}

/** Writes a section in one line. */
export function sectionText({ name, entries, path }: Ghost): string {
	const section: Record<string, unknown> = {}
	for (const entry of entries) put(section, entry.path.slice(path.length), entry.value)
	const inner = name === undefined ? section : section[name]
	return name === undefined ? written(inner).slice(2, -2) : `${JSON.stringify(name)}: ${written(inner)}`
}

function put(section: Record<string, unknown>, [first, ...rest]: Path, value: unknown): void {
	const key = String(first)
	if (rest.length === 0) {
		Object.defineProperty(section, key, { value, enumerable: true, configurable: true, writable: true })
		return
	}
	const inner = section[key]
	const next: Record<string, unknown> = typeof inner === 'object' && inner !== null ? { ...inner } : {}
	put(next, rest, value)
	Object.defineProperty(section, key, { value: next, enumerable: true, configurable: true, writable: true })
}

/** Names the files that values come from, or that they are defaults. */
export function originsOf(entries: readonly Inherited[], byDefault: string): string {
	const files = [...new Set(entries.map(({ file }) => (file === undefined ? byDefault : (originOf({ file }) ?? ''))))]
	return files.length > 2 ? `${files.slice(0, 2).join(', ')} …` : files.join(', ')
}
