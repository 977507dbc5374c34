import type { Finding } from '../document/finding.ts'
import type { Outcome } from '../pipeline/pipeline.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { sampleNames, samplesOf } from '../profile/samples.ts'
import { coverage } from './coverage.ts'
import { type BrokenSample, readSample, runSamples, type SampleRun } from './samples.ts'

/** All that can be said of a profile that compiles: the findings, and what its samples gave; `broken`: those that could not be put through. */
export type Whole = { findings: Finding[]; runs: SampleRun[]; broken: BrokenSample[] }

/** Checks a compiled profile by its samples, as `cii2mqtt validate` does: what they give, and what they do not show. `read` reads the files of a sample. */
export async function checkWhole(profile: CompiledProfile, read = readSample): Promise<Whole> {
	const { findings, runs, broken } = await runSamples(profile, read)
	const outcomes = runs.flatMap((run) => run.outcomes)
	return { findings: [...findings, ...noSamples(profile), ...(await shownBy(profile, outcomes))], runs, broken }
}

function noSamples(profile: CompiledProfile): Finding[] {
	if (sampleNames(profile).length > 0) return []
	const message = 'the profile has no samples: nothing shows that it is right'
	const hint = `record one into meters/${profile.name}, or name its folder under "samples"`
	const finding = profile.at(['samples'], 'sample/none', message, hint, 'key')
	return [{ ...finding, severity: 'warning' }]
}

/** What the samples show and do not show. */
async function shownBy(profile: CompiledProfile, outcomes: Outcome[]): Promise<Finding[]> {
	return [...silent(profile, outcomes), ...oddTimes(profile, outcomes), ...(await coverage(profile, outcomes))]
}

/** Samples that show nothing: a wrong link, a key that is missing, a list without codes that no sequence names. */
function silent(profile: CompiledProfile, outcomes: Outcome[]): Finding[] {
	if (samplesOf(profile).length === 0 || outcomes.some(({ kind }) => kind === 'reading')) return []
	const message = 'no sample gives a reading: nothing shows that the profile is right'
	const hint = '"cii2mqtt decode CAPTURE" says what is in it; lists without OBIS codes need decoder.sequence'
	return [{ ...profile.at(['samples'], 'sample/silent', message, hint), severity: 'warning' }]
}

/** Times that no meter of this field can have meant: a clock that was never set, a timezone or unit of time that is wrong. */
function oddTimes(profile: CompiledProfile, outcomes: Outcome[]): Finding[] {
	const odd = outcomes.find(
		(outcome) => outcome.kind === 'reading' && outcome.reading.time_source !== 'gateway' && !isSensible(outcome.reading.time),
	)
	if (odd?.kind !== 'reading') return []
	const message = `a sample gives a reading of ${odd.reading.time}`
	const finding = profile.at(['samples'], 'sample/time', message, 'is the clock set, the time in seconds or milliseconds?')
	return [{ ...finding, severity: 'warning' }]
}

const isSensible = (time: string) => Date.parse(time) > Date.UTC(2010, 0, 1) && Date.parse(time) < Date.now() + 86_400_000
