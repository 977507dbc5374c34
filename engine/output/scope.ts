import type { Reading } from '../../schema/types/reading.ts'
import type { Topics } from '../mqtt/topics.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { ChosenOutput } from './output.ts'
import { chosen, type Extras, type ShownField, shownFields, type Values } from './selection.ts'

/** A meter as outputs see it: its name in the config, what its profile says of it, and the profile's own name. */
export type MeterView = {
	name: string
	meter: { [key: string]: unknown }
	profile: { name: string; label: string; title: string; interval: number }
	/** The meaning of its extra fields. */
	extra?: Extras
}

/** Gives a meter of this name as outputs see it, by its profile; `interval`: seconds between its readings. */
export function viewOf(name: string, { document, name: profile, label }: CompiledProfile, interval: number): MeterView {
	const title = document.title ?? profile
	const { meter, extra } = document
	return { name, meter: { ...meter }, profile: { name: profile, label, title, interval }, ...(extra && { extra }) }
}

/**
 * The last reading of a meter, its state after it, and all fields that it has shown: the state leaves out what is outdated. `shown` changes with the names of
 * those; undefined where that is not known.
 */
export type Last = {
	readonly view: MeterView
	readonly reading: Reading
	readonly state: object
	readonly known?: object | undefined
	readonly shown?: number | undefined
	/** When each field arrived that the last reading does not have (ISO 8601). */
	readonly arrivals?: Readonly<Record<string, string>>
	/** Tells how many seconds apart the values of a field usually are, where it comes less often than readings, or in turn. */
	readonly every?: ((field: string) => number | undefined) | undefined
}

/** A meter of the config that has not spoken yet; `id` where an earlier process, or the config, knows it. */
export type Configured = { readonly view: MeterView; readonly id?: string | undefined }

/** Keeps a reading with its state as it is now, whatever the meter says afterwards. */
export const kept = ({ view, reading, state, known, shown, every }: Last): Last => ({ view, reading, state, known, shown, every })

/** The topics that outputs see, and the process as they see it. */
export type Publisher = { topics: Topics; bridge: { instance: string; version: string; readonly page?: string | undefined } }

/** Gives what the `bridge` expression of an output sees, and every other as well. */
export function bridgeScope({ document, choice }: ChosenOutput, { topics, bridge }: Publisher) {
	return { bridge, topics: { root: topics.root, bridge: topics.bridgeState }, options: { ...document.options, ...choice.options } }
}

/** The part of a scope that is the same for all readings of a meter, as long as its view and its id are. */
export type MeterPart = ReturnType<typeof meterPart>

/** Gives what all expressions of an output see of a meter with this id; with none, as long as that is not known. */
export function meterPart(output: ChosenOutput, publisher: Publisher, view: MeterView, id: string | undefined) {
	const { bridge, topics, options } = bridgeScope(output, publisher)
	const topicOf = publisher.topics.meter
	return {
		bridge,
		topics: {
			...topics,
			reading: topicOf(view.name, 'reading'),
			state: topicOf(view.name, 'state'),
			availability: topicOf(view.name, 'availability'),
			info: topicOf(view.name, 'info'),
			diagnostics: topicOf(view.name, 'diagnostics'),
		},
		options,
		meter: { ...view.meter, name: view.name, ...(id !== undefined && { id }) },
		profile: view.profile,
	}
}

/** Gives what the expression `meter` sees. `twin`: the meter that has the same id, and had it first. */
export function configuredScope(output: ChosenOutput, publisher: Publisher, { view, id }: Configured, twin?: string) {
	const part = meterPart(output, publisher, view, id)
	return twin === undefined ? part : { ...part, meter: { ...part.meter, twin } }
}

/**
 * Gives what the expressions `reading` and `announce` see; what of it takes time is made when an expression asks for it. `before`: names of the fields
 * that were announced last.
 */
export function meterScope(
	output: ChosenOutput,
	publisher: Publisher,
	last: Last,
	trigger: 'reading' | 'announce',
	before: string[] = [],
	part = meterPart(output, publisher, last.view, last.reading.id),
) {
	const { choice } = output
	const { extra } = last.view
	let [reading, state, fields]: [Values?, Values?, ShownField[]?] = []
	const fieldsOf = () => {
		if (fields) return fields
		fields = shownFields(chosen(trigger === 'reading' ? last.reading : (last.known ?? last.state), choice, extra), choice, extra)
		for (const field of fields) {
			const every = last.every?.(field.name)
			if (every !== undefined) field.every = every
		}
		return fields
	}
	return {
		// Written out: to put them together key by key takes a tenth of an output's time.
		bridge: part.bridge,
		topics: part.topics,
		options: part.options,
		meter: part.meter,
		profile: part.profile,
		get reading() {
			reading ??= chosen(last.reading, choice, extra)
			return reading
		},
		get state() {
			state ??= chosen(last.state, choice, extra)
			return state
		},
		get fields() {
			return fieldsOf()
		},
		get gone() {
			return before.filter((name) => !fieldsOf().some((field) => field.name === name)).map((name) => ({ name }))
		},
	}
}
