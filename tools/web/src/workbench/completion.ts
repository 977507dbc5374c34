import { say } from '../words/words.ts'
import { type Choice, type Choices, distinct, literal, slot } from './choices.ts'
import { expressionAt } from './expression.ts'
import { expressionChoices } from './expression-choices.ts'
import { codesOf, inheritedAt, type Known, originOf, rowsOf, shownRow, shownValue } from './facts.ts'
import { written } from './insertion.ts'
import { type JsonTree, type Path, type Place, placeAt, readTree } from './json-path.ts'
import { levelsOf } from './levels.ts'
import { alternatives, descriptionOf, keysOf, type Schema, schemasAt, typesOf, valuesOf } from './schema.ts'

/** Units as the rules of registers name them. */
const UNITS = ['A', 'V', 'Hz', 'W', 'Wh', 'var', 'varh', 'VA', 'VAh', 'm³', '°C']

/** Gives what can be written at a position of a profile: keys, values, codes, and parts of expressions. Nothing where nothing fits. */
export function choicesAt(tree: JsonTree, at: number, known: Known): Choices | undefined {
	const place = placeAt(tree, at)
	if (place.role === 'none') return undefined
	const expression = expressionAt(place)
	if (expression) return expressionChoices(tree, expression, at, known)
	const { token } = place
	// Behind a closed text nothing is to be chosen.
	if (token?.kind === 'string' && !token.isOpen && (at === token.to || at === token.from)) return undefined
	const [from, to] = token ? [token.from, token.to] : [at, at]
	const choices = place.role === 'key' ? keys(tree, place, known) : values(tree, place, known)
	const fitting = distinct(choices).map((choice) => ({ ...choice, template: choice.template + comma(tree, place, at) }))
	return fitting.length === 0 ? undefined : { from, to, typed: token?.kind === 'string' ? from + 1 : from, isWord: false, choices: fitting }
}

/** A comma where another member follows and none stands between. */
function comma({ text }: JsonTree, { container, member, role }: Place, at: number): string {
	if (member?.comma !== undefined || (role === 'key' && member?.colon !== undefined)) return ''
	const end = member?.value?.to ?? member?.key?.to ?? at
	const next = container?.members.find((one) => one !== member && (one.key ?? one.value ?? { from: -1 }).from >= end)
	return next && !/^\s*,/.test(text.slice(end)) ? ',' : ''
}

function keys(tree: JsonTree, place: Place, known: Known): Choice[] {
	const { words } = known
	const path = place.path.slice(0, -1)
	const root = words.schema
	const found = schemasAt(root, path)
	const has = new Set(place.container?.members.flatMap((member) => (member === place.member ? [] : [String(member.name)])))
	const named = keysOf(found, root).map(({ key, schemas }) => keyChoice(key, schemas, path, known))
	const inner = found.flatMap(({ additionalProperties }) =>
		isSchema(additionalProperties) ? alternatives(additionalProperties, root) : [],
	)
	const parents = [...new Set(inheritedAt(known, path).map((one) => one.path[path.length]))].flatMap((key) =>
		typeof key === 'string' && !(path.length === 1 && path[0] === 'transform')
			? [keyChoice(key, schemasAt(root, [...path, key]), path, known)]
			: [],
	)
	const choices = [...named, ...freeKeys(tree, path, known).map((choice) => describedKey(choice, inner)), ...parents]
	const all = choices.filter(({ label }) => !has.has(label))
	return place.member?.colon === undefined
		? all
		: all.map((choice) => ({ ...choice, template: literal(JSON.stringify(choice.label)), again: false }))
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)

const describedKey = (choice: Choice, inner: readonly Schema[]): Choice => ({ ...choice, info: choice.info ?? descriptionOf(inner) })

function keyChoice(key: string, schemas: readonly Schema[], path: Path, known: Known): Choice {
	const [parent] = inheritedAt(known, [...path, key]).filter((one) => one.path.length === path.length + 1)
	const values = valuesOf(schemas)
	const skeleton = parent ? selected(parent.value) : skeletonOf(schemas)
	const origin = parent && (originOf(parent) ?? say('editor.default'))
	return {
		label: key,
		kind: 'key',
		template: `${literal(JSON.stringify(key))}: ${skeleton}`,
		detail: parent ? `${shownValue(parent.value)} · ${origin}` : undefined,
		info: descriptionOf(schemas),
		again:
			!parent &&
			(skeleton.startsWith('\\{') || (skeleton === `"${slot()}"` && (values.length > 0 || key === 'extends' || key === 'timezone'))),
		rank: key === '$schema' ? -1 : 0,
	}
}

/** A value that is selected once it is written. */
function selected(value: unknown): string {
	const text = written(value)
	if (typeof value === 'string') return `"${slot(text.slice(1, -1))}"`
	return typeof value === 'object' && value !== null ? literal(text) : slot(text)
}

/** The beginning of a value, by its schema. */
function skeletonOf(schemas: readonly Schema[]): string {
	const types = typesOf(schemas)
	const [first] = valuesOf(schemas)
	if (types.includes('object')) return `\\{ ${slot()} \\}`
	if (types.includes('string')) return `"${slot()}"`
	if (types.includes('array')) return `[${slot()}]`
	if (types.includes('boolean')) return slot(String(first?.kind === 'default' ? !first.value : true))
	return first ? selected(first.value) : slot()
}

/** Keys that no schema names: fields, codes, units, lengths. */
function freeKeys(tree: JsonTree, path: Path, known: Known): Choice[] {
	const { words } = known
	switch (path.join('.')) {
		case 'transform':
			return fieldKeys(known)
		case 'expect': {
			const families = Object.keys((schemasAt(words.schema, ['expect']).find((one) => isSchema(one.default))?.default ?? {}) as object)
			return [
				...families.map((name) => keyed(name, 'field')),
				...words.fields.map(({ name, label, unit }) => keyed(name, 'field', unit, label)),
			]
		}
		case 'extra':
			return extras(tree).map((name) => keyed(name, 'field', '', `extra.${name}`))
		case 'decoder.registers':
			return registerKeys(known)
		case 'decoder.channel':
			return codesOf(known, 'short').map(({ code, label, row }) => ({
				...keyed(code, 'code', shownRow(row), label),
				template: `${JSON.stringify(code)}: ${slot('1')}`,
				again: false,
			}))
		case 'decoder.sequence':
			return (known.answer?.shown?.sequences ?? []).map(({ key, places }) => ({
				...keyed(key, 'key', say('editor.places', { count: places.length })),
				template: `${JSON.stringify(key)}: [${slot()}]`,
			}))
		default:
			return []
	}
}

const keyed = (label: string, kind: Choice['kind'], detail?: string, info?: string, rank = 0): Choice => ({
	label,
	kind,
	template: `${literal(JSON.stringify(label))}: \\{ ${slot()} \\}`,
	detail: detail || undefined,
	info,
	again: true,
	rank,
})

function registerKeys(known: Known): Choice[] {
	const rule = (label: string, detail?: string, info?: string, rank = 0): Choice => ({
		...keyed(label, 'code', detail, info, rank),
		template: `${JSON.stringify(label)}: \\{ "scaler": ${slot('0')} \\}`,
		again: false,
	})
	const codes = codesOf(known, 'short').map(({ code, label, row }) =>
		rule(code, shownRow(row), label, row?.scalerFrom === 'none' ? 2 : row ? 1 : -2),
	)
	return [rule('*', say('editor.others'), undefined, 1), ...UNITS.map((unit) => rule(unit)), rule('power_factor'), ...codes]
}

function fieldKeys(known: Known): Choice[] {
	const { words, answer } = known
	const rows = new Map(codesOf(known, 'short').flatMap(({ code, row }) => (row ? [[code, row] as const] : [])))
	const isMessage = answer?.shown?.application === 'json' || answer?.shown?.application === 'value'
	const fields = words.fields.map(({ name, label, unit, obis }): Choice => {
		const row = obis === undefined ? undefined : rows.get(obis)
		const expression = obis !== undefined && !isMessage ? `"${slot(`obis.\`${obis}\``)}"` : `"${slot()}"`
		const detail = [obis, row ? shownRow(row) : unit].filter(Boolean).join(' · ')
		return {
			label: name,
			kind: 'field',
			template: `"${name}": ${expression}`,
			detail,
			info: label,
			rank: row ? (row.fields.length === 0 ? 2 : 1) : 0,
			again: isMessage,
		}
	})
	const free = (label: string, template: string, info: string): Choice => ({ label, kind: 'field', template, info, again: true })
	return [
		...fields,
		free('id', `"id": "${slot()}"`, nameWords(known, 'id')),
		free('time', `"time": "${slot()}"`, nameWords(known, 'time')),
		free('submeters', `"submeters": "${slot('submeters')}"`, nameWords(known, 'submeters')),
		free('extra.', `"extra.${slot('name')}": "${slot()}"`, say('editor.extra')),
		{ ...free('*', `"*": "${slot('obis')}"`, say('editor.star')), again: false },
	]
}

const nameWords = ({ words }: Known, name: string) => words.names.find((one) => one.name === name)?.description ?? ''

/** Names of the fields `extra.<name>` that the transform has. */
const extras = (tree: JsonTree): string[] =>
	tree.root?.members
		.find(({ name }) => name === 'transform')
		?.value?.members.flatMap(({ name }) => (String(name).startsWith('extra.') ? [String(name).slice('extra.'.length)] : [])) ?? []

function values(tree: JsonTree, place: Place, known: Known): Choice[] {
	const { path, token } = place
	const schemas = schemasAt(known.words.schema, path)
	const listed = valuesOf(schemas).map(({ value, kind }): Choice => {
		const label = typeof value === 'string' ? value : written(value)
		const detail = kind === 'enum' ? undefined : say(kind === 'default' ? 'editor.default' : 'editor.example')
		return { label, kind: 'value', template: literal(written(value)), detail, rank: kind === 'example' ? -1 : 0 }
	})
	// What is a whole section would hide the choice of its keys.
	const plain = listed.filter(({ template }) => !template.startsWith('\\{'))
	const types = typesOf(schemas)
	const brackets = token ? [] : ['object', 'array'].filter((type) => types.includes(type)).map(bracketChoice)
	const parent = inheritedAt(known, path)[0]
	const gone: Choice[] = parent && typeof path.at(-1) === 'string' ? [nullChoice(originOf(parent) ?? say('editor.default'))] : []
	const special = specialValues(tree, path, known)
	const isOwn = special.length > 0
	return [...special, ...(isOwn ? plain.filter(({ detail }) => detail === undefined) : plain), ...brackets, ...gone]
}

const bracketChoice = (type: string): Choice =>
	type === 'object'
		? { label: '{ }', kind: 'value', template: `\\{ ${slot()} \\}`, again: true }
		: { label: '[ ]', kind: 'value', template: `[${slot()}]`, again: true }

const nullChoice = (origin: string): Choice => ({
	label: 'null',
	kind: 'null',
	template: 'null',
	detail: say('editor.remove'),
	info: origin,
	rank: -1,
})

/** Values that no schema lists: profiles, codes, units, zones. */
function specialValues(tree: JsonTree, path: Path, known: Known): Choice[] {
	const { words } = known
	const text = (label: string, kind: Choice['kind'], detail?: string, rank = 0): Choice => ({
		label,
		kind,
		template: literal(JSON.stringify(label)),
		detail,
		rank,
	})
	const [first, second, , fourth] = path
	const last = path.at(-1)
	if (first === 'extends' && path.length === 1)
		return words.profiles.map(({ name, title }) => text(name, 'value', title, name.startsWith('common/') ? 1 : 0))
	if (first === 'meter' && second === 'timezone') return Intl.supportedValuesOf('timeZone').map((zone) => text(zone, 'value'))
	if (first === 'decoder' && second === 'sequence' && path.length === 4) return placeChoices(String(path[2]), Number(fourth), known)
	if (first === 'extra' && last === 'obis') return codesOf(known, 'short').map(({ code, label }) => text(code, 'code', label))
	if (last === 'unit' && (first === 'extra' || second === 'registers')) return UNITS.map((unit) => text(unit, 'value'))
	if (last === 'status' && second === 'registers') return codesOf(known, 'full').map(({ code, label }) => text(code, 'code', label))
	if (last === 'identity') return levelsOf(tree, known).map((level) => text(level, 'value'))
	return []
}

/** The entries of a place in a list without codes: each code with the kind that was sent. */
function placeChoices(key: string, place: number, known: Known): Choice[] {
	const sent = known.answer?.shown?.sequences?.find((one) => one.key === key)?.places[place]
	const kind = sent?.kind === undefined ? '' : ` ${sent.kind}`
	const row = sent?.row === undefined ? undefined : rowsOf(known)[sent.row]
	const codes = codesOf(known, 'full').map(
		({ code, label, unit }): Choice => ({
			label: code,
			kind: 'code',
			template: literal(JSON.stringify(code + kind)),
			detail: [label, unit].filter(Boolean).join(' · '),
			info: shownRow(row),
		}),
	)
	const unused: Choice = {
		label: `-${kind || ' u32'}`,
		kind: 'value',
		template: literal(JSON.stringify(`-${kind || ' u32'}`)),
		detail: say('editor.unused'),
	}
	return [...codes, unused, { label: 'null', kind: 'null', template: 'null', detail: say('editor.any') }]
}

/** Gives the same for a text, which is read for it. */
export const choicesIn = (text: string, at: number, known: Known): Choices | undefined => choicesAt(readTree(text), at, known)
