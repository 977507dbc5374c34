import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { expectedText, runSample, type SampleRun } from '../engine/check/samples.ts'
import { checkWhole } from '../engine/check/whole.ts'
import { parseConfig, profileFolders } from '../engine/config/config.ts'
import { profileOf } from '../engine/config/meter-profile.ts'
import { type InputOf, inputFindings } from '../engine/config/shared.ts'
import type { Finding } from '../engine/document/finding.ts'
import { nearest } from '../engine/document/nearest.ts'
import { parseDocument } from '../engine/document/parse.ts'
import { MAX_FILE, readRegular } from '../engine/files/regular.ts'
import { compileOutput, entriesOf, outputOf } from '../engine/output/output.ts'
import { checkOutput } from '../engine/output/samples.ts'
import { builtinProfiles, readLibrary } from '../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../engine/profile/profile.ts'
import { samplesOf } from '../engine/profile/samples.ts'
import { MAX_READ, readCapture } from '../engine/transport/capture.ts'
import { type Format, printFindings } from './findings.ts'
import { writeKinds } from './kinds.ts'

export type ValidateOptions = { strict?: boolean; update?: boolean; format: Format }

/**
 * `cii2mqtt validate`: checks profiles (by name, file or folder; all built-in ones when none is named), configs and captures.
 * Exit code 1 for errors, with --strict for warnings too, 2 when an argument names nothing.
 */
export async function validate(targets: string[], { strict = false, update = false, format }: ValidateOptions): Promise<number> {
	const files: string[] = []
	for (const target of targets.length > 0 ? targets : [builtinProfiles]) {
		const found = filesOf(target)
		if (typeof found === 'string') {
			console.error(`${target}: ${found}`)
			return 2
		}
		files.push(...found)
	}
	const findings: Finding[] = []
	for (const file of files) findings.push(...(await check(file, update)))
	printFindings(findings, format, files.length)
	const [file] = files
	if (format === 'pretty' && targets.length === 1 && files.length === 1 && file !== undefined) await link(file)
	return findings.some(({ severity }) => severity === 'error' || strict) ? 1 : 0
}

/** The files that an argument means: a profile's name, a file, or all that can be checked below a folder. Gives in words when it means none. */
function filesOf(target: string): string[] | string {
	const stats = statSync(target, { throwIfNoEntry: false })
	if (stats?.isFile()) return [target]
	if (stats?.isDirectory()) {
		const inside = readdirSync(target, { recursive: true, encoding: 'utf8' }).filter(
			(file) => CHECKED.test(file) && !file.endsWith('.expected.json') && !/(^|\/)(node_modules|\.[^/]+)\//.test(file),
		)
		const files = inside.sort().map((file) => shown(join(target, file)))
		return files.length > 0 ? files : 'the folder holds no profile, config or capture'
	}
	if (stats) return 'it is neither a file nor a folder, but a pipe, a socket or a device: nothing of it is read'
	const { sources } = readLibrary([builtinProfiles])
	const source = sources.get(target)
	const near = nearest(target, [...sources.keys()])
	const hint = near === undefined ? '"cii2mqtt profiles" lists the names' : `did you mean "${near}"?`
	return source ? [source.file] : `no profile has this name, and there is no such file; ${hint}`
}

/** Says where the same profile or recording is shown in a browser. */
async function link(file: string): Promise<void> {
	const { sayLink, sampleOf } = await import('./page-link.ts')
	const sample = sampleOf(resolve(file))
	if (sample) return await sayLink({ ...sample, words: file })
	const name = basename(file, '.json')
	if (file.endsWith('.capture.jsonl')) await sayLink({ words: file })
	else if (/^[a-z0-9-]+$/.test(name) && !isPart(file) && !isConfig(file)) await sayLink({ profile: { name, file }, words: file })
}

/** Tells a config, and a file that cannot be read. */
function isConfig(file: string): boolean {
	try {
		return CONFIG.test(readRegular(file, MAX_FILE))
	} catch {
		return true
	}
}

/** Tells a fragment or an output by its folder: neither is shown alone. */
const isPart = (file: string) => ['common', 'outputs'].includes(basename(dirname(resolve(file))))

/** What has a list of meters is a config. */
const CONFIG = /"meters"\s*:\s*\[/

const CHECKED = /\.(json|capture\.jsonl)$/

const shown = (path: string) => (relative('', path).startsWith('..') ? path : relative('', path))

function check(file: string, update: boolean): Finding[] | Promise<Finding[]> {
	let text: string
	try {
		text = readRegular(file, file.endsWith('.capture.jsonl') ? MAX_READ : MAX_FILE)
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException
		return [plain(file, 'file/unreadable', `cannot be read: ${code ?? message}`)]
	}
	if (!CHECKED.test(file))
		return [plain(file, 'file/kind', 'profiles and configs are called X.json, captures X.capture.jsonl', 'rename it, or name another file')]
	if (file.endsWith('.capture.jsonl')) return checkCapture(file)
	if (CONFIG.test(text)) return checkConfig(file, text)
	return checkProfile(file, update)
}

const plain = (file: string, code: string, message: string, hint?: string): Finding => ({
	file,
	line: 1,
	column: 1,
	code,
	severity: 'error',
	message,
	...(hint !== undefined && { hint }),
})

function checkCapture(file: string): Finding[] {
	try {
		const { header } = readCapture(file)
		const { findings } = parseDocument(file, JSON.stringify(header), 'capture')
		return findings
	} catch (error) {
		const { message } = error as Error
		const [, line] = /(?:\.jsonl:|: line )(\d+)/.exec(message) ?? []
		return [{ ...plain(file, 'capture/syntax', message), line: Number(line ?? 1) }]
	}
}

function checkConfig(file: string, text: string): Finding[] {
	const loaded = parseConfig(file, text)
	if (Array.isArray(loaded)) return loaded
	const library = readLibrary(profileFolders(loaded))
	const unreadable = library.unreadable.map((text) => plain(file, 'config/profiles', text))
	const outputs = entriesOf(loaded.config).flatMap((entry) => {
		const output = outputOf(entry, loaded, library)
		return Array.isArray(output) ? output : []
	})
	const profiles = loaded.config.meters.map((entry, place) => profileOf(entry, place, loaded, library))
	const inputs = loaded.config.meters.flatMap((entry, place): InputOf[] => {
		const profile = profiles[place]
		if (!profile || Array.isArray(profile) || entry.enabled === false) return []
		return [{ entry, place, config: loaded, transport: profile.document.transport }]
	})
	return [...unreadable, ...outputs, ...profiles.flatMap((one) => (Array.isArray(one) ? one : [])), ...inputFindings(inputs)]
}

async function checkProfile(file: string, update: boolean): Promise<Finding[]> {
	const folder = dirname(resolve(file))
	const fragment = basename(folder) === 'common'
	const output = basename(folder) === 'outputs'
	const own = fragment || output ? dirname(folder) : folder
	if (output) return await checkOutputFile(basename(file, '.json'), own)
	const library = readLibrary(own === builtinProfiles ? [own] : [builtinProfiles, own])
	const compiled = compileProfile(fragment ? `common/${basename(file, '.json')}` : basename(file, '.json'), library)
	// A fragment need not be complete, and those who use it bring the samples.
	if (fragment) return Array.isArray(compiled) ? compiled.filter(({ code }) => code !== 'profile/required') : []
	if (Array.isArray(compiled)) return compiled
	if (update) {
		try {
			await updateSamples(compiled)
			const written = writeKinds(file, compiled)
			if (written > 0) console.error(`${file}: wrote the kinds of ${written} values into decoder.sequence, as the samples show them`)
		} catch (error) {
			return [compiled.at(['samples'], 'sample/unreadable', (error as Error).message)]
		}
	}
	return (await checkWhole(compiled)).findings
}

async function checkOutputFile(name: string, own: string): Promise<Finding[]> {
	const compiled = compileOutput(name, readLibrary(own === builtinProfiles ? [own] : [builtinProfiles, own]))
	if (Array.isArray(compiled)) return compiled
	return await checkOutput(compiled)
}

/** Writes the readings that the samples give now, after showing what changes. */
async function updateSamples(profile: CompiledProfile): Promise<void> {
	for (const sample of samplesOf(profile)) {
		const run = await runSample(profile, sample)
		const changes = changesOf(run)
		if (changes.length === 0) continue
		console.error(`${shown(run.expected)}:`)
		for (const change of changes) console.error(`  ${change}`)
		writeFileSync(run.expected, expectedText(run.outcomes))
	}
}

function changesOf({ readings, wanted }: SampleRun): string[] {
	if (!wanted) return [`+ ${readings.length} readings`]
	const changes: string[] = []
	for (let place = 0; place < Math.max(readings.length, wanted.length); place++) {
		const [before, after] = [wanted[place] ?? {}, readings[place] ?? {}]
		for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
			const [old, now] = [before[field], after[field]].map((value) => (value === undefined ? undefined : JSON.stringify(value)))
			if (old !== now) changes.push(`reading ${place + 1}, ${field}: ${old ?? '–'} → ${now ?? '–'}`)
		}
	}
	return changes
}
