import { fields } from '../../schema/types/fields.ts'
import type { Decoder, Profile, Transport } from '../../schema/types/profile.ts'
import { parseObis } from '../telegram/obis.ts'
import { nearest } from '../transform/allow.ts'
import { compile } from '../transform/expression.ts'
import type { Transform } from '../transform/reading.ts'
import { type Document, type Finding, finding, offsetInString, offsetOf, type Path } from './finding.ts'
import type { Library, Source } from './library.ts'
import { merge } from './merge.ts'
import { parseDocument } from './parse.ts'

/** A profile's document with everything that reading needs. */
export type CompleteProfile = Profile & {
	transport: Transport & { kind: NonNullable<Transport['kind']> }
	decoder: Decoder & { application: NonNullable<Decoder['application']> }
}

/** A profile with its parents merged in and its expressions compiled. */
export type CompiledProfile = {
	name: string
	/** `name@version`. */
	label: string
	/** The merged document. */
	document: CompleteProfile
	transform: Transform
	/** The profile's file first, then its parents'. */
	files: string[]
	/** The folder of the profile's file, and of its samples' relative paths. */
	folder: string
	/** Equal for equal content: what tells a reload from a change. */
	fingerprint: string
	/** Targets of the transform that the profile itself states, not a parent. */
	own: string[]
	/** A finding where a path is set: in the profile's file, or the parent's that sets it. */
	at: Locate
}

/** Reads, merges and checks a profile, all but its samples. Gives the compiled profile, or every finding. */
export function compileProfile(name: string, library: Library): CompiledProfile | Finding[] {
	const chain = readChain(name, library)
	if (Array.isArray(chain)) return chain
	const merged = chain.documents.map(({ value }) => value).reduceRight((base, over) => merge(base, over), {})
	const { extends: _parent, $schema: _schema, ...document } = merged
	const locate: Locate = (path, part, code, message, hint) => at(chain, path, part, code, message, hint)
	const findings = [...required(document, chain), ...named(document, chain), ...meaning(document, locate)]
	const { transform, faults } = expressions(document, chain)
	if (findings.length + faults.length > 0 || !isComplete(document)) return [...findings, ...faults]
	return {
		name,
		label: `${name}@${String(document.version)}`,
		document,
		transform,
		files: chain.documents.map(({ document: { file } }) => file),
		folder: chain.folder,
		fingerprint: JSON.stringify(document),
		own: Object.keys(chain.documents[0]?.value.transform ?? {}).filter((target) => transform.has(target)),
		at: locate,
	}
}

/** Whether a document has what `CompleteProfile` promises. */
export function isComplete(document: Profile): document is CompleteProfile {
	return document.transport?.kind !== undefined && document.decoder?.application !== undefined
}

type Json = { [key: string]: unknown }
type Chain = { documents: { document: Document; value: Json }[]; folder: string }

/** The profile and its parents, the profile first. */
function readChain(name: string, library: Library): Chain | Finding[] {
	const documents: Chain['documents'] = []
	const names: string[] = []
	let folder = ''
	let current: Source | undefined
	for (let next: string | undefined = name; next !== undefined; ) {
		// A profile that shadows a built-in one may extend just that one.
		const source: Source | undefined = next === current?.name ? current.shadowed : library.sources.get(next)
		const child = documents.at(-1)?.document
		const at = (code: string, message: string, hint?: string) => [
			child
				? finding(child, offsetOf(child, ['extends'], 'value'), code, message, hint)
				: finding({ file: `${name}.json`, text: '', tree: undefined }, 0, code, message, hint),
		]
		if (names.includes(next) && (next !== current?.name || !source)) {
			return at('profile/cycle', `profiles extend each other: ${[...names, next].join(' → ')}`)
		}
		if (!source) {
			const near = nearest(next, [...library.sources.keys()])
			const message = child ? `the parent "${next}" does not exist (${[...names, next].join(' → ')})` : `there is no profile "${next}"`
			return at('profile/missing', message, near ? `did you mean "${near}"?` : `looked in ${library.folders.join(', ')}`)
		}
		const { document, value, findings } = parseDocument(source.file, source.text, 'profile')
		if (findings.length > 0) return findings
		documents.push({ document, value: value as Json })
		if (documents.length === 1) folder = source.folder
		names.push(next)
		current = source
		const parent: unknown = (value as Json).extends
		next = typeof parent === 'string' ? parent : undefined
	}
	return { documents, folder }
}

/** The file of the chain in which a path is set, the profile itself when none sets it. */
function owner(chain: Chain, path: Path): Document {
	const set = chain.documents.find(
		({ value }) => path.reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key], value) !== undefined,
	)
	const document = set?.document ?? chain.documents[0]?.document
	if (!document) throw new Error('a chain of profiles has at least one')
	return document
}

function at(chain: Chain, path: Path, part: 'key' | 'value', code: string, message: string, hint?: string): Finding {
	const document = owner(chain, path)
	return finding(document, offsetOf(document, path, part), code, message, hint)
}

function required(document: Json, chain: Chain): Finding[] {
	return ['profile', 'version', 'title', 'transport', 'decoder', 'transform']
		.filter((key) => document[key] === undefined)
		.map((key) => at(chain, [key], 'key', 'profile/required', `"${key}" is missing`, 'state it here or in a parent'))
}

/** A profile is called as its file is. */
function named(document: Json, chain: Chain): Finding[] {
	const name = owner(chain, ['profile'])
		.file.replace(/^.*[\\/]/, '')
		.replace(/\.json$/, '')
	const { profile } = document
	if (profile === undefined || profile === name) return []
	return [
		at(chain, ['profile'], 'value', 'profile/name', `the profile is called "${String(profile)}", its file "${name}"`, `name it "${name}"`),
	]
}

/** Makes a finding where a path stands: in the chain of profiles, or in the config that overlays them. */
export type Locate = (path: Path, part: 'key' | 'value', code: string, message: string, hint?: string) => Finding

/** What the schema cannot see: sections that do not go together, timezones, OBIS codes. For profiles, and for what a config makes of them. */
export function meaning({ transport, decoder, meter }: Profile, locate: Locate): Finding[] {
	const findings: Finding[] = []
	if (transport && transport.kind === undefined)
		findings.push(locate(['transport'], 'value', 'profile/required', 'transport.kind is missing', 'serial, tcp, mqtt or capture'))
	if (decoder && decoder.application === undefined) {
		findings.push(locate(['decoder'], 'value', 'profile/required', 'decoder.application is missing', 'dlms, p1 or json'))
	}
	const onMessages = transport?.kind === 'mqtt' && transport.payload !== 'bytes'
	if (decoder?.application === 'json') {
		// A recording may hold messages too.
		if (transport?.kind !== undefined && !onMessages && transport.kind !== 'capture') {
			findings.push(
				locate(
					['transport'],
					'value',
					'profile/transport',
					`json is read from MQTT messages, not from ${transport.kind}`,
					'use a transport of kind mqtt',
				),
			)
		}
	} else if (decoder?.application !== undefined) {
		if (decoder.link === undefined)
			findings.push(locate(['decoder'], 'value', 'profile/required', 'decoder.link is missing', 'hdlc, p1, llc or raw'))
		if (onMessages)
			findings.push(
				locate(['transport'], 'value', 'profile/transport', 'messages are read as JSON', '"payload": "bytes" for a meter\'s bytes'),
			)
	}
	if (transport?.kind === 'mqtt') {
		const levels = [...(transport.topic ?? '').matchAll(/\+([A-Za-z]\w*)/g)].map((match) => match[1])
		if (transport.topic === undefined)
			findings.push(locate(['transport'], 'value', 'profile/required', 'transport.topic is missing', 'what to subscribe to'))
		if (transport.identity !== undefined && !levels.includes(transport.identity)) {
			findings.push(
				locate(
					['transport', 'identity'],
					'value',
					'profile/identity',
					`the topic has no level +${transport.identity}`,
					`it has ${levels.join(', ') || 'none'}`,
				),
			)
		}
	}
	if (transport?.kind === 'mqtt' && transport.topic !== undefined) {
		const bad = topicFault(transport.topic)
		if (bad)
			findings.push(
				locate(
					['transport', 'topic'],
					'value',
					'profile/topic',
					`"${transport.topic.slice(0, 80)}" is no topic to subscribe to: ${bad}`,
					'such as tele/+device/SENSOR',
				),
			)
	}
	const named = [...(transport?.topic ?? '').matchAll(/\+([A-Za-z]\w*)/g)].map((match) => match[1] ?? '')
	for (const [level, value] of Object.entries(transport?.levels ?? {})) {
		if (!named.includes(level)) {
			const near = nearest(level, named)
			findings.push(
				locate(
					['transport', 'levels', level],
					'key',
					'profile/levels',
					`the topic has no level +${level}`,
					near ? `did you mean "${near}"?` : `it has ${named.join(', ') || 'none'}`,
				),
			)
		} else if (/[/+#]|^$/.test(value)) {
			findings.push(
				locate(
					['transport', 'levels', level],
					'value',
					'profile/levels',
					`"${value}" is no value of one level`,
					'it has neither / nor + nor #',
				),
			)
		}
	}
	if (meter?.timezone !== undefined && !isTimezone(meter.timezone)) {
		findings.push(
			locate(
				['meter', 'timezone'],
				'value',
				'profile/timezone',
				`"${meter.timezone}" is no timezone`,
				'an IANA name such as Europe/Zurich',
			),
		)
	}
	for (const code of Object.keys(decoder?.registers ?? {})) {
		if (!isCode(code))
			findings.push(locate(['decoder', 'registers', code], 'key', 'profile/obis', `"${code}" is no OBIS code`, '1.8.0, 1-1:1.8.0 or *'))
	}
	for (const [length, codes] of Object.entries(decoder?.sequence ?? {})) {
		if (codes.length !== Number(length)) {
			findings.push(
				locate(
					['decoder', 'sequence', length],
					'value',
					'profile/sequence',
					`the list of ${length} has ${codes.length} places`,
					'null for a value without use',
				),
			)
		}
		codes.forEach((code, place) => {
			if (code !== null && !parseObis(code)) {
				findings.push(
					locate(['decoder', 'sequence', length, place], 'value', 'profile/obis', `"${code}" is no full OBIS code`, 'such as 1-0:1.8.0'),
				)
			}
		})
	}
	return findings
}

/** What is wrong with a topic to subscribe to (MQTT 5, 4.7), with +name for named levels; undefined when nothing is. */
function topicFault(topic: string): string | undefined {
	const levels = topic.split('/')
	if (topic === '') return 'it is empty'
	if (levels.some((level, place) => level.includes('#') && (level !== '#' || place < levels.length - 1))) return '# stands alone, and last'
	if (levels.some((level) => level.includes('+') && !/^\+(?:[A-Za-z]\w*)?$/.test(level))) return 'a level is a +, a +name, or has none'
	return undefined
}

const isCode = (code: string) => code === '*' || /^\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(code) || parseObis(code) !== undefined

/** Whether the name is a timezone that this system knows. */
export function isTimezone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name })
		return true
	} catch {
		return false
	}
}

function expressions(document: Json, chain: Chain): { transform: Transform; faults: Finding[] } {
	const transform: Transform = new Map()
	const faults: Finding[] = []
	for (const [target, text] of Object.entries((document as Profile).transform ?? {})) {
		const path = ['transform', target]
		if (!isTarget(target)) {
			const near = nearest(target, [...Object.keys(fields), 'id', 'time', 'submeters'])
			faults.push(
				at(
					chain,
					path,
					'key',
					'transform/field',
					`the reading has no field "${target}"`,
					near ? `did you mean "${near}"?` : 'extra.<name> is free',
				),
			)
		}
		const expression = compile(text)
		if (!Array.isArray(expression)) transform.set(target, expression)
		else {
			const file = owner(chain, path)
			for (const { code, message, position, hint } of expression) {
				faults.push(finding(file, offsetInString(file, path, position), code, `${target}: ${message}`, hint))
			}
		}
	}
	return { transform, faults }
}

const isTarget = (target: string) =>
	Object.hasOwn(fields, target) || ['id', 'time', 'submeters'].includes(target) || /^extra\.[a-z][a-z0-9_]*$/.test(target)
