import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compile } from 'json-schema-to-typescript'
import { applications, links, messageApplications } from '../engine/decode/registry.ts'
import { findingText } from '../engine/document/finding.ts'
import { builtinProfiles, profileNames, readLibrary } from '../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../engine/profile/profile.ts'
import { samplesOf } from '../engine/profile/samples.ts'
import { readCapture } from '../engine/transport/capture.ts'
import { bodiesText, validatorsText } from './validators.ts'

/** `npm run types`: writes schema/types/ and the tables of profiles/REFERENCE.md again from schema/*.schema.json and the profiles; with --check it only says whether they are fresh (exit 1). */
const folder = new URL('../schema/', import.meta.url)
const check = process.argv.includes('--check')
const stale: string[] = []
/** Around the table of keys in profiles/REFERENCE.md. */
const [BEGIN, END] = ['<!-- keys: written by npm run types -->', '<!-- keys end -->']
/** Around the table of link layers there. */
const [LINKS_BEGIN, LINKS_END] = ['<!-- links: written by npm run types -->', '<!-- links end -->']
/** Around the list of profiles there. */
const [LIST_BEGIN, LIST_END] = ['<!-- profiles: written by npm run types -->', '<!-- profiles end -->']

put('profile.schema.json', withDialects(readOrEmpty(new URL('profile.schema.json', folder))))
const names = readdirSync(folder).flatMap((file) => /^(.*)\.schema\.json$/.exec(file)?.[1] ?? [])
const schemas = Object.fromEntries(names.map((name) => [name, JSON.parse(readFileSync(new URL(`${name}.schema.json`, folder), 'utf8'))]))
for (const [name, schema] of Object.entries(schemas)) {
	const types = await compile(schema, name, {
		bannerComment: `/* Generated from schema/${name}.schema.json by \`npm run types\`. Do not edit. */`,
		unreachableDefinitions: true,
		additionalProperties: false,
		cwd: fileURLToPath(folder),
		style: { singleQuote: true, semi: false, useTabs: true, printWidth: 140 },
	})
	put(`types/${name}.ts`, types)
	if (name === 'reading') put('types/fields.ts', fieldTable(schema.properties))
	if (name === 'profile') put('types/expect.ts', expectTable(schema.properties.expect.default))
}
const { api, capture, config, output, profile } = schemas
put('types/bodies.ts', bodiesText(api))
put('types/validators.ts', validatorsText({ capture, config, output, profile }))
// Last: a profile may name a field that was not there before, and the next run knows it.
put('../profiles/REFERENCE.md', withProfiles(withLinks(withKeys(readOrEmpty(new URL('../profiles/REFERENCE.md', folder)), profile))))
if (stale.length > 0) {
	console.error(`stale: ${stale.join(', ')}. Run: npm run types`)
	process.exitCode = 1
}

function put(path: string, text: string): void {
	const url = new URL(path, folder)
	if (!check) writeFileSync(url, text)
	else if (readOrEmpty(url) !== text) stale.push(path.startsWith('../') ? path.slice(3) : `schema/${path}`)
}

function readOrEmpty(url: URL): string {
	try {
		return readFileSync(url, 'utf8')
	} catch {
		return ''
	}
}

/** The profile's schema with the names of all dialects: its text stays as it is around them. */
function withDialects(text: string): string {
	const names = { link: [...Object.keys(links), 'auto'], application: [...Object.keys(applications), ...messageApplications] }
	return Object.entries(names).reduce(
		(before, [key, values]) =>
			before.replace(
				new RegExp(`("${key}": \\{\\s*"enum": )\\[[^\\]]*\\]`),
				(_, head: string) => `${head}[${values.map((value) => `"${value}"`).join(', ')}]`,
			),
		text,
	)
}

/** profiles/REFERENCE.md with its table of link layers. */
function withLinks(text: string): string {
	const rows = Object.entries(links).map(
		([name, { frames, carries, check = '' }]) =>
			`| \`${name}\` | ${cell(frames)} | ${carries.map((application) => code(application).replaceAll('"', '')).join(', ')} | ${check} |`,
	)
	const auto = '| `auto` | told from the first bytes (16 KiB at most); `application` may be left out | | |'
	const table = ['| link | what it frames | carries | checksum |', '|---|---|---|---|', ...rows, auto].join('\n')
	return text.replace(new RegExp(`${LINKS_BEGIN}[\\s\\S]*${LINKS_END}`), () => `${LINKS_BEGIN}\n${table}\n${LINKS_END}`)
}

type Property = {
	type?: string
	format?: string
	unit?: string
	obis?: string
	minimum?: number
	class?: string
	codes?: Record<string, string>
	description?: string
	additionalProperties?: { properties?: Record<string, Property> }
}

/** The harmonized fields and the values of sub-meters: what the reading's schema says of each, as tables for the engine. */
function fieldTable(properties: Record<string, Property>): string {
	const names = Object.keys(properties)
	const rows = names
		.slice(names.indexOf('profile') + 1, names.indexOf('submeters'))
		.map((name) => `\t${name}: ${fieldRow(properties[name] ?? {})},`)
	const parts = Object.entries(properties.submeters?.additionalProperties?.properties ?? {}).map(
		([name, property]) => `\t${name}: ${fieldRow(property)},`,
	)
	return [
		'/* Generated from schema/reading.schema.json by `npm run types`. Do not edit. */',
		'',
		'export type Field = {',
		"\tkind: 'number' | 'text' | 'time'",
		'\tunit: string',
		'\tobis: string',
		'\tlabel: string',
		'\tminimum?: number',
		'\t/** The quantity in one word, where the unit does not tell it. */',
		'\tclass?: string',
		'\t/** Words for what meters send. */',
		'\tcodes?: Readonly<Record<string, string>>',
		'}',
		'',
		'/** Every harmonized field: its unit (SI; empty where it has none), OBIS code C.D.E, label and lowest value. */',
		'export const fields: Readonly<Record<string, Field>> = {',
		...rows,
		'}',
		'',
		'/** Every value of a sub-meter. */',
		'export const submeterFields: Readonly<Record<string, Field>> = {',
		...parts,
		'}',
		'',
	].join('\n')
}

function fieldRow({ type, format, unit = '', obis = '', minimum, class: quantity, codes, description = '' }: Property): string {
	const kind = type === 'number' ? 'number' : format === 'date-time' ? 'time' : 'text'
	const more = [
		minimum === undefined ? '' : `, minimum: ${minimum}`,
		quantity === undefined ? '' : `, class: '${quantity}'`,
		codes === undefined ? '' : `, codes: ${JSON.stringify(codes)}`,
	]
	return `{ kind: '${kind}', unit: '${unit}', obis: '${obis}', label: ${quoted(description)}${more.join('')} }`
}

/** A text as the formatter writes it. */
function quoted(text: string): string {
	return text.includes("'") ? JSON.stringify(text) : `'${text}'`
}

/** What every profile expects unless it says otherwise: the default of the profile's schema, for the engine. */
function expectTable(expectations: Record<string, object>): string {
	return [
		'/* Generated from schema/profile.schema.json by `npm run types`. Do not edit. */',
		'',
		"import type { Expectation } from './profile.ts'",
		'',
		'/** What every profile expects of its values, unless it says otherwise. */',
		'export const expectDefaults: Readonly<Record<string, Expectation>> = {',
		...Object.entries(expectations).map(([field, rule]) => `\t${JSON.stringify(field)}: ${JSON.stringify(rule)},`),
		'}',
		'',
	].join('\n')
}

type Schema = {
	properties?: Record<string, Schema>
	description?: string
	default?: unknown
	examples?: unknown[]
	enum?: unknown[]
	definitions?: Record<string, Schema>
	$ref?: string
}

/** profiles/REFERENCE.md with its table of keys, written from the schema. */
function withKeys(text: string, schema: Schema): string {
	const sections: [string, Schema][] = [
		['', schema],
		['meter.', schema.properties?.meter ?? {}],
		['transport.', schema.definitions?.Transport ?? {}],
		['transport.signOn.', schema.definitions?.SignOn ?? {}],
		['transport.request.', schema.definitions?.Request ?? {}],
		['transport.merge.', schema.definitions?.Merge ?? {}],
		['decoder.', schema.definitions?.Decoder ?? {}],
	]
	const rows = sections.flatMap(([prefix, { properties = {} }]) =>
		Object.entries(properties)
			.filter(([name, { $ref }]) => name !== '$schema' && $ref === undefined)
			.map(([name, property]) => `| \`${prefix}${name}\` | ${cell(property.description ?? '')} | ${cell(valuesOf(property))} |`),
	)
	const table = ['| key | what it says | values, default, example |', '|---|---|---|', ...rows].join('\n')
	return text.replace(new RegExp(`${BEGIN}[\\s\\S]*${END}`), () => `${BEGIN}\n${table}\n${END}`)
}

/** profiles/REFERENCE.md with its list of profiles, written from the profiles and the first lines of their recordings. */
function withProfiles(text: string): string {
	const library = readLibrary([builtinProfiles])
	const rows = profileNames(library).map((name) => {
		const profile = compileProfile(name, library)
		if (Array.isArray(profile)) throw new Error(profile.map(findingText).join('\n'))
		const { operator, manufacturer, model, adapter, country, interface: socket = '' } = profile.document.meter ?? {}
		const device = [manufacturer, model].filter(Boolean).join(' ') || (adapter ?? '')
		const what = device ? [operator, device].filter(Boolean).join(' · ') : (profile.document.title ?? name)
		return `| [\`${name}\`](../meters/${name}/README.md) | ${cell(what)} | ${country ?? ''} | ${cell(socket)} | ${cell(evidence(profile))} |`
	})
	const table = ['| profile | operator, meter or adapter | country | interface | checked by |', '|---|---|---|---|---|', ...rows].join('\n')
	return text.replace(new RegExp(`${LIST_BEGIN}[\\s\\S]*${LIST_END}`), () => `${LIST_BEGIN}\n${table}\n${LIST_END}`)
}

/** How many recordings, and whose; composed ones are told apart. */
function evidence(profile: CompiledProfile): string {
	const sources = new Map<string, number>()
	for (const { capture } of samplesOf(profile)) {
		const { source, recorded } = readCapture(capture).header
		const from = recorded === false ? 'composed' : (/^[\w.-]+\/[\w.-]+/.exec(source)?.[0] ?? source.slice(0, 40))
		sources.set(from, (sources.get(from) ?? 0) + 1)
	}
	return (
		[...sources].map(([from, count]) => (from === 'composed' ? `${count} composed` : `${count} recorded: ${from}`)).join('; ') ||
		'nothing yet'
	)
}

function valuesOf({ enum: values, default: standard, examples = [] }: Schema): string {
	const parts = [values ? values.map((value) => code(value)).join(', ') : '', standard === undefined ? '' : `default ${code(standard)}`]
	if (!values && examples.length > 0) parts.push(`e.g. ${examples.map((value) => code(value)).join(', ')}`)
	return parts.filter((part) => part !== '').join('; ')
}

/** JSON as code; backticks in it (JSONata's) want two around. */
function code(value: unknown): string {
	const json = JSON.stringify(value)
	return json.includes('`') ? `\`\` ${json} \`\`` : `\`${json}\``
}

function cell(text: string): string {
	return text.replace(/\|/g, '\\|')
}
