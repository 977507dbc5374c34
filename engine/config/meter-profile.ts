import { resolve } from 'node:path'
import type { ErrorObject } from 'ajv'
import type { Meter } from '../../schema/types/config.ts'
import type { Profile } from '../../schema/types/profile.ts'
import type { Finding, Path } from '../document/finding.ts'
import { merge } from '../document/merge.ts'
import { nearest } from '../document/nearest.ts'
import { validator } from '../document/parse.ts'
import { meaning } from '../profile/checks.ts'
import type { Library } from '../profile/library.ts'
import { type CompiledProfile, compileProfile, isComplete } from '../profile/profile.ts'
import { besideLine, expanded } from '../profile/short-forms.ts'
import { at, isUrl, type LoadedConfig } from './config.ts'

/** Compiles the profile that a meter names, as the meter uses it. Returns findings, placed in the config when there is no such profile. */
export function profileOf(entry: Meter, place: number, config: LoadedConfig, library: Library): CompiledProfile | Finding[] {
	const compiled = compileProfile(entry.profile, library)
	if (!Array.isArray(compiled)) return applyMeter(compiled, entry, place, config)
	if (library.sources.has(entry.profile)) return compiled
	return compiled.map(({ code, message, hint = '' }) => at(config.document, ['meters', place, 'profile'], code, message, hint))
}

/** Lays the meter's `transport`, `decoder` and `expect` over its profile. Returns findings, placed in the config, when the result is not valid. */
export function applyMeter(profile: CompiledProfile, entry: Meter, place: number, config: LoadedConfig): CompiledProfile | Finding[] {
	const find = (path: Path, code: string, message: string, hint: string) =>
		at(config.document, ['meters', place, ...path], code, message, hint)
	const { transport, decoder, expect } = entry
	const setting = besideLine(transport)
	if (setting !== undefined)
		return [find(['transport', setting], 'profile/line', `"line" stands for ${setting}, too`, 'state one of the two')]
	const over = expanded({ ...(transport && { transport }), ...(decoder && { decoder }), ...(expect && { expect }) })
	const merged = merge({ ...profile.document }, over)
	const validate = validator('profile')
	if (!validate(merged)) return (validate.errors ?? []).slice(0, 1).map((error) => find(...inWords(error)))
	const document: Profile = merged
	if (!isComplete(document)) return [find([], 'config/meter', 'the transport or decoder lacks a part that the profile had', 'remove null')]
	const { url, kind, path } = document.transport
	if (url !== undefined && !isUrl(url))
		return [find(['transport', 'url'], 'config/url', `"${url}" is not the address of a broker`, 'mqtt://host:1883')]
	const findings = meaning(document, (path, _part, code, message, hint = 'see profiles/README.md') => find(path, code, message, hint))
	if (findings.length > 0) return findings
	if (kind === 'capture' && path) document.transport.path = resolve(config.folder, path)
	return { ...profile, document, fingerprint: JSON.stringify(document) }
}

/** Says what a schema's error means: path, code, message and hint of a finding. */
function inWords({ instancePath, message = '', params, parentSchema }: ErrorObject): [Path, string, string, string] {
	const path = instancePath.split('/').slice(1)
	const { additionalProperty: key } = params as { additionalProperty?: string }
	if (key === undefined) return [path, 'config/meter', `${path.join('.')} ${message}`, `see ${path[0]} in schema/profile.schema.json`]
	const near = nearest(key, Object.keys((parentSchema as { properties?: object })?.properties ?? {}))
	const hint = near ? `did you mean "${near}"?` : `see ${path[0]} in schema/profile.schema.json`
	return [[...path, key], 'config/meter', `unknown key "${key}"`, hint]
}
