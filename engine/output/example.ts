import { fields } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { topics } from '../mqtt/topics.ts'
import type { Last, MeterView } from './scope.ts'

/** The process that samples are of. */
export const PUBLISHER = { topics: topics('cii', 'main'), bridge: { instance: 'main', version: '0.0.0' } }

/** When the readings of samples came. */
export const NOW = '2026-01-01T00:00:00.000Z'
const HEAD = { schema: 'cii.reading/1', meter: 'house', id: 'house', time: '2026-01-01T00:00:00Z', time_source: 'meter' } as const

/** Makes up a reading and its meter, with all that is stated of them. */
export function example(stated: Partial<Reading>, meter: MeterView['meter'] = {}): Last {
	const reading: Reading = { ...HEAD, received: NOW, session: NOW, seq: 0, auth: 'none', profile: 'sample@1.0.0', ...stated }
	const profile = { name: 'sample', label: reading.profile, title: 'Sample', interval: 10 }
	return { view: { name: reading.meter, meter, profile }, reading, state: reading }
}

/** Makes up a reading with every field: it shows which topics an output writes before there is a real one. */
export function fullExample(meter: string, id: string): Last {
	const values = Object.entries(fields).map(([name, { kind }]) => [name, kind === 'number' ? 1 : kind === 'time' ? NOW : '1'])
	return example({ ...Object.fromEntries(values), meter, id })
}
