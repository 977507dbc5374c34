import type { ErrorObject, ValidateFunction } from 'ajv'
import { getNodeValue, type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { validators } from '../../schema/types/validators.ts'
import { MAX_FILE } from '../files/regular.ts'
import { isName, named } from '../text/names.ts'
import { type Document, type Fault, type Finding, finding, findingAt, type Path } from './finding.ts'
import { isObject, merge } from './merge.ts'
import { meant } from './nearest.ts'

export type SchemaName = keyof typeof validators

/** No profile nests deeper than 6 levels. */
const MAX_DEPTH = 64
/** Nobody reads more mistakes at once. */
const MAX_FINDINGS = 50

/** Gives the validator of a schema. */
export const validator = (name: SchemaName): ValidateFunction => validators[name]

/**
 * Reads JSON with comments and checks it against a schema. Gives the value and the document for later findings; the value is undefined when the
 * text is not JSON. Findings of the schema name the place and the nearest word that would be right.
 */
export function parseDocument(file: string, text: string, schema: SchemaName): { document: Document; value: unknown; findings: Finding[] } {
	const document: Document = { file, text, tree: undefined }
	const refused = (...findings: Finding[]) => ({ document, value: undefined, findings })
	if (text.length > MAX_FILE) return refused(finding(document, 0, 'json/size', `longer than ${MAX_FILE} bytes`))
	if (deepest(text) > MAX_DEPTH) return refused(finding(document, 0, 'json/depth', `nested deeper than ${MAX_DEPTH} levels`))
	const errors: ParseError[] = []
	// A byte order mark stays in the text, as a blank: positions are of the file.
	const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true })
	document.tree = tree
	const [error] = errors
	if (error || !tree) {
		const message = error ? `not JSON: ${inWords(error)}` : 'the file is empty'
		return refused(finding(document, error?.offset ?? 0, 'json/syntax', message, jsonHint(text, error?.offset ?? 0)))
	}
	const twice = duplicateKeys(tree).map(({ offset, value }) =>
		finding(document, offset, 'json/duplicate', `the key ${named(String(value))} stands twice here`, 'remove one, or name it right'),
	)
	if (twice.length > 0) return refused(...twice.slice(0, MAX_FINDINGS))
	const value: unknown = getNodeValue(tree)
	const validate = validator(schema)
	// In a profile, null removes what a parent states, and the schema does not know it.
	if (validate(schema === 'profile' && isObject(value) ? merge({}, value) : value)) return { document, value, findings: [] }
	const faults = (validate.errors ?? []).slice(0, MAX_FINDINGS).flatMap(explained)
	return { document, value, findings: unique(faults.map((fault) => findingAt(document, ...fault))) }
}

/** `CommaExpected` as `comma expected`. */
const inWords = ({ error }: ParseError) =>
	printParseErrorCode(error)
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()

/** Gives an upper bound of the depth: brackets in texts count, too. */
function deepest(text: string): number {
	let depth = 0
	let most = 0
	for (const char of text) {
		if (char === '{' || char === '[') most = Math.max(most, ++depth)
		else if (char === '}' || char === ']') depth--
	}
	return most
}

/** Finds the keys that an object has twice: JSON would silently take the last. */
function duplicateKeys({ type, children = [] }: JsonNode): JsonNode[] {
	const keys = type === 'object' ? children.flatMap((property) => property.children?.[0] ?? []) : []
	const seen = new Set<string>()
	const twice = keys.filter(({ value }) => seen.has(value) || !seen.add(value))
	return [...twice, ...children.flatMap(duplicateKeys)]
}

function jsonHint(text: string, offset: number): string | undefined {
	if (/[“”„]/.test(text.slice(Math.max(0, offset - 20), offset + 20))) return 'curly quotes: JSON needs straight ones'
	if (offset >= text.trimEnd().length) return 'the file ends too early: a bracket or brace is not closed'
	return undefined
}

const REFERENCE = 'write { "$env": "NAME" } for an environment variable, or { "$file": "path" } for a file that you alone can read'

/** Shows a value of a document; a text only if it looks like a name: it may hold a key or a password. */
const shown = (data: unknown) =>
	typeof data === 'string' ? (isName(data) && !data.includes('@') ? JSON.stringify(data) : 'this text') : JSON.stringify(data)?.slice(0, 80)

/** Says what a schema's error means to a person. Gives nothing for an error that those of what it contains say better. */
export function explained({
	keyword,
	instancePath,
	schemaPath,
	params,
	data,
	message = 'is wrong',
	parentSchema = {},
}: ErrorObject): Fault[] {
	const pointer = instancePath.split('/').slice(1)
	const path: Path = pointer.map((key) => (/^\d+$/.test(key) ? Number(key) : key.replace(/~1/g, '/').replace(/~0/g, '~')))
	const here = path.length === 0 ? 'the file' : path.map((key) => (typeof key === 'number' || isName(key) ? key : '…')).join('.')
	const code = `schema/${keyword}`
	const say = (text: string, hint: string | undefined = parentSchema.description): Fault[] => [[path, code, text, hint]]
	if (keyword === 'type' && /\/Secret\/oneOf\/\d\/type$/.test(schemaPath))
		return say(`${here} is a secret, and a secret does not stand in the config`, REFERENCE)
	switch (keyword) {
		case 'additionalProperties': {
			const key: string = params.additionalProperty
			const known = Object.keys(parentSchema.properties ?? {})
			const hint = meant(key, known, `known: ${known.filter((name) => name !== '$schema').join(', ')}`)
			return [[[...path, key], code, `unknown key ${named(key)}`, hint, 'key']]
		}
		case 'required':
			return say(`"${params.missingProperty}" is missing in ${here}`, 'add it')
		case 'enum':
		case 'const':
			return say(`${shown(data)} is no value for ${here}`, allowed(params.allowedValues ?? [params.allowedValue], data))
		case 'type':
			return say(`${here} must be ${[params.type].flat().join(' or ')}`, `it is ${typeName(data)}`)
		case 'pattern':
			return say(`${shown(data)} does not fit ${here}`, parentSchema.description ?? `pattern ${params.pattern}`)
		case 'oneOf':
			return say(`${here} is not in one of the forms that it may have`)
		case 'propertyNames':
		case 'if':
			return []
		default:
			return say(`${here} ${message}`)
	}
}

function allowed(values: unknown[], data: unknown): string {
	const words = values.filter((value) => typeof value === 'string')
	const all = `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`
	const near = meant(typeof data === 'string' ? data : '', words, '')
	return near === '' ? all : `${near} It is ${all}`
}

function typeName(value: unknown): string {
	if (value === null) return 'null'
	return Array.isArray(value) ? 'a list' : `${/^[aeiou]/.test(typeof value) ? 'an' : 'a'} ${typeof value}`
}

/** Keeps the first finding of each place, in the order of the file: a oneOf gives several. */
function unique(findings: Finding[]): Finding[] {
	const first = (one: Finding) => findings.find(({ line, column }) => line === one.line && column === one.column) === one
	return findings.filter(first).sort((one, other) => one.line - other.line || one.column - other.column)
}
