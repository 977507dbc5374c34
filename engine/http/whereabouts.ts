import { chmodSync, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { readRegular } from '../files/regular.ts'

/** Bytes of a note, notes that are looked at, milliseconds that a page has to answer, and bytes of its answer. */
const [MAX_NOTE, MAX_NOTES, PATIENCE, MAX_ANSWER] = [1000, 20, 1000, 256 * 1024]

/** Names the folder in which pages of this user note where they are. */
export function notesFolder(): string {
	const who = process.getuid?.() ?? userInfo().username.replace(/[^\w-]/g, '_')
	return join(tmpdir(), `cii2mqtt-${who}`)
}

/** Notes where the page of this process is, for commands of the same user; returns how to take that back. A folder that is not this user's alone gets no note. */
export function notePage(address: string): () => void {
	const folder = notesFolder()
	const file = join(folder, `${process.pid}-${new URL(address).port}.json`)
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 })
		if (!isOurs(folder)) return () => undefined
		rmSync(file, { force: true })
		writeFileSync(file, JSON.stringify({ pid: process.pid, address, since: Date.now() }), { mode: 0o600, flag: 'wx' })
		chmodSync(file, 0o600)
	} catch {
		// Nobody misses it but a command that names the page.
	}
	return () => {
		try {
			rmSync(file, { force: true })
			rmdirSync(folder)
		} catch {
			// There are others; or the next who reads it finds that its process is gone.
		}
	}
}

/** Finds the page that runs on this machine for this user: the one that began last, if it answers. Undefined without one. */
export async function runningPage(): Promise<string | undefined> {
	const notes = notesIn(notesFolder())
	// All at once: whoever waits for it waits for one answer only.
	const told = await Promise.all(notes.map(({ address }) => answers(address)))
	return notes[told.indexOf(true)]?.address
}

type Note = { pid: number; address: string; since: number }

/** The notes of processes that live, the newest first. */
function notesIn(folder: string): Note[] {
	try {
		if (!isOurs(folder)) return []
		const names = readdirSync(folder).filter((name) => /^\d+-\d+\.json$/.test(name))
		const notes = names.slice(0, MAX_NOTES).flatMap((name) => noteIn(join(folder, name)))
		return notes.sort((one, other) => other.since - one.since)
	} catch {
		return []
	}
}

function noteIn(file: string): Note[] {
	try {
		const { pid, address, since } = JSON.parse(readRegular(file, MAX_NOTE)) as Partial<Note>
		if (typeof pid !== 'number' || typeof since !== 'number' || typeof address !== 'string') return []
		if (!/^http:\/\/[\w.:[\]-]{1,100}(\/[\w./-]{0,200})?$/.test(address)) return []
		// Throws where there is no such process.
		process.kill(pid, 0)
		return [{ pid, address, since }]
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ESRCH') rmSync(file, { force: true })
		return []
	}
}

/** Whether the folder is this user's, and nobody else writes into it. */
function isOurs(folder: string): boolean {
	const stats = lstatSync(folder)
	const uid = process.getuid?.()
	return stats.isDirectory() && (uid === undefined || (stats.uid === uid && (stats.mode & 0o077) === 0))
}

/** Whether a page of ours answers there. */
async function answers(address: string): Promise<boolean> {
	try {
		const response = await fetch(`${address.replace(/\/$/, '')}/health`, { signal: AbortSignal.timeout(PATIENCE), redirect: 'error' })
		let [text, size] = ['', 0]
		const decoder = new TextDecoder()
		for await (const part of response.body ?? []) {
			size += part.length
			// No page of ours: leaving ends the request.
			if (size > MAX_ANSWER) return false
			text += decoder.decode(part, { stream: true })
		}
		const told = JSON.parse(text) as { schema?: unknown }
		return told.schema === 'cii.health/1'
	} catch {
		return false
	}
}
