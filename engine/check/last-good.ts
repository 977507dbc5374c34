import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Protocol } from '../decode/decoder.ts'
import type { Finding } from '../document/finding.ts'
import { stampOf } from '../files/stamp.ts'
import { readChain } from '../profile/chain.ts'
import { builtinProfiles, isProfileFile, type Library, MAX_ENTRIES, PARTS, readLibrary, type Source } from '../profile/library.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { readersOf } from '../profile/readers.ts'
import { Checker } from './checker.ts'
import { compileInSlices } from './compile.ts'
import { checkRound } from './round.ts'
import type { Checked, Found, Known, Task, Told } from './task.ts'

export type ProfileStatus = 'active' | 'rejected'

export type LastGoodSettings = {
	/** Gets each new status; `gone`: without a file, and no meter uses it. `isQuiet`: one of many that no meter uses. */
	tell(name: string, status: ProfileStatus | 'gone', findings: Finding[], isQuiet: boolean): void
	/** Called when more of what is in use was checked than the last update gave. */
	more(): void
	/** Called when all was checked. */
	done(): void
	/** Gets what keeps profiles from being checked. */
	warn(text: string): void
	/** Gets which file takes the place of another. */
	info(text: string): void
}

/** The profiles in use: the last good version of each, and whether its file holds that version now. */
export type { LastGood }

/** Begins without any profile. */
export const lastGood = (settings: LastGoodSettings) => new LastGood(settings)

/** What the config wants to be read. */
export type Wanted = { folders: string[]; profiles: string[]; outputs: string[] }

/** `goneSince`: when its file was first missing (ms since 1970); `of`: the digest of the version that is compiled. */
type Entry = Omit<Checked, 'name' | 'findings'> & { status: ProfileStatus; good?: CompiledProfile; of?: string; goneSince?: number }

/** How long a deleted file keeps its last good version (ms): editors and copy tools delete before they write. */
const GRACE = 2000
/** Profiles that no meter uses whose errors are logged in one check. */
const MAX_STRANGERS = 20
/** Milliseconds after which an update no longer waits for profiles in use that are still being checked. */
const PATIENCE = 10_000

const NOTHING: Found = { sources: [], outputs: [], files: new Map(), outputNames: [], shadows: [], unreadable: [] }

/**
 * Keeps the last good version of each profile in use, and knows the status of all others; begins with none. What comes with the package is checked here, in some
 * milliseconds; what people have written is read and checked in a thread of its own, and only what is in use, and good, is compiled here.
 */
class LastGood {
	/** How long until a file that is missing is looked for again (ms). */
	readonly grace = GRACE
	readonly #settings: LastGoodSettings
	readonly #entries = new Map<string, Entry>()
	readonly #checker: Checker
	#wanted: Wanted = { folders: [], profiles: [], outputs: [] }
	/** Profiles in use that the thread checks, all but those that come with the package. */
	#own: string[] = []
	#found = NOTHING
	/** Profiles that no meter uses and that were rejected since the last check ended. */
	#strangers = 0
	/** Config and files as they were when the last check began. */
	#stamp: string | undefined
	#waiting: (() => void) | undefined

	constructor(settings: LastGoodSettings) {
		this.#settings = settings
		this.#checker = new Checker({ task: () => this.#task(), tell: (told) => void this.#told(told) })
	}

	/** Prepares a check that will follow in a moment. */
	warm(): void {
		if (this.#wanted.folders.some(isOwn)) this.#checker.warm()
	}

	/**
	 * Reads and checks what is wanted, and all that stands in the user's folders; resolves when what is in use was checked, or has been for long. Without `look` it gives what is
	 * known by now.
	 */
	async update({ folders: all, profiles: named, outputs }: Wanted, look: boolean): Promise<Library> {
		const wanted = { folders: all, profiles: [...new Set(named)], outputs }
		const folders = wanted.folders.filter(isOwn)
		const builtin = readLibrary([builtinProfiles], wanted.profiles)
		this.#wanted = wanted
		this.#own = wanted.profiles.filter((name) => !isUntouched(name, builtin, folders))
		const profiles = wanted.profiles.filter((name) => !this.#own.includes(name))
		const task: Task = { folders: [builtinProfiles], profiles, outputs: [], isPacked: true, known: this.#known() }
		const made = new Map<string, CompiledProfile>()
		await checkRound(
			task,
			(told) => {
				if (told.kind === 'checked') this.#take(told.result)
				else if (told.kind === 'unchanged') this.#still(told)
			},
			() => false,
			(compiled) => made.set(compiled.name, compiled),
		)
		for (const name of profiles) await this.#compile(name, builtin, made.get(name))
		if (folders.length === 0) {
			this.#found = NOTHING
			this.#stamp = undefined
			this.#checker.close()
			this.#forget()
		} else if (look) await this.#look(folders)
		return this.#library(builtin)
	}

	/** Gives the last good version; undefined when there never was one, or its file is gone. */
	current(name: string): CompiledProfile | undefined {
		return this.#entries.get(name)?.good
	}

	/** Names the profiles that read a protocol. */
	readers(protocol: Protocol): string[] {
		const reads = `${protocol.link} ${protocol.application}`
		const own = [...this.#entries].filter(([, entry]) => entry.reads === reads && entry.status === 'active').map(([name]) => name)
		return [...new Set([...readersOf(protocol, readLibrary([builtinProfiles])), ...own])].sort()
	}

	/** Tells whether a file is missing that may come back within `grace` (ms). */
	vanished(): boolean {
		return [...this.#entries.values()].some(({ goneSince }) => goneSince !== undefined)
	}

	/** Lists the profiles with their status. */
	list(): { profile: string; status: ProfileStatus }[] {
		return [...this.#entries].map(([profile, { status }]) => ({ profile, status }))
	}

	/** Ends what is being checked. */
	close(): void {
		this.#checker.close()
		this.#waiting?.()
	}

	/** Has the user's folders checked if something in them, or what is wanted, differs from the last time. */
	async #look(folders: string[]): Promise<void> {
		const samples = [...this.#entries.values()].flatMap(({ known }) => known.looked)
		// By name, as a folder may have more entries than are looked at.
		const used = [
			...this.#own.flatMap((name) => [name, ...(this.#entries.get(name)?.known.chain ?? [])]),
			...this.#wanted.outputs.map((name) => `outputs/${name}`),
		]
		const named = folders.flatMap((folder) => used.map((name) => join(folder, `${name}.json`)))
		const parts = folders.flatMap((folder) => PARTS.map((part) => join(folder, part)))
		const files = await stampOf(parts, [...named, ...samples], MAX_ENTRIES, isProfileFile)
		const stamp = files && JSON.stringify([files, this.#wanted, this.#own])
		if (stamp !== undefined && stamp === this.#stamp && !this.vanished()) return
		this.#stamp = stamp
		this.#checker.run()
		// Strangers' profiles hold nothing up: those of the package are checked already.
		if (this.#own.length === 0 && this.#wanted.outputs.every((name) => !isIn(folders, `outputs/${name}`))) return
		let timer: NodeJS.Timeout | undefined
		await new Promise<void>((resolve) => {
			this.#waiting = resolve
			timer = setTimeout(resolve, PATIENCE)
		})
		clearTimeout(timer)
		this.#waiting = undefined
	}

	#task(): Task {
		const { folders, outputs } = this.#wanted
		return { folders, profiles: this.#own, outputs, known: this.#known() }
	}

	#known(): Map<string, Known> {
		return new Map([...this.#entries].map(([name, { known }]) => [name, known]))
	}

	async #told(told: Told | { kind: 'failed'; reason: string }): Promise<void> {
		if (told.kind === 'checked') this.#take(told.result)
		else if (told.kind === 'unchanged') this.#still(told)
		else if (told.kind === 'done') {
			if (this.#strangers > MAX_STRANGERS)
				this.#settings.warn(
					`${this.#strangers - MAX_STRANGERS} more profiles have errors, which no meter uses: their topics below the bridge's have them`,
				)
			this.#strangers = 0
			this.#settings.done()
		} else if (told.kind === 'failed') {
			this.#stamp = undefined
			this.#settings.warn(`profiles cannot be checked now, those in use go on as they are: ${told.reason}`)
			this.#waiting?.()
		} else if (told.kind === 'used') {
			const shadowing = (found: Found) => found.shadows.map(([file, shadowed]) => `${file} shadows ${shadowed}`)
			const said = shadowing(this.#found)
			for (const text of shadowing(told.found)) if (!said.includes(text)) this.#settings.info(text)
			this.#found = told.found
			for (const name of this.#own) await this.#compile(name, libraryOf(this.#wanted.folders, told.found))
			this.#forget()
			if (this.#waiting) this.#waiting()
			else this.#settings.more()
		}
	}

	/** Takes a result over, unless it says that a file is missing that may be back in a moment. */
	#take({ name, known, files, findings, reads }: Checked): void {
		const before = this.#entries.get(name)
		if (before && mayComeBack(before, files)) return
		const status = findings.length === 0 ? 'active' : 'rejected'
		// Its file is gone: so is its last good version.
		const kept = files.length > 0 && before?.good ? { good: before.good, ...(before.of !== undefined && { of: before.of }) } : {}
		this.#entries.set(name, { known, files, status, ...(reads !== undefined && { reads }), ...kept })
		if (status === 'rejected' && !this.#wanted.profiles.includes(name)) this.#strangers++
		this.#settings.tell(name, status, findings, this.#strangers > MAX_STRANGERS && !this.#wanted.profiles.includes(name))
	}

	/** Notes how a result of before is recognized from now on. */
	#still({ name, known }: Extract<Told, { kind: 'unchanged' }>): void {
		const entry = this.#entries.get(name)
		if (entry?.known.digest === known.digest) entry.known = known
	}

	/** Compiles a profile in use that was found good, unless the check has done so. */
	async #compile(name: string, library: Library, made?: CompiledProfile): Promise<void> {
		const entry = this.#entries.get(name)
		if (!entry || entry.status === 'rejected' || entry.goneSince !== undefined || entry.of === entry.known.digest) return
		const { digest } = entry.known
		const compiled = made ?? (await compileInSlices(name, library))
		// Another version may have been found meanwhile.
		if (!Array.isArray(compiled) && this.#entries.get(name)?.known.digest === digest) Object.assign(entry, { good: compiled, of: digest })
	}

	/** Forgets profiles that are gone, and versions that no meter uses. */
	#forget(): void {
		for (const [name, entry] of this.#entries) {
			const isUsed = this.#wanted.profiles.includes(name)
			const files = this.#found.files.get(name)
			if (isUsed && !this.#own.includes(name)) continue
			if (mayComeBack(entry, files ?? [])) continue
			if (!files && !isUsed) {
				this.#entries.delete(name)
				this.#settings.tell(name, 'gone', [], true)
			} else if (!isUsed) {
				delete entry.good
				delete entry.of
			}
		}
	}

	#library(builtin: Library): Library {
		const found = libraryOf(this.#wanted.folders, this.#found)
		const { outputs, outputNames, unreadable } = this.#found
		return {
			folders: this.#wanted.folders,
			sources: new Map([...builtin.sources, ...found.sources]),
			unreadable: [...new Set([...builtin.unreadable, ...unreadable])],
			others: outputNames.map((name) => `outputs/${name}`),
			checked: new Map(outputs.map(([name, findings]) => [`outputs/${name}`, findings])),
		}
	}
}

/** Tells a folder that does not come with the package. */
const isOwn = (folder: string) => folder !== builtinProfiles

const isIn = (folders: string[], name: string) => folders.some((folder) => existsSync(join(folder, `${name}.json`)))

/** Tells whether a profile and its parents come with the package, and no file of these folders takes the place of one. */
function isUntouched(name: string, builtin: Library, folders: string[]): boolean {
	if (!builtin.sources.has(name)) return folders.length === 0
	if (folders.length === 0) return true
	const chain = readChain(name, builtin)
	return !Array.isArray(chain) && chain.parts.every(({ source }) => !isIn(folders, source.name))
}

function libraryOf(folders: string[], { sources }: Found): Library {
	return { folders, sources: new Map(sources.map((source: Source) => [source.name, source])), unreadable: [] }
}

/** Tells whether the file that an entry was read from is missing, for less than the grace. Notes since when. */
function mayComeBack(entry: Entry, files: string[]): boolean {
	const [file] = entry.files
	if (!entry.good || file === undefined || files.includes(file)) {
		delete entry.goneSince
		return false
	}
	entry.goneSince ??= performance.now()
	return performance.now() - entry.goneSince < GRACE
}
