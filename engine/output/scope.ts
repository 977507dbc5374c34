import type { Reading } from '../../schema/types/reading.ts'
import type { Topics } from '../mqtt/topics.ts'
import type { ChosenOutput } from './output.ts'
import { chosen, type Extras, shownFields } from './selection.ts'

/** A meter as outputs see it: its name in the config, what its profile says of it, and the profile's own name. */
export type MeterView = {
	name: string
	meter: { [key: string]: unknown }
	profile: { name: string; label: string; title: string; interval: number }
	/** The meaning of its extra fields. */
	extra?: Extras
}

/** The last reading of a meter, its state after it, and all fields that it has shown: the state leaves out what is outdated. */
export type Last = { view: MeterView; reading: Reading; state: object; known?: object }

/** The topics that outputs see, and the process as they see it. */
export type Publisher = { topics: Topics; bridge: { instance: string; version: string } }

/** Gives what the `bridge` expression of an output sees, and every other as well. */
export function bridgeScope({ document, choice }: ChosenOutput, { topics, bridge }: Publisher) {
	return { bridge, topics: { root: topics.root, bridge: topics.bridgeState }, options: { ...document.options, ...choice.options } }
}

/** Gives what the expressions `reading` and `announce` see. `before`: names of the fields that were announced last. */
export function meterScope(
	output: ChosenOutput,
	publisher: Publisher,
	{ view, reading, state, known = state }: Last,
	trigger: 'reading' | 'announce',
	before: string[] = [],
) {
	const own = chosen(reading, output.choice, view.extra)
	const merged = chosen(state, output.choice, view.extra)
	const all = known === state ? merged : chosen(known, output.choice, view.extra)
	const fields = shownFields(trigger === 'announce' ? all : own, output.choice, view.extra)
	const common = bridgeScope(output, publisher)
	const topicOf = publisher.topics.meter
	return {
		...common,
		// Written out: to put them together key by key takes a tenth of an output's time.
		topics: {
			...common.topics,
			reading: topicOf(view.name, 'reading'),
			state: topicOf(view.name, 'state'),
			availability: topicOf(view.name, 'availability'),
			info: topicOf(view.name, 'info'),
			diagnostics: topicOf(view.name, 'diagnostics'),
		},
		meter: { ...view.meter, name: view.name, id: reading.id },
		profile: view.profile,
		reading: own,
		state: merged,
		fields,
		gone: before.filter((name) => !fields.some((field) => field.name === name)).map((name) => ({ name })),
	}
}
