import { dirname } from 'node:path'
import type { SampleDifference, SampleResult } from '../../schema/types/api.ts'
import { produces } from '../check/coverage.ts'
import { type BrokenSample, differences, type SampleRun } from '../check/samples.ts'
import type { Whole } from '../check/whole.ts'
import { isOwnSample, type Sample, sampleName } from '../profile/samples.ts'
import { visible } from '../text/visible.ts'

/** Differences of all recordings that are listed, those of one at least, and characters of a text in them. */
const [MAX_DIFFERENCES, LEAST_DIFFERENCES, MAX_TEXT] = [500, 5, 400]

/** Gives the recordings of a profile, each with what differs from the expected readings. */
export function sampleResults({ runs, broken }: Pick<Whole, 'runs' | 'broken'>): SampleResult[] {
	// Of many recordings that all differ, a few differences each say enough.
	const most = Math.max(LEAST_DIFFERENCES, Math.floor(MAX_DIFFERENCES / Math.max(1, runs.length)))
	return [...runs.map((run) => resultOf(run, most)), ...broken.map(brokenOf)].sort((one, other) => (one.sample < other.sample ? -1 : 1))
}

function resultOf(run: SampleRun, most: number): SampleResult {
	const { readings, wanted } = run
	const all = wanted ? tableOf(readings, wanted) : []
	return {
		...placeOf(run),
		expected: wanted !== undefined,
		readings: readings.length,
		...(wanted && { wanted: wanted.length }),
		differences: all.slice(0, most),
		...(all.length > most && { more: all.length - most }),
	}
}

/** What differs, and readings that came or stay away. */
function tableOf(readings: SampleRun['readings'], wanted: NonNullable<SampleRun['wanted']>): SampleDifference[] {
	const both = Math.min(readings.length, wanted.length)
	const differ = differences(wanted.slice(0, both), readings).map(
		({ reading, field, expected, now, why }): SampleDifference => ({
			reading,
			field,
			expected: short(expected),
			...(now !== undefined && { now: short(now) }),
			...(why !== undefined && { why: visible(why, MAX_TEXT) }),
		}),
	)
	const gone = wanted.slice(both).map((row, at): SampleDifference => ({ reading: both + at + 1, field: '', expected: short(row) }))
	const added = readings.slice(both).map((row, at): SampleDifference => ({ reading: both + at + 1, field: '', now: short(row) }))
	return [...differ, ...gone, ...added]
}

type Shown = NonNullable<SampleDifference['now']>

/** A value as the table has it: one that is long, as text that is cut. */
function short(value: unknown): Shown {
	const text = JSON.stringify(value) ?? 'null'
	return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : (value as Shown)
}

const brokenOf = (sample: BrokenSample): SampleResult => ({
	...placeOf(sample),
	readings: 0,
	differences: [],
	fault: visible(sample.fault),
})

function placeOf(sample: Sample): Pick<SampleResult, 'sample' | 'folder' | 'own'> {
	return { sample: sampleName(sample), folder: dirname(sample.capture), own: isOwnSample(sample) }
}

/** Counts the readings of the recordings that have each of these fields. */
export function shownIn({ runs }: Pick<Whole, 'runs'>, targets: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>()
	for (const { readings } of runs)
		for (const reading of readings)
			for (const target of targets) if (produces(reading, target)) counts.set(target, (counts.get(target) ?? 0) + 1)
	return counts
}
