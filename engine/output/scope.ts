import type { MeterTopic, Topics } from '../publish/topics.ts'
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

const KINDS: MeterTopic[] = ['reading', 'state', 'availability', 'info', 'diagnostics']

/** What the `bridge` expression of an output sees, and every other as well. */
export function bridgeScope({ document }: CompiledOutput, choice: Choice, names: Topics, bridge: Bridge): OutputScope {
	return {
		bridge,
		topics: { root: names.root, bridge: names.bridgeState },
		options: { ...document.options, ...choice.options },
	}
}

/** What the expressions `reading` and `announce` see. `before`: names of the fields that were announced last. */
export function meterScope(
	output: CompiledOutput,
	choice: Choice,
	names: Topics,
	bridge: Bridge,
	view: MeterView,
	{ reading, state, before = [] }: { reading: object; state: object; before?: string[] },
	trigger: 'reading' | 'announce',
): OutputScope {
	const base = bridgeScope(output, choice, names, bridge)
	const own = chosen({ ...reading }, choice)
	const merged = chosen({ ...state }, choice)
	const fields = shownFields(trigger === 'announce' ? merged : own, choice)
	return {
		...base,
		topics: { ...base.topics, ...Object.fromEntries(KINDS.map((kind) => [kind, names.meter(view.name, kind)])) },
		meter: { ...view.meter, name: view.name, id: (reading as { id?: string }).id ?? view.name },
		profile: view.profile,
		reading: own,
		state: merged,
		fields,
		gone: before.filter((name) => !fields.some((field) => field.name === name)).map((name) => ({ name })),
	}
}
