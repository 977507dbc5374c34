import { applyEdits, type FormattingOptions, findNodeAtLocation, type JSONPath, modify, type Node, parseTree } from 'jsonc-parser'
import type { Config, Meter, Mqtt } from '../../schema/types/config.ts'

/** A change of a config's text. */
export type Edit = (text: string) => string

/** Sets the value at a path of a text of JSON with comments, or removes it (undefined); all else stays as it is written. */
export function set(text: string, path: JSONPath, value: unknown): string {
	return applyEdits(text, modify(text, path, value, { formattingOptions: formatOf(text) }))
}

/** Adds an element at the end of the array at a path; creates the array where it is missing. */
export function append(text: string, path: JSONPath, value: unknown): string {
	if (nodeAt(text, path)?.type !== 'array') return set(text, path, [value])
	const made = modify(text, [...path, -1], value, { formattingOptions: formatOf(text), isArrayInsertion: true })
	return applyEdits(text, made)
}

/** Adds a meter. */
export const withMeter =
	(entry: Meter): Edit =>
	(text) =>
		append(text, ['meters'], entry)

/** Removes the meter at a place. Comments in it go with it. */
export const withoutMeter =
	(place: number): Edit =>
	(text) =>
		set(text, ['meters', place], undefined)

/** Changes settings of the meter at a place; null removes one. */
export const withMeterChanged =
	(place: number, change: Readonly<Record<string, unknown>>): Edit =>
	(text) =>
		Object.entries(change).reduce(
			(now, [key, value]) => (value === undefined ? now : set(now, ['meters', place, key], value ?? undefined)),
			text,
		)

/** Sets the broker: address and user; settings that a person has made besides (outbox, client id …) stay. */
export const withBroker =
	(mqtt: Mqtt): Edit =>
	(text) =>
		(['url', 'embedded', 'username', 'password', 'ca'] as const).reduce((now, key) => {
			const isThere = nodeAt(now, ['mqtt', key]) !== undefined
			return mqtt[key] === undefined && !isThere ? now : set(now, ['mqtt', key], mqtt[key])
		}, text)

/** Switches an output on or off: its entry, with what a person has set there, goes. */
export const withOutput =
	(name: string, isOn: boolean, config: Pick<Config, 'outputs'>): Edit =>
	(text) => {
		const place = (config.outputs ?? []).findIndex((entry) => (typeof entry === 'string' ? entry : entry.output) === name)
		if (isOn) return place >= 0 ? text : append(text, ['outputs'], name)
		return place < 0 ? text : set(text, ['outputs', place], undefined)
	}

/** Names a folder of profiles, behind those that are named. */
export const withProfiles =
	(folder: string): Edit =>
	(text) =>
		append(text, ['profiles'], folder)

function nodeAt(text: string, path: JSONPath): Node | undefined {
	const tree = parseTree(text, [], { allowTrailingComma: true })
	return tree && findNodeAtLocation(tree, path)
}

/** Tells how a text is indented: by its first indented line. Tabs without one. */
function formatOf(text: string): FormattingOptions {
	const [, indent = '\t'] = /^([ \t]+)\S/m.exec(text) ?? []
	const eol = text.includes('\r\n') ? '\r\n' : '\n'
	return {
		insertSpaces: indent.startsWith(' '),
		tabSize: indent.startsWith(' ') ? indent.length : 4,
		eol,
		insertFinalNewline: true,
		keepLines: true,
	}
}

/** The text of a first config, without meters. `profiles`: the folder of profiles that is there already. */
export function firstConfig(http: Config['http'], day: string, profiles?: string): string {
	const start = `{
	// Made by the set-up of cii2mqtt on ${day}. Edit it as you like: comments stay when the set-up changes it.
	"mqtt": {},
	// Where it keeps what must outlive a restart.
	"stateDir": "state",
`
	const page = http === undefined ? '' : `\t"http": ${JSON.stringify(http)},\n`
	const own = profiles === undefined ? '' : `\t"profiles": ${JSON.stringify([profiles])},\n`
	return `${start}${page}${own}	"meters": []\n}\n`
}
