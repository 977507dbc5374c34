import type { Topics } from '../mqtt/topics.ts'
import type { OutputScope } from './messages.ts'
import type { CompiledOutput } from './output.ts'
import { type Choice, chosen, shownFields } from './selection.ts'

/** A meter as outputs see it: its name in the config, what its profile says of it, and the profile's own name. */
export type MeterView = {
	name: string
	meter: { [key: string]: unknown }
	profile: { name: string; label: string; title: string; interval: number }
}

/** The process that publishes. */
export type Bridge = { instance: string; version: string }

/** Whose topics outputs see, and what they see of the process. */
export type Publisher = { topics: Topics; bridge: Bridge }

/** Gives what the `bridge` expression of an output sees, and every other as well. */
export function bridgeScope({ document }: CompiledOutput, choice: Choice, names: Topics, bridge: Bridge): OutputScope {
	return { bridge, topics: { root: names.root, bridge: names.bridgeState }, options: optionsOf(document, choice) }
}

type Values = Record<string, unknown>

const optionsOf = ({ options }: CompiledOutput['document'], choice: Choice) => ({ ...options, ...choice.options })

/** Written out: to put them together key by key takes a tenth of an output's time. */
const topicsOf = (names: Topics, meter: string) => ({
	root: names.root,
	bridge: names.bridgeState,
	reading: names.meter(meter, 'reading'),
	state: names.meter(meter, 'state'),
	availability: names.meter(meter, 'availability'),
	info: names.meter(meter, 'info'),
	diagnostics: names.meter(meter, 'diagnostics'),
})

/** Gives what the expressions `reading` and `announce` see. `before`: names of the fields that were announced last. */
export function meterScope(
	output: CompiledOutput,
	choice: Choice,
	names: Topics,
	bridge: Bridge,
	view: MeterView,
	{ reading, state, before = [] }: { reading: object; state: object; before?: string[] },
	trigger: 'reading' | 'announce',
): OutputScope {
	const own = chosen(reading as Values, choice)
	const merged = chosen(state as Values, choice)
	const fields = shownFields(trigger === 'announce' ? merged : own, choice)
	return {
		bridge,
		options: optionsOf(output.document, choice),
		topics: topicsOf(names, view.name),
		meter: { ...view.meter, name: view.name, id: (reading as Values).id ?? view.name },
		profile: view.profile,
		reading: own,
		state: merged,
		fields,
		gone: before.length === 0 ? [] : before.filter((name) => !fields.some((field) => field.name === name)).map((name) => ({ name })),
	}
}
