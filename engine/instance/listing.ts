import { existsSync } from 'node:fs'
import type { OutputView, ProfileEntry } from '../../schema/types/api.ts'
import type { Output } from '../../schema/types/output.ts'
import type { Profile } from '../../schema/types/profile.ts'
import { type LoadedConfig, profileFolders } from '../config/config.ts'
import { merge } from '../document/merge.ts'
import { parseDocument } from '../document/parse.ts'
import { packageRoot } from '../files/package.ts'
import { entriesOf, outputNames } from '../output/output.ts'
import { readChain } from '../profile/chain.ts'
import { builtinProfiles, profileNames, readLibrary } from '../profile/library.ts'
import type { Statuses } from './statuses.ts'

type Known = Pick<Statuses, 'of'>

/** Lists all profiles that a config can use, with what they say of their meter. Reads their files. */
export function profilesOf(loaded: LoadedConfig, statuses: Known): ProfileEntry[] {
	const library = readLibrary(profileFolders(loaded))
	return profileNames(library).flatMap((name) => {
		const chain = readChain(name, library)
		if (Array.isArray(chain)) return []
		const document: Profile = chain.parts.map(({ value }) => value).reduceRight((base, over) => merge(base, over), {})
		const { title = name, version, meter = {}, transport = {} } = document
		const { operator, operators, manufacturer, model, adapter, country, port } = meter
		const { kind = 'serial', topic } = transport
		const { status, errors = [] } = statuses.of('profile', name) ?? {}
		return {
			name,
			title,
			kind,
			samples: document.samples !== undefined || existsSync(new URL(`meters/${name}`, packageRoot)),
			source: chain.first.source.folder === builtinProfiles ? ('built-in' as const) : ('own' as const),
			...defined({ version, operator, operators, manufacturer, model, adapter, country, port, topic, status }),
			...(errors.length > 0 && { errors }),
		}
	})
}

/** Lists all outputs that a config can use, and which of them it does. Reads their files. */
export function outputsOf(loaded: LoadedConfig, statuses: Known): OutputView[] {
	const library = readLibrary(profileFolders(loaded))
	const chosen = new Set(entriesOf(loaded.config).map(({ name }) => name))
	return outputNames(library).map((name) => {
		const source = library.sources.get(`outputs/${name}`)
		const { value } = source ? parseDocument(source.file, source.text, 'output') : { value: undefined }
		const { title = name, description = '' } = (value ?? {}) as Partial<Output>
		const { status, errors = [] } = statuses.of('output', name) ?? {}
		return { name, title, description, enabled: chosen.has(name), ...defined({ status }), ...(errors.length > 0 && { errors }) }
	})
}

/** Leaves out what is undefined. */
function defined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: NonNullable<T[K]> }
}
