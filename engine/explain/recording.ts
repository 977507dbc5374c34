import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import { hex, printable } from '../bytes/hex.ts'
import type { Message } from '../mqtt/message.ts'
import type { Transport } from '../transport/port.ts'
import type { Recording } from './anonymize.ts'

/** Makes the header of a recording: which line it was, without where it is plugged in. `meter`: what it is of; `by`: what recorded it. */
export function recordingHeader(
	{ path: _path, host: _host, url: _url, ...transport }: Transport,
	meter: string,
	by: string,
): CaptureHeader {
	const source = `recorded ${new Date().toISOString().slice(0, 10)} by ${by}`
	return { capture: 1, meter, source, license: 'CC0-1.0', transport }
}

/** Makes the header of lines that somebody pasted, of whose meter nothing is known. */
export const headerOf = (lines: readonly CaptureLine[], by: string): CaptureHeader =>
	recordingHeader('topic' in (lines[0] ?? {}) ? { kind: 'mqtt' } : {}, 'unknown meter', by)

/** Makes the line of a message, `t` milliseconds after the start: as text, or its bytes where it is not text (a reader's raw topic). */
export function messageLine(t: number, { topic, payload, retain }: Pick<Message, 'topic' | 'payload' | 'retain'>): CaptureLine {
	const text = new TextDecoder().decode(payload)
	const isText = printable(payload) || !/[\uFFFD\p{Cc}]/u.test(text.replace(/[\r\n\t]/g, ''))
	if (!isText) return { t, hex: hex(payload) }
	return retain ? { t, topic, payload: text, retain } : { t, topic, payload: text }
}

/** Writes a recording as a file has it: JSON, one object a line. */
export const recordingText = ({ header, lines }: Recording) => `${[header, ...lines].map((line) => JSON.stringify(line)).join('\n')}\n`
