import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type LoadedConfig, profileFolders, sourceOf } from './config.ts'

/** Bits of a file's mode: others may write; group or others may read. */
const [OTHERS_WRITE, NOT_OWNER_ALONE] = [0o002, 0o044]

/** Says which folders of profiles every user of the machine can write, as their expressions run here, and which files of keys others can read. */
export function unsafeFiles(loaded: LoadedConfig): string[] {
	const folders = profileFolders(loaded).filter((folder) => modeOf(folder) & OTHERS_WRITE)
	const keys = keyFiles(loaded).filter(({ file }) => modeOf(file) & NOT_OWNER_ALONE)
	return [
		...folders.map((folder) => `${folder} can be written by every user of this machine: chmod o-w ${folder}`),
		...keys.map(({ meter, file }) => `meter ${meter}: the key file ${file} can be read by others: chmod 600 ${file}`),
	]
}

/** Lists the files of keys, with their meters. */
export function keyFiles(loaded: LoadedConfig): { meter: string; file: string }[] {
	return loaded.config.meters.flatMap((entry) => {
		const { folder } = sourceOf(entry, loaded).config
		const files = Object.values(entry.keys ?? {}).flatMap((secret) => ('$file' in secret ? [resolve(folder, secret.$file)] : []))
		return files.map((file) => ({ meter: entry.name, file }))
	})
}

function modeOf(path: string): number {
	// Windows has no such bits: everybody seems to have all rights.
	if (process.platform === 'win32') return 0
	return statSync(path, { throwIfNoEntry: false })?.mode ?? 0
}
