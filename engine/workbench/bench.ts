import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type {
	DraftRequest,
	ProfileSaved,
	SampleAccept,
	SampleAdd,
	SamplesChanged,
	SourceGiven,
	WorkbenchProfile,
	WorkbenchRequest,
} from '../../schema/types/api.ts'
import type { LoadedConfig } from '../config/config.ts'
import { enabledMeters } from '../config/current.ts'
import type { Finding } from '../document/finding.ts'
import { etagOf } from '../files/at-once.ts'
import { entriesOf } from '../output/output.ts'
import { builtinProfiles, MAX_PROFILE } from '../profile/library.ts'
import { CHANGED, foldersOf, isProfileName, isSampleName, type Target, targetOf, textNow, writeFiles } from './folder.ts'
import { GoodTexts } from './good-texts.ts'
import { Held } from './held.ts'
import { isRefused, type Refused, refused } from './refusal.ts'
import type { Answer, FoundProfile, Telegrams, Work, WrittenFiles } from './task.ts'
import { Thread, type ThreadSettings } from './thread.ts'

export type BenchSettings = ThreadSettings & {
	/** The config that runs now. */
	config(): LoadedConfig
	/** Its file; none when it was made in memory. */
	file: string | undefined
	/** The folder that profiles are written to, where no file holds the config. */
	folder?: string | undefined
	/** Files that the command has read, by their names: recordings of the profile "-". */
	offered?: ReadonlyMap<string, string> | undefined
	/** The last telegrams of a meter that runs, with its keys. */
	live(meter: string): Omit<Telegrams, 'isPrivate'> | undefined
	/** How a profile stands, as far as it was checked. */
	status(name: string): { status: 'active' | 'rejected'; errors: Finding[] } | undefined
	/** Names a folder of profiles in the config. */
	configure(name: string): Promise<object>
	/** Resolves when what runs is equal to the files. */
	settled(): Promise<void>
	/** Where the last right texts of profiles are kept. */
	stateFile: string | undefined
	tell(text: string): void
}

/** The name that files which were offered have in place of a profile's. */
const OFFERED = '-'
/** Milliseconds that a save waits for the verdict of the check. */
const PATIENCE = 15_000

/** What the page asks of the workbench: questions go to a thread of its own, and files are written here, into the folder of the user. */
export class Bench {
	readonly #settings: BenchSettings
	readonly #thread: Thread
	readonly #good: GoodTexts
	readonly #held = new Held()
	#turn: Promise<unknown> = Promise.resolve()

	constructor(settings: BenchSettings) {
		this.#settings = settings
		this.#thread = new Thread(settings)
		this.#good = new GoodTexts(settings.stateFile, settings.tell)
	}

	/** Says what a profile makes of telegrams. */
	analyse(request: WorkbenchRequest): Promise<Made> {
		const { profile, tab } = request
		const wrong = profile && misnamed(profile.name)
		return wrong ? Promise.resolve(wrong) : this.#made({ kind: 'analyse', ...this.#sourced(request) }, tab)
	}

	/** Gives what an editor of profiles knows. */
	words(): Promise<Made> {
		return this.#made({ kind: 'words' })
	}

	/** Tells all of the kind of meter that a profile reads. */
	kind(name: string): Promise<Made> {
		return isProfileName(name) ? this.#made({ kind: 'meter-kind', name }) : Promise.resolve(unknown)
	}

	/** Makes the text of a profile to begin with. */
	draft(request: DraftRequest): Promise<Made> {
		const wrong = misnamed(request.name)
		return wrong ? Promise.resolve(wrong) : this.#made({ kind: 'draft', ...this.#sourced(request) })
	}

	/** Makes a zip of a profile with its recordings, to be shared. */
	async zip(name: string, text: string): Promise<{ name: string; bytes: Uint8Array } | Refused> {
		const made = isProfileName(name) ? await this.#made({ kind: 'zip', name, text }) : unknown
		return isRefused(made) ? made : { name: `${name}.zip`, ...made }
	}

	/** Gives a profile to be edited, or an empty one where the name is free. */
	async profile(name: string): Promise<WorkbenchProfile | Refused> {
		if (!isProfileName(name)) return unknown
		const found = await this.#found(name)
		if (isRefused(found)) return found
		const { text, file, isOwn, isBuiltin, samples } = found
		const target = this.#fileOf(name, found)
		const etag = isOwn ? etagOf(text) : ''
		const status = this.#statusOf(name)
		if (isOwn) await this.#takeGood(name, text)
		const good = this.#good.of(name)
		return {
			...{ name, text, etag, file, own: isOwn, builtin: isBuiltin, usedBy: this.#usedBy(name), samples },
			...(target !== undefined && { target }),
			...(good && { lastGood: { at: good.at, text: good.text } }),
			...(status && { status }),
		}
	}

	/** Writes a profile into the user's folder, where its file is still the one of `etag`: empty for a new one, undefined for any. Tells what the check says. */
	save(name: string, text: string, etag: string | undefined): Promise<ProfileSaved | Refused> {
		return this.#inTurn(async () => {
			const wrong = misnamed(name)
			if (wrong) return wrong
			if (Buffer.byteLength(text) > MAX_PROFILE)
				return refused('invalid', 'profile-long', `A profile has ${MAX_PROFILE} bytes at most.`, {
					hint: 'What others use as well can stand in a parent.',
				})
			const found = await this.#found(name)
			if (isRefused(found) && found.refused !== 'unknown') return found
			const file = this.#fileOf(name, isRefused(found) ? undefined : found)
			if (file === undefined) return NO_PLACE
			const now = textNow(file)
			if (isRefused(now)) return now
			if (etag !== undefined && etag !== now.etag) return changed(now)
			if (now.etag !== '') await this.#takeGood(name, now.text)
			const stopped = writeFiles([{ file, text }], dirname(file), etag === undefined ? undefined : now.text)
			if (stopped !== CHANGED) return stopped ?? (await this.#saved(name, text, file))
			const other = textNow(file)
			return isRefused(other) ? other : changed(other)
		})
	}

	/** Keeps telegrams as a recording of a profile. */
	addSample(name: string, sample: string, request: SampleAdd): Promise<SamplesChanged | Refused> {
		const wrong =
			misnamed(name) ??
			(isSampleName(sample)
				? undefined
				: refused('invalid', 'sample-name', 'This cannot be the name of a recording.', { hint: 'Letters, digits, - _ and . only.' }))
		if (wrong) return Promise.resolve(wrong)
		return this.#changed({ kind: 'sample', name, sample, ...this.#sourced(request) })
	}

	/** Takes the readings of now as those that are expected of recordings. */
	accept(name: string, request: SampleAccept): Promise<SamplesChanged | Refused> {
		const wrong = misnamed(name)
		return wrong ? Promise.resolve(wrong) : this.#changed({ kind: 'accept', name, request })
	}

	/** Ends the thread. */
	close(): void {
		this.#thread.close()
		this.#good.flush()
	}

	/** Keeps the text of a file as the last right one, where its check finds nothing. How it stood before says nothing: it may have been changed a moment ago. */
	async #takeGood(name: string, text: string): Promise<void> {
		if (this.#good.of(name)?.text !== text && (await this.#check(name)).length === 0) this.#good.take(name, text)
	}

	/** Looks what came of a text that was written. */
	async #saved(name: string, text: string, file: string): Promise<ProfileSaved> {
		const configured = await this.#configured()
		const isSettled = await Promise.race([this.#settings.settled().then(() => true), sleep(PATIENCE, false, { ref: false })])
		// Until then the status is that of the text before.
		const known = isSettled && this.#usedBy(name).length > 0 ? this.#settings.status(name) : undefined
		const errors = known?.errors ?? (await this.#check(name))
		const status = (known?.status ?? (errors.length > 0 ? 'rejected' : 'unused')) as ProfileSaved['status']
		if (status !== 'rejected') this.#good.take(name, text)
		return { etag: etagOf(text), file, status, errors, ...(configured && { configured }) }
	}

	/** Names the folder in the config, where it does not yet and there is a config. */
	async #configured(): Promise<boolean> {
		const target = this.#target
		if (target?.name === undefined) return false
		const done = await this.#settings.configure(target.name)
		if (!isRefused(done)) return true
		// The first config will name it.
		if (done.code !== 'config-none') this.#settings.tell(`the folder of profiles could not be named in the config: ${done.message}`)
		return false
	}

	#changed(work: Extract<Work, { kind: 'sample' | 'accept' }>): Promise<SamplesChanged | Refused> {
		return this.#inTurn(async () => {
			const target = this.#target
			if (!target) return NO_PLACE
			const made = await this.#ask(work)
			if (isRefused(made)) return made
			const { files, note } = 'written' in made ? made.written : NOTHING
			const stopped = writeFiles(files, this.#rootOf(files, target))
			if (isRefused(stopped)) return stopped
			await this.#configured()
			return { files: files.map(({ file }) => file), ...(note !== undefined && { note }) }
		})
	}

	/** The folder of profiles that files of recordings belong to. */
	#rootOf([first]: WrittenFiles['files'], target: Target): string {
		const own = foldersOf(this.#settings.config(), target).filter((folder) => folder !== builtinProfiles)
		const place = first === undefined ? '' : dirname(dirname(first.file))
		return own.find((folder) => place === folder || place === join(dirname(folder), 'meters')) ?? target.folder
	}

	get #target(): Target | undefined {
		const { config, file, folder } = this.#settings
		return targetOf(config(), file, folder)
	}

	/** The file that saving writes: the profile's own, or one in the first folder of the user. */
	#fileOf(name: string, found: FoundProfile | undefined): string | undefined {
		const folder = found?.isOwn ? found.folder : this.#target?.folder
		return folder === undefined ? undefined : join(folder, `${name}.json`)
	}

	#usedBy(name: string): string[] {
		return enabledMeters(this.#settings.config()).flatMap((meter) => (meter.profile === name ? [meter.name] : []))
	}

	#statusOf(name: string): WorkbenchProfile['status'] | undefined {
		const known = this.#settings.status(name)?.status
		return known === 'active' && this.#usedBy(name).length === 0 ? 'unused' : known
	}

	/** Adds what only this thread knows of a source: the last telegrams of a meter with the one that is looked at, and files that were offered. */
	#sourced<Request extends { source?: SourceGiven }>(request: Request): { request: Request; live?: Telegrams } {
		const { source } = request
		if (source && 'sample' in source && source.profile === OFFERED) {
			const text = this.#settings.offered?.get(source.sample)
			if (text !== undefined) return { request: { ...request, source: { text, name: source.sample } } }
		}
		if (!source || !('meter' in source)) return { request }
		const { meter, id } = source
		const found = this.#settings.live(meter)
		return { request, ...(found && { live: { ...(id === undefined ? found : this.#held.with(meter, id, found)), isPrivate: true } }) }
	}

	async #found(name: string): Promise<FoundProfile | Refused> {
		const answer = await this.#ask({ kind: 'profile', name })
		return 'profile' in answer ? answer.profile : isRefused(answer) ? answer : unknown
	}

	async #check(name: string): Promise<Finding[]> {
		const answer = await this.#ask({ kind: 'check', name })
		if ('findings' in answer && !isRefused(answer)) return answer.findings
		const message = isRefused(answer) ? answer.message : 'it could not be checked'
		return [{ file: `${name}.json`, line: 1, column: 1, code: 'profile/check', severity: 'error', message }]
	}

	async #made(work: Work, tab?: string): Promise<Made> {
		const answer = await this.#ask(work, tab)
		return 'bytes' in answer || isRefused(answer) ? answer : unknown
	}

	#ask(work: Work, tab?: string): Promise<Answer> {
		const loaded = this.#settings.config()
		const target = this.#target
		const outputs = entriesOf(loaded.config).map(({ name }) => name)
		return this.#thread.ask({ folders: foldersOf(loaded, target), target: target?.folder, outputs, work }, tab)
	}

	#inTurn<Thing>(work: () => Promise<Thing>): Promise<Thing> {
		const done = this.#turn.then(work)
		this.#turn = done.catch(() => undefined)
		return done
	}
}

/** An answer that is written as it is to be sent, or why there is none. */
export type Made = { bytes: Uint8Array } | Refused

const NOTHING: WrittenFiles = { files: [] }
const unknown = refused('unknown', 'profile', 'There is no such profile.', { hint: 'GET /api/profiles lists them.' })
const NO_PLACE = refused('unavailable', 'folder', 'There is no folder to write to: this config stands in no file.', {
	hint: 'Start the program with a config, or "cii2mqtt workbench --profiles DIR".',
})

const changed = (now: { text: string; etag: string }) =>
	refused('changed', 'profile-changed', 'The profile was changed meanwhile, by hand or in another window.', {
		hint: 'Look at what differs, and save again.',
		...now,
	})

function misnamed(name: string): Refused | undefined {
	if (isProfileName(name)) return undefined
	return refused('invalid', 'profile-name', 'This cannot be the name of a profile.', {
		hint: 'Small letters from a to z, digits and - only.',
	})
}
