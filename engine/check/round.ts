import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { compileOutput, outputNames } from '../output/output.ts'
import { checkOutput } from '../output/samples.ts'
import { parentOf } from '../profile/chain.ts'
import { builtinProfiles, type Library, profileNames, readLibrary, type Source, type SourceFile } from '../profile/library.ts'
import { type CompiledProfile, compileProfile } from '../profile/profile.ts'
import { checkSamples, sampleFiles } from './samples.ts'
import type { Checked, Found, Known, Task, Told } from './task.ts'

/** Nobody reads more mistakes of one profile at once. */
const MAX_FINDINGS = 20

/** Looks through the folders of a task and checks what is not known. `tell` gets each result, `good` what was compiled for it; it ends early when `isOver`. */
export async function checkRound(
	task: Task,
	tell: (told: Told) => void,
	isOver: () => boolean,
	good: (compiled: CompiledProfile) => void = () => undefined,
): Promise<void> {
	const library = readLibrary(task.folders, [...task.profiles, ...task.outputs.map((name) => `outputs/${name}`)])
	const round: Round = { task, library, all: allOf(library), states: new Map(), tell, good }
	const listed = profileNames(library).filter((name) => library.sources.get(name)?.folder !== builtinProfiles)
	const chains: string[][] = []
	for (const name of task.profiles) chains.push(await checkOne(name, round))
	tell({
		kind: 'used',
		found: { ...foundIn(library, task, [...task.profiles, ...listed], chains), outputs: await outputsOf(task, library) },
	})
	for (const name of listed) {
		// Whoever gave the task may have another by now.
		await turn()
		if (isOver()) return
		if (task.profiles.includes(name)) continue
		const chain = await checkOne(name, round)
		// Together they may have more text than the thread has memory.
		for (const source of sourcesOf([name, ...chain.slice(1)], library)) if (source?.folder !== builtinProfiles) source?.forget()
	}
	tell({ kind: 'done' })
}

type Round = {
	task: Task
	library: Library<SourceFile>
	/** All files, on which a profile depends whose chain cannot be read. */
	all: { state: string; isYoung: boolean }
	/** Files beside the profiles, as they were first looked at. */
	states: Map<string, string>
	tell: (told: Told) => void
	good: (compiled: CompiledProfile) => void
}

function allOf({ sources }: Library<SourceFile>): Round['all'] {
	const hash = createHash('sha256')
	for (const { state } of sources.values()) hash.update(state)
	return { state: hash.digest('base64'), isYoung: [...sources.values()].some(({ isYoung }) => isYoung) }
}

/** Checks one profile unless its result is known. Gives the names of its chain. */
async function checkOne(name: string, round: Round): Promise<string[]> {
	const { task, library, tell, good } = round
	const known = task.known.get(name)
	const now = (chain: string[], looked: string[]) => knownOf(name, { chain, looked }, round)
	if (known) {
		if (known.stamp !== undefined && known.stamp === stampOf(known, round)) return known.chain
		const same = knownOf(name, known, round)
		if (same.digest === known.digest) {
			if (same.stamp !== undefined) tell({ kind: 'unchanged', name, known: same })
			return known.chain
		}
	}
	const source = library.sources.get(name)
	tell({ kind: 'begins', name, file: source?.file ?? `${name}.json`, own: now([name], []) })
	const compiled = compileProfile(name, library)
	const isWrong = Array.isArray(compiled)
	// Before the samples are read: what changes meanwhile is looked at again.
	const made = isWrong ? now([], []) : now(compiled.chain, sampleFiles(compiled))
	const findings = isWrong ? compiled : task.isPacked && !known ? [] : await checkSamples(compiled)
	if (!isWrong && findings.length === 0) good(compiled)
	const { link, application } = isWrong ? {} : compiled.document.decoder
	const result: Checked = {
		name,
		known: made,
		files: filesOf(source),
		findings: findings.slice(0, MAX_FINDINGS),
		...(link !== undefined && application !== undefined && { reads: `${link} ${application}` }),
	}
	tell({ kind: 'checked', result })
	return made.chain
}

type Depends = Pick<Known, 'chain' | 'looked'>

/** What a result depends on, as it is now. */
function knownOf(name: string, on: Depends, round: Round): Known {
	return { ...on, digest: digestOf(name, on, round), stamp: stampOf(on, round) }
}

/** A text that differs when a text of the chain or a file beside it does; where the chain cannot be read, when its own text or any file does. */
function digestOf(name: string, { chain, looked }: Depends, round: Round): string {
	const hash = createHash('sha256')
	for (const source of sourcesOf(chain.length > 0 ? chain : [name], round.library))
		hash.update(JSON.stringify([source?.file, source?.text, source?.trouble]))
	if (chain.length === 0) hash.update(round.all.state)
	for (const path of looked) hash.update(stateOf(path, round))
	return hash.digest('base64')
}

/** The same without reading them; undefined while one of them may change unseen. */
function stampOf({ chain, looked }: Depends, round: Round): string | undefined {
	const sources = chain.length > 0 ? sourcesOf(chain, round.library) : [round.all]
	if (sources.some((source) => source?.isYoung)) return undefined
	const hash = createHash('sha256')
	for (const source of sources) hash.update(source?.state ?? '-')
	for (const path of looked) hash.update(stateOf(path, round))
	return hash.digest('base64')
}

function stateOf(path: string, { states }: Round): string {
	const before = states.get(path)
	if (before !== undefined) return before
	const { mtimeMs, ctimeMs, size, ino } = statSync(path, { throwIfNoEntry: false }) ?? {}
	const state = JSON.stringify([path, mtimeMs, ctimeMs, size, ino])
	states.set(path, state)
	return state
}

/** The sources of a chain, as far as they are there. */
function sourcesOf(chain: string[], library: Library<SourceFile>): (SourceFile | undefined)[] {
	const sources: (SourceFile | undefined)[] = []
	for (const name of chain) sources.push(parentOf(sources.at(-1), name, library))
	return sources
}

/** A source as plain data, with its text. */
function plain({ name, file, folder, text, trouble, shadowed }: Source): Source {
	return { name, file, folder, text, trouble, shadowed: shadowed && plain(shadowed) }
}

/** The files of one name, the one that counts first. */
function filesOf(source: Source | undefined): string[] {
	return source ? [source.file, ...filesOf(source.shadowed)] : []
}

function foundIn(library: Library<SourceFile>, task: Task, names: string[], chains: string[][]): Omit<Found, 'outputs'> {
	const { sources, unreadable } = library
	const used = [...chains.flatMap((chain) => sourcesOf(chain, library)), ...task.outputs.map((name) => sources.get(`outputs/${name}`))]
	return {
		// A name stands for the file that counts; those below hang on it.
		sources: [...new Set(used.flatMap((source) => sources.get(source?.name ?? '') ?? []))].map(plain),
		files: new Map(names.map((name) => [name, filesOf(sources.get(name))])),
		outputNames: outputNames(library),
		shadows: [...sources.values()].flatMap(({ file, shadowed }) => (shadowed ? [[file, shadowed.file] as [string, string]] : [])),
		unreadable,
	}
}

/** What is wrong with the samples of the outputs in use; what is wrong with the rest of them is found where they are compiled. */
async function outputsOf({ outputs }: Task, library: Library): Promise<Found['outputs']> {
	const checked: Found['outputs'] = []
	for (const name of outputs) {
		const output = compileOutput(name, library)
		checked.push([name, Array.isArray(output) ? [] : (await checkOutput(output)).slice(0, MAX_FINDINGS)])
	}
	return checked
}
