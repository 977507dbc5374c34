import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'

const derived = promisify<string, Buffer, number, object, Buffer>(scrypt)

/**
 * OWASP's setting of 32 MB. With less memory the process would hold more: what is larger than 32 MB the C library gives back at once, anything smaller it
 * keeps, for each thread of the pool.
 */
const COST = { N: 32_768, r: 8, p: 3, maxmem: 48 * 1024 * 1024 }
const LENGTH = 32
/** Derivations that may wait for the one that runs: it holds a thread that files need, too, and the memory. */
const WAITING = 8

let isRunning = false
const waiting: (() => void)[] = []

/** Makes a salt. */
export const newSalt = () => randomBytes(16)

/** Derives the hash of a password in the thread pool. Gives undefined where too many wait already. */
export async function hashOf(password: string, salt: Buffer): Promise<Buffer | undefined> {
	if (isRunning) {
		if (waiting.length >= WAITING) return undefined
		await new Promise<void>((resolve) => waiting.push(resolve))
	}
	isRunning = true
	try {
		// As people type it on another keyboard.
		return await derived(password.normalize('NFKC'), salt, LENGTH, COST)
	} finally {
		const next = waiting.shift()
		if (next) next()
		else isRunning = false
	}
}
