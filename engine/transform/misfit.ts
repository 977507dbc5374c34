import type { Field } from '../../schema/types/fields.ts'
import type { Plain } from '../jsonata/expression.ts'

/** Says why a value does not fit its field: code and detail of an issue; undefined for one that fits. */
export function misfit(field: Field | undefined, value: Plain): { code: string; detail: string } | undefined {
	if (!field) return { code: 'field', detail: 'the reading has no such field' }
	const type = field.kind === 'number' ? 'number' : 'string'
	if (typeof value !== type) return { code: 'type', detail: `${JSON.stringify(value)} is no ${field.kind}` }
	if (typeof value === 'number' && field.minimum !== undefined && value < field.minimum) {
		return { code: 'range', detail: `${value} ${field.unit} is below ${field.minimum}` }
	}
	if (field.kind === 'time' && parseTime(value) === undefined)
		return { code: 'type', detail: `${JSON.stringify(value)} is no time with an offset` }
	return undefined
}

/** Says how sub-meters are wrong: {channel: {id, medium, volume, energy, time}}; undefined when nothing is. */
export function submeterMisfit(value: Plain): { code: string; detail: string } | undefined {
	const wrong = (detail: string) => ({ code: 'type', detail })
	if (typeof value !== 'object') return wrong('an object of channels is needed')
	const kinds: Record<string, string> = { id: 'string', medium: 'string', volume: 'number', energy: 'number', time: 'string' }
	for (const [channel, submeter] of Object.entries(value)) {
		if (typeof submeter !== 'object') return wrong(`channel ${channel} is no object`)
		for (const [name, inner] of Object.entries(submeter)) {
			if (typeof inner !== kinds[name])
				return wrong(`channel ${channel}: ${kinds[name] === undefined ? `no field ${name}` : `${name} is no ${kinds[name]}`}`)
			if (typeof inner === 'number' && inner < 0) return wrong(`channel ${channel}: ${name} is below 0`)
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
