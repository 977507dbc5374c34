import { existsSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { ConfigChange, ConfigText as ConfigView } from '../../schema/types/api.ts'
import type { Config } from '../../schema/types/config.ts'
import { type LoadedConfig, ownFolder, parseConfig } from '../config/config.ts'
import { stateFolder } from '../config/current.ts'
import type { Finding } from '../document/finding.ts'
import { diskProblem, etagOf, writeAtOnce } from '../files/at-once.ts'
import { checkConfig, newFindings } from './config-check.ts'
import { type ConfigText, readText } from './config-file.ts'
import { type Edit, firstConfig } from './edit.ts'
import { Refusal } from './refusal.ts'
import { removeSecrets, SecretFiles } from './secret-files.ts'
import { type Step, Steps } from './undo.ts'

/** The outcome of writing a config. */
export type Applied = { applied: boolean; restarted?: boolean; meters?: string[] }

export type ConfigurationSettings = {
	/** The config's file, which may not be there yet. */
	file: string
	/** Where state is kept, unless the config says so. */
	stateDir?: string | undefined
	/** The page of a first config. */
	http?: Config['http']
	/** Takes the config over; nothing runs by it without. */
	apply?: (() => Promise<Applied>) | undefined
	tell(text: string): void
}

/** Makes the edit of a change: of the config as it stands, with files for its secrets; or a refusal. */
export type Change = (config: Config, secrets: SecretFiles, loaded: LoadedConfig | undefined) => Edit | Refusal

/** The config's file, edited by people in a page or a terminal, and by hand at the same time: one change after the other, each checked before it is written. */
export class Configuration {
	readonly #settings: ConfigurationSettings
	#steps: { file: string | undefined; steps: Steps } | undefined
	#turn: Promise<unknown> = Promise.resolve()

	constructor(settings: ConfigurationSettings) {
		this.#settings = settings
	}

	/** The folder of the config. */
	get folder(): string {
		return dirname(resolve(this.#settings.file))
	}

	/** The name of the folder of profiles beside a config that is not there yet, where that folder is: the workbench has written some. */
	get profiles(): string | undefined {
		const name = ownFolder(this.folder)
		return existsSync(join(this.folder, name)) ? name : undefined
	}

	/** That folder, where it is there. */
	get ownFolders(): string[] {
		return this.profiles === undefined ? [] : [join(this.folder, this.profiles)]
	}

	/** Gives the text as it stands on disk, what is wrong with it, and what undoing takes back. */
	view(): ConfigView | Refusal {
		const now = readText(this.#settings.file)
		if (now instanceof Refusal) return now
		const { text, etag, exists } = now
		const undo = this.#history(text).last()?.what
		const findings = exists ? checkConfig(this.#settings.file, text) : []
		return { text, etag, file: this.#settings.file, exists, findings, ...(undo !== undefined && { undo }) }
	}

	/** Reads the config; undefined without one. */
	loaded(): LoadedConfig | undefined | Refusal {
		const now = readText(this.#settings.file)
		if (now instanceof Refusal || !now.exists) return now instanceof Refusal ? now : undefined
		const loaded = parseConfig(this.#settings.file, now.text)
		return Array.isArray(loaded) ? faulty(loaded) : loaded
	}

	/** Writes a text that a person has edited, unless the config has changed since `etag` was given; without one in any case. */
	put(text: string, etag: string | undefined): Promise<ConfigChange | Refusal> {
		return this.#inTurn(() => {
			const now = readText(this.#settings.file)
			if (now instanceof Refusal) return now
			if (etag !== undefined && now.etag !== etag.replace(/^W\/|"/g, '')) return changedMeanwhile(now)
			const findings = newFindings(this.#settings.file, now.text, text)
			if (findings.length > 0)
				return new Refusal(
					422,
					{ code: 'config', text: 'The config is not taken: it has mistakes.', hint: 'Each stands with its line.' },
					{ findings },
				)
			return this.#write(now, text, 'the edit of the text', [])
		})
	}

	/** Makes a change; creates the config where it is missing. `what` says for people what was done: `adding house`. */
	change(what: string, make: Change): Promise<ConfigChange | Refusal> {
		return this.#inTurn(async () => {
			const { file, http } = this.#settings
			const now = readText(file)
			if (now instanceof Refusal) return now
			const loaded = now.exists ? parseConfig(file, now.text) : undefined
			if (Array.isArray(loaded)) return faulty(loaded)
			const secrets = new SecretFiles(this.folder)
			const edit = make(loaded?.config ?? { mqtt: {}, meters: [] }, secrets, loaded)
			if (edit instanceof Refusal) return edit
			const base = now.exists ? now.text : firstConfig(http, new Date().toISOString().slice(0, 10), this.profiles)
			const text = edit(base)
			let made: string[]
			try {
				// The folder of keys would make it, too.
				statSync(this.folder)
				made = secrets.write()
			} catch (error) {
				const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT'
				return new Refusal(503, diskProblem(isGone ? file : join(this.folder, 'keys'), error))
			}
			const findings = newFindings(file, now.exists ? now.text : undefined, text)
			const refused =
				findings.length > 0
					? new Refusal(
							422,
							{
								code: 'config',
								text: `This cannot be written: ${findings[0]?.message}.`,
								...(findings[0]?.hint !== undefined && { hint: findings[0].hint }),
							},
							{ findings },
						)
					: await this.#write(now, text, what, made)
			if (refused instanceof Refusal) secrets.remove()
			return refused
		})
	}

	/** Takes the last change back. Refuses when the config was edited otherwise since, or is not the one of `etag`, where that is given. */
	undo(etag?: string): Promise<ConfigChange | Refusal> {
		return this.#inTurn(() => {
			const now = readText(this.#settings.file)
			if (now instanceof Refusal) return now
			if (etag !== undefined && now.etag !== etag) return changedMeanwhile(now)
			const steps = this.#history(now.text)
			const step = steps.last()
			if (!step) return new Refusal(409, { code: 'undo-nothing', text: 'There is nothing to undo.' })
			if (step.after !== now.etag) {
				const text = `The config was edited by hand since ${step.what}: that would be lost.`
				return new Refusal(412, { code: 'undo-changed', text, hint: 'Change it in the text itself.' }, { now })
			}
			try {
				if (step.before === null) rmSync(this.#settings.file)
				else writeAtOnce(this.#settings.file, step.before, 0o644)
			} catch (error) {
				return new Refusal(503, diskProblem(this.#settings.file, error))
			}
			steps.drop()
			this.#sweep(step, step.before ?? '', steps)
			return this.#applied(etagOf(step.before ?? ''), steps)
		})
	}

	#inTurn(work: () => Promise<ConfigChange | Refusal> | Refusal): Promise<ConfigChange | Refusal> {
		const done = this.#turn.then(work)
		this.#turn = done.catch(() => undefined)
		return done
	}

	/** Writes the text, if nobody else has written meanwhile. */
	#write(before: ConfigText, text: string, what: string, made: string[]): Promise<ConfigChange> | Refusal {
		const { file } = this.#settings
		const now = readText(file)
		if (now instanceof Refusal) return now
		if (now.etag !== before.etag || now.exists !== before.exists) return changedMeanwhile(now)
		if (text !== before.text || !before.exists) {
			try {
				writeAtOnce(file, text, 0o644)
			} catch (error) {
				return new Refusal(503, diskProblem(file, error))
			}
			const steps = this.#history(text)
			const forgotten = steps.add({
				before: before.exists ? before.text : null,
				what,
				after: etagOf(text),
				made: made.map((path) => relative(this.folder, path)),
			})
			if (forgotten) this.#sweep(forgotten, text, steps)
		}
		return this.#applied(etagOf(text), this.#history(text))
	}

	async #applied(etag: string, steps: Steps): Promise<ConfigChange> {
		const { apply, tell } = this.#settings
		let applied: Applied = { applied: false }
		try {
			applied = (await apply?.()) ?? applied
		} catch (error) {
			tell(`the config is written, and could not be taken over: ${(error as Error).message}`)
		}
		const undo = steps.last()?.what
		return { etag, ...applied, ...(undo !== undefined && { undo }) }
	}

	/** Removes files of keys that a change had made, and that nothing names any more. */
	#sweep(step: Step, text: string, steps: Steps): void {
		const texts = [text, ...steps.texts()]
		const unused = step.made.filter((path) => !texts.some((one) => one.includes(JSON.stringify(path).slice(1, -1))))
		removeSecrets(unused.map((path) => resolve(this.folder, path)))
	}

	/** The last changes, kept where this text says. */
	#history(text: string): Steps {
		const { file, stateDir, tell } = this.#settings
		const parsed = text === '' ? [] : parseConfig(file, text)
		const loaded = Array.isArray(parsed) ? undefined : parsed
		const folder = loaded ? stateFolder(loaded, stateDir) : this.#steps ? undefined : stateDir
		const wanted =
			folder === undefined ? this.#steps?.file : join(folder, `${loaded?.config.instance ?? 'main'}.${basename(file)}.undo.jsonl`)
		if (!this.#steps || (wanted !== undefined && this.#steps.file !== wanted)) {
			const before = this.#steps?.steps
			this.#steps = { file: wanted, steps: new Steps(wanted, tell) }
			for (const step of before?.all() ?? []) this.#steps.steps.add(step)
		}
		return this.#steps.steps
	}
}

function changedMeanwhile({ text, etag }: ConfigText): Refusal {
	return new Refusal(
		412,
		{
			code: 'config-changed',
			text: 'The config was changed meanwhile, by hand or in another window.',
			hint: 'Look at the new text, and make your change again.',
		},
		{ now: { text, etag } },
	)
}

function faulty(findings: Finding[]): Refusal {
	return new Refusal(
		422,
		{ code: 'config', text: 'The config has mistakes, which must be put right first.', hint: 'Each stands with its line.' },
		{ findings },
	)
}
