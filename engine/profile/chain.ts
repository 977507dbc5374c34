import { type Document, type Finding, finding, offsetOf, type Path, place } from '../document/finding.ts'
import type { Json } from '../document/merge.ts'
import { nearest } from '../document/nearest.ts'
import { parseDocument } from '../document/parse.ts'
import type { Library, Source } from './library.ts'
import { besideLine, expanded, writtenPath } from './short-forms.ts'

/** One file of a chain: what it says, and the same with its short forms expanded. */
type Part = { name: string; document: Document; written: Json; value: Json }

/** A profile and its parents, the profile first, and the folder of the profile's file. */
export type Chain = { first: Part; parts: Part[]; folder: string }

/** Where a path is stated; `form`: the key of the short form that stands for it. */
export type Origin = { file: string; line: number; form?: string }

/** Reads a profile and its parents. Gives what is wrong with one of them, or the chain of names where a parent is missing or stands twice. */
export function readChain(name: string, library: Library): Chain | Finding[] {
	const parts: Part[] = []
	let folder = ''
	let current: Source | undefined
	for (let next: string | undefined = name; next !== undefined; ) {
		// A profile that shadows a built-in one may extend just that one.
		const source: Source | undefined = next === current?.name ? current.shadowed : library.sources.get(next)
		const names = [...parts.map((part) => part.name), next]
		const child = parts.at(-1)?.document ?? { file: `${name}.json`, text: '', tree: undefined }
		const refused = (code: string, message: string, hint?: string) => [
			finding(child, offsetOf(child, ['extends'], 'value'), code, message, hint),
		]
		if (parts.some((part) => part.name === next) && (next !== current?.name || !source))
			return refused('profile/cycle', `profiles extend each other: ${names.join(' → ')}`)
		if (!source) {
			const near = nearest(next, [...library.sources.keys()])
			const message = parts.length > 0 ? `the parent "${next}" does not exist (${names.join(' → ')})` : `there is no profile "${next}"`
			return refused('profile/missing', message, near ? `did you mean "${near}"?` : `looked in ${library.folders.join(', ')}`)
		}
		const part = readPart(source)
		if (Array.isArray(part)) return part
		if (parts.length === 0) folder = source.folder
		parts.push(part)
		current = source
		next = typeof part.value.extends === 'string' ? part.value.extends : undefined
	}
	const [first] = parts
	if (!first) throw new Error('a chain of profiles has at least one')
	return { first, parts, folder }
}

function readPart({ name, file, text }: Source): Part | Finding[] {
	const { document, value, findings } = parseDocument(file, text, 'profile')
	const written = value as Json
	const setting = findings.length > 0 ? undefined : besideLine(written.transport)
	if (setting !== undefined) {
		const offset = offsetOf(document, ['transport', setting], 'key')
		findings.push(finding(document, offset, 'profile/line', `"line" stands for ${setting}, too`, 'state one of the two'))
	}
	return findings.length > 0 ? findings : { name, document, written, value: expanded(written) }
}

const isSet = (value: Json, path: Path) =>
	path.reduce<unknown>((inner, key) => (inner as Json | null | undefined)?.[key], value) !== undefined

/** Gives the part of the chain that sets a path; undefined where none does. */
const setter = ({ parts }: Chain, path: Path): Part | undefined => parts.find(({ value }) => isSet(value, path))

/** Gives the file in which a path is set, that of the profile itself where none sets it. */
export function owner(chain: Chain, path: Path): Document {
	return (setter(chain, path) ?? chain.first).document
}

/** Makes a finding where a path is set. */
export function findingAt(chain: Chain, path: Path, part: 'key' | 'value', code: string, message: string, hint?: string): Finding {
	const { document, written } = setter(chain, path) ?? chain.first
	return finding(document, offsetOf(document, writtenPath(path, written), part), code, message, hint)
}

/** Says which file and line state a path; undefined for a default. */
export function originOf(chain: Chain, path: Path): Origin | undefined {
	const part = setter(chain, path)
	if (!part) return undefined
	const stated = writtenPath(path, part.written)
	const { line } = place(part.document.text, offsetOf(part.document, stated, 'key'))
	return { file: part.document.file, line, ...(stated !== path && { form: String(stated[1]) }) }
}
