import type { WorkbenchAnswer, WorkbenchShown } from '../../schema/types/api.ts'
import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import { unusedCodes } from '../check/coverage.ts'
import { checkWhole, type Whole } from '../check/whole.ts'
import type { Finding } from '../document/finding.ts'
import { testKeys } from '../pipeline/replay.ts'
import { type Chain, readChain } from '../profile/chain.ts'
import { isFragment, type Library } from '../profile/library.ts'
import { type CompiledProfile, compileChain } from '../profile/profile.ts'
import type { Keys } from '../telegram/telegram.ts'
import { evaluatedText } from './fields.ts'
import { type Heard, heardBy, heardPlain, isMessages, MAX_TELEGRAMS } from './heard.ts'
import { inheritedOf, parentsOf } from './inherited.ts'
import { withDraft } from './library.ts'
import { CompiledOutputs } from './outputs.ts'
import { Recordings } from './recordings.ts'
import { sampleResults, shownIn } from './samples.ts'
import { type Reader, refusalOf, type Shown, shownOf } from './shown.ts'
import { suggest } from './suggested.ts'

/** A question of the workbench with everything resolved. */
export type Trial = {
	/** The profile that is edited: its text stands in for the file of that name in the folder. */
	draft?: { name: string; text: string; folder: string }
	/** All other profiles. */
	library: Library
	/** The telegrams: of a recording, pasted, or a meter's last ones. */
	lines: readonly CaptureLine[]
	header?: CaptureHeader
	keys: Keys
	/** The telegram to show; by default the first that gives a reading. */
	telegram?: number
	/** An expression to evaluate on it. */
	evaluate?: string
	/** Whether the recordings of the profile are put through as well. */
	samples: boolean
	/** Names of outputs whose messages are shown. */
	outputs: readonly string[]
}

/** Findings that are listed, codes that no field uses, and characters of a reason in the list of telegrams. */
const [MAX_FINDINGS, MAX_CODES, MAX_DETAIL] = [200, 200, 300]

/** What is kept between two questions: read samples, compiled outputs, read parents, and the profile before, whose expressions the next one shares. */
const recordings = new Recordings()
const outputs = new CompiledOutputs()
const parents: NonNullable<Library['kept']> = new WeakMap()
let before: CompiledProfile | undefined

/** Says what a profile makes of telegrams: findings, each telegram, one of them whole, and the recordings of the profile. Never throws: what goes wrong stands in the answer. */
export async function analyse(trial: Trial): Promise<WorkbenchAnswer> {
	const began = performance.now()
	let answer: WorkbenchAnswer
	try {
		answer = await answered(trial)
	} catch (error) {
		answer = { findings: [], fault: `this cannot be analysed: ${(error as Error).message}` }
	}
	return { ...answer, milliseconds: Math.round(10 * (performance.now() - began)) / 10 }
}

async function answered(trial: Trial): Promise<WorkbenchAnswer> {
	const { draft, evaluate } = trial
	const read = draft && readDraft(draft, trial.library)
	const profile = read?.profile
	before = profile ?? before
	const whole = profile && !isFragment(profile.name) ? await checked(profile, trial.samples) : NOTHING
	const keys = { ...(trial.header && testKeys({ header: trial.header, lines: [] })), ...trial.keys }
	const { list, reader, detected, fault } = await hear(trial, profile, keys)
	const n = Math.min(
		trial.telegram ??
			Math.max(
				0,
				list.findIndex(({ outcome }) => outcome === 'reading'),
			),
		list.length - 1,
	)
	const found = n >= 0 ? await shownOf(list, n, reader) : undefined
	if (found && profile) await complete(found, profile, whole, trial, list[n] as Heard)
	if (found && draft)
		suggest(found, { text: draft.text, profile, section: reader.section, lines: trial.lines, keys, list, library: trial.library })
	return {
		findings: [...(read?.findings ?? []), ...whole.findings].slice(0, MAX_FINDINGS),
		...(read?.chain && { inherited: inheritedOf(read.chain), parents: parentsOf(read.chain) }),
		...(trial.lines.length > 0 && { telegrams: list.map(entryOf) }),
		...(detected !== undefined && { detected }),
		...(found && { shown: found.shown }),
		...(trial.samples && profile && { samples: sampleResults(whole), unused: unusedIn(profile, whole) }),
		...(evaluate !== undefined && { evaluated: await evaluatedText(evaluate, found?.view) }),
		...(fault !== undefined && { fault }),
	}
}

const NOTHING: Whole = { findings: [], runs: [], broken: [] }

type Read = { chain?: Chain; profile?: CompiledProfile; findings: Finding[] }

/** Reads and compiles the draft in its place among the others. A fragment need not be complete. */
function readDraft(draft: NonNullable<Trial['draft']>, library: Library): Read {
	const { name } = draft
	const chain = readChain(name, { ...withDraft(library, draft), kept: parents })
	if (Array.isArray(chain)) return { findings: chain }
	const compiled = compileChain(name, chain)
	if (!Array.isArray(compiled)) return { chain, profile: compiled, findings: [] }
	return { chain, findings: isFragment(name) ? compiled.filter(({ code }) => code !== 'profile/required') : compiled }
}

/** Checks a profile by its recordings; without them nothing of it is known but that it compiles. */
async function checked(profile: CompiledProfile, samples: boolean): Promise<Whole> {
	return samples ? await checkWhole(profile, recordings.read) : NOTHING
}

type HeardAll = { list: Heard[]; reader: Reader; detected?: string; fault?: string }

/** The telegrams by the profile; without one that can be used, by what their bytes say. */
async function hear({ lines, draft }: Trial, profile: CompiledProfile | undefined, keys: Keys): Promise<HeardAll> {
	const isForeign = profile !== undefined && isMessages(profile) && lines.length > 0 && lines.every((line) => 'hex' in line)
	if (profile && !isForeign) {
		const list = await heardBy(profile, lines, keys)
		return { list, reader: { profile, section: profile.document.decoder, keys }, ...limited(list) }
	}
	const { heard: list, detected, why } = heardPlain(lines, keys)
	const section = { ...(detected && { link: detected.link, application: detected.application }), blockCheck: 'optional' as const }
	const reason = detected && (draft && !profile ? `the profile cannot be used yet; by the bytes: ${detected.reason}` : detected.reason)
	const fault = isForeign ? 'the profile reads messages of an adapter, and these are bytes' : why
	return {
		list,
		reader: { profile: undefined, section, keys },
		...(reason !== undefined && { detected: reason }),
		...(fault !== undefined && { fault }),
		...limited(list),
	}
}

const limited = (list: readonly Heard[]) =>
	list.length >= MAX_TELEGRAMS ? { fault: `only the first ${MAX_TELEGRAMS} telegrams are looked at` } : {}

function entryOf(heard: Heard, n: number): NonNullable<WorkbenchAnswer['telegrams']>[number] {
	const { t, topic, outcome, bytes, issues } = heard
	return {
		n,
		t,
		bytes: bytes.length,
		...(topic !== undefined && { topic }),
		outcome,
		...(outcome !== 'reading' && refusalOf(heard, MAX_DETAIL)),
		...(issues.length > 0 && { issues: issues.length }),
	}
}

/** Adds what needs more than the telegram: in how many recordings its fields stand, and the messages of outputs. */
async function complete(
	{ shown }: Shown,
	profile: CompiledProfile,
	whole: Whole,
	{ library, outputs: names }: Trial,
	{ reading }: Heard,
): Promise<void> {
	const counts = shownIn(
		whole,
		shown.fields.map(({ target }) => target),
	)
	if (whole.runs.length > 0) for (const field of shown.fields) field.samples = counts.get(field.target) ?? 0
	if (reading && names.length > 0)
		shown.outputs = (await outputs.messages(names, library, profile, reading)) satisfies WorkbenchShown['outputs']
}

function unusedIn(profile: CompiledProfile, { runs }: Whole): string[] {
	return unusedCodes(
		profile,
		runs.flatMap(({ outcomes }) => outcomes),
	).slice(0, MAX_CODES)
}
