import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { packageRoot } from '../../engine/files/package.ts'
import type { Keys } from '../../engine/telegram/telegram.ts'
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
		records?: ExpectedRecord[]
	}
}
export type ExpectedValue = {
	value: number | string | boolean | null
	unit?: string | null
	raw?: number | null
	scaler?: number
	octets?: string
}
export type ExpectedRecord = ExpectedValue & {
	function: string
	storage: number | null
	tariff: number | null
	device: number | null
	quantity: string | null
}

const folder = new URL('test/corpus/', packageRoot)

/** Every telegram of the corpus. */
export const corpus: Entry[] = readdirSync(folder)
	.filter((id) => existsSync(new URL(`${id}/entry.json`, folder)))
	.map((id) => {
		const entry = JSON.parse(readFileSync(new URL(`${id}/entry.json`, folder), 'utf8')) as Omit<Entry, 'bytes' | 'file'>
		return { ...entry, ...bytesOf(new URL(`${id}/`, folder)) }
	})

/** Telegrams that may not be copied: of the folder that CII_CORPUS names (one folder a telegram: meta.json, expected.json, frame.hex), if any. */
export const strangers: Entry[] = strangersIn(process.env.CII_CORPUS)

function strangersIn(path: string | undefined): Entry[] {
	if (path === undefined) return []
	const ids = readdirSync(path).filter((id) => existsSync(`${path}/${id}/frame.hex`) || existsSync(`${path}/${id}/frame.txt`))
	return ids
		.filter((id) => !corpus.some((entry) => entry.id === id))
		.map((id) => {
			const at = pathToFileURL(`${path}/${id}/`)
			const meta = JSON.parse(readFileSync(new URL('meta.json', at), 'utf8')) as Omit<Entry, 'bytes' | 'file' | 'expected'>
			const expected = JSON.parse(readFileSync(new URL('expected.json', at), 'utf8')) as Entry['expected']
			return { ...meta, expected, ...bytesOf(at) }
		})
}

function bytesOf(at: URL): { file: string; bytes: Uint8Array } {
	const text = new URL('frame.txt', at)
	const file = existsSync(text) ? text : new URL('frame.hex', at)
	const content = readFileSync(file)
	return { file: file.pathname, bytes: file === text ? new Uint8Array(content) : hexBytes(content.toString()) }
}

/** Octets that some sources write as hex digits with spaces, as ours are. */
export const unspaced = (text: string) => (/^([0-9a-f]{2} )+[0-9a-f]{2}$/.test(text) ? text.replaceAll(' ', '').toUpperCase() : text)

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
