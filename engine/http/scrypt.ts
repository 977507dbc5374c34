import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'

const derived = promisify<string, Buffer, number, object, Buffer>(scrypt)

/** Takes 16 MB and, on a small computer, a quarter of a second (OWASP's setting for little memory). */
const COST = { N: 16_384, r: 8, p: 5, maxmem: 32 * 1024 * 1024 }
const LENGTH = 32
/** Derivations at once, and those that may wait: each holds a thread that files need, too. */
const [AT_ONCE, WAITING] = [2, 8]

let running = 0
const waiting: (() => void)[] = []

/** Makes a salt. */
export const newSalt = () => randomBytes(16)

/** Derives the hash of a password in the thread pool. Gives undefined where too many wait already. */
export async function hashOf(password: string, salt: Buffer): Promise<Buffer | undefined> {
	if (running >= AT_ONCE) {
		if (waiting.length >= WAITING) return undefined
		await new Promise<void>((resolve) => waiting.push(resolve))
	} else running++
	try {
		// As people type it on another keyboard.
		return await derived(password.normalize('NFKC'), salt, LENGTH, COST)
	} finally {
		const next = waiting.shift()
		if (next) next()
		else running--
	}
}
