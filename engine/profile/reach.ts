import { isAbsolute } from 'node:path'
import { type Document, type Finding, findingAt, type Path } from '../document/finding.ts'
import { isObject, type Json } from '../document/merge.ts'

/** Keys of a transport that name a host, a device or a file. */
const ADDRESS = ['path', 'host', 'port', 'url']
/** Commands of programming mode that read; others write, open with a password, or execute (IEC 62056-21, 6.4.2). */
const READS = /^R\d( |$)/
/** Characters of a value that is repeated in a hint. */
const MAX_SHOWN = 200

/**
 * Finds what a profile states, and only the config may: hosts, devices, files and the bytes that are sent to a meter. Profiles come from strangers: one may describe a meter,
 * but not choose what this machine connects to, nor switch a relay.
 */
export function reach(document: Document, { profile, transport, samples }: Json): Finding[] {
	const findings: Finding[] = []
	const find = (path: Path, message: string, hint: string, part?: 'key') =>
		findings.push(findingAt(document, path, 'profile/reach', message, hint, part))
	/** The lines for the config. */
	const instead = (stated: Json) =>
		`write it into the meter's entry of the config: { "name": "house", "profile": ${JSON.stringify(profile ?? '…')}, "transport": ${shown(stated)} }`
	if (isObject(transport)) {
		const stated = Object.fromEntries(ADDRESS.flatMap((key) => (transport[key] == null ? [] : [[key, withoutUser(transport[key])]])))
		for (const key of Object.keys(stated))
			find(['transport', key], `"${key}" stands in the config: a profile names no host, device or file`, instead(stated), 'key')
		const { request, signOn } = transport
		if (isObject(request) && request.hex != null) {
			const message = '"hex" stands in the config: a profile sends no bytes of its own to a meter, as they may switch what hangs on it'
			find(['transport', 'request', 'hex'], message, instead({ request: { hex: request.hex } }), 'key')
		}
		const commands = isObject(signOn) && Array.isArray(signOn.commands) ? (signOn.commands as unknown[]) : []
		for (const [place, command] of commands.entries()) {
			if (typeof command !== 'string' || READS.test(command)) continue
			const message = `"${command.slice(0, 40)}" does not read: other commands stand in the config`
			find(['transport', 'signOn', 'commands', place], message, instead({ signOn: { commands } }))
		}
	}
	for (const [place, name] of (Array.isArray(samples) ? (samples as unknown[]) : []).entries()) {
		if (typeof name !== 'string' || !(isAbsolute(name) || name.split(/[\\/]/).includes('..'))) continue
		const message = 'samples stand below the folder of the profile, or below meters/ beside it'
		find(['samples', place], message, 'the name of a folder there, such as "my-meter"')
	}
	return findings
}

/** Gives a transport without what the config alone may state. */
export function withinReach(transport: Json): Json {
	const { request, signOn, ...rest } = Object.fromEntries(Object.entries(transport).filter(([key]) => !ADDRESS.includes(key)))
	const asks = isObject(request) && request.hex == null
	const reads = isObject(signOn) && reach({ file: '', text: '', tree: undefined }, { transport: { signOn } }).length === 0
	return { ...rest, ...(asks && { request }), ...(reads && { signOn }) }
}

/** A url's user and password are not shown. */
const withoutUser = (value: unknown) => (typeof value === 'string' ? value.replace(/\/\/[^/]*@/, '//') : value)

function shown(stated: Json): string {
	const text = JSON.stringify(stated, undefined, 1).replace(/\s*\n\s*/g, ' ')
	return text.length > MAX_SHOWN ? '{ … }' : text
}
