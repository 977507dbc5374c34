import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Meter } from '../../schema/types/config.ts'

/** Bits of a file's mode: others may write; group or others may read. */
const [OTHERS_WRITE, NOT_OWNER_ALONE] = [0o002, 0o044]

/** Says that a folder of profiles can be written by every user of the machine: profiles are expressions that run here. */
export function writableByOthers(folder: string): string | undefined {
	return modeOf(folder) & OTHERS_WRITE ? `${folder} can be written by every user of this machine: chmod o-w ${folder}` : undefined
}

/** Says which key files of a meter others than their owner can read. */
export function readableKeys(meter: Meter, folder: string): string[] {
	return keyFiles(meter, folder)
		.filter((file) => modeOf(file) & NOT_OWNER_ALONE)
		.map((file) => `meter ${meter.name}: the key file ${file} can be read by others: chmod 600 ${file}`)
}

/** Files that hold keys of a meter. */
export function keyFiles({ keys = {} }: Meter, folder: string): string[] {
	return Object.values(keys).flatMap((secret) => ('$file' in secret ? [resolve(folder, secret.$file)] : []))
}

function modeOf(path: string): number {
	// Windows has no such bits: its files look as if all may do all.
	if (process.platform === 'win32') return 0
	return statSync(path, { throwIfNoEntry: false })?.mode ?? 0
}
