import { object, optional, text, whole } from '../bytes/shape.ts'
import { type KeptFile, keptFile } from '../files/kept-file.ts'
import type { KeptSession, Right } from './sessions.ts'

/** The hashes of the passwords, under one salt, as base64. */
export type KeptPasswords = { salt: string; change: string; look?: string }

/** An entry of the file: the passwords, or a session. */
type Entry = { passwords: KeptPasswords } | { session: KeptSession }

const BASE64 = text(/^[A-Za-z0-9+/]{20,90}=*$/)
const passwords = object<KeptPasswords>({ salt: BASE64, change: BASE64, look: optional(BASE64) })
const session = object<{ hash: string; right: string; used: number }>({
	hash: text(/^[0-9a-f]{64}$/),
	right: text(/^(look|change)$/),
	used: whole(0, Number.MAX_SAFE_INTEGER),
})

/** Keeps passwords and sessions in a file that only this process's user may read: hashes, from which neither can be made again. */
export function accessFile(file: string | undefined, entries: () => Entry[], tell: (text: string) => void): KeptFile<Entry> {
	return keptFile<Entry>({
		file,
		read,
		key: (entry) => ('passwords' in entry ? 'passwords' : entry.session.hash),
		readFirst: () => undefined,
		entries,
		maxAge: 1000,
		loss: {
			read: 'a password of the page that cannot be read is to be set again, and people sign in once more',
			write: 'the passwords and sessions of the page end with this process',
		},
		tell,
	})
}

function read(content: unknown): Entry | undefined {
	if (typeof content !== 'object' || content === null) return undefined
	if ('passwords' in content) {
		const found = passwords(content.passwords)
		return found && { passwords: found }
	}
	const found = 'session' in content ? session(content.session) : undefined
	return found && { session: { ...found, right: found.right === 'look' ? 'look' : ('change' satisfies Right) } }
}
