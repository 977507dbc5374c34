import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Document, offsetOf, type Path, place } from '../engine/document/finding.ts'
import { isObject } from '../engine/document/merge.ts'
import { parseDocument } from '../engine/document/parse.ts'
import { packageRoot } from '../engine/files/package.ts'
import { MAX_FILE, readRegular } from '../engine/files/regular.ts'
import type { CompiledProfile } from '../engine/profile/profile.ts'
import { sampleNames } from '../engine/profile/samples.ts'
import type { Profile } from '../schema/types/profile.ts'

/** Comments begin in this column, or behind a line that is longer. */
const COMMENT = 72
/** What fits in one line is written in one. */
const WIDTH = 100

/** The sections, the longest last. */
const ORDER = [
	...(['profile', 'version', 'title', 'description', 'meter', 'interval', 'transport', 'decoder'] as const),
	...(['samples', 'expect', 'extra', 'transform'] as const),
]

/** Writes a merged profile as JSON with comments: behind each part the file and line that state it. */
export function mergedText(profile: CompiledProfile): string {
	const source = sources(profile)
	const samples = sampleNames(profile)
	const whole: Profile = samples.length > 0 ? { ...profile.document, samples } : profile.document
	const document = Object.fromEntries(ORDER.flatMap((key) => (whole[key] === undefined ? [] : [[key, whole[key]]])))

	function lines(value: unknown, path: Path, before: string, after: string): string[] {
		const entries = isObject(value) ? Object.entries(value) : undefined
		const [origin, ...others] = new Set(leaves(value, path).map(source))
		const text = before + compact(value) + after
		if (!entries || (path.length > 0 && others.length === 0 && text.length <= WIDTH))
			return [origin === undefined ? text : `${text.padEnd(COMMENT)} // ${origin}`]
		const indent = '  '.repeat(path.length + 1)
		const inner = entries.flatMap(([key, part], at) =>
			lines(part, [...path, key], `${indent}${JSON.stringify(key)}: `, at < entries.length - 1 ? ',' : ''),
		)
		return [`${before}{`, ...inner, `${indent.slice(2)}}${after}`]
	}
	return lines(document, [], '', '').join('\n')
}

/** Gives the paths of all that is not an object. */
function leaves(value: unknown, path: Path): Path[] {
	return isObject(value) ? Object.entries(value).flatMap(([key, part]) => leaves(part, [...path, key])) : [path]
}

function compact(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(compact).join(', ')}]`
	if (!isObject(value)) return JSON.stringify(value)
	const entries = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${compact(part)}`)
	return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

/** Makes the function that names the source of a path: a file and line, a short form there, or a default of the schemas. */
function sources({ origin }: CompiledProfile): (path: Path) => string {
	const [reading, defaults] = [schemaAt('reading'), schemaAt('profile')]
	return (path) => {
		const [section = '', key = '', ...rest] = path
		const found = origin(path)
		if (!found && section === 'expect') return `${defaults(['properties', 'expect', 'default', key, ...rest])}, for all`
		if (!found) return 'the folder of this name, by default'
		const stated = `${found.file}:${found.line}`
		if (found.form === '*') return `${reading(['properties', key, 'obis'])}, by ${stated}`
		return stated
	}
}

/** Makes the function that gives file and line of a path in a schema. */
function schemaAt(schema: 'reading' | 'profile'): (path: Path) => string {
	const file = fileURLToPath(new URL(`schema/${schema}.schema.json`, packageRoot))
	const shown = relative('', file).startsWith('..') ? file : relative('', file)
	const { document }: { document: Document } = parseDocument(file, readRegular(file, MAX_FILE), 'profile')
	return (path) => `${shown}:${place(document.text, offsetOf(document, path, 'key')).line}`
}
