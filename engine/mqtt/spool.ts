import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { hourly } from '../files/kept-file.ts'
import type { OutMessage } from './message.ts'

/** Messages that wait for the broker, on disk. */
export type Spool = ReturnType<typeof spool>

/** Bytes of the file beyond which sent messages are removed from it. */
const MAX_FILE = 64 * 1024 * 1024

type Line = Omit<OutMessage, 'payload' | 'retain'> & { text?: string; bytes?: string }

/**
 * Keeps messages in a file, one JSON line each. After a crash, a message that was sent may be sent again: consumers drop it by session and seq.
 * `tell` gets a failing disk once an hour. A line that was cut short by a power failure is left out.
 */
export function spool(file: string, tell: (text: string) => void) {
	const complain = hourly(tell)
	let written = false

	function guarded(work: () => void): void {
		try {
			work()
		} catch (error) {
			complain(`${file} cannot be written (${(error as Error).message}): readings wait in memory only`)
		}
	}

	return {
		/** Reads the messages that waited when the process ended. */
		load(): OutMessage[] {
			try {
				const messages = readFileSync(file, 'utf8').split('\n').flatMap(messageOf)
				written = true
				return messages
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'ENOENT') tell(`${file} cannot be read (${(error as Error).message})`)
				return []
			}
		},
		/** Adds a message that waits. */
		add(message: OutMessage): void {
			guarded(() => {
				if (!written) mkdirSync(dirname(file), { recursive: true })
				appendFileSync(file, lineOf(message), { mode: 0o600 })
				written = true
			})
		},
		/** Removes the file: no message waits any more. */
		clear(): void {
			if (written) guarded(() => rmSync(file, { force: true }))
			written = false
		},
		/** Replaces the file by the messages that still wait, once it is large. */
		rewrite(messages: OutMessage[]): void {
			guarded(() => {
				if (!written || statSync(file).size < MAX_FILE) return
				writeFileSync(`${file}.new`, messages.map(lineOf).join(''), { mode: 0o600 })
				renameSync(`${file}.new`, file)
			})
		},
	}
}

function lineOf({ payload, retain: _retain, ...rest }: OutMessage): string {
	// People read JSON in the file as text.
	const text = typeof payload === 'string' || rest.contentType !== undefined ? Buffer.from(payload).toString() : undefined
	const content = text === undefined ? { bytes: Buffer.from(payload).toString('base64') } : { text }
	return `${JSON.stringify({ ...rest, ...content } satisfies Line)}\n`
}

function messageOf(line: string): OutMessage[] {
	try {
		const { topic, text, bytes, ...rest } = JSON.parse(line) as Partial<Line>
		const payload = typeof text === 'string' ? text : typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : undefined
		if (typeof topic !== 'string' || payload === undefined) return []
		return [{ ...rest, topic, payload, retain: false }]
	} catch {
		return []
	}
}
