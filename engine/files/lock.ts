import { mkdirSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'

/** Bytes that the path of a socket may have (unix(7): 108, with its end). */
const LONGEST = 107

/** A lock on a folder, held while the process lives. */
export type Lock = { release(): Promise<void> }

/**
 * Locks a name in a folder for this process; undefined while another one holds it. The lock is a socket: it goes with its process, also after kill -9, and is
 * seen from other containers. Where a folder takes no socket (read-only, or of a kind that has none), nothing is locked.
 */
export async function lock(folder: string, name: string): Promise<Lock | undefined> {
	const path = join(folder, `${name}.lock`)
	if (process.platform === 'win32' || Buffer.byteLength(path) > LONGEST) return NO_LOCK
	try {
		mkdirSync(folder, { recursive: true })
	} catch {
		return NO_LOCK
	}
	for (let attempt = 0; attempt < 3; attempt++) {
		const server = createServer((socket) => socket.destroy())
		const code = await opened(server, path)
		if (code === undefined) return { release: () => new Promise((resolve) => server.close(() => resolve())) }
		if (code !== 'EADDRINUSE') return NO_LOCK
		if (await answers(path)) return undefined
		// Its process is gone.
		rmSync(path, { force: true })
	}
	return undefined
}

const NO_LOCK: Lock = { release: () => Promise.resolve() }

function opened(server: Server, path: string): Promise<string | undefined> {
	return new Promise((resolve) => {
		server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EIO'))
		server.listen(path, () => {
			server.on('error', () => undefined).unref()
			resolve(undefined)
		})
	})
}

function answers(path: string): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(path)
		socket.once('connect', () => resolve(true))
		socket.once('error', () => resolve(false))
		socket.once('close', () => socket.destroy())
		socket.on('connect', () => socket.destroy())
	})
}
