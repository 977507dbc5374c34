import type { Decoder } from '../../schema/types/profile.ts'
import type { Protocol } from '../decode/decoder.ts'
import { isObject, type Json, merge } from '../document/merge.ts'
import { readChain } from './chain.ts'
import { type Library, profileNames } from './library.ts'

/** Names the profiles of a library that read a protocol. */
export function readersOf({ link, application }: Protocol, library: Library): string[] {
	return profileNames(library).filter((name) => {
		const decoder = decoderOf(name, library)
		return decoder?.link === link && decoder.application === application
	})
}

/** Gives the decoder section of a profile with its parents'. Undefined for a profile that is wrong. */
export const decoderOf = (name: string, library: Library): Decoder | undefined => sectionOf(name, 'decoder', library)

/** Tells whether a profile reads the messages of a broker. */
export const readsBroker = (name: string, library: Library): boolean => sectionOf(name, 'transport', library)?.kind === 'mqtt'

/** A section with its parents'. Expressions are not compiled: a meter that is running asks. */
function sectionOf(name: string, section: string, library: Library): Json | undefined {
	const chain = readChain(name, library)
	if (Array.isArray(chain)) return undefined
	const sections = chain.parts.map(({ value }) => value[section]).map((value) => (isObject(value) ? value : {}))
	return sections.reduceRight((base, over) => merge(base, over), {})
}
