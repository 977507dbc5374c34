import { hex } from '../engine/bytes/hex.ts'
import type { CompiledProfile } from '../engine/profile/profile.ts'
import { parseObis } from '../engine/telegram/obis.ts'
import { refusalText } from '../engine/telegram/reasons.ts'
import { visible } from '../engine/text/visible.ts'
import { fields } from '../schema/types/fields.ts'
import type { DecodedMessages, DecodeResult, ShownRecord, Stage } from './decode.ts'

/** Bytes of a note that are shown; longer ones are cut. */
const SHOWN = 16

/** What was read, piece by piece: offset, bytes and meaning; what nothing explains stands out. */
export function stagesText(stages: Stage[]): string {
	return stages
		.filter(({ notes }) => notes.length > 0)
		.map(stageText)
		.join('\n')
}

function stageText({ stage, bytes, notes }: Stage): string {
	const rows: string[] = []
	let next = 0
	for (const { at, length, text } of [...notes].sort((one, other) => one.at - other.at || other.length - one.length)) {
		if (at > next) rows.push(row(bytes, next, at - next, '?'))
		rows.push(row(bytes, at, length, text))
		next = Math.max(next, at + length)
	}
	if (next < bytes.length) rows.push(row(bytes, next, bytes.length - next, '?'))
	return inLines([`${stage}, ${bytes.length} bytes`, ...rows])
}

function row(bytes: Uint8Array, at: number, length: number, text: string): string {
	const shown = hex(bytes.subarray(at, at + Math.min(length, SHOWN))) + (length > SHOWN ? '…' : '')
	return `  ${String(at).padStart(4)}  ${shown.padEnd(2 * SHOWN + 1)}  ${text}`
}

/** Lines with texts of a meter in them: none of these makes another line. */
const inLines = (lines: string[]) => lines.map((line) => visible(line)).join('\n')

/** A result of `decode` for people: one line a register, with what it is and which field of the profile takes it. */
export function decodeText(result: DecodeResult, profile: CompiledProfile | undefined): string {
	if (!result.ok) return visible(`${nameOf(result.file)}: refused: ${refusalText(result)}`)
	if (!('link' in result)) return messagesText(result)
	const {
		file,
		detected,
		link,
		application,
		auth,
		meterId,
		device,
		time,
		localTime,
		readings,
		sequence = [],
		kinds = [],
		records = [],
	} = result
	const head = [
		`${nameOf(file)}: ${link}, ${application}, authentication ${auth}`,
		...(detected === undefined ? [] : [`  detected: ${detected}`]),
		...(device
			? [
					`  device: ${Object.entries(device)
						.map(([name, value]) => `${name} ${value}`)
						.join(', ')}`,
				]
			: []),
		`  meter ${meterId ?? 'without an id'}, time ${time ?? localTime ?? 'not sent'}`,
	]
	const rows = Object.entries(readings).map(([code, entry]) =>
		`  ${code.padEnd(18)} ${valueText(entry).padEnd(24)} ${meaning(code, profile)}`.trimEnd(),
	)
	const unnamed = sequence.map((entry, place) =>
		`  ${`value ${place + 1}`.padEnd(18)} ${valueText(entry).padEnd(34)} ${kinds[place] ?? ''}`.trimEnd(),
	)
	const recorded = records.map(
		(entry, place) => `  ${`record ${place + 1}`.padEnd(18)} ${valueText(entry).padEnd(24)} ${recordText(entry)}`,
	)
	return inLines([...head, ...rows, ...unnamed, ...recorded])
}

/** The paths of an adapter's messages, what each is guessed to be, and how sure that is. */
function messagesText({ file, application, topic, telegrams, values }: DecodedMessages): string {
	const from = [topic].flat().filter(Boolean).join(', ')
	const rows = values.map(({ path, value, field, expression, sure, reason }) => {
		const guess = field
			? `→ ${field}${expression === path ? '' : ` = ${expression}`} (${sure ? 'guessed' : 'ASSUMED'}: ${reason})`
			: `(${reason})`
		return `  ${path.padEnd(28)} ${String(value).slice(0, 40).padEnd(18)} ${guess}`
	})
	const next = '  "cii2mqtt new NAME --from CAPTURE" writes these guesses as a profile; a known adapter\'s is found there, too'
	return inLines([
		`${nameOf(file)}: ${application}${from && `, ${from}`}, ${telegrams} telegram${telegrams === 1 ? '' : 's'}`,
		...rows,
		next,
	])
}

/** What a data record of wired M-Bus is of. */
function recordText({ function: kind, quantity, storage, tariff, device, qualifiers = [] }: ShownRecord): string {
	return [
		quantity ?? kind,
		...(quantity === null || kind === 'Instantaneous value' ? [] : [kind.toLowerCase()]),
		...(storage ? [`storage ${storage}`] : []),
		...(tariff ? [`tariff ${tariff}`] : []),
		...(device ? [`device ${device}`] : []),
		...qualifiers,
	].join(', ')
}

/** An input as it was named; hex digits that stand for themselves are cut. */
const nameOf = (file: string) => (file.length > 60 && /^[0-9A-Fa-f\s]+$/.test(file) ? `${file.slice(0, 60)}…` : file)

/** The name of a code, and the fields that use it. */
function meaning(code: string, profile: CompiledProfile | undefined): string {
	const obis = parseObis(code.replace(/#.*/, ''))
	const short = obis?.short
	const label =
		obis && (obis.a === 1 || (obis.a === 0 && obis.b === 0))
			? Object.values(fields).find((field) => field.obis === short)?.label
			: undefined
	if (!profile) return label ?? ''
	const used = [...profile.transform]
		.filter(([, { codes }]) => codes.includes(code) || (short !== undefined && codes.includes(short)))
		.map(([target]) => target)
	return `${label ?? ''} ${used.length > 0 ? `→ ${used.join(', ')}` : '(not used)'}`.trimStart()
}

type Entry = Extract<DecodeResult, { link: string }>['readings'][string]

function valueText({ value, unit, scaled, time }: Entry): string {
	const text = Array.isArray(value) ? value.map((item) => `(${item})`).join('') : value === null ? '–' : String(value)
	const notes = [scaled === false ? 'raw: no scaler' : '', time ?? ''].filter((entry) => entry !== '')
	return `${text}${unit ? ` ${unit}` : ''}${notes.length > 0 ? `  (${notes.join(', ')})` : ''}`
}
