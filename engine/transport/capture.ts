import { setTimeout as sleep } from 'node:timers/promises'
import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import { concat, fromHex } from '../bytes/hex.ts'
import { readRegular } from '../files/regular.ts'
import { onChange, type Port, type PortEvents, type Transport } from './port.ts'

/** A recording: its header and lines (design.md, section 7). */
export type Capture = { header: CaptureHeader; lines: CaptureLine[] }

/** Bytes of a recording that a tool reads: the longest text that there is. */
export const MAX_READ = 500 * 1024 * 1024
/** Bytes of one that is played as a meter: it is read at once, and held as a whole. */
const MAX_PLAYED = 32 * 1024 * 1024

/** Reads a capture file of `limit` bytes at most. Throws an Error with file and line when it is not a capture; a pipe or a device is refused. */
export function readCapture(file: string, limit = MAX_READ): Capture {
	let text: string
	try {
		text = readRegular(file, limit)
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException
		if (code !== undefined) throw error
		throw new Error(
			message.endsWith('a folder')
				? `${file} is a folder: name a capture in it (X.capture.jsonl)`
				: `${file}: ${message}; a capture is a file that is read as a whole`,
		)
	}
	return parseCapture(file, text)
}

/** Parses the text of a capture. Throws an Error with `file` and line when it is not a capture. */
export function parseCapture(file: string, text: string): Capture {
	const parsed = text.split('\n').flatMap((row, index) => {
		if (row.trim() === '') return []
		try {
			return [JSON.parse(row) as unknown]
		} catch {
			throw new Error(
				`${file}:${index + 1} is not JSON: a capture has one JSON object per line ("cii2mqtt record" writes one; profiles/REFERENCE.md shows its first line)`,
			)
		}
	})
	const [header, ...lines] = parsed as [CaptureHeader, ...CaptureLine[]]
	if (header?.capture !== 1) throw new Error(`${file}:1 is not a capture header: {"capture":1,"meter":…,"source":…,"license":…}`)
	lines.forEach((line, index) => {
		const fits =
			typeof line?.t === 'number' &&
			('hex' in line
				? typeof line.hex === 'string' && fromHex(line.hex) !== undefined
				: typeof line.topic === 'string' && typeof line.payload === 'string')
		if (!fits) throw new Error(`${file}: line ${index + 2} is neither {"t":…,"hex":…} nor {"t":…,"topic":…,"payload":…}`)
	})
	return { header, lines }
}

/** Says whether the pause before a line (`before`: time of the line before it) is long enough for a port to be idle. */
export function isSilence(line: CaptureLine, before: number, { idle = 1000, merge }: Pick<Transport, 'idle' | 'merge'>): boolean {
	return line.t - before >= Math.max(idle, merge?.window ?? 0)
}

/** Gives the bytes of a recording, one piece for each stretch without silence. */
export function partsOf({ lines }: Capture): Uint8Array[] {
	const parts: Uint8Array[][] = []
	let before = Number.NEGATIVE_INFINITY
	for (const line of lines) {
		if (!('hex' in line)) continue
		if (isSilence(line, before, {})) parts.push([])
		parts.at(-1)?.push(fromHex(line.hex) ?? new Uint8Array(0))
		before = line.t
	}
	return parts.map(concat)
}

/** Plays a recording as if it came now. With `clock: "now"`, `clockOf` (ms since 1970) says how far to shift the meter's clock. */
export function capturePort(settings: Transport, clockOf: (capture: Capture) => Promise<number | undefined>, events: PortEvents): Port {
	const { path = '', speed = 1, loop = false, pause = 5000, clock = 'recorded' } = settings
	const stop = new AbortController()
	const status = onChange(events.status)

	async function play(): Promise<void> {
		const capture = readCapture(path, MAX_PLAYED)
		status('open')
		do {
			const recorded = clock === 'now' ? await clockOf(capture) : undefined
			events.restart(recorded === undefined ? 0 : Date.now() - recorded)
			let before = 0
			for (const line of capture.lines) {
				await wait(speed === 0 ? 0 : (line.t - before) / speed)
				if (isSilence(line, before, settings)) events.idle(Date.now())
				before = line.t
				if ('hex' in line) await events.bytes(fromHex(line.hex) ?? new Uint8Array(0), Date.now())
				else
					events.message({ topic: line.topic, payload: new TextEncoder().encode(line.payload), retain: line.retain === true }, Date.now())
			}
			events.idle(Date.now())
			await wait(speed === 0 ? pause : pause / speed)
		} while (loop)
		status('the recording has ended')
	}

	const wait = (milliseconds: number) => sleep(Math.max(0, milliseconds), undefined, { signal: stop.signal })
	const playing = play().catch((error: Error) => {
		if (error.name !== 'AbortError') status(error.message)
	})
	return {
		close() {
			stop.abort()
			return playing
		},
	}
}
