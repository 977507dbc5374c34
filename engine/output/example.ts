import { fields } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'
import type { MeterView } from './scope.ts'

/** Makes up a reading with every field: it shows which topics an output writes before there is a real one. */
export function exampleReading(meter: string, id: string): { view: MeterView; reading: Reading } {
	const now = '2026-01-01T00:00:00Z'
	const values = Object.entries(fields).map(([name, { kind }]) => [name, kind === 'number' ? 1 : kind === 'time' ? now : '1'])
	const head = { schema: 'cii.reading/1', meter, id, time: now, time_source: 'meter', received: now, session: now, seq: 0, auth: 'none' }
	return {
		view: { name: meter, meter: {}, profile: { name: 'example', label: 'example@1.0.0', title: 'Example', interval: 10 } },
		reading: { ...head, profile: 'example@1.0.0', ...Object.fromEntries(values) } as Reading,
	}
}
