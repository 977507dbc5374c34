import { type SchemaName, validator } from '../../engine/document/parse.ts'

/** What a schema says against a value; empty when it is valid. */
export function invalid(schema: SchemaName, value: unknown): string {
	const validate = validator(schema)
	return validate(value) ? '' : JSON.stringify(validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`))
}
