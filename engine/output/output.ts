import type { Config } from '../../schema/types/config.ts'
import type { Output } from '../../schema/types/output.ts'
import type { LoadedConfig } from '../config/config.ts'
import { type Finding, finding, findingAt, offsetOf, type Path } from '../document/finding.ts'
import { nearest } from '../document/nearest.ts'
import { parseDocument } from '../document/parse.ts'
import type { Expression } from '../jsonata/expression.ts'
import { unreadable } from '../profile/chain.ts'
import type { Library } from '../profile/library.ts'
import { named } from '../text/names.ts'
import { type Asked, compileAsked, isAsked, WAYS } from './asked.ts'
import { expressionAt } from './expressions.ts'
import { OUTPUT } from './language.ts'
import type { Choice } from './selection.ts'

/** When an output is asked for messages. */
export type Trigger = 'reading' | 'announce' | 'meter' | 'bridge'

/** An output with its expressions compiled. */
export type CompiledOutput = {
	name: string
	document: Output
	expressions: Partial<Record<Trigger | 'birth', Expression>>
	/** How it answers, where it is asked. */
	asked: Asked | undefined
	/** Equal for equal content. */
	fingerprint: string
	/** A finding at a place of its file. */
	at(path: Path, code: string, message: string, hint?: string): Finding
}

/** An output with the settings that the config has for it. */
export type ChosenOutput = CompiledOutput & { choice: Choice }

const TRIGGERS: Trigger[] = ['reading', 'announce', 'meter', 'bridge']

/** Reads and checks an output of the library (`outputs/‹name›`), all but its samples. Gives every finding when it is not right. */
export function compileOutput(name: string, library: Library): CompiledOutput | Finding[] {
	const source = library.sources.get(`outputs/${name}`)
	if (!source) {
		const known = outputNames(library)
		const near = nearest(name, known)
		const hint = near ? `did you mean "${near}"?` : `there are ${known.join(', ')}`
		const nowhere = { file: `outputs/${name}.json`, text: '', tree: undefined }
		return [finding(nowhere, 0, 'output/missing', `there is no output ${named(name)}`, hint)]
	}
	if (source.trouble !== undefined) return unreadable(source)
	const { document, value, findings } = parseDocument(source.file, source.text, 'output')
	if (findings.length > 0) return findings
	const output = value as Output
	const at = (path: Path, code: string, message: string, hint?: string) =>
		finding(document, offsetOf(document, path, 'value'), code, message, hint)
	const faults: Finding[] = []
	if (output.output !== name)
		faults.push(at(['output'], 'output/name', `the output is called "${output.output}", its file "${name}"`, `name it "${name}"`))
	if (TRIGGERS.every((trigger) => output[trigger] === undefined) && !isAsked(output))
		faults.push(at([], 'output/empty', 'it gives no messages and answers nothing', `add one of ${[...TRIGGERS, ...WAYS].join(', ')}`))
	const expressions: CompiledOutput['expressions'] = {}
	for (const trigger of TRIGGERS) {
		const text = output[trigger]
		if (text === undefined) continue
		const expression = expressionAt(document, [trigger], text, OUTPUT)
		if (!Array.isArray(expression)) expressions[trigger] = expression
		else faults.push(...expression)
	}
	if (output.birth) {
		const expression = expressionAt(document, ['birth', 'topic'], output.birth.topic, OUTPUT)
		if (!Array.isArray(expression)) expressions.birth = expression
		else faults.push(...expression)
	}
	const asked = compileAsked(output, document, faults)
	return faults.length > 0 ? faults : { name, document: output, expressions, asked, fingerprint: source.text, at }
}

/** Lists the names of all outputs of a library. */
export function outputNames({ sources, others = [] }: Library): string[] {
	const names = new Set([...sources.keys(), ...others])
	return [...names].flatMap((name) => (name.startsWith('outputs/') ? [name.slice('outputs/'.length)] : [])).sort()
}

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
			wrong(['options', key], 'output/option', `${name} has no option ${named(key)}`, `it has ${known.join(', ') || 'none'}`)
	const { asked } = output
	const ways = { host: asked, port: asked?.http ?? asked?.modbus, udpPort: asked?.udp, framing: asked?.modbus, maxAge: asked }
	for (const key of ASKED)
		if (choice[key] !== undefined && !ways[key])
			wrong([key], 'output/setting', `${name} has no setting "${key}"`, 'it is not asked that way')
	const meters = config.config.meters.map((meter) => meter.name)
	for (const meter of choice.meters ?? [])
		if (!meters.includes(meter)) wrong(['meters'], 'output/meter', `there is no meter ${named(meter)}`, `there are ${meters.join(', ')}`)
	const own = choice.meters ?? enabled(config)
	if (output.asked && own.length > 1)
		wrong(
			choice.meters ? ['meters'] : [],
			'output/one-meter',
			`${name} answers as one device, for one meter, and there are ${own.length}`,
			`name one: { "output": "${name}", "meters": ["${own[0]}"] }; for another meter copy its file to another name`,
		)
	return findings.length > 0 ? findings : { ...output, choice }
}

/** The settings of outputs that are asked. */
const ASKED = ['host', 'port', 'udpPort', 'framing', 'maxAge'] as const

const enabled = ({ config }: LoadedConfig) => config.meters.filter((meter) => meter.enabled !== false).map(({ name }) => name)

/** Names the meter that an output answers for: the one that its entry names, else the only one of the config. */
export function meterAsked({ choice }: ChosenOutput, config: LoadedConfig): string | undefined {
	return (choice.meters ?? enabled(config))[0]
}
