import { dirname, resolve } from 'node:path'
import type { Config, Meter, Secret } from '../../schema/types/config.ts'
import type { Profile } from '../../schema/types/profile.ts'
import { fromHex } from '../bytes/hex.ts'
import { type Document, type Finding, finding, offsetOf, type Path } from '../document/finding.ts'
import { merge } from '../document/merge.ts'
import { nearest } from '../document/nearest.ts'
import { parseDocument, validator } from '../document/parse.ts'
import { readSmall } from '../files/read-small.ts'
import { meaning } from '../profile/checks.ts'
import { builtinProfiles, type Library } from '../profile/library.ts'
import { type CompiledProfile, compileProfile, isComplete } from '../profile/profile.ts'
import { besideLine, expanded } from '../profile/short-forms.ts'
import type { Keys } from '../telegram/telegram.ts'

/** A config that was read and checked: paths in it are relative to `folder`. `sources`: where each meter stands, once folders of meters were read. */
export type LoadedConfig = { config: Config; document: Document; folder: string; sources?: ReadonlyMap<Meter, MeterSource> }

/** Where a meter stands: its place in `meters` of the config, or of a file of a folder of meters. */
export type MeterSource = { place: number; config: LoadedConfig }

/** Where a meter of this config stands. */
export function sourceOf(entry: Meter, loaded: LoadedConfig): MeterSource {
	return loaded.sources?.get(entry) ?? { place: loaded.config.meters.indexOf(entry), config: loaded }
}

/** Reads a config file. Gives findings for what is wrong with it; throws the system's error when it cannot be read. */
export function readConfig(file: string): LoadedConfig | Finding[] {
	return parseConfig(file, readSmall(file))
}

/** Checks a config's text: JSON, schema, names that stand twice. */
export function parseConfig(file: string, text: string): LoadedConfig | Finding[] {
	const { document, value, findings } = parseDocument(file, text, 'config')
	if (findings.length > 0) return findings
	const config = value as Config
	const seen = new Set<string>()
	config.meters.forEach(({ name }, place) => {
		if (seen.has(name))
			findings.push(at(document, ['meters', place, 'name'], 'config/name', `two meters are called "${name}"`, 'give each its own name'))
		seen.add(name)
	})
	const outputs = (config.outputs ?? []).map((entry) => (typeof entry === 'string' ? entry : entry.output))
	outputs.forEach((name, place) => {
		if (outputs.indexOf(name) < place)
			findings.push(
				at(
					document,
					['outputs', place],
					'output/twice',
					`the output "${name}" stands twice`,
					'a copy of its file under another name is another',
				),
			)
	})
	if ((config.mqtt.url === undefined) === (config.mqtt.embedded === undefined)) {
		findings.push(at(document, ['mqtt'], 'config/mqtt', 'mqtt needs either "url" or "embedded"', '{ "url": "mqtt://localhost:1883" }'))
	}
	if (config.mqtt.url !== undefined && !isUrl(config.mqtt.url)) {
		findings.push(
			at(
				document,
				['mqtt', 'url'],
				'config/url',
				`"${config.mqtt.url}" is no address of a broker`,
				'mqtt://host:1883, with a port up to 65535',
			),
		)
	}
	return findings.length > 0 ? findings : { config, document, folder: dirname(resolve(file)) }
}

/** Whether a text is a URL with a host and a port that exists. */
function isUrl(text: string): boolean {
	try {
		const { hostname, username, password } = new URL(text)
		decodeURIComponent(username + password)
		return hostname !== ''
	} catch {
		return false
	}
}

/** The folders that a config's profiles are looked up in: the built-in ones first, its own shadow them. */
export function profileFolders({ config, folder }: LoadedConfig): string[] {
	return [builtinProfiles, ...(config.profiles ?? []).map((path) => resolve(folder, path))]
}

/** The profile that a meter of the config names, as it uses it. Gives findings, placed in the config when there is no such profile. */
export function profileOf(entry: Meter, place: number, config: LoadedConfig, library: Library): CompiledProfile | Finding[] {
	const compiled = compileProfile(entry.profile, library)
	if (!Array.isArray(compiled)) return applyMeter(compiled, entry, place, config)
	if (library.sources.has(entry.profile)) return compiled
	return compiled.map(({ code, message, hint = '' }) => at(config.document, ['meters', place, 'profile'], code, message, hint))
}

/**
 * The profile as this meter uses it: the config's `transport`, `decoder` and `expect` laid over. Gives findings, placed in the config,
 * where the result is no valid profile.
 */
export function applyMeter(profile: CompiledProfile, entry: Meter, place: number, config: LoadedConfig): CompiledProfile | Finding[] {
	const { transport, decoder, expect } = entry
	const setting = besideLine(transport)
	if (setting !== undefined) {
		const path = ['meters', place, 'transport', setting]
		return [at(config.document, path, 'profile/line', `"line" stands for ${setting}, too`, 'state one of the two')]
	}
	const over = expanded({ ...(transport && { transport }), ...(decoder && { decoder }), ...(expect && { expect }) })
	const merged = merge({ ...profile.document }, over)
	const validate = validator('profile')
	if (!validate(merged)) {
		return (validate.errors ?? []).slice(0, 1).map(({ instancePath, message = '', params, parentSchema }) => {
			const path = instancePath.split('/').slice(1)
			const key = String((params as { additionalProperty?: string }).additionalProperty ?? '')
			const text = key ? `unknown key "${key}"` : `${path.join('.')} ${message}`
			const near = nearest(key, Object.keys((parentSchema as { properties?: object })?.properties ?? {}))
			return at(
				config.document,
				['meters', place, ...path, ...(key ? [key] : [])],
				'config/meter',
				text,
				near ? `did you mean "${near}"?` : `see ${path[0]} in schema/profile.schema.json`,
			)
		})
	}
	const document: Profile = merged
	if (!isComplete(document))
		return [at(config.document, ['meters', place], 'config/meter', 'the transport or decoder lacks what the profile had', 'remove null')]
	if (document.transport.url !== undefined && !isUrl(document.transport.url)) {
		return [
			at(
				config.document,
				['meters', place, 'transport', 'url'],
				'config/url',
				`"${document.transport.url}" is no address of a broker`,
				'mqtt://host:1883',
			),
		]
	}
	const findings = meaning(document, (path, _part, code, message, hint = 'see profiles/README.md') =>
		at(config.document, ['meters', place, ...path], code, message, hint),
	)
	if (findings.length > 0) return findings
	if (document.transport.kind === 'capture' && document.transport.path)
		document.transport.path = resolve(config.folder, document.transport.path)
	return { ...profile, document, fingerprint: JSON.stringify(document) }
}

/** Resolves a secret. Gives its text without white space around, or a finding that says what is missing. */
export function readSecret(secret: Secret, path: Path, config: LoadedConfig): string | Finding {
	if ('$env' in secret) {
		const value = process.env[secret.$env]
		return value
			? value.trim()
			: at(config.document, path, 'config/secret', `the environment has no ${secret.$env}`, `export ${secret.$env}=… before starting`)
	}
	try {
		return readSmall(resolve(config.folder, secret.$file)).trim()
	} catch (error) {
		const cause =
			(error as NodeJS.ErrnoException).code === 'ENOENT'
				? 'does not exist'
				: `cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`
		return at(config.document, path, 'config/secret', `the file ${secret.$file} ${cause}`, 'check the path; it is relative to the config')
	}
}

/** A meter's keys. A key that is not 32 or 64 hex digits is a finding that does not repeat it. */
export function readKeys(entry: Meter, place: number, config: LoadedConfig): Keys | Finding[] {
	const keys: Keys = {}
	const findings: Finding[] = []
	for (const name of ['encryption', 'authentication'] as const) {
		const secret = entry.keys?.[name]
		if (!secret) continue
		const path = ['meters', place, 'keys', name]
		const text = readSecret(secret, path, config)
		if (typeof text !== 'string') {
			findings.push(text)
			continue
		}
		const bytes = fromHex(text)
		if (bytes && (bytes.length === 16 || bytes.length === 32)) keys[name] = bytes
		else {
			const count = text.replace(/\s/g, '').length
			const what = /^[0-9a-fA-F\s]*$/.test(text) ? `${count} hex digits` : `${count} characters, not all of them hex digits (0-9, A-F)`
			findings.push(
				at(config.document, path, 'config/key', `the ${name} key of ${entry.name} has ${what}`, 'a key has 32 hex digits (64 for suite 2)'),
			)
		}
	}
	return findings.length > 0 ? findings : keys
}

/** Reads a certificate or key (PEM) that the config names. */
export function readNamed(path: string, where: Path, config: LoadedConfig): Buffer | Finding {
	try {
		const content = Buffer.from(readSmall(resolve(config.folder, path)))
		if (content.includes('-----BEGIN ')) return content
		return at(config.document, where, 'config/file', `${path} is no PEM file`, 'it begins with -----BEGIN')
	} catch (error) {
		return at(
			config.document,
			where,
			'config/file',
			`${path} cannot be read: ${(error as Error).message}`,
			'check the path; it is relative to the config',
		)
	}
}

/** A finding at a place of the config. */
export function at(document: Document, path: Path, code: string, message: string, hint: string): Finding {
	return finding(document, offsetOf(document, path, 'value'), code, message, hint)
}
