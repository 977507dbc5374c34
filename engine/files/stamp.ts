import { createHash } from 'node:crypto'
import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Milliseconds after which a file that is written again has another time: what is younger may change unseen. */
export const YOUNG = 2000
/** Files that are looked at together. */
const AT_ONCE = 64

/**
 * Gives a text that differs when a file of these folders or one of `more` does: by names, times and sizes, without reading them. Looks at `most` entries of a folder.
 * Undefined while one of them is so young that it may change without being told apart.
 */
export async function stampOf(
	folders: string[],
	more: string[],
	most: number,
	fits: (name: string) => boolean,
): Promise<string | undefined> {
	const hash = createHash('sha256')
	const paths = [...folders, ...more]
	for (const folder of folders) paths.push(...(await entriesOf(folder, most, fits)))
	let isYoung = false
	for (let at = 0; at < paths.length; at += AT_ONCE) {
		const some = paths.slice(at, at + AT_ONCE)
		const states = await Promise.all(some.map((path) => stat(path).catch(({ code }: NodeJS.ErrnoException) => code)))
		for (const [place, state] of states.entries()) {
			const known = typeof state === 'object' ? [state.ctimeMs, state.mtimeMs, state.size, state.ino] : [state]
			hash.update(JSON.stringify([some[place], ...known]))
			isYoung ||= typeof state === 'object' && Math.abs(Date.now() - state.ctimeMs) < YOUNG
		}
	}
	return isYoung ? undefined : hash.digest('base64')
}

async function entriesOf(folder: string, most: number, fits: (name: string) => boolean): Promise<string[]> {
	const names: string[] = []
	try {
		let count = 0
		for await (const { name } of await opendir(folder, { bufferSize: 256 })) {
			if (++count > most) break
			if (fits(name)) names.push(join(folder, name))
		}
	} catch {
		// A folder that is not there has no files.
	}
	return names.sort()
}
