import type { DecodeResult } from './decode.ts'

/** A result of `decode` for people: one line a register. */
export function decodeText(result: DecodeResult): string {
	if (!result.ok) return `${result.file.slice(0, 60)}: refused (${result.reason}): ${result.detail}`
	const { file, link, application, auth, meterId, time, localTime, readings, sequence = [] } = result
	const head = [
		`${file.slice(0, 60)}: ${link}, ${application}, authentication ${auth}`,
		`  meter ${meterId ?? 'without an id'}, time ${time ?? localTime ?? 'not sent'}`,
	]
	const rows = Object.entries(readings).map(([code, entry]) => `  ${code.padEnd(18)} ${valueText(entry)}`)
	const unnamed = sequence.map((entry, place) => `  ${`value ${place + 1}`.padEnd(18)} ${valueText(entry)}`)
	return [...head, ...rows, ...unnamed].join('\n')
}

type Entry = Extract<DecodeResult, { ok: true }>['readings'][string]

function valueText({ value, unit, scaled, time }: Entry): string {
	const text = Array.isArray(value) ? value.map((item) => `(${item})`).join('') : value === null ? '–' : String(value)
	const notes = [scaled === false ? 'raw: the telegram has no scaler, a profile states it' : '', time ?? ''].filter((note) => note !== '')
	return `${text}${unit ? ` ${unit}` : ''}${notes.length > 0 ? `  (${notes.join(', ')})` : ''}`
}
