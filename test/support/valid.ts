import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { root } from './root.ts'

const ajv = new Ajv({ strict: true, allowUnionTypes: true })
addFormats.default(ajv)
ajv.addVocabulary(['unit', 'obis', 'class', 'codes'])

/** What a schema of what is published says against a value; empty when it is valid. */
export function invalid(schema: 'reading' | 'diagnostics' | 'totals', value: unknown): string {
	const file = `${schema}.schema.json`
	const validate =
		ajv.getSchema(`https://cii2mqtt.org/schema/${file}`) ?? ajv.compile(JSON.parse(readFileSync(`${root}schema/${file}`, 'utf8')))
	return validate(value) ? '' : JSON.stringify(validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`))
}
