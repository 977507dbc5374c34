import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { getNodeValue, type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { packageRoot } from '../files/package.ts'
import { MAX_FILE } from '../files/read-small.ts'
import { type Document, type Finding, finding, offsetOf, type Path } from './finding.ts'
import { nearest } from './nearest.ts'

export type SchemaName = 'profile' | 'config' | 'meters' | 'reading' | 'capture' | 'diagnostics' | 'output'

/** No profile nests deeper than 6 levels. */
const MAX_DEPTH = 64
/** Nobody reads more mistakes at once. */
const MAX_FINDINGS = 50

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true })
addFormats.default(ajv)
ajv.addVocabulary(['unit', 'obis'])
const validators = new Map<SchemaName, ValidateFunction>()

/** Gives the validator of a schema, compiled once. */
export function validator(name: SchemaName): ValidateFunction {
	let validate = validators.get(name)
	if (!validate) {
		validate = ajv.compile(name === 'meters' ? metersSchema() : schemaOf(name))
		validators.set(name, validate)
	}
	return validate
}

const schemaOf = (name: SchemaName) => JSON.parse(readFileSync(new URL(`schema/${name}.schema.json`, packageRoot), 'utf8'))

/** Makes the schema of a file of meters: the config's, with `meters` alone. */
function metersSchema(): object {
	const { properties, ...config } = schemaOf('config')
	const { $schema, meters } = properties
	return { ...config, $id: config.$id.replace('config', 'meters'), required: ['meters'], properties: { $schema, meters } }
}

/** A document that was read. */
type Parsed = { document: Document; value: unknown; findings: Finding[] }

/**
 * Reads JSON with comments and checks it against a schema. Gives the value and the document for later findings; the value is undefined when the
 * text is not JSON. Findings of the schema name the place and the nearest word that would be right.
 */
export function parseDocument(file: string, text: string, schema: SchemaName): Parsed {
	const document: Document = { file, text, tree: undefined }
	const refused = (...findings: Finding[]): Parsed => ({ document, value: undefined, findings })
	if (text.length > MAX_FILE) return refused(finding(document, 0, 'json/size', `longer than ${MAX_FILE} bytes`))
	if (deepest(text) > MAX_DEPTH) return refused(finding(document, 0, 'json/depth', `nested deeper than ${MAX_DEPTH} levels`))
	const errors: ParseError[] = []
	// A byte order mark stays in the text, as a blank: positions are of the file.
	const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true })
	document.tree = tree
	const [error] = errors
	if (error || !tree) {
		const offset = error?.offset ?? 0
		return refused(
			finding(document, offset, 'json/syntax', error ? `not JSON: ${inWords(error)}` : 'the file is empty', jsonHint(text, offset)),
		)
	}
	const twice = duplicateKeys(tree).map(({ offset, key }) =>
		finding(document, offset, 'json/duplicate', `the key "${key}" stands twice here`, 'remove one, or name it right'),
	)
	if (twice.length > 0) return refused(...twice.slice(0, MAX_FINDINGS))
	const value: unknown = getNodeValue(tree)
	const validate = validator(schema)
	const findings = validate(schema === 'profile' ? withoutNulls(value) : value)
		? []
		: unique((validate.errors ?? []).slice(0, MAX_FINDINGS).flatMap((problem) => schemaFinding(document, problem)))
	return { document, value, findings }
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
function duplicateKeys(node: JsonNode): { offset: number; key: string }[] {
	const children = node.children ?? []
	const seen = new Set<string>()
	const here = (node.type === 'object' ? children : []).flatMap((property) => {
		const [name] = property.children ?? []
		const key = String(name?.value)
		const again = seen.has(key)
		seen.add(key)
		return again && name ? [{ offset: name.offset, key }] : []
	})
	return [...here, ...children.flatMap(duplicateKeys)]
}

/** Leaves out nulls, which remove what a parent states and of which the schema knows nothing. Those in arrays stay. */
function withoutNulls(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
	return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])))
}

function jsonHint(text: string, offset: number): string | undefined {
	if (/[“”„]/.test(text.slice(Math.max(0, offset - 20), offset + 20))) return 'curly quotes: JSON needs straight ones'
	if (offset >= text.trimEnd().length) return 'the file ends too early: a bracket or brace is not closed'
	return undefined
}

/** Says what a schema's error means to a person; nothing for errors that another one says better. */
function schemaFinding(document: Document, error: ErrorObject): Finding[] {
	const at = pathOf(error)
	const here = at.length === 0 ? 'the file' : at.join('.')
	const params = error.params as Record<string, unknown>
	const found = (part: 'key' | 'value', message: string, hint?: string, where: Path = at) => [
		finding(document, offsetOf(document, where, part), `schema/${error.keyword}`, message, hint),
	]
	switch (error.keyword) {
		case 'additionalProperties': {
			const key = String(params.additionalProperty)
			return found('key', `unknown key "${key}"`, knownKeys(key, error), [...at, key])
		}
		case 'required':
			return found('value', `"${String(params.missingProperty)}" is missing in ${here}`, 'add it')
		case 'enum':
		case 'const':
			return found('value', `${JSON.stringify(error.data)} is no value for ${here}`, allowedValues(error))
		case 'type':
			return found('value', `${here} must be ${([] as unknown[]).concat(params.type).join(' or ')}`, `it is ${typeName(error.data)}`)
		case 'pattern':
			return found('value', `${JSON.stringify(error.data)} does not fit ${here}`, describedBy(error) ?? `pattern ${String(params.pattern)}`)
		case 'oneOf':
			return found('value', `${here} is not in one of the forms that it may have`, describedBy(error))
		// The errors of what these contain say it better.
		case 'propertyNames':
		case 'if':
			return []
		default:
			return found('value', `${here} ${error.message ?? 'is wrong'}`, describedBy(error))
	}
}

/** Gives the path of an error (a JSON pointer); array places as numbers. */
function pathOf({ instancePath }: ErrorObject): Path {
	const keys = instancePath.split('/').slice(1)
	return keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key.replace(/~1/g, '/').replace(/~0/g, '~')))
}

function knownKeys(key: string, error: ErrorObject): string {
	const known = Object.keys((error.parentSchema as { properties?: object })?.properties ?? {})
	const near = nearest(key, known)
	return near ? `did you mean "${near}"?` : `known: ${known.filter((name) => name !== '$schema').join(', ')}`
}

function allowedValues({ params, data }: ErrorObject): string {
	const { allowedValues: list, allowedValue } = params as { allowedValues?: unknown[]; allowedValue?: unknown }
	const allowed = list ?? [allowedValue]
	const words = allowed.filter((value) => typeof value === 'string')
	const near = typeof data === 'string' ? nearest(data, words) : undefined
	return near ? `did you mean "${near}"?` : `one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`
}

const describedBy = (error: ErrorObject) => (error.parentSchema as { description?: string } | undefined)?.description

function typeName(value: unknown): string {
	if (value === null) return 'null'
	return Array.isArray(value) ? 'a list' : `${/^[aeiou]/.test(typeof value) ? 'an' : 'a'} ${typeof value}`
}

/** Keeps one finding for each place, in the order of the file: a oneOf gives several. */
function unique(findings: Finding[]): Finding[] {
	const seen = new Set<string>()
	return findings
		.filter(({ line, column }) => !seen.has(`${line}:${column}`) && seen.add(`${line}:${column}`))
		.sort((one, other) => one.line - other.line || one.column - other.column)
}
