import { fieldName, plain } from '../format.ts'
import { sayIf } from '../words/words.ts'

/** Says a value of a reading in words: numbers by the page's language, what was left out with its reason, parts of an object by their names; a dash where there is none. */
export function valueText(value: unknown): string {
	if (value === undefined || value === null) return '–'
	if (typeof value === 'number') return plain(value)
	if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(valueText).join('; ')
	if (typeof value !== 'object') return String(value)
	if ('field' in value && typeof value.field === 'string' && 'code' in value && typeof value.code === 'string')
		return `${fieldName(value.field)}: ${sayIf(`reason.${value.code}`) ?? ('detail' in value ? String(value.detail) : value.code)}`
	return Object.entries(value)
		.map(([key, inner]) => `${fieldName(key)}: ${valueText(inner)}`)
		.join(', ')
}
