import { type Field, submeterFields } from '../../schema/types/fields.ts'
import type { Plain } from '../jsonata/expression.ts'
import { shown } from '../jsonata/sequence.ts'
import { decimal, scaledBy } from '../telegram/number.ts'

/**
 * Gives a value as its field has it: the word for what was sent (`1` for a breaker), a name that is sent as a number as text (tariff 2), and the digits
 * of a number that has no unit (`00006` failures) as a number.
 */
export function fitted(field: Field | undefined, value: Plain): Plain {
	if (field === undefined || (typeof value === field.kind && field.unit !== '')) return value
	if (field.codes && typeof value !== 'object')
		return field.codes[String(value)] ?? field.codes[String(value).replace(/^0+(?=\d)/, '')] ?? value
	if (field.kind === 'text' && Number.isInteger(value)) return String(value)
	if (field.kind !== 'number' || field.unit !== '' || typeof value !== 'string') return value
	if (/^\d{1,15}$/.test(value)) return Number(value)
	const number = decimal(value)
	return number ? scaledBy(number.raw, number.scaler) : value
}

/** Says why a value does not fit its field: code and detail of an issue; undefined for one that fits. */
export function misfit(field: Field | undefined, value: Plain): { code: string; detail: string } | undefined {
	if (!field) return { code: 'field', detail: 'the reading has no such field' }
	const type = field.kind === 'number' ? 'number' : 'string'
	if (typeof value !== type) return { code: 'type', detail: `${shown(value)} is no ${field.kind}` }
	if (typeof value === 'number' && field.minimum !== undefined && value < field.minimum) {
		return { code: 'range', detail: `${value} ${field.unit} is below ${field.minimum}` }
	}
	if (field.kind === 'time' && parseTime(value) === undefined) return { code: 'type', detail: `${shown(value)} is no time with an offset` }
	return undefined
}

/** Codes have a byte for a channel. */
const MANY_CHANNELS = 256

/** Says how sub-meters are wrong: {channel: {id, medium, volume, energy, …}}; undefined when nothing is. */
export function submeterMisfit(value: Plain): { code: string; detail: string } | undefined {
	const wrong = (detail: string) => ({ code: 'type', detail })
	if (typeof value !== 'object') return wrong('an object of channels is needed')
	const channels = Object.entries(value)
	if (channels.length > MANY_CHANNELS) return wrong(`${channels.length} channels; ${MANY_CHANNELS} are the most`)
	for (const [channel, submeter] of channels) {
		if (typeof submeter !== 'object') return wrong(`channel ${channel} is no object`)
		for (const [name, inner] of Object.entries(submeter)) {
			const field = Object.hasOwn(submeterFields, name) ? submeterFields[name] : undefined
			if (!field) return wrong(`channel ${channel}: no field ${name}`)
			const type = field.kind === 'number' ? 'number' : 'string'
			if (typeof inner !== type) return wrong(`channel ${channel}: ${name} is no ${type}`)
			const { minimum } = field
			if (typeof inner === 'number' && minimum !== undefined && inner < minimum)
				return wrong(`channel ${channel}: ${name} is below ${minimum}`)
		}
	}
	return undefined
}

/** Milliseconds since 1970 of ISO 8601 text with an offset; undefined for anything else (a time without offset means nothing). */
export function parseTime(value: unknown): number | undefined {
	if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value)) return undefined
	const instant = Date.parse(value)
	return Number.isNaN(instant) ? undefined : instant
}
