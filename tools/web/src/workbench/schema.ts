import type { Path } from './json-path.ts'

/** A schema of draft-07, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)
const schemas = (value: unknown): Schema[] => (Array.isArray(value) ? value : [value]).filter(isSchema)
/** References that are followed one behind the other: one that leads back to itself ends there. */
const DEPTH = 12

/** Gives the alternatives of a schema: what $ref, oneOf, anyOf, allOf, if, then and else lead to, and the schema itself. */
export function alternatives(schema: Schema, root: Schema, depth = 0): Schema[] {
	if (depth > DEPTH) return []
	const { $ref } = schema
	const referred = typeof $ref === 'string' ? schemas(at(root, $ref)) : []
	const others = ['oneOf', 'anyOf', 'allOf', 'then', 'else'].flatMap((key) => schemas(schema[key]))
	// Beside $ref, draft-07 passes over all else; a description is useful nevertheless.
	return [schema, ...[...referred, ...others].flatMap((one) => alternatives(one, root, depth + 1))]
}

/** The part of a schema that a reference names: `#/definitions/Transport`. */
function at(root: Schema, reference: string): unknown {
	if (!reference.startsWith('#')) return undefined
	const names = reference
		.slice(1)
		.split('/')
		.slice(1)
		.map((name) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'))
	return names.reduce<unknown>((part, name) => (isSchema(part) ? part[name] : undefined), root)
}

/** Gives the schemas of what stands at a path. */
export function schemasAt(root: Schema, path: Path): Schema[] {
	return path.reduce<Schema[]>(
		(found, name) => found.flatMap((one) => inside(one, name)).flatMap((one) => alternatives(one, root)),
		alternatives(root, root),
	)
}

/** The schemas of a key or place of what a schema describes. */
function inside(schema: Schema, name: string | number): Schema[] {
	if (typeof name === 'number') {
		const { items, additionalItems } = schema
		return Array.isArray(items) ? schemas(items[name] ?? additionalItems) : schemas(items)
	}
	const { properties, patternProperties, additionalProperties } = schema
	const own = isSchema(properties) && Object.hasOwn(properties, name) ? schemas(properties[name]) : []
	const fitting = isSchema(patternProperties)
		? Object.entries(patternProperties).flatMap(([pattern, one]) => (matches(pattern, name) ? schemas(one) : []))
		: []
	return own.length + fitting.length > 0 ? [...own, ...fitting] : schemas(additionalProperties)
}

function matches(pattern: string, name: string): boolean {
	try {
		return new RegExp(pattern, 'u').test(name)
	} catch {
		return false
	}
}

/** Gives the keys that schemas name, each with its own schemas. */
export function keysOf(found: readonly Schema[], root: Schema): { key: string; schemas: Schema[] }[] {
	const keys = new Map<string, Schema[]>()
	for (const { properties } of found)
		if (isSchema(properties))
			for (const [key, one] of Object.entries(properties))
				keys.set(key, [...(keys.get(key) ?? []), ...schemas(one).flatMap((part) => alternatives(part, root))])
	return [...keys].map(([key, parts]) => ({ key, schemas: parts }))
}

/** Gives the values that schemas list: those of enum and const, true and false, the default and the examples. */
export function valuesOf(found: readonly Schema[]): { value: unknown; kind: 'enum' | 'default' | 'example' }[] {
	const values = new Map<string, { value: unknown; kind: 'enum' | 'default' | 'example' }>()
	const add = (list: readonly unknown[], kind: 'enum' | 'default' | 'example') => {
		for (const value of list) if (!values.has(JSON.stringify(value))) values.set(JSON.stringify(value), { value, kind })
	}
	for (const schema of found) {
		if ('default' in schema) add([schema.default], 'default')
		if ('const' in schema) add([schema.const], 'enum')
		if (Array.isArray(schema.enum)) add(schema.enum, 'enum')
		if (typesOf([schema]).includes('boolean')) add([true, false], 'enum')
		if (Array.isArray(schema.examples)) add(schema.examples, 'example')
	}
	return [...values.values()]
}

/** Gives the types that schemas name or mean. */
export function typesOf(found: readonly Schema[]): string[] {
	const types = found.flatMap(({ type, enum: values, properties }) => {
		if (typeof type === 'string') return [type]
		if (Array.isArray(type)) return type.filter((one) => typeof one === 'string')
		if (Array.isArray(values)) return values.map((value) => (value === null ? 'null' : typeof value))
		return properties === undefined ? [] : ['object']
	})
	return [...new Set(types)]
}

/** Gives the first description of schemas: the key's own before that of what it refers to. */
export function descriptionOf(found: readonly Schema[]): string | undefined {
	const description = found.map((schema) => schema.description).find((one) => typeof one === 'string')
	return typeof description === 'string' ? description : undefined
}
