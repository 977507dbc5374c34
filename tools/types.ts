import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'json-schema-to-typescript'

/** `npm run types`: writes schema/types/ anew from schema/*.schema.json; with --check it only says whether they are fresh (exit 1). */
const folder = new URL('../schema/', import.meta.url)
const check = process.argv.includes('--check')
const stale: string[] = []

for (const file of readdirSync(folder).filter((name) => name.endsWith('.schema.json'))) {
	const name = file.replace('.schema.json', '')
	const schema = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
	const types = await compile(schema, name, {
		bannerComment: `/* Generated from schema/${file} by \`npm run types\`. Do not edit. */`,
		unreachableDefinitions: true,
		additionalProperties: false,
		style: { singleQuote: true, semi: false, useTabs: true, printWidth: 140 },
	})
	put(`types/${name}.ts`, types)
	if (name === 'reading') put('types/fields.ts', fieldTable(schema.properties))
}
if (stale.length > 0) {
	console.error(`stale: ${stale.join(', ')}. Run: npm run types`)
	process.exitCode = 1
}

function put(path: string, text: string): void {
	const url = new URL(path, folder)
	if (!check) writeFileSync(url, text)
	else if (readOrEmpty(url) !== text) stale.push(`schema/${path}`)
}

function readOrEmpty(url: URL): string {
	try {
		return readFileSync(url, 'utf8')
	} catch {
		return ''
	}
}

type Property = { type?: string; format?: string; unit?: string; obis?: string; minimum?: number; description?: string }

/** The harmonized fields: what the reading's schema says between its head and `submeters`, as a table for the engine. */
function fieldTable(properties: Record<string, Property>): string {
	const names = Object.keys(properties)
	const rows = names.slice(names.indexOf('profile') + 1, names.indexOf('submeters')).map((name) => {
		const { type, format, unit = '', obis = '', minimum, description = '' } = properties[name] ?? {}
		const kind = type === 'number' ? 'number' : format === 'date-time' ? 'time' : 'text'
		const minimumPart = minimum === undefined ? '' : `, minimum: ${minimum}`
		return `\t${name}: { kind: '${kind}', unit: '${unit}', obis: '${obis}', label: '${description}'${minimumPart} },`
	})
	return [
		'/* Generated from schema/reading.schema.json by `npm run types`. Do not edit. */',
		'',
		"export type Field = { kind: 'number' | 'text' | 'time'; unit: string; obis: string; label: string; minimum?: number }",
		'',
		'/** Every harmonized field: its unit (SI; empty where it has none), OBIS code C.D.E, label and lowest value. */',
		'export const fields: Readonly<Record<string, Field>> = {',
		...rows,
		'}',
		'',
	].join('\n')
}
