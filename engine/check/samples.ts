import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Reading } from '../../schema/types/reading.ts'
import type { Finding } from '../document/finding.ts'
import { readRegular } from '../files/regular.ts'
import type { Outcome } from '../pipeline/pipeline.ts'
import { replaySample } from '../pipeline/replay.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { capturesOf, foldersOf, type Sample, sampleNames, samplesOf } from '../profile/samples.ts'
import { codeOf } from '../telegram/code.ts'
import { ruleFor } from '../telegram/rules.ts'
import type { Issue } from '../transform/expect.ts'
import { type Capture, readCapture } from '../transport/capture.ts'

/** Gives the readings among outcomes as X.expected.json has them: without what differs from run to run. */
export function expectedText(outcomes: Outcome[]): string {
	const readings = outcomes.flatMap((outcome) => (outcome.kind === 'reading' ? [outcome.reading] : []))
	const rows = readings.map(({ received: _received, session: _session, seq: _seq, ...rest }) => rest)
	return `${JSON.stringify(rows, undefined, 2)}\n`
}

/** Captures of a folder of samples, bytes of each, and of all. An hour of a meter that speaks each second has 4 MB. */
const [MAX_CAPTURES, MAX_CAPTURE, MAX_SAMPLES] = [100, 4 * 1024 * 1024, 16 * 1024 * 1024]

/**
 * Gives a reading without what differs from run to run (receive time, and a `time` that is only that; session, count), and without the names of
 * meter and profile: a profile that is derived from another is checked by its samples. An id that only repeats the meter's name goes too.
 */
export function comparable(reading: Reading): Record<string, unknown> {
	const { received: _received, session: _session, seq: _seq, profile: _profile, meter, id, time, ...rest } = reading
	return { ...(id !== meter && { id }), ...(rest.time_source !== 'gateway' && { time }), ...rest }
}

/** Lists the files of a profile's samples, and the folders that may hold some: as long as none of them differs, the samples do not. */
export function sampleFiles(profile: CompiledProfile): string[] {
	const names = [...profile.sampled, ...(profile.document.samples ?? [])]
	const folders = names.flatMap((name) => foldersOf(profile, name))
	try {
		return [...folders, ...samplesOf(profile).flatMap(({ capture, expected }) => [capture, expected])]
	} catch {
		return folders
	}
}

/** One sample put through: the readings that it gives now, and those that are expected (undefined without such a file). */
export type SampleRun = Sample & { outcomes: Outcome[]; readings: Record<string, unknown>[]; wanted: Record<string, unknown>[] | undefined }

/** The two files of a sample, read. */
export type SampleFiles = { capture: Capture; wanted: Record<string, unknown>[] | undefined }

/** Reads the files of a sample. Throws an Error that names the file for a capture or an expected file that cannot be read. */
export function readSample({ capture, expected }: Sample): SampleFiles {
	return {
		capture: readCapture(capture, MAX_CAPTURE),
		wanted: isThere(expected) ? readExpected(expected).map(comparable) : undefined,
	}
}

/** Replays one sample, read by `read`, whose errors it passes on. */
export async function runSample(profile: CompiledProfile, sample: Sample, read = readSample): Promise<SampleRun> {
	const { capture, wanted } = read(sample)
	const outcomes = await replaySample(profile, capture)
	const readings = outcomes.flatMap((outcome) => (outcome.kind === 'reading' ? [comparable(outcome.reading)] : []))
	return { ...sample, outcomes, readings, wanted }
}

const isThere = (file: string) => statSync(file, { throwIfNoEntry: false }) !== undefined

/** Reads a file of expected readings. Throws an Error that names the file for anything but an array of objects. */
export function readExpected(file: string): Reading[] {
	let value: unknown
	try {
		value = JSON.parse(readRegular(file, MAX_CAPTURE))
	} catch (error) {
		throw new Error(`${file}: ${(error as Error).message}`)
	}
	if (!Array.isArray(value) || !value.every((row) => typeof row === 'object' && row !== null))
		throw new Error(`${file} is no list of readings: [{ "power_import": 120, … }, …]`)
	return value as Reading[]
}

/**
 * Replays every sample of a profile and compares. A finding for each sample that is missing or gives other readings than expected;
 * fields that the expected file does not know yet are no mistake (a field that is added must not wait for it).
 */
export async function checkSamples(profile: CompiledProfile): Promise<Finding[]> {
	return (await runSamples(profile)).findings
}

/** A sample that could not be put through, and why. */
export type BrokenSample = Sample & { fault: string }

/** Replays every sample, read by `read`, and gives the runs, those that could not be, and the findings of `checkSamples`. */
export async function runSamples(
	profile: CompiledProfile,
	read = readSample,
): Promise<{ findings: Finding[]; runs: SampleRun[]; broken: BrokenSample[] }> {
	const findings: Finding[] = []
	const runs: SampleRun[] = []
	const broken: BrokenSample[] = []
	try {
		for (const [place, name] of sampleNames(profile).entries()) {
			if (capturesOf(profile, name).length > 0) continue
			const message = `the sample "${name}" has no capture`
			findings.push(profile.at(['samples', place], 'sample/missing', message, 'a folder under meters/ with X.capture.jsonl'))
		}
		const samples = samplesOf(profile)
		if (samples.length > MAX_CAPTURES) throw new Error(`it has ${samples.length} captures; ${MAX_CAPTURES} are accepted`)
		let bytes = 0
		for (const sample of samples) {
			bytes += statSync(sample.capture, { throwIfNoEntry: false })?.size ?? 0
			if (bytes > MAX_SAMPLES) throw new Error(`its captures have more than ${MAX_SAMPLES / 1024 / 1024} MB`)
			try {
				const run = await runSample(profile, sample, read)
				runs.push(run)
				findings.push(...compared(profile, run))
			} catch (error) {
				const fault = (error as Error).message
				broken.push({ ...sample, fault })
				findings.push(profile.at(['samples'], 'sample/unreadable', fault))
			}
		}
	} catch (error) {
		findings.push(profile.at(['samples'], 'sample/unreadable', (error as Error).message, 'a sample is a folder with a few short captures'))
	}
	return { findings, runs, broken }
}

function compared(profile: CompiledProfile, { capture, expected, readings, wanted }: SampleRun): Finding[] {
	if (!wanted) {
		const message = `${basename(capture)} has no ${basename(expected)} beside it: the readings that it must give`
		return [profile.at(['samples'], 'sample/expected', message, 'cii2mqtt validate --update writes it')]
	}
	const [difference, ...others] = differ(wanted, readings)
	if (!difference) return []
	const message = `${basename(capture)}: ${difference.text}${others.length > 0 ? `, and ${others.length} more` : ''}`
	return [profile.at(blamed(profile, difference.field), 'sample/mismatch', message, `if the change is meant, change ${expected}`)]
}

/** Finds the place in the profile that a field's value most likely comes from: its register's rule, its own expression, else the samples. */
function blamed(profile: CompiledProfile, field: string | undefined): string[] {
	const rules = profile.document.decoder.registers ?? {}
	if (field !== undefined && profile.own.includes(field)) return ['transform', field]
	const codes = profile.transform.get(field ?? '')?.codes ?? []
	const used = codes.map((code) => ruleFor(codeOf(code.includes('-') ? code : `1-0:${code}`), rules))
	const key = Object.keys(rules).find((name) => name !== '*' && used.includes(rules[name]))
	return key === undefined ? ['samples'] : ['decoder', 'registers', key]
}

type Rows = Record<string, unknown>[]

/** Lists the differences between expected readings and those that came, in words, with their fields. Gives none when every expected field is equal. */
export function differ(wanted: Rows, got: Rows): { text: string; field?: string }[] {
	if (wanted.length !== got.length) return [{ text: `${wanted.length} readings are expected, it gives ${got.length}` }]
	return differences(wanted, got).map(({ reading, field, expected, now, why }) => {
		const gives = now === undefined ? `nothing${why === undefined ? '' : ` (${why})`}` : JSON.stringify(now)
		return { text: `reading ${reading}, ${field}: ${JSON.stringify(expected)} is expected, it gives ${gives}`, field }
	})
}

/** A field that differs from what is expected: its reading (from 1), both values, and why it is missing now. */
export type Difference = { reading: number; field: string; expected: unknown; now: unknown; why?: string }

/** Lists the expected fields that came otherwise, or not at all. */
export function differences(wanted: Rows, got: Rows): Difference[] {
	return wanted.flatMap((row, place) =>
		Object.entries(row).flatMap(([field, expected]): Difference[] => {
			const now = got[place]?.[field]
			if (expected === undefined || isDeepStrictEqual(now, expected)) return []
			const why = now === undefined ? whyNot(got[place]?.issues, field) : undefined
			return [{ reading: place + 1, field, expected, now, ...(why !== undefined && { why }) }]
		}),
	)
}

/** Says why a reading lacks a field, where its issues do. */
function whyNot(issues: unknown, field: string): string | undefined {
	const found = Array.isArray(issues) ? (issues as Issue[]).find((issue) => issue.field === field) : undefined
	return found && `${found.code}: ${found.detail}`
}
