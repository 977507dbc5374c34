import { basename } from 'node:path'
import { expectDefaults } from '../../schema/types/expect.ts'
import { fields } from '../../schema/types/fields.ts'
import type { Decoder, Profile } from '../../schema/types/profile.ts'
import { type Finding, finding, type Locate, offsetInString, type Path } from '../document/finding.ts'
import { type Json, merge } from '../document/merge.ts'
import { meant } from '../document/nearest.ts'
import { packageVersion } from '../files/package.ts'
import { compileField } from '../transform/language.ts'
import type { Transform } from '../transform/plan.ts'
import type { Transport } from '../transport/port.ts'
import { type Chain, locate, type Origin, originOf, owner, readChain, statedBy } from './chain.ts'
import { meaning } from './checks.ts'
import { builtinProfiles, isFragment, type Library } from './library.ts'

/** A profile's document with everything that reading needs. */
export type CompleteProfile = Profile & {
	transport: Transport & { kind: NonNullable<Transport['kind']> }
	decoder: Decoder
}

/** A profile with its parents merged in and its expressions compiled. */
export type CompiledProfile = {
	name: string
	/** `name@version`. A fragment has the package's version where it comes with it, else 0. */
	label: string
	/** The merged document, its short forms expanded. */
	document: CompleteProfile
	transform: Transform
	/** The folder of the profile's file, and of its samples' relative paths. */
	folder: string
	/** Its own name and those of its parents, the nearest first. */
	chain: string[]
	/** Targets of the transform that the profile itself states, not a parent. */
	own: string[]
	/** Names of profiles, the nearest first, whose folder below meters/ may hold the samples: those that come before `samples` is stated. */
	sampled: string[]
	/** A finding where a path is set: in the profile's file, or the parent's that sets it. */
	at: Locate
	/** File and line that state a path; undefined for a default. */
	origin(path: Path): Origin | undefined
}

/** Reads, merges and checks a profile or fragment, all but its samples. Gives the compiled profile, or every finding. */
export function compileProfile(name: string, library: Library): CompiledProfile | Finding[] {
	const chain = readChain(name, library)
	return Array.isArray(chain) ? chain : compileChain(name, chain)
}

/** Gives the document that a profile and its parents make, over the defaults. */
export function mergedDocument({ parts }: Chain): Json {
	const merged = parts.map(({ value }) => value).reduceRight((base, over) => merge(base, over), { expect: expectDefaults })
	const { extends: _parent, $schema: _schema, ...document } = merged
	return document
}

/** Merges and checks a profile that was read with its parents, as `compileProfile` does. */
export function compileChain(name: string, chain: Chain): CompiledProfile | Finding[] {
	const { parts, first } = chain
	const { folder } = first.source
	const document = mergedDocument(chain)
	const at: Locate = (...fault) => locate(chain, ...fault)
	const findings = [...required(name, document, at), ...named(document, chain), ...meaning(document, at)]
	const { transform, faults } = expressions(document, chain)
	if (findings.length + faults.length > 0 || !isComplete(document)) return [...findings, ...faults]
	const stated = parts.findIndex(({ written }) => written.samples !== undefined)
	return {
		name,
		label: `${name}@${String(document.version ?? (folder === builtinProfiles ? packageVersion() : 0))}`,
		document,
		transform,
		folder,
		chain: parts.map(({ source }) => source.name),
		own: Object.keys(first.written.transform ?? {}).filter((target) => transform.has(target)),
		sampled: (stated < 0 ? parts : parts.slice(0, stated)).map(({ source }) => source.name).filter((part) => !isFragment(part)),
		at,
		origin: (path) => originOf(chain, path),
	}
}

/** Whether a document has what `CompleteProfile` promises. */
export function isComplete(document: Profile): document is CompleteProfile {
	return document.transport?.kind !== undefined && document.decoder !== undefined
}

/** A fragment is named by its file, and its version is the package's. */
function required(name: string, document: Json, at: Locate): Finding[] {
	return [...(isFragment(name) ? [] : ['profile', 'version', 'title']), 'transport', 'decoder', 'transform']
		.filter((key) => document[key] === undefined)
		.map((key) => at([key], 'profile/required', `"${key}" is missing`, 'state it here or in a parent', 'key'))
}

/** A profile is called as its file is. */
function named({ profile }: Json, chain: Chain): Finding[] {
	const name = basename(statedBy(chain, ['profile']).name)
	if (profile === undefined || profile === name) return []
	return [locate(chain, ['profile'], 'profile/name', `the profile is called "${profile}", its file "${name}"`, `name it "${name}"`)]
}

function expressions(document: Json, chain: Chain): { transform: Transform; faults: Finding[] } {
	const transform: Transform = new Map()
	const faults: Finding[] = []
	for (const [target, text] of Object.entries((document as Profile).transform ?? {})) {
		const path = ['transform', target]
		if (!isTarget(target)) faults.push(locate(chain, path, 'transform/field', ...noField(target), 'key'))
		const expression = compileField(text)
		if (!Array.isArray(expression)) transform.set(target, expression)
		else {
			const file = owner(chain, path)
			for (const { code, message, position, hint } of expression)
				faults.push(finding(file, offsetInString(file, path, position), code, `${target}: ${message}`, hint))
		}
	}
	return { transform, faults }
}

/** What a transform may set, besides `extra.<name>`. */
const TARGETS = [...Object.keys(fields), 'id', 'time', 'submeters']

const isTarget = (target: string) => TARGETS.includes(target) || /^extra\.[a-z][a-z0-9_]*$/.test(target)

/** Says that a target is not a field, and what would be right. */
function noField(target: string): [message: string, hint: string] {
	if (target === '*') return ['"*" must name values by OBIS code', 'a path such as obis or json.meter']
	return [`the reading has no field "${target}"`, meant(target, TARGETS, 'extra.<name> is free')]
}
