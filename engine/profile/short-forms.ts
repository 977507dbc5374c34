import { fields } from '../../schema/types/fields.ts'
import type { Transport } from '../../schema/types/profile.ts'
import type { Fault, Path } from '../document/finding.ts'
import { isObject, type Json } from '../document/merge.ts'

const SETTINGS = ['baudRate', 'dataBits', 'parity', 'stopBits'] as const
const PARITY: Record<string, string> = { N: 'none', E: 'even', O: 'odd' }

/** The way to an object of values by OBIS code: `obis`, or `json.meter`. */
const PATH = /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/

/**
 * Replaces the short forms of a document by what they stand for: `transport.line` by the four serial settings, `transform.*` by an expression for
 * each field that has an OBIS code. null removes all that a form stands for. What the document states itself stays; so does a form that is wrong.
 */
export function expanded(document: Json): Json {
	const { transport, transform } = document
	return {
		...document,
		...(isObject(transport) && 'line' in transport && { transport: withSettings(transport) }),
		...(isObject(transform) && '*' in transform && { transform: withFields(transform) }),
	}
}

function withSettings(transport: Json): Json {
	const settings = settingsOf(transport.line)
	if (!settings) return transport
	return Object.fromEntries(Object.entries(transport).flatMap((entry) => (entry[0] === 'line' ? Object.entries(settings) : [entry])))
}

function settingsOf(line: unknown): Json | undefined {
	if (line === null) return Object.fromEntries(SETTINGS.map((name) => [name, null]))
	const [, baudRate, dataBits, parity = '', stopBits] = /^(\d+) ([78])([NEO])([12])$/.exec(String(line)) ?? []
	if (baudRate === undefined) return undefined
	return { baudRate: Number(baudRate), dataBits: Number(dataBits), parity: PARITY[parity], stopBits: Number(stopBits) }
}

/** The fields stand where the form stood, in the order of the reading's schema, among them those that the document states. */
function withFields(transform: Json): Json {
	const from = transform['*']
	if (from !== null && !(typeof from === 'string' && PATH.test(from))) return transform
	const all = Object.keys(fields).flatMap((name): [string, unknown][] => {
		if (name in transform) return [[name, transform[name]]]
		const expression = byCode(name, from ?? 'obis')
		return expression === undefined ? [] : [[name, from === null ? null : expression]]
	})
	return Object.fromEntries(
		Object.entries(transform).flatMap((entry) => (entry[0] === '*' ? all : Object.hasOwn(fields, entry[0]) ? [] : [entry])),
	)
}

/** The expression for a field by its OBIS code, or for the time that is sent beside a value; undefined for a field with neither. */
function byCode(name: string, from: string): string | undefined {
	const code = fields[name]?.obis
	if (code !== '') return `${from}.\`${code}\``
	const valued = name.endsWith('_time') && from === 'obis' ? fields[name.slice(0, -'_time'.length)]?.obis : undefined
	return valued && `times.\`${valued}\``
}

/** Gives the path as the document writes it: that of the short form where one stands for the path. */
export function writtenPath(path: Path, document: Json): Path {
	const [section = '', key = ''] = path
	const form = section === 'transport' && SETTINGS.some((name) => name === key) ? 'line' : section === 'transform' ? '*' : undefined
	const written = document[section]
	return form !== undefined && isObject(written) && form in written && !(key in written) ? [section, form] : path
}

/** Says that a transport states a setting beside the `line` that already stands for it: where, code, message and hint of a finding. */
export function besideLine(transport: unknown): Fault | undefined {
	const setting = isObject(transport) && 'line' in transport ? SETTINGS.find((name) => name in transport) : undefined
	return setting && [['transport', setting], 'profile/line', `"line" stands for ${setting}, too`, 'state one of the two', 'key']
}

/** Writes serial settings as a line, `2400 8E1`; those that are missing have their defaults. */
export function lineText({ baudRate = 9600, dataBits = 8, parity = 'none', stopBits = 1 }: Transport): string {
	return `${baudRate} ${dataBits}${parity.slice(0, 1).toUpperCase()}${stopBits}`
}
