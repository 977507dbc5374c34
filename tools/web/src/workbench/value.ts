import { plain } from '../format.ts'

/** Writes a value as people read it: numbers by the page's language, texts as they are. */
export function valueText(value: unknown): string {
	if (typeof value === 'number') return plain(value)
	if (value === null || value === undefined) return '–'
	if (typeof value === 'string') return value
	return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : JSON.stringify(value)
}

/** Writes a unit; `1` is that of counts, and is left away. */
export const unitText = (unit: string): string => (unit === '1' ? '' : unit)
