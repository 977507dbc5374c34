import { Ajv } from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'

type Schema = { [key: string]: unknown; properties: Record<string, object>; definitions: Record<string, { properties?: object }> }

const idOf = (name: string) => `https://cii2mqtt.org/schema/${name}.schema.json`
const alone = (name: string) => ({ $id: idOf(name), type: 'object', additionalProperties: false })
/** Parts of another schema, by reference: their code stands once. */
const partsOf = (name: string, of: object, path = 'properties') =>
	Object.fromEntries(Object.keys(of).map((key) => [key, { $ref: `${idOf(name)}#/${path}/${key}` }]))

/**
 * Writes the code that checks documents which people write: to compile a schema takes 100 ms, which each start of the program, and each thread that checks profiles,
 * would wait. Beside the schemas' own: `meters`, a file of meters, which has `meters` of a config alone; `equipped`, a profile as a meter uses it, whose transport has
 * the address, too.
 */
export function validatorsText(schemas: Readonly<Record<'capture' | 'config' | 'output' | 'profile', Schema>>): string {
	const { config, profile } = schemas
	const { $schema, meters } = config.properties
	const { Transport } = profile.definitions
	const transport = { ...Transport, properties: { ...config.definitions.MeterTransport?.properties, ...Transport?.properties } }
	const all = {
		...schemas,
		meters: { ...alone('meters'), required: ['meters'], properties: partsOf('config', { $schema, meters }) },
		equipped: {
			...alone('equipped'),
			definitions: partsOf('profile', profile.definitions, 'definitions'),
			properties: { ...partsOf('profile', profile.properties), transport },
		},
	}
	const ajv = strictAjv()
	for (const schema of Object.values(all)) ajv.addSchema(schema)
	const ids = Object.fromEntries(Object.keys(all).map((name) => [name, idOf(name)]))
	const type = `Readonly<Record<'${Object.keys(all).join("' | '")}', ValidateFunction>>`
	return moduleText(ajv, ids, '*', `/** The check of each kind of document that people write. */\nexport const validators: ${type}`)
}

/** The bodies of requests to the API: definitions of schema/api.schema.json. */
const BODIES = [
	'SignIn',
	'Passwords',
	'RecordingRequest',
	'OutputSwitch',
	'ConfigEdit',
	'ProbeRequest',
	'KeysGiven',
	'BrokerRequest',
	'HeardRequest',
	'NewMeter',
	'MeterChange',
	'WorkbenchRequest',
	'ProfileSave',
	'DraftRequest',
	'SampleAdd',
	'SampleAccept',
	'ZipRequest',
]

/** The types of those, beside the module. */
const TYPES = './api.ts'

/** Writes the code that checks the bodies of requests, a module of its own: a process without a page never loads it. */
export function bodiesText({ definitions, ...rest }: Schema): string {
	const ajv = strictAjv()
	// Answers refer to other schemas, bodies do not.
	const { Diagnostics, DiagnosticsAnswer, Events, ...own } = definitions
	ajv.addSchema({ ...rest, definitions: own })
	const ids = Object.fromEntries(BODIES.map((name) => [name, `${idOf('api')}#/definitions/${name}`]))
	const type = `{\n${BODIES.map((name) => `\treadonly ${name}: ValidateFunction<Api.${name}>`).join('\n')}\n}`
	const head = `import type * as Api from '${TYPES}'\n\n/** The check of each body of a request. */\nexport const bodies: ${type}`
	return moduleText(ajv, ids, 'api', head)
}

const strictAjv = () =>
	new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true, code: { source: true, esm: true, lines: true } })

/** Counts the characters of a text as a schema does, without a list of them: a text may have a million. */
const LENGTH = '(text: string) => { let count = 0; for (const _ of text) count++; return count }'

/** Writes a module with a table of checks, by name; `head`: what stands before its value. */
function moduleText(ajv: Ajv, ids: Record<string, string>, from: string, head: string): string {
	const exported = /^export const (\w+) = (\w+);$/gm
	const code = standaloneCode.default(ajv, ids)
	return [
		`/* Generated from schema/${from}.schema.json by \`npm run types\`. Do not edit. */`,
		'// @ts-nocheck',
		"import type { ValidateFunction } from 'ajv'",
		...(head.startsWith('import') ? [] : ['']),
		`${head} = {`,
		...[...code.matchAll(exported)].map(([, name, check]) => `\t${name}: ${check},`),
		'}',
		// `ucs2length` is all that the code needs of ajv while it runs.
		code
			.replace(/^"use strict";\n/, '')
			.replace(exported, '')
			.replace('require("ajv/dist/runtime/ucs2length").default', LENGTH),
	].join('\n')
}
