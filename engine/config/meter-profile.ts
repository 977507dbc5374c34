import { resolve } from 'node:path'
import type { Meter } from '../../schema/types/config.ts'
import type { Profile } from '../../schema/types/profile.ts'
import { cached } from '../bytes/cached.ts'
import { type Finding, findingAt, type Locate } from '../document/finding.ts'
import { merge } from '../document/merge.ts'
import { explained, validator } from '../document/parse.ts'
import { addressFault } from '../mqtt/address.ts'
import { meaning } from '../profile/checks.ts'
import type { Library } from '../profile/library.ts'
import { type CompiledProfile, compileProfile, isComplete } from '../profile/profile.ts'
import { besideLine, expanded } from '../profile/short-forms.ts'
import type { LoadedConfig } from './config.ts'

/** Compiles the profile that a meter names, as the meter uses it. Returns findings, placed in the config when there is no such profile. */
export function profileOf(entry: Meter, place: number, config: LoadedConfig, library: Library): CompiledProfile | Finding[] {
	const compiled = compileProfile(entry.profile, library)
	if (!Array.isArray(compiled)) return applyMeter(compiled, entry, place, config)
	if (library.sources.has(entry.profile)) return compiled
	return compiled.map(({ code, message, hint }) => findingAt(config.document, ['meters', place, 'profile'], code, message, hint))
}

/** Equal expectations are one object: what is made of them is kept by it, once for the meters of a town. */
const sameExpect = cached(1000, (text: string) => JSON.parse(text) as NonNullable<Profile['expect']>)

/** Lays the meter's `interval`, `transport`, `decoder` and `expect` over its profile. Returns findings, placed in the config, when the result is not valid. */
export function applyMeter(profile: CompiledProfile, entry: Meter, place: number, config: LoadedConfig): CompiledProfile | Finding[] {
	const find: Locate = (path, ...rest) => findingAt(config.document, ['meters', place, ...path], ...rest)
	const { interval, transport, decoder, expect } = entry
	const twice = besideLine(transport)
	if (twice) return [find(...twice)]
	const over = expanded({
		...(interval !== undefined && { interval }),
		...(transport && { transport }),
		...(decoder && { decoder }),
		...(expect && { expect }),
	})
	const merged = merge({ ...profile.document }, over)
	// These are as the profile has them, and to check them again takes long.
	const { transform: _transform, meter: _meter, ...laid } = merged
	const validate = validator('equipped')
	if (!validate(laid)) {
		const [fault = [[], '', 'it does not fit its profile']] = (validate.errors ?? []).flatMap(explained)
		const [path, , ...rest] = fault
		return [find(path, 'config/meter', ...rest)]
	}
	const document: Profile = merged
	if (!isComplete(document)) return [find([], 'config/meter', 'the transport or decoder lacks a part that the profile had', 'remove null')]
	const { url, kind, path } = document.transport
	const fault = url === undefined ? undefined : addressFault(url)
	if (fault) return [find(['transport', 'url'], 'config/url', ...fault)]
	const findings = meaning(laid, find)
	if (findings.length > 0) return findings
	if (expect && document.expect) document.expect = sameExpect(JSON.stringify(document.expect))
	if (kind === 'capture' && path) document.transport.path = resolve(config.folder, path)
	return { ...profile, document }
}
