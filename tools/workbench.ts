import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { hex } from '../engine/bytes/hex.ts'
import { parseConfig } from '../engine/config/config.ts'
import { findingText } from '../engine/document/finding.ts'
import { startEngine } from '../engine/engine.ts'
import { builtinProfiles, readLibrary } from '../engine/profile/library.ts'
import { visible } from '../engine/text/visible.ts'
import { logger } from './log.ts'
import { fragmentOf, type Looked, sampleOf } from './page-link.ts'
import { untilStopped } from './stop.ts'

export type WorkbenchOptions = { profiles?: string; page?: { host?: string; port: number } }

/** Bytes of the longest file that is offered: a page sends as much back when it keeps it. */
const MAX_FILE = 1024 * 1024

/** What is shown first, the folder of the user's profiles, and what the page may ask for. */
type Opened = { looked: Looked; folder: string; offered: ReadonlyMap<string, string> }

/**
 * `cii2mqtt workbench`: serves the page with no config and no meters, and prints the address of the view for a profile, or for the file of one, of a recording or of
 * telegrams. Exit code 0 after a signal, 2 for what cannot be opened, 3 when the port is taken.
 */
export async function workbench(what: string | undefined, { profiles, page }: WorkbenchOptions): Promise<number> {
	const opened = openedBy(what, profiles)
	if (typeof opened === 'string') {
		console.error(opened)
		return 2
	}
	const { looked, folder, offered } = opened
	const http = page ?? { port: 8080 }
	const isThere = existsSync(folder)
	const config = parseConfig(
		resolve('workbench.json'),
		JSON.stringify({ mqtt: { embedded: { port: 0 } }, http, ...(isThere && { profiles: [folder] }), meters: [] }),
	)
	if (Array.isArray(config)) throw new Error(config.map(findingText).join('\n'))
	const log = logger('text')
	log.level = 'warn'
	const announce = (text: string) => void process.stderr.write(`${text}\n`)
	const engine = await startEngine({ config, log, announce, anyPort: page === undefined, bench: { folder, offered } })
	if (Array.isArray(engine)) throw new Error(engine.map(findingText).join('\n'))
	try {
		if (engine.page === undefined) return 3
		console.log(`${engine.page}/${fragmentOf(looked) ?? '#/workbench'}`)
		console.error(`profiles are saved in ${visible(folder)}; stop: Ctrl+C`)
		await untilStopped(undefined, new AbortController().signal)
		return 0
	} finally {
		await engine.close()
	}
}

/** Finds what an argument means: a profile's name, or a file. Gives in words why it means nothing. */
function openedBy(what: string | undefined, given: string | undefined): Opened | string {
	if (given !== undefined && !statSync(given, { throwIfNoEntry: false })?.isDirectory()) return `--profiles: there is no folder ${given}`
	const folder = resolve(given ?? folderHere())
	const opened = (looked: Looked, offered: [name: string, text: string][] = []): Opened => ({ looked, folder, offered: new Map(offered) })
	if (what === undefined) return opened({})
	const stats = statSync(what, { throwIfNoEntry: false })
	if (!stats) {
		const source = readLibrary([builtinProfiles, ...(existsSync(folder) ? [folder] : [])]).sources.get(what)
		return source
			? opened({ profile: source })
			: `${what}: no profile has this name, and there is no such file; "cii2mqtt profiles" lists the names`
	}
	if (!stats.isFile()) return `${what} is no file: name a profile, a recording, or a file of telegrams`
	if (stats.size > MAX_FILE) return `${what} is longer than ${MAX_FILE} bytes: some telegrams of it show all`
	const content = readFileSync(what)
	if (/^[a-z0-9-]+\.json$/.test(basename(what)) && /"(extends|decoder|transform)"\s*:/.test(content.toString())) {
		const own = resolve(dirname(what))
		if (given !== undefined && own !== folder) return `${what} is not in ${given}: leave --profiles out`
		return { ...opened({ profile: { name: basename(what, '.json'), file: what } }), ...(own !== builtinProfiles && { folder: own }) }
	}
	const sample = sampleOf(resolve(what))
	if (sample) return opened(sample)
	const name = basename(what).replace(/\.capture\.jsonl$/, '')
	return opened({ sample: name, of: '-' }, [[name, textOf(content)]])
}

/** A file as text: what is no text becomes hex digits. */
function textOf(content: Buffer): string {
	const text = content.toString()
	return text.includes('�') || text.includes('\0') ? hex(content) : text
}

/** The folder of profiles in the working folder; another where that is the package's own. */
const folderHere = () => (resolve('profiles') === resolve(builtinProfiles) ? 'own-profiles' : 'profiles')
