import { hex } from '../bytes/hex.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { parseObis } from '../telegram/obis.ts'
import { visible } from '../text/visible.ts'
import { labelOf, type Shown, type ShownRecord, type ShownTelegram } from './shown.ts'
import type { Stage } from './stages.ts'

/** Bytes of a note that are shown; longer ones are cut. */
const SHOWN = 16

/** Writes what was read, piece by piece: offset, bytes and meaning; bytes that nothing explains stand out. */
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

/** Joins lines with texts of a meter in them: none of these makes another line. */
export const inLines = (lines: string[]) => lines.map((line) => visible(line)).join('\n')

/**
 * Shows a telegram for people: one line a register, with what it is and which field of the profile takes it. `name`: of what it was in; `detected`: what
 * link layer and application were told by.
 */
export function telegramText(name: string, telegram: ShownTelegram, profile: CompiledProfile | undefined, detected?: string): string {
	const { link, application, auth, meterId, device, time, localTime, readings, sequence = [], kinds = [], records = [] } = telegram
	const head = [
		`${name}: ${link}, ${application}, authentication ${auth}`,
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
	const users = profile && usersOf(profile)
	const rows = Object.entries(readings).map(([code, entry]) =>
		`  ${code.padEnd(18)} ${valueText(entry).padEnd(24)} ${meaning(code, users)}`.trimEnd(),
	)
	const unnamed = sequence.map((entry, place) =>
		`  ${`value ${place + 1}`.padEnd(18)} ${valueText(entry).padEnd(34)} ${kinds[place] ?? ''}`.trimEnd(),
	)
	const recorded = records.map(
		(entry, place) => `  ${`record ${place + 1}`.padEnd(18)} ${valueText(entry).padEnd(24)} ${recordText(entry)}`,
	)
	return inLines([...head, ...rows, ...unnamed, ...recorded])
}

/** Says in words what a data record of wired M-Bus measures. */
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

/** The name of a code, and the fields that use it. */
function meaning(code: string, users: Map<string, Set<string>> | undefined): string {
	const short = parseObis(code.replace(/#.*/, ''))?.short
	const label = labelOf(code)
	if (!users) return label ?? ''
	const used = [...new Set([...(users.get(code) ?? []), ...(short === undefined ? [] : (users.get(short) ?? []))])]
	return `${label ?? ''} ${used.length > 0 ? `→ ${used.join(', ')}` : '(not used)'}`.trimStart()
}

/** The fields of a profile by the codes that they ask for. */
function usersOf({ transform }: CompiledProfile): Map<string, Set<string>> {
	const users = new Map<string, Set<string>>()
	for (const [target, { codes }] of transform) for (const code of codes) users.set(code, (users.get(code) ?? new Set()).add(target))
	return users
}

function valueText({ value, unit, scaled, time }: Shown): string {
	const text = Array.isArray(value) ? value.map((item) => `(${item})`).join('') : value === null ? '–' : String(value)
	const notes = [scaled === false ? 'raw: no scaler' : '', time ?? ''].filter((entry) => entry !== '')
	return `${text}${unit ? ` ${unit}` : ''}${notes.length > 0 ? `  (${notes.join(', ')})` : ''}`
}
