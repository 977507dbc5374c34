import { createHash, randomBytes } from 'node:crypto'
import type { CaptureLine } from '../../schema/types/capture.ts'
import { fromHex, fromLatin1, hex, latin1 } from '../bytes/hex.ts'
import { anonymize, type Recording } from '../explain/anonymize.ts'
import { messageLine, recordingHeader, recordingText } from '../explain/recording.ts'
import type { Keys } from '../telegram/telegram.ts'
import { visible } from '../text/visible.ts'
import type { Transport } from '../transport/port.ts'
import type { HeardMessage } from './adapters.ts'
import type { LineSetting } from './lines.ts'

/** A recording as a file, whether all that names the household is replaced for sure, and a sentence about that. */
export type Shared = { name: string; text: string; anonymized: boolean; note: string }

/** DB 08, three letters of the maker, five bytes of the number. */
const TITLE = new RegExp(`(${String.fromCharCode(0xdb, 8)}[A-Z]{3})([^]{5})`, 'g')

const CLEAN = 'Ids, keys and system titles are replaced.'
const UNSURE = 'The protocol is not known, so nobody knows where ids stand: long numbers are replaced. Look through it before you share it.'
const SEALED =
	'The telegrams are encrypted and stay so: without the key nobody reads the values. The id of the meter that stands beside them in clear is replaced.'

const CLOSED =
	'The records are encrypted and stay so. The number of the meter stands before them in clear, for without it nobody can open them: give it only to whom you trust.'

/** Makes a recording to share. Where the protocol is known, all that names the household is replaced; elsewhere long numbers, and the note says so. */
export function shared(recording: Recording, keys: Keys): Shared {
	const name = `meter-${recording.header.source.replace(/\D/g, '') || 'recording'}.capture.jsonl`
	const made = anonymize(recording, keys)
	if (typeof made !== 'string') return { name, text: recordingText(made), anonymized: true, note: CLEAN }
	const note = /ciphered/.test(made) ? SEALED : /encrypted records/.test(made) ? CLOSED : UNSURE
	const lines = covered(recording.lines)
	return { name, text: recordingText({ header: { ...recording.header, note }, lines }), anonymized: false, note }
}

/** Makes the recording of bytes of a line. */
export function recordingOf(lines: CaptureLine[], line: LineSetting | undefined): Recording {
	const { signOn: _signOn, request: _request, ...transport } = line?.transport ?? {}
	return { header: headerOf({ kind: 'serial', ...transport }), lines }
}

/** Makes the recording of messages. */
export function recordingOfMessages(messages: readonly HeardMessage[], topic: string): Recording {
	const began = messages[0]?.received ?? 0
	const lines = messages.map((message) => messageLine(message.received - began, message))
	return { header: headerOf({ kind: 'mqtt', topic }), lines }
}

const headerOf = (transport: Transport) => recordingHeader(transport, 'unknown meter', 'the set-up of cii2mqtt')

/** Replaces runs of seven digits and more, and system titles of ciphered telegrams: each by the same one everywhere. */
function covered(lines: CaptureLine[]): CaptureLine[] {
	const salt = randomBytes(16)
	const digest = (text: string) => createHash('sha256').update(salt).update(text).digest()
	const numbers = (text: string) =>
		text.replace(/\d{7,}/g, (run) => [...run].map((_, place) => String((digest(run)[place % 32] ?? 0) % 10)).join(''))
	const titles = (text: string) => text.replace(TITLE, (_, head: string, id: string) => head + digest(id).subarray(0, 5).toString('latin1'))
	// A number may lie across two pieces: they are one text for this.
	const bytes = lines.map((line) => ('hex' in line ? (fromHex(line.hex) ?? new Uint8Array(0)) : new Uint8Array(0)))
	const whole = titles(numbers(bytes.map((piece) => latin1(piece)).join('')))
	let at = 0
	return lines.map((line, place) => {
		if ('topic' in line) return { ...line, topic: visible(numbers(line.topic)), payload: numbers(line.payload) }
		const length = bytes[place]?.length ?? 0
		const piece = whole.slice(at, at + length)
		at += length
		return { ...line, hex: hex(fromLatin1(piece)) }
	})
}
