import { fields } from '../../schema/types/fields.ts'
import type { Decoder, Profile, Transport } from '../../schema/types/profile.ts'
import { type Document, type Finding, finding, offsetInString, offsetOf, type Path } from '../document/finding.ts'
import { merge } from '../document/merge.ts'
import { nearest } from '../document/nearest.ts'
import { parseDocument } from '../document/parse.ts'
import { compileField } from '../transform/language.ts'
import type { Transform } from '../transform/plan.ts'
import { type Locate, meaning } from './checks.ts'
import type { Library, Source } from './library.ts'

/** A profile's document with everything that reading needs. */
export type CompleteProfile = Profile & {
	transport: Transport & { kind: NonNullable<Transport['kind']> }
	decoder: Decoder
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
	return document.transport?.kind !== undefined && document.decoder !== undefined
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
		const expression = compileField(text)
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
