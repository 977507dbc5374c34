import type { SourceGiven } from '../api/types.ts'

/** Characters of a text that is asked about at once. */
const MAX_TEXT = 4_000_000

/** Makes a source of a file: its text, or its bytes as hex digits where it is not text. Of a file that is too long, the beginning. */
export async function sourceOfFile(file: File): Promise<Extract<SourceGiven, { text: string }>> {
	const bytes = new Uint8Array(await file.slice(0, MAX_TEXT).arrayBuffer())
	return { text: textOf(bytes) ?? hexOf(bytes.subarray(0, MAX_TEXT / 2)), name: file.name }
}

/** The text that bytes are; undefined for bytes that are none. */
export function textOf(bytes: Uint8Array): string | undefined {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
		return /[^\P{Cc}\r\n\t]/u.test(text) ? undefined : text
	} catch {
		return undefined
	}
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
