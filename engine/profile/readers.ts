import type { Protocol } from '../decode/decoder.ts'
import { type Library, profileNames } from './library.ts'
import { compileProfile } from './profile.ts'

/** Names the profiles of a library that read a protocol. */
export function readersOf({ link, application }: Protocol, library: Library): string[] {
	return profileNames(library).filter((name) => {
		const profile = compileProfile(name, library)
		const decoder = Array.isArray(profile) ? undefined : profile.document.decoder
		return decoder?.link === link && decoder.application === application
	})
}
