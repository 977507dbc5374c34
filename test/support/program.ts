import { type ChildProcessByStdio, type SpawnSyncOptions, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import type { Readable } from 'node:stream'
import { root } from './root.ts'

/** The built program, as users run it: `npm run build:test` comes first, which `npm test` does. */
export const cli = `${root}dist/tools/cli.js`

/** Runs the program to its end, in the folder of the package unless told otherwise. */
export const run = (args: string[], options: SpawnSyncOptions = {}): SpawnSyncReturns<string> =>
	spawnSync(process.execPath, [cli, ...args], { cwd: root, maxBuffer: 1e8, ...options, encoding: 'utf8' })

/** Starts the program beside the test; its output comes in pipes, which are emptied when no test listens. */
export function start(args: string[], env = process.env): ChildProcessByStdio<null, Readable, Readable> {
	const child = spawn(process.execPath, [cli, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
	for (const stream of [child.stdout, child.stderr]) stream.resume()
	return child
}
