import { resolve } from 'node:path'
import { findingText } from '../engine/profile/finding.ts'
import { builtinProfiles, profileNames, readLibrary } from '../engine/profile/library.ts'
import { compileProfile } from '../engine/profile/profile.ts'

/** `cii2mqtt profiles`: name, version, title and file of each; exit code 1 when one is invalid. */
export function profiles({ profiles: folders }: { profiles: string[] }): Promise<number> {
	const library = readLibrary([builtinProfiles, ...folders.map((folder) => resolve(folder))])
	for (const { folder, cause } of library.unreadable) console.error(`${folder}: ${cause}`)
	let invalid = library.unreadable.length
	for (const name of profileNames(library)) {
		const compiled = compileProfile(name, library)
		const source = library.sources.get(name)
		const from = `${source?.file ?? ''}${source?.shadowed ? ` (shadows ${source.shadowed.file})` : ''}`
		if (Array.isArray(compiled)) {
			invalid++
			for (const finding of compiled) console.error(findingText(finding))
		} else console.log(`${compiled.label.padEnd(42)} ${(compiled.document.title ?? '').padEnd(72)} ${from}`)
	}
	return Promise.resolve(invalid > 0 ? 1 : 0)
}
