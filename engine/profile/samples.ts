import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../files/package.ts'
import { entriesOf } from '../files/regular.ts'
import type { Library } from './library.ts'
import { type CompiledProfile, compileProfile } from './profile.ts'

/** A sample's two files. */
export type Sample = { capture: string; expected: string }

/** What of a profile says where its samples are. */
type Sampled = Pick<CompiledProfile, 'folder' | 'sampled'> & { document: Pick<CompiledProfile['document'], 'samples'> }

/** The names of a profile's samples: those that it states, or the folder of its own name (or its parent's) where that has a capture. */
export function sampleNames(profile: Sampled): string[] {
	const byName = profile.sampled.find((name) => capturesOf(profile, name).length > 0)
	return byName === undefined ? (profile.document.samples ?? []) : [byName]
}

/** Finds the samples of a profile. */
export function samplesOf(profile: Sampled): Sample[] {
	const captures = sampleNames(profile).flatMap((name) => capturesOf(profile, name))
	return captures.map((capture) => ({ capture, expected: capture.replace(CAPTURE, '.expected.json') }))
}

/** Finds the samples of a profile by its name; of one with errors those in the folder of that name, so that it can be put right by them. Undefined where there is no such profile. */
export function samplesNamed(name: string, library: Library): Sample[] | undefined {
	const source = library.sources.get(name)
	if (!source) return undefined
	const compiled = compileProfile(name, library)
	return samplesOf(Array.isArray(compiled) ? { folder: source.folder, sampled: [name], document: {} } : compiled)
}

const CAPTURE = /\.capture\.jsonl$/
/** Entries of a folder of samples that are looked at. */
const MAX_ENTRIES = 1000

/** Gives the name of a sample, by which people know it. */
export const sampleName = ({ capture }: Pick<Sample, 'capture'>): string => basename(capture).replace(CAPTURE, '')

/** The folder of the samples that come with the package; ends with a separator. */
const builtinMeters = fileURLToPath(new URL('meters/', packageRoot))

/** Tells a sample that does not come with the package. */
export const isOwnSample = ({ capture }: Pick<Sample, 'capture'>): boolean => !capture.startsWith(builtinMeters)

/** Gives the folders of one name: relative to the profile, below meters/ next to its folder, or below the built-in one. */
export function foldersOf({ folder }: Sampled, name: string): string[] {
	return [join(folder, name), join(folder, '..', 'meters', name), join(builtinMeters, name)]
}

/** Finds the captures of one name, in the first folder that has some. */
export function capturesOf(profile: Sampled, name: string): string[] {
	for (const path of foldersOf(profile, name)) {
		if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) continue
		const { names: captures } = entriesOf(path, MAX_ENTRIES, (file) => CAPTURE.test(file))
		if (captures.length > 0) return captures.map((file) => join(path, file))
	}
	return []
}
