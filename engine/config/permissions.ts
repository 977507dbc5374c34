import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type LoadedConfig, sourceOf } from './config.ts'

/** Bits of a file's mode: others may write; group or others may read. */
const [OTHERS_WRITE, NOT_OWNER_ALONE] = [0o002, 0o044]

/** Says whether every user of the machine can write a folder of profiles: their expressions run here. */
export function writableByOthers(folder: string): string | undefined {
	return modeOf(folder) & OTHERS_WRITE ? `${folder} can be written by every user of this machine: chmod o-w ${folder}` : undefined
}

/** Says which files of keys other users than their owner can read. */
export function readableKeys(loaded: LoadedConfig): string[] {
	return keyFiles(loaded)
		.filter(({ file }) => modeOf(file) & NOT_OWNER_ALONE)
		.map(({ meter, file }) => `meter ${meter}: the key file ${file} can be read by others: chmod 600 ${file}`)
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
