import { resolve } from 'node:path'
import type { Meter, Secret } from '../../schema/types/config.ts'
import { fromHex } from '../bytes/hex.ts'
import type { Finding, Path } from '../document/finding.ts'
import { readSmall } from '../files/read-small.ts'
import type { Keys } from '../telegram/telegram.ts'
import { at, type LoadedConfig } from './config.ts'

/** Reads a secret from the environment or a file. Returns its text, trimmed, or a finding that says what is missing. */
export function readSecret(secret: Secret, path: Path, config: LoadedConfig): string | Finding {
	const refused = (message: string, hint: string) => at(config.document, path, 'config/secret', message, hint)
	if ('$env' in secret) {
		const value = process.env[secret.$env]
		return value ? value.trim() : refused(`the environment has no ${secret.$env}`, `export ${secret.$env}=… before starting`)
	}
	try {
		return readSmall(resolve(config.folder, secret.$file)).trim()
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException
		const cause = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? message})`
		return refused(`the file ${secret.$file} ${cause}`, 'check the path; it is relative to the config')
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
			findings.push(at(config.document, path, 'config/key', message, 'a key has 32 hex digits (64 for suite 2)'))
		}
	}
	return findings.length > 0 ? findings : keys
}

function lengthOf(text: string): string {
	const count = text.replace(/\s/g, '').length
	return /^[0-9a-fA-F\s]*$/.test(text) ? `${count} hex digits` : `${count} characters, not all of them hex digits (0-9, A-F)`
}

/** Reads a certificate or key (PEM) that the config names. */
export function readPem(path: string, where: Path, config: LoadedConfig): Buffer | Finding {
	const refused = (message: string, hint: string) => at(config.document, where, 'config/file', message, hint)
	try {
		const content = Buffer.from(readSmall(resolve(config.folder, path)))
		return content.includes('-----BEGIN ') ? content : refused(`${path} is not a PEM file`, 'it begins with -----BEGIN')
	} catch (error) {
		return refused(`${path} cannot be read: ${(error as Error).message}`, 'check the path; it is relative to the config')
	}
}
