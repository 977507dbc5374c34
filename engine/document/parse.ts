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
/** More mistakes than anybody reads at once. */
const MAX_FINDINGS = 50

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true })
addFormats.default(ajv)
ajv.addVocabulary(['unit', 'obis'])
const validators = new Map<SchemaName, ValidateFunction>()

/** The validator of a schema. */
export function validator(name: SchemaName): ValidateFunction {
	let validate = validators.get(name)
	if (!validate) {
		validate = ajv.compile(name === 'meters' ? metersSchema() : schemaOf(name))
		validators.set(name, validate)
	}
	return validate
}

const schemaOf = (name: SchemaName) => JSON.parse(readFileSync(new URL(`schema/${name}.schema.json`, packageRoot), 'utf8'))

/** A file of meters: what a config says of them, and nothing else. */
function metersSchema(): object {
	const { properties, ...config } = schemaOf('config')
	const { $schema, meters } = properties
	return { ...config, $id: config.$id.replace('config', 'meters'), required: ['meters'], properties: { $schema, meters } }
}

/**
 * Reads JSON with comments and checks it against a schema. Gives the value and the document for later findings;
 * the value is undefined when the text is no JSON. Findings of the schema name the place and the nearest word that would be right.
 */
export function parseDocument(file: string, text: string, schema: SchemaName): { document: Document; value: unknown; findings: Finding[] } {
	const errors: ParseError[] = []
	const document: Document = { file, text, tree: undefined }
	if (text.length > MAX_FILE)
		return { document, value: undefined, findings: [finding(document, 0, 'json/size', `longer than ${MAX_FILE} bytes`)] }
	if (deepest(text) > MAX_DEPTH)
		return { document, value: undefined, findings: [finding(document, 0, 'json/depth', `nested deeper than ${MAX_DEPTH} levels`)] }
	// A byte order mark stays in the text, as a blank: positions are of the file.
	const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true })
	document.tree = tree
	const [error] = errors
	if (error || !tree) {
		const offset = error?.offset ?? 0
		const message = error
			? `not JSON: ${printParseErrorCode(error.error)
					.replace(/([a-z])([A-Z])/g, '$1 $2')
					.toLowerCase()}`
			: 'the file is empty'
		return { document, value: undefined, findings: [finding(document, offset, 'json/syntax', message, jsonHint(text, offset))] }
	}
	const twice = duplicateKeys(tree)
	if (twice.length > 0) {
		const findings = twice
			.slice(0, MAX_FINDINGS)
			.map(({ offset, key }) =>
				finding(document, offset, 'json/duplicate', `the key "${key}" stands twice here`, 'remove one, or name it right'),
			)
		return { document, value: undefined, findings }
	}
	const value: unknown = getNodeValue(tree)
	const validate = validator(schema)
	const findings = validate(schema === 'profile' ? withoutNulls(value) : value)
		? []
		: unique((validate.errors ?? []).slice(0, MAX_FINDINGS).flatMap((problem) => schemaFinding(document, problem)))
	return { document, value, findings }
}

/** An upper bound of the depth: brackets in texts count too. */
function deepest(text: string): number {
	let depth = 0
	let most = 0
	for (const char of text) {
		if (char === '{' || char === '[') most = Math.max(most, ++depth)
		else if (char === '}' || char === ']') depth--
	}
	return most
}

/** Keys that an object has twice: JSON would silently take the last. */
function duplicateKeys(node: JsonNode): { offset: number; key: string }[] {
	const children = node.children ?? []
	const seen = new Set<string>()
	const own = (node.type === 'object' ? children : []).flatMap((property) => {
		const [name] = property.children ?? []
		const key = String(name?.value)
		const again = seen.has(key)
		seen.add(key)
		return again && name ? [{ offset: name.offset, key }] : []
	})
	return [...own, ...children.flatMap(duplicateKeys)]
}

/** null removes what a parent states: the schema need not know. Lists keep theirs. */
function withoutNulls(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
	return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])))
}

function jsonHint(text: string, offset: number): string | undefined {
	if (/[“”„]/.test(text.slice(Math.max(0, offset - 20), offset + 20))) return 'curly quotes: JSON needs straight ones'
	if (offset >= text.trimEnd().length) return 'the file ends too early: a bracket or brace is not closed'
	return undefined
}

function schemaFinding(document: Document, error: ErrorObject): Finding[] {
	const path: Path = error.instancePath
		.split('/')
		.slice(1)
		.map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
	const at = path.map((part) => (/^\d+$/.test(part as string) ? Number(part) : part))
	const here = at.length === 0 ? 'the file' : at.join('.')
	const params = error.params as Record<string, unknown>
	const found = (part: 'key' | 'value', message: string, hint?: string, where: Path = at) => [
		finding(document, offsetOf(document, where, part), `schema/${error.keyword}`, message, hint),
	]
	switch (error.keyword) {
		case 'additionalProperties': {
			const key = String(params.additionalProperty)
			const known = Object.keys((error.parentSchema as { properties?: object })?.properties ?? {})
			const near = nearest(key, known)
			const hint = near ? `did you mean "${near}"?` : `known: ${known.filter((name) => name !== '$schema').join(', ')}`
			return found('key', `unknown key "${key}"`, hint, [...at, key])
		}
		case 'required':
			return found('value', `"${String(params.missingProperty)}" is missing in ${here}`, 'add it')
		case 'enum':
		case 'const': {
			const allowed = (params.allowedValues ?? [params.allowedValue]) as unknown[]
			const near =
				typeof error.data === 'string'
					? nearest(
							error.data,
							allowed.filter((value) => typeof value === 'string'),
						)
					: undefined
			const list = allowed.map((value) => JSON.stringify(value)).join(', ')
			return found('value', `${JSON.stringify(error.data)} is no value for ${here}`, near ? `did you mean "${near}"?` : `one of ${list}`)
		}
		case 'type':
			return found('value', `${here} must be ${([] as unknown[]).concat(params.type).join(' or ')}`, `it is ${typeName(error.data)}`)
		case 'pattern':
			return found('value', `${JSON.stringify(error.data)} does not fit ${here}`, describedBy(error) ?? `pattern ${String(params.pattern)}`)
		// What a oneOf or propertyNames contains says it better.
		case 'oneOf':
			return found('value', `${here} is not in one of the forms that it may have`, describedBy(error))
		case 'propertyNames':
		case 'if':
			return []
		default:
			return found('value', `${here} ${error.message ?? 'is wrong'}`, describedBy(error))
	}
}

const describedBy = (error: ErrorObject) => (error.parentSchema as { description?: string } | undefined)?.description

function typeName(value: unknown): string {
	if (value === null) return 'null'
	return Array.isArray(value) ? 'a list' : `${/^[aeiou]/.test(typeof value) ? 'an' : 'a'} ${typeof value}`
}

/** One finding a place: of those of a oneOf only the first. */
function unique(findings: Finding[]): Finding[] {
	const seen = new Set<string>()
	return findings
		.filter(({ line, column }) => !seen.has(`${line}:${column}`) && seen.add(`${line}:${column}`))
		.sort((one, other) => one.line - other.line || one.column - other.column)
}
