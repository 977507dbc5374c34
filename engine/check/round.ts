import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { compileOutput, outputNames } from '../output/output.ts'
import { checkOutput } from '../output/samples.ts'
import { parentOf } from '../profile/chain.ts'
import { builtinProfiles, type Library, profileNames, readLibrary, type Source } from '../profile/library.ts'
import { compileProfile } from '../profile/profile.ts'
import { checkSamples, sampleFiles } from './samples.ts'
import type { Checked, Found, Known, Task, Told } from './task.ts'

/** Nobody reads more mistakes of one profile at once. */
const MAX_FINDINGS = 20

/** Reads the folders of a task and checks what is not known. `tell` gets each result; it ends early when `isOver`. */
export async function checkRound(task: Task, tell: (told: Told) => void, isOver: () => boolean): Promise<void> {
	const library = readLibrary(task.folders, [...task.profiles, ...task.outputs.map((name) => `outputs/${name}`)])
	const all = digestOf([...library.sources.values()], [])
	const listed = profileNames(library).filter((name) => library.sources.get(name)?.folder !== builtinProfiles)
	const chains: string[][] = []
	for (const name of task.profiles) chains.push(await checkOne(name, { task, library, all, tell }))
	tell({
		kind: 'used',
		found: { ...foundIn(library, task, [...task.profiles, ...listed], chains), outputs: await outputsOf(task, library) },
	})
	for (const name of listed) {
		// Whoever gave the task may have another by now.
		await turn()
		if (isOver()) return
		if (!task.profiles.includes(name)) await checkOne(name, { task, library, all, tell })
	}
	tell({ kind: 'done' })
}

type Round = { task: Task; library: Library; all: string; tell: (told: Told) => void }

/** Checks one profile unless its result is known. Gives the names of its chain. */
async function checkOne(name: string, { task, library, all, tell }: Round): Promise<string[]> {
	const known = task.known.get(name)
	const now = (chain: string[], looked: string[]): Known => ({
		chain,
		looked,
		digest: chain.length > 0 ? digestOf(sourcesOf(chain, library), looked) : all,
	})
	if (known && now(known.chain, known.looked).digest === known.digest) return known.chain
	const source = library.sources.get(name)
	tell({ kind: 'begins', name, file: source?.file ?? `${name}.json`, own: now([name], []) })
	const compiled = compileProfile(name, library)
	const isWrong = Array.isArray(compiled)
	// Before the samples are read: what changes meanwhile is looked at again.
	const made = isWrong ? now([], []) : now(compiled.chain, sampleFiles(compiled))
	const findings = isWrong ? compiled : await checkSamples(compiled)
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

/** The sources of a chain, as far as they are there. */
function sourcesOf(chain: string[], library: Library): (Source | undefined)[] {
	const sources: (Source | undefined)[] = []
	for (const name of chain) sources.push(parentOf(sources.at(-1), name, library))
	return sources
}

/** A text that differs when one of the sources or of the files beside them does. */
function digestOf(sources: (Source | undefined)[], looked: string[]): string {
	const hash = createHash('sha256')
	for (const source of sources) hash.update(JSON.stringify([source?.file, source?.text, source?.trouble]))
	for (const path of looked) {
		const state = statSync(path, { throwIfNoEntry: false })
		hash.update(JSON.stringify([path, state?.mtimeMs, state?.ctimeMs, state?.size, state?.ino]))
	}
	return hash.digest('base64')
}

/** The files of one name, the one that counts first. */
function filesOf(source: Source | undefined): string[] {
	return source ? [source.file, ...filesOf(source.shadowed)] : []
}

function foundIn(library: Library, task: Task, names: string[], chains: string[][]): Omit<Found, 'outputs'> {
	const { sources, unreadable } = library
	const used = [...chains.flatMap((chain) => sourcesOf(chain, library)), ...task.outputs.map((name) => sources.get(`outputs/${name}`))]
	return {
		// A name stands for the file that counts; those below hang on it.
		sources: [...new Set(used.flatMap((source) => sources.get(source?.name ?? '') ?? []))],
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
