import type { Decoder } from '../../schema/types/profile.ts'
import type { Protocol } from '../decode/decoder.ts'
import { isObject, merge } from '../document/merge.ts'
import { readChain } from './chain.ts'
import { type Library, profileNames } from './library.ts'

/** Names the profiles of a library that read a protocol. */
export function readersOf({ link, application }: Protocol, library: Library): string[] {
	return profileNames(library).filter((name) => {
		const chain = readChain(name, library)
		if (Array.isArray(chain)) return false
		// Their expressions are not compiled: a meter that is running asks.
		const sections = chain.parts.map(({ value }) => (isObject(value.decoder) ? value.decoder : {}))
		const decoder: Decoder = sections.reduceRight((base, over) => merge(base, over), {})
		return decoder.link === link && decoder.application === application
	})
}
