import { fields } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'
import type { Connection } from '../mqtt/client.ts'
import type { MeterTopic, Topics } from '../mqtt/topics.ts'
import type { Outputs } from '../output/outputs.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { intervalOf } from '../transport/session.ts'
import { emptyState, keep, merge, type State, stateMessage } from './state.ts'

/** What is published of one meter, on its own topics and by the outputs. */
export type Publication = {
	/**
	 * Publishes a reading, the state with it, and what is new about the meter; `settled` is called when the broker has the reading. Gives what the
	 * outputs could not say.
	 */
	reading(reading: Reading, settled: (() => void) | undefined): ReturnType<Outputs['reading']>
	/** A message on one of the meter's topics. */
	put(kind: MeterTopic, payload: object | string, retain: boolean, more?: { expiry?: number; settled?: () => void }): void
	/** Another profile: fields that it does not give are dropped. */
	swap(profile: CompiledProfile): void
	/** The latest of every field. */
	state(): Record<string, unknown>
}

export type PublicationSettings = {
	/** The meter's name. */
	meter: string
	profile: CompiledProfile
	topics: Topics
	output: Connection
	outputs: Pick<Outputs, 'reading'>
}

/** Nothing is published yet. */
export function publication({ meter, topics, output, outputs, ...settings }: PublicationSettings): Publication {
	let { profile } = settings
	let state: State = emptyState
	let announced = ''

	function put(kind: MeterTopic, payload: object | string, retain: boolean, more: { expiry?: number; settled?: () => void } = {}): void {
		const told = typeof payload === 'object' && {
			contentType: 'application/json',
			properties: { schema: String((payload as { schema?: string }).schema), profile: profile.label },
		}
		const written = typeof payload === 'string' ? payload : JSON.stringify(payload)
		output.publish({ topic: topics.meter(meter, kind), payload: written, retain, ...told, ...more })
	}

	/** `info` anew whenever a field is seen for the first time, or the profile changed. */
	function announce(): void {
		const seen = [...state.values.keys()].filter((name) => name in fields)
		const info = {
			schema: 'cii.info/1',
			meter,
			id: state.head.id,
			profile: profile.label,
			title: profile.document.title,
			...profile.document.meter,
			fields: seen.sort().map((name) => ({ name, unit: fields[name]?.unit, obis: fields[name]?.obis, label: fields[name]?.label })),
		}
		const text = JSON.stringify(info)
		if (text !== announced) put('info', text, true)
		announced = text
	}

	const view = () => ({
		name: meter,
		meter: { ...profile.document.meter },
		profile: {
			name: profile.name,
			label: profile.label,
			title: profile.document.title ?? profile.name,
			interval: intervalOf(profile.document),
		},
	})

	return {
		put,
		reading(reading, settled) {
			put('reading', reading, false, settled && { settled })
			// Another id is another meter: its state begins anew.
			if (state.head.id !== undefined && state.head.id !== reading.id) state = emptyState
			state = merge(state, reading)
			const merged = stateMessage(state)
			// After three intervals what is said holds no more.
			put('state', merged, true, { expiry: Math.ceil(3 * intervalOf(profile.document)) })
			const faults = outputs.reading(view(), reading, merged)
			announce()
			return faults
		},
		swap(next) {
			profile = next
			state = keep(state, (name) => mapped(next, name))
			announced = ''
		},
		state: () => stateMessage(state),
	}
}

/** Whether a profile still gives a field: by an expression, or as the net of two. */
function mapped({ transform }: CompiledProfile, name: string): boolean {
	const parts = name.replace('power_net', 'power_import')
	return transform.has(name) || transform.has(name.split('.')[0] ?? '') || (name.startsWith('power_net') && transform.has(parts))
}
