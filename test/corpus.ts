import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Keys } from '../engine/telegram/telegram.ts'
import { hexBytes } from './craft.ts'

/** A telegram of a real meter with values that its source or an independent decoder states (test/corpus/README.md). */
export type Entry = {
	id: string
	linkLayer: string
	keys: { encryptionKey?: string; authenticationKey?: string }
	intact: boolean
	bytes: Uint8Array
	file: string
	expected: {
		timestamp?: string | null
		timestampOffset?: string | null
		meterId?: string | null
		values?: Record<string, ExpectedValue>
		sequence?: ExpectedValue[]
	}
}
export type ExpectedValue = { value: number | string | boolean | null; unit?: string | null; raw?: number | null; scaler?: number }

const folder = new URL('corpus/', import.meta.url)

/** Every telegram of the corpus. */
export const corpus: Entry[] = readdirSync(folder)
	.filter((id) => existsSync(new URL(`${id}/entry.json`, folder)))
	.map((id) => {
		const entry = JSON.parse(readFileSync(new URL(`${id}/entry.json`, folder), 'utf8')) as Omit<Entry, 'bytes' | 'file'>
		const text = new URL(`${id}/frame.txt`, folder)
		const file = existsSync(text) ? text : new URL(`${id}/frame.hex`, folder)
		const content = readFileSync(file)
		return { ...entry, file: file.pathname, bytes: file === text ? new Uint8Array(content) : hexBytes(content.toString()) }
	})

/** The one telegram of that id. */
export function telegram(id: string): Entry {
	const found = corpus.find((entry) => entry.id === id)
	if (!found) throw new Error(`no ${id} in test/corpus`)
	return found
}

/** The keys of a telegram, as a decoder takes them. */
export function keysOf({ keys: { encryptionKey, authenticationKey } }: Entry): Keys {
	return {
		...(encryptionKey && { encryption: hexBytes(encryptionKey) }),
		...(authenticationKey && { authentication: hexBytes(authenticationKey) }),
	}
}
