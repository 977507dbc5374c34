import { createHash } from 'node:crypto'
import {
	chmodSync,
	closeSync,
	existsSync,
	fsyncSync,
	linkSync,
	lstatSync,
	openSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { Problem } from '../../schema/types/api.ts'

/** Names a text: another text has another name. */
export const etagOf = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22)

/**
 * Writes a file so that a reader sees the old content or the new, also after a crash: beside it, and then in its place. Mode and owner stay; a link stays a link. Where
 * the folder takes no new file (a single file in a container), it is written in place. `isStill` is asked of a path, just before and just behind, whether the
 * old content is as it was: false, and it stays, where somebody has changed it meanwhile.
 */
export function writeAtOnce(file: string, text: string | Uint8Array, mode: number, isStill?: (path: string) => boolean): boolean {
	const target = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ? realpathSync(file) : file
	const before = statSync(target, { throwIfNoEntry: false })
	const beside = `${target}.new`
	try {
		rmSync(beside, { force: true })
		const descriptor = openSync(beside, 'wx', before ? before.mode & 0o777 : mode)
		try {
			writeFileSync(descriptor, text)
			fsyncSync(descriptor)
		} finally {
			closeSync(descriptor)
		}
		// The mode of a new file is cut by the process's mask.
		chmodSync(beside, before ? before.mode & 0o777 : mode)
		if (isStill) return replace(beside, target, isStill)
		renameSync(beside, target)
		return true
	} catch (error) {
		rmSync(beside, { force: true })
		const { code } = error as NodeJS.ErrnoException
		if (!before || !['EBUSY', 'EXDEV', 'EACCES', 'EPERM'].includes(code ?? '')) throw error
		if (isStill && !isStill(target)) return false
		try {
			writeFileSync(target, text, { flush: true })
			return true
		} catch {
			throw error
		}
	}
}

/** Puts a file in another's place, unless that has changed. Who had it open already, and writes while it goes, has it back. */
function replace(beside: string, target: string, isStill: (path: string) => boolean): boolean {
	const aside = `${target}.old`
	rmSync(aside, { force: true })
	try {
		linkSync(target, aside)
	} catch {
		// The file is new, or this disk has no links.
	}
	try {
		if (!isStill(target)) {
			rmSync(beside, { force: true })
			return false
		}
		renameSync(beside, target)
		if (!existsSync(aside) || isStill(aside)) return true
		renameSync(aside, target)
		return false
	} finally {
		rmSync(aside, { force: true })
	}
}

/** Says in a sentence why something cannot be written, and what to do. */
export function diskProblem(file: string, error: unknown): Problem {
	const { code = '', message } = error as NodeJS.ErrnoException
	const make = (name: string, why: string, hint: string): Problem => ({
		code: name,
		text: `${file} cannot be written: ${why}. Nothing was changed.`,
		hint,
	})
	if (code === 'ENOSPC' || code === 'EDQUOT') return make('disk-full', 'the disk is full', 'Free some space, and try again.')
	if (code === 'EROFS')
		return make('disk-read-only', 'the disk is read-only', 'Mount it for writing. A memory card that fails becomes read-only by itself.')
	if (code === 'ENOENT') return make('disk-folder', `there is no folder ${dirname(file)}`, 'Make it first, or name another place.')
	if (code === 'EACCES' || code === 'EPERM')
		return make(
			'disk-rights',
			'this program has no right to',
			`Give it the right to write into ${dirname(file)}: with Docker a volume without :ro, with systemd ReadWritePaths=.`,
		)
	return make('disk', message, 'See what is wrong with the disk, and try again.')
}
