import { fields } from '../../schema/types/fields.ts'
import type { Transport } from '../../schema/types/profile.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { withinReach } from '../profile/reach.ts'
import { lineText } from '../profile/short-forms.ts'
import { parseObis } from '../telegram/obis.ts'
import type { Value } from '../telegram/register.ts'
import { kindOf } from '../telegram/sequence.ts'
import type { Sent, Telegram } from '../telegram/telegram.ts'
import { visible } from '../text/visible.ts'
import type { Capture } from '../transport/capture.ts'
import type { ScalerGuess } from './scalers.ts'

/** Stands for the path of the schema, which depends on where the profile is written. */
export const SCHEMA = '<schema>'

/** Writes the transport of the capture's header, serial settings as a line; a serial one to be filled in where it has none. */
export function transportText({ header }: Capture): string {
	const transport: Transport = withinReach({ ...header.transport })
	const { kind = 'serial', baudRate, dataBits: _bits, parity: _parity, stopBits: _stops, ...settings } = transport
	return JSON.stringify({ kind, ...(baudRate !== undefined && { line: lineText(transport) }), ...settings })
		.replace(/([{,:])(?=\S)/g, '$1 ')
		.replace(/}$/, ' }')
}

/** What was guessed of scalers, each with its reason above it. */
export function registersText(guesses: ScalerGuess[]): string[] {
	if (guesses.length === 0) return []
	const rows = guesses.flatMap(({ code, scaler, reason, sure }, place) => [
		`      // ${sure ? 'Guessed' : 'ASSUMED, check it'}: ${reason}.`,
		`      "${code}": { "scaler": ${scaler} }${place < guesses.length - 1 ? ',' : ''}`,
	])
	return ['    // The meter sends no scalers: these are guesses.', '    "registers": {', ...rows, '    }']
}

/** Lists without codes: the kind of value at each place, to be given codes. Lists of one length that differ in kind are several. */
export function sequenceText(telegrams: Telegram[]): string[] {
	const lists = listsOf(telegrams)
	if (lists.length === 0) return []
	return [
		'    // Lists of values without OBIS codes: uncomment them, and put the codes of those you know in place of "-", such as "1-0:1.7.0 u32".',
		'    // "sequence": {',
		...lists.flatMap(({ key, kinds, values }, list) => [
			`    // "${key}": [`,
			...values.map(
				(value, place) => `    //   "- ${kinds[place]}"${place < values.length - 1 ? ',' : ''} // ${sentText(value, kinds[place])}`,
			),
			`    // ]${list < lists.length - 1 ? ',' : ''}`,
		]),
		'    // },',
	]
}

type SentList = { key: string; kinds: string[]; values: Value[] }

function listsOf(telegrams: Telegram[]): SentList[] {
	const lists = new Map<string, SentList>()
	for (const { sent, sequence } of telegrams) {
		if (!sent) continue
		const kinds = sequence.map((value, place) => kindOf(value, sent[place] as Sent))
		const same = [...lists.values()].filter((list) => list.kinds.length === kinds.length).length
		const shape = kinds.join()
		if (!lists.has(shape))
			lists.set(shape, { key: same === 0 ? `${kinds.length}` : `${kinds.length} list ${same + 1}`, kinds, values: sequence })
	}
	return [...lists.values()]
}

/** Writes what was sent at a place. A text may be the meter's number, which is private: only one that the profile itself states is shown. */
function sentText(value: Value, kind = ''): string {
	switch (value.kind) {
		case 'number':
			return String(value.raw)
		case 'text':
			return kind.startsWith('=') ? JSON.stringify(value.text) : 'text'
		case 'clock':
			return value.clock.local
		default:
			return value.kind
	}
}

/** Numbers of the meter that the reading has no field for. */
export function unknownText(telegrams: Telegram[]): string[] {
	const known = new Set(Object.values(fields).map(({ obis }) => obis))
	const codes = new Set(
		telegrams.flatMap(({ registers }) =>
			registers.flatMap(({ obis, value }) => {
				const parsed = parseObis(obis)
				return value.kind === 'number' && parsed?.a === 1 && !known.has(parsed.short) ? [obis] : []
			}),
		),
	)
	return codes.size === 0
		? []
		: [`  // No field of the reading takes these yet ("extra.name": "registers.\`code\`" does): ${[...codes].join(', ')}`]
}

/**
 * A whole profile: what every one has around the given lines. `<schema>` stands for the path of the schema. `sampled`: it states its samples, which are written
 * with it; without, they are those of its name, as soon as there are some.
 */
export function profileText(name: string, title: string, lines: string[], sampled: boolean): string {
	const last = lines.findLastIndex((line) => !isComment(line))
	const rows = sampled ? lines : lines.map((line, at) => (at === last ? line.replace(/,$/, '') : line))
	return [
		'{',
		`  "$schema": "${SCHEMA}",`,
		`  "profile": "${name}",`,
		'  "version": "0.1.0",',
		`  "title": ${JSON.stringify(title)},`,
		// A name in a message may have line breaks: a comment ends with its line.
		...rows.map((line) => (isComment(line) ? visible(line, Number.POSITIVE_INFINITY) : line)),
		...(sampled ? [`  "samples": ["${name}"]`] : []),
		'}',
		'',
	].join('\n')
}

/** Tells a line that is a comment. */
export const isComment = (line: string): boolean => /^\s*\/\//.test(line)

/** The README that comes with a capture, to be filled in. */
export const readmeText = (name: string, { document }: CompiledProfile) => `# ${document.title ?? name}

| | |
|---|---|
| operator | … |
| meter | … |
| interface | … |
| line | … |
| adapter | … |
| encryption | … |

Who recorded it, and when: …
`
