import { type LoadedConfig, parseConfig, profileFolders } from '../config/config.ts'
import { profileOf } from '../config/meter-profile.ts'
import { readKeys, readSecret } from '../config/secrets.ts'
import { type InputOf, inputFindings } from '../config/shared.ts'
import type { Finding } from '../document/finding.ts'
import { readLibrary } from '../profile/library.ts'

/** Meters that are looked at one by one: a town's config is checked by the engine. */
const MOST = 200

/** Finds what is wrong with a config's text: the config itself, the profiles and keys of its meters, the broker's password, and what two meters read. */
export function checkConfig(file: string, text: string): Finding[] {
	const loaded = parseConfig(file, text)
	return Array.isArray(loaded) ? loaded : findingsOf(loaded)
}

/** Finds mistakes of a text that the one before does not have (undefined: no text was there): a person who corrects one of two may do so. */
export function newFindings(file: string, before: string | undefined, text: string): Finding[] {
	const loaded = parseConfig(file, text)
	if (Array.isArray(loaded)) return loaded
	const known = new Set((before === undefined ? [] : checkConfig(file, before)).map(({ code, message }) => `${code} ${message}`))
	return findingsOf(loaded).filter(({ code, message }) => !known.has(`${code} ${message}`))
}

function findingsOf(loaded: LoadedConfig): Finding[] {
	const { meters, mqtt } = loaded.config
	const findings: Finding[] = []
	const password = mqtt.password && readSecret(mqtt.password, ['mqtt', 'password'], loaded)
	if (typeof password === 'object') findings.push(password)
	const library = readLibrary(
		profileFolders(loaded),
		meters.map(({ profile }) => profile),
	)
	const inputs: InputOf[] = []
	for (const [place, entry] of meters.slice(0, MOST).entries()) {
		const applied = profileOf(entry, place, loaded, library)
		if (Array.isArray(applied)) findings.push(...applied)
		else if (entry.enabled !== false) inputs.push({ entry, place, config: loaded, transport: applied.document.transport })
		const keys = readKeys(entry, place, loaded)
		if (Array.isArray(keys)) findings.push(...keys)
	}
	return [...findings, ...inputFindings(inputs)]
}
