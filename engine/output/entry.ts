import type { Config } from '../../schema/types/config.ts'
import type { LoadedConfig } from '../config/config.ts'
import { type Finding, findingAt } from '../document/finding.ts'
import type { Library } from '../profile/library.ts'
import { type ChosenOutput, compileOutput } from './output.ts'
import type { Choice } from './selection.ts'

/** An entry of the config's `outputs`: which, with which settings, and where it stands. */
export type Entry = { name: string; choice: Choice; place: number }

/** Lists the entries of a config. */
export function entriesOf({ outputs = [] }: Config): Entry[] {
	return outputs.map((entry, place) => {
		const { output: name, ...choice } = typeof entry === 'string' ? { output: entry } : entry
		return { name, choice, place }
	})
}

const SETTINGS = ['fields', 'interval', 'onChange', 'digits', 'units'] as const

/** Compiles the output that an entry names, and checks the entry's settings. Gives findings in the config, or in the output's file, when something is wrong. */
export function outputOf({ name, choice, place }: Entry, config: LoadedConfig, library: Library): ChosenOutput | Finding[] {
	const findings: Finding[] = []
	const wrong = (key: (string | number)[], code: string, message: string, hint: string) =>
		findings.push(findingAt(config.document, ['outputs', place, ...key], code, message, hint))
	const output = compileOutput(name, library)
	if (Array.isArray(output)) {
		if (library.sources.has(`outputs/${name}`)) return output
		for (const { code, message, hint = '' } of output) wrong([], code, message, hint)
		return findings
	}
	const { admits = SETTINGS, options = {} } = output.document
	for (const key of SETTINGS)
		if (choice[key] !== undefined && !admits.includes(key))
			wrong([key], 'output/setting', `${name} has no setting "${key}"`, `it has ${['meters', 'options', ...admits].join(', ')}`)
	const known = Object.keys(options)
	for (const key of Object.keys(choice.options ?? {}))
		if (!known.includes(key))
			wrong(['options', key], 'output/option', `${name} has no option "${key}"`, `it has ${known.join(', ') || 'none'}`)
	const meters = config.config.meters.map((meter) => meter.name)
	for (const meter of choice.meters ?? [])
		if (!meters.includes(meter)) wrong(['meters'], 'output/meter', `there is no meter "${meter}"`, `there are ${meters.join(', ')}`)
	return findings.length > 0 ? findings : { ...output, choice }
}
