import { realpathSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../engine/files/package.ts'
import { runningPage } from '../engine/http/whereabouts.ts'
import { builtinProfiles } from '../engine/profile/library.ts'
import type { WorkbenchProfile } from '../schema/types/api.ts'

/** The longest digits of a telegram that an address carries, and milliseconds that a page has to say which profile it has. */
const [MAX_DIGITS, PATIENCE] = [4096, 5000]

/** What a command has looked at: a profile by name and file, a recording of it, or a telegram as hex digits; `words`: what `cii2mqtt workbench` is to be called with. */
export type Looked = {
	profile?: { name: string; file: string } | undefined
	sample?: string | undefined
	/** The profile that has the recording, where that is another: - for a file that was offered. */
	of?: string | undefined
	hex?: string | undefined
	words?: string | undefined
}

/**
 * Says on stderr where the same is shown in a browser: the address on a page that runs on this machine, where that has the same profile, else the command that opens
 * one. Says nothing where neither can show it.
 */
export async function sayLink(looked: Looked): Promise<void> {
	const page = await runningPage()
	const fragment = fragmentOf(looked)
	if (page !== undefined && fragment !== undefined && (await hasSame(page, looked))) console.error(`in the browser: ${page}/${fragment}`)
	else if (looked.words !== undefined) console.error(`in the browser: cii2mqtt workbench ${quoted(looked.words)}`)
}

/** Gives the address of a view of the workbench, below the page's; undefined for what no address can carry. */
export function fragmentOf({ profile, sample, of, hex }: Looked): string | undefined {
	if (sample === undefined && hex === undefined && profile === undefined) return undefined
	if (hex !== undefined && hex.length > MAX_DIGITS) return undefined
	const query = new URLSearchParams({
		...(of !== undefined && { of }),
		...(sample !== undefined && { sample }),
		...(hex !== undefined && { hex }),
	}).toString()
	return `#/workbench/${profile?.name ?? '-'}${query === '' ? '' : `?${query}`}`
}

/** Finds the profile that the recordings of a folder belong to, where they come with the package. */
export function sampleOf(file: string): Looked | undefined {
	const [folder, name] = [basename(dirname(file)), basename(file)]
	const meters = fileURLToPath(new URL('meters', packageRoot))
	if (!name.endsWith('.capture.jsonl') || !isSame(dirname(dirname(file)), meters)) return undefined
	return { profile: { name: folder, file: `${builtinProfiles}/${folder}.json` }, sample: name.slice(0, -'.capture.jsonl'.length) }
}

/** Whether the page shows the same profile: of this name and from this file. */
async function hasSame(page: string, { profile }: Looked): Promise<boolean> {
	if (!profile) return true
	try {
		const response = await fetch(`${page}/api/workbench/profiles/${profile.name}`, {
			signal: AbortSignal.timeout(PATIENCE),
			redirect: 'error',
		})
		if (!response.ok) return false
		const { file, own } = (await response.json()) as WorkbenchProfile
		// The page may name a file of the package by its place in there, from another folder.
		const isPackaged = isSame(dirname(profile.file), builtinProfiles)
		return isPackaged ? !own : file !== undefined && isSame(file, profile.file)
	} catch {
		return false
	}
}

function isSame(one: string, other: string): boolean {
	try {
		return realpathSync(one) === realpathSync(other)
	} catch {
		return false
	}
}

/** Writes a word as a shell takes it; a path below the working folder without that. */
function quoted(words: string): string {
	const short = words.startsWith('/') && !relative('', words).startsWith('..') ? relative('', words) : words
	return /^[\w./:@%+=,-]+$/.test(short) ? short : `'${short.replace(/'/g, `'\\''`)}'`
}
