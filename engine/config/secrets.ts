import { resolve } from 'node:path'
import type { Meter, Secret } from '../../schema/types/config.ts'
import { fromHex } from '../bytes/hex.ts'
import { type Finding, findingAt, type Path } from '../document/finding.ts'
import { MAX_FILE, readRegular } from '../files/regular.ts'
import type { Keys } from '../telegram/telegram.ts'
import { isPath, isVariable } from '../text/names.ts'
import type { LoadedConfig } from './config.ts'

/** Reads a secret from the environment or a file. Returns its text, trimmed, or a finding that says what is missing. */
export function readSecret(secret: Secret, path: Path, config: LoadedConfig): string | Finding {
	if ('$file' in secret) {
		const text = readNamed(secret.$file, path, config, 'config/secret')
		return typeof text === 'string' ? text.trim() : text
	}
	const { $env } = secret
	const value = fromEnvironment($env)
	if (value) return value
	const refused = (what: string, hint: string) => findingAt(config.document, path, 'config/secret', `the environment has no ${what}`, hint)
	return isVariable($env)
		? refused($env, `export ${$env}=… before starting`)
		: refused('variable of this name', '"$env" names it, such as "MQTT_PASSWORD": the secret does not stand here')
}

/** Secrets that were taken out of the environment. */
const taken = new Map<string, string>()

/** Gives a secret of the environment, trimmed, and takes it out of there: a report of a crash lists the environment, and other programs inherit it. */
export function fromEnvironment(name: string): string | undefined {
	const value = process.env[name]
	if (value !== undefined) taken.set(name, value)
	delete process.env[name]
	return taken.get(name)?.trim()
}

/** Reads a certificate or key (PEM) that the config names. */
export function readPem(file: string, path: Path, config: LoadedConfig): Buffer | Finding {
	const text = readNamed(file, path, config, 'config/file')
	if (typeof text !== 'string') return text
	if (text.includes('-----BEGIN ')) return Buffer.from(text)
	return findingAt(
		config.document,
		path,
		'config/file',
		`${isPath(file) ? file : 'what is named here'} is not a PEM file`,
		'it begins with -----BEGIN',
	)
}

function readNamed(file: string, path: Path, { document, folder }: LoadedConfig, code: string): string | Finding {
	try {
		return readRegular(resolve(folder, file), MAX_FILE)
	} catch (error) {
		const { code: reason, message } = error as NodeJS.ErrnoException
		const cause = reason === 'ENOENT' ? 'does not exist' : `cannot be read (${reason ?? message})`
		return findingAt(
			document,
			path,
			code,
			`the file ${isPath(file) ? file : 'that is named here'} ${cause}`,
			'check the path; it is relative to the config',
		)
	}
}

/** Reads a meter's keys, 32 or 64 hex digits each. A finding for another length does not repeat the key. */
export function readKeys(entry: Meter, place: number, config: LoadedConfig): Keys | Finding[] {
	const keys: Keys = {}
	const findings: Finding[] = []
	for (const name of ['encryption', 'authentication'] as const) {
		const secret = entry.keys?.[name]
		if (!secret) continue
		const path = ['meters', place, 'keys', name]
		const text = readSecret(secret, path, config)
		const bytes = typeof text === 'string' ? fromHex(text) : undefined
		if (typeof text !== 'string') findings.push(text)
		else if (bytes && (bytes.length === 16 || bytes.length === 32)) keys[name] = bytes
		else {
			const message = `the ${name} key of ${entry.name} has ${lengthOf(text)}`
			findings.push(findingAt(config.document, path, 'config/key', message, 'a key has 32 hex digits (64 for suite 2)'))
		}
	}
	return findings.length > 0 ? findings : keys
}

function lengthOf(text: string): string {
	const count = text.replace(/\s/g, '').length
	return /^[0-9a-fA-F\s]*$/.test(text) ? `${count} hex digits` : `${count} characters, not all of them hex digits (0-9, A-F)`
}
