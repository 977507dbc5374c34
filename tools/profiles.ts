import { basename, resolve } from 'node:path'
import { runSample } from '../engine/check/samples.ts'
import { findingText } from '../engine/document/finding.ts'
import { nearest } from '../engine/document/nearest.ts'
import { builtinProfiles, isFragment, type Library, profileNames, readLibrary, type Source } from '../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../engine/profile/profile.ts'
import { samplesOf } from '../engine/profile/samples.ts'
import { lineText } from '../engine/profile/short-forms.ts'
import { visible } from '../engine/text/visible.ts'
import { fields } from '../schema/types/fields.ts'
import { mergedText } from './profile-text.ts'

export type ProfilesOptions = { profiles: string[]; json?: boolean }

/**
 * `cii2mqtt profiles [NAME]`: what each profile reads, how, from where, and what its samples show; or one profile with its parents merged, and where
 * each part stands (`json`: the merged document alone). Exit code 1 when one is invalid, 2 for a name that does not exist.
 */
export async function profiles(name: string | undefined, { profiles: folders, json = false }: ProfilesOptions): Promise<number> {
	const library = readLibrary([builtinProfiles, ...folders.map((folder) => resolve(folder))])
	for (const text of library.unreadable) console.error(visible(text))
	if (name !== undefined) return one(name, library, json)
	if (!json) return await all(library)
	console.error('--json writes one merged profile: name it')
	return 2
}

function one(name: string, library: Library, json: boolean): number {
	const names = [...library.sources.keys()].filter((known) => isFragment(known) || !known.includes('/'))
	if (!names.includes(name)) {
		const near = nearest(name, names)
		console.error(`there is no profile "${name}"; ${near ? `did you mean "${near}"?` : '"cii2mqtt profiles" lists the names'}`)
		return 2
	}
	const profile = compileProfile(name, library)
	if (Array.isArray(profile)) for (const finding of profile) console.error(findingText(finding))
	else console.log(json ? JSON.stringify(profile.document, undefined, 2) : mergedText(profile))
	return Array.isArray(profile) ? 1 : 0
}

async function all(library: Library): Promise<number> {
	let invalid = library.unreadable.length
	const rows: string[][] = []
	for (const name of profileNames(library)) {
		const compiled = compileProfile(name, library)
		const source = library.sources.get(name)
		if (Array.isArray(compiled) || !source) {
			invalid++
			for (const finding of Array.isArray(compiled) ? compiled : []) console.error(findingText(finding))
		} else rows.push([compiled.label, compiled.document.title ?? '', lineOf(compiled), await samplesText(compiled), sourceText(source)])
	}
	const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
	for (const row of rows)
		console.log(
			row
				.map((cell) => visible(cell))
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
	return invalid > 0 ? 1 : 0
}

/** Transport and application: `serial 2400 8E1, dlms`, `mqtt, json`. */
function lineOf({ document: { transport, decoder } }: CompiledProfile): string {
	const settings = transport.kind === 'serial' && transport.baudRate !== undefined ? ` ${lineText(transport)}` : ''
	return `${transport.kind}${settings}, ${decoder.application ?? decoder.link}`
}

/** How many samples, and how many fields they show. */
async function samplesText(profile: CompiledProfile): Promise<string> {
	const samples = samplesOf(profile)
	const shown = new Set<string>()
	for (const sample of samples) {
		const { readings } = await runSample(profile, sample).catch((error: Error) => {
			console.error(visible(error.message))
			return { readings: [] }
		})
		for (const reading of readings) for (const field of fieldsOf(reading)) shown.add(field)
	}
	if (samples.length === 0) return 'no samples'
	return `${samples.length} ${samples.length === 1 ? 'sample shows' : 'samples show'} ${shown.size} ${shown.size === 1 ? 'field' : 'fields'}`
}

/** Its harmonized fields, sub-meters' values and extras. */
function fieldsOf(reading: Record<string, unknown>): string[] {
	return Object.entries(reading).flatMap(([name, value]) => {
		if (name in fields) return [name]
		return name === 'submeters' || name === 'extra' ? Object.keys(value as object).map((key) => `${name}.${key}`) : []
	})
}

function sourceText({ folder, file, shadowed }: Source): string {
	if (folder === builtinProfiles) return 'built-in'
	return shadowed ? `${file}, shadows ${shadowed.folder === builtinProfiles ? 'the built-in one' : basename(shadowed.file)}` : file
}
