import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { root } from './root.ts'

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true })
addFormats.default(ajv)
for (const name of ['diagnostics', 'api']) ajv.addSchema(JSON.parse(readFileSync(`${root}schema/${name}.schema.json`, 'utf8')))

/** Gives what a definition of the API's schema says against a value; empty when it is valid. */
export function invalidAnswer(name: string, value: unknown): string {
	const validate = ajv.getSchema(`https://cii2mqtt.org/schema/api.schema.json#/definitions/${name}`)
	if (!validate) throw new Error(`there is no definition ${name}`)
	return validate(value) ? '' : JSON.stringify(validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`))
}

/** Gives what the schema says against an event of GET /api/events. */
export const invalidEvent = (name: string, data: unknown): string => invalidAnswer('Events', { [name]: data })
