import { type Document, type Fault, type Finding, findingAt, offsetOf, type Path, place } from '../document/finding.ts'
import { isObject, type Json } from '../document/merge.ts'
import { meant } from '../document/nearest.ts'
import { parseDocument } from '../document/parse.ts'
import { named } from '../text/names.ts'
import { type Library, MAX_PROFILE, type Part, type Source } from './library.ts'
import { reach } from './reach.ts'
import { besideLine, expanded, writtenPath } from './short-forms.ts'

/** Files and characters of the longest chain: the longest of those that come with the package has four files. */
const [MAX_PARTS, MAX_TEXT] = [8, 2 * MAX_PROFILE]

/** A profile and its parents, the profile first. */
export type Chain = { first: Part; parts: Part[] }

/** Where a path is stated; `form`: the key of the short form that stands for it. */
export type Origin = { file: string; line: number; form?: string }

/**
 * Reads a profile and its parents; `children` extend it. Says what is wrong with one of them, or names the chain where a parent is missing or stands
 * twice.
 */
export function readChain(name: string, library: Library, children: Part[] = []): Chain | Finding[] {
	const child = children.at(-1)
	const isOwn = name === child?.source.name
	const source = parentOf(child?.source, name, library)
	const before = children.map((part) => part.source.name)
	const names = [...before, name].join(' → ')
	const refused = (code: string, message: string, hint?: string) => {
		const document = child?.document ?? { file: `${name}.json`, text: '', tree: undefined }
		return [findingAt(document, ['extends'], code, message, hint)]
	}
	if (before.includes(name) && !(isOwn && source)) return refused('profile/cycle', `profiles extend each other: ${names}`)
	if (!source) {
		const message = child ? `the parent ${named(name)} does not exist (${names})` : `there is no profile ${named(name)}`
		return refused('profile/missing', message, meant(name, [...library.sources.keys()], `looked in ${library.folders.join(', ')}`))
	}
	const length = children.reduce((sum, { document }) => sum + document.text.length, source.text.length)
	if (before.length >= MAX_PARTS || length > MAX_TEXT)
		return refused('profile/long', `a profile and its parents are ${MAX_PARTS} files and ${MAX_TEXT} characters at most (${names})`)
	const part = readPart(source, library.kept)
	if (Array.isArray(part)) return part
	const parts = [...children, part]
	const parent = part.value.extends
	return typeof parent === 'string' ? readChain(parent, library, parts) : { first: children[0] ?? part, parts }
}

/** Finds the source that a name means: a profile that shadows a built-in one may extend just that one. */
export function parentOf<From extends Source & { shadowed?: From | undefined }>(
	child: From | undefined,
	name: string,
	{ sources }: Pick<Library<From>, 'sources'>,
): From | undefined {
	return name === child?.name ? child.shadowed : sources.get(name)
}

/** Says that a file could not be read; nothing when it could. */
export function unreadable({ file, text, trouble }: Source): Finding[] {
	if (trouble === undefined) return []
	return [
		findingAt({ file, text, tree: undefined }, [], 'file/unreadable', `it cannot be read: ${trouble}`, 'a profile is a short file of text'),
	]
}

/** Reads one file of a chain; `kept` has those that were read before. */
function readPart(source: Source, kept: Library['kept']): Part | Finding[] {
	const before = kept?.get(source)
	if (before?.document.text === source.text) return before
	const part = partOf(source)
	if (!Array.isArray(part)) kept?.set(source, part)
	return part
}

function partOf(source: Source): Part | Finding[] {
	if (source.trouble !== undefined) return unreadable(source)
	const { document, value, findings } = parseDocument(source.file, source.text, 'profile')
	const beyond = isObject(value) ? reach(document, value) : []
	const isSaid = ({ line, column }: Finding) => beyond.some((one) => one.line === line && one.column === column)
	if (findings.length + beyond.length > 0) return [...beyond, ...findings.filter((finding) => !isSaid(finding))]
	const written = value as Json
	const twice = besideLine(written.transport)
	return twice ? [findingAt(document, ...twice)] : { source, document, written, value: expanded(written) }
}

/** Gives the part of the chain that sets a path; undefined where none does. */
const setter = ({ parts }: Chain, path: Path): Part | undefined => parts.find(({ value }) => isSet(value, path))

const isSet = (value: Json, path: Path) =>
	path.reduce<unknown>((inner, key) => (inner as Json | null | undefined)?.[key], value) !== undefined

/** Gives the file in which a path is set, that of the profile itself where none sets it. */
export function owner(chain: Chain, path: Path): Document {
	return (setter(chain, path) ?? chain.first).document
}

/** Gives the source that sets a path, the profile's own where none does. */
export function statedBy(chain: Chain, path: Path): Source {
	return (setter(chain, path) ?? chain.first).source
}

/** Makes a finding where a path is set. */
export function locate(chain: Chain, ...[path, ...rest]: Fault): Finding {
	const { document, written } = setter(chain, path) ?? chain.first
	return findingAt(document, writtenPath(path, written), ...rest)
}

/** Says which file and line state a path; undefined for a default. */
export function originOf(chain: Chain, path: Path): Origin | undefined {
	const part = setter(chain, path)
	if (!part) return undefined
	const stated = writtenPath(path, part.written)
	const { line } = place(part.document.text, offsetOf(part.document, stated, 'key'))
	return { file: part.document.file, line, ...(stated !== path && { form: String(stated[1]) }) }
}
