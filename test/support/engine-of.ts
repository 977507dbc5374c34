import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { parseConfig } from '../../engine/config/config.ts'
import { findingText } from '../../engine/document/finding.ts'
import { type Engine, startEngine } from '../../engine/engine.ts'
import { deadline } from './pace.ts'
import { root } from './root.ts'

/** The folder of the recordings. */
export const meters = `${root}meters/`

/** A folder for one test file; `remove` deletes it. */
export function scratch(name: string): { path: string; remove(): void } {
	const path = mkdtempSync(join(tmpdir(), `cii-${name}-`))
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** An engine for a config made in memory, with its log's lines; `file`: where it stands, if edits are to be seen. Throws what is wrong with the config. */
export async function engineOf(config: object, folder: string, file?: string): Promise<{ engine: Engine; log: string[] }> {
	const log: string[] = []
	const loaded = parseConfig(join(folder, 'cii2mqtt.json'), JSON.stringify(config))
	if (Array.isArray(loaded)) throw new Error(loaded.map(findingText).join('\n'))
	const logger = pino({ base: null }, { write: (line: string) => void log.push(line) })
	const engine = await startEngine({ config: loaded, log: logger, ...(file !== undefined && { file }) })
	if (Array.isArray(engine)) throw new Error(engine.map(findingText).join('\n'))
	return { engine, log }
}

/** A meter that plays a recording in a loop. */
export const played = (name: string, profile: string, capture: string, more = {}) => ({
	name,
	profile,
	transport: { kind: 'capture', path: `${meters}${capture}`, loop: true, speed: 100, pause: 500, ...more },
})

/** A TCP port that is free now. */
export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer().once('error', reject)
		server.listen(0, '127.0.0.1', () => {
			const address = server.address()
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
		})
	})
}

/** Waits until the condition holds, 15 s of a free machine at most. */
export async function eventually(holds: () => boolean, what: () => string): Promise<void> {
	let late = false
	const cancel = deadline(15_000, () => {
		late = true
	})
	try {
		while (!holds()) {
			if (late) throw new Error(`waited in vain: ${what()}`)
			await new Promise((resolve) => setTimeout(resolve, 50))
		}
	} finally {
		cancel()
	}
}

/** A TCP bridge whose clients are handed over as they come. */
export async function bridge(): Promise<{ port: number; clients: Socket[]; close(): Promise<void> }> {
	const clients: Socket[] = []
	const server = createServer((socket) => void clients.push(socket.on('error', () => undefined)))
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const address = server.address()
	return {
		port: typeof address === 'object' && address ? address.port : 0,
		clients,
		close: () =>
			new Promise((resolve) => {
				for (const client of clients) client.destroy()
				server.close(() => resolve())
			}),
	}
}
