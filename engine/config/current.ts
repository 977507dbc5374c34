import { readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Meter } from '../../schema/types/config.ts'
import { type Finding, findingAt, findingText } from '../document/finding.ts'
import { MAX_FILE, readRegular } from '../files/regular.ts'
import type { Log } from '../log/log.ts'
import { type Topics, topics } from '../mqtt/topics.ts'
import { type LoadedConfig, parseConfig, profileFolders } from './config.ts'
import { meterFiles, meterFolders } from './meter-files.ts'
import { loopsOf } from './mqtt.ts'
import { keyFiles, unsafeFiles } from './permissions.ts'
import { chosen, ownShards, type Role, shardFaults, unusedBy, type Worker, workerName } from './role.ts'

export type CurrentConfigSettings = {
	config: LoadedConfig
	/** The config's file, watched for changes; none when the config was made in memory. */
	file?: string
	/** A text of that file which could not be taken over, and why: this config goes on until there is another. */
	refused?: { text: string; why: string }
	/** Where to keep what must outlive a restart, unless the config says so. */
	stateDir?: string
	/** This process takes a share of the config's shards. */
	worker?: Worker
	log: Log
}

/** The config as it holds now: its file is read again after an edit, and its folders of meters with it. */
export class CurrentConfig {
	readonly role: Role
	/** The name of this process; of a worker, after the instance that it shares with the others. */
	readonly instance: string
	readonly #shared: string
	readonly topics: Topics
	readonly #settings: CurrentConfigSettings
	/** Adds the meters of folders to a config. */
	readonly #withFolders: (loaded: LoadedConfig) => LoadedConfig
	/** The config of the file, without the meters of folders. */
	#own: LoadedConfig
	#loaded: LoadedConfig
	#text: string
	#warnings: string[] = []
	/** The faults of the file as it is now. */
	#faults: Finding[] = []

	constructor(settings: CurrentConfigSettings) {
		const { config, log } = settings
		this.#settings = settings
		this.#withFolders = meterFiles((text) => log.error(text))
		this.#own = config
		this.#text = settings.refused?.text ?? config.document.text
		this.#loaded = chosen(this.#withFolders(config), settings.worker)
		this.role = config.config.role ?? 'both'
		const { instance = 'main' } = config.config
		this.#shared = instance
		this.instance = settings.worker ? workerName(instance, settings.worker) : instance
		this.topics = topics(config.config.root ?? 'cii', this.instance)
	}

	/** Returns the config with the meters of its folders; a translator's has those of its shards only. */
	get loaded(): LoadedConfig {
		return this.#loaded
	}

	/** Returns the shards of a translator, or its worker. */
	get shards(): ReadonlySet<string> {
		return ownShards(this.#loaded.config, this.#settings.worker)
	}

	/** Says why the file as it is now is not taken over, where the config before goes on. */
	get problems(): { code: string; text: string }[] {
		const { refused } = this.#settings
		if (refused && this.#text === refused.text) return [{ code: 'config', text: `The config is not taken over: ${refused.why}` }]
		return this.#faults.slice(0, 1).map((fault) => ({
			code: 'config',
			text: `The config has an error, so the one before holds: ${findingText(fault)}`,
		}))
	}

	/** Returns the findings that keep a process from starting. */
	faults(): Finding[] {
		const { stateDir } = this.#settings
		return [...shardFaults(this.#own), ...otherSessions(this.#own, stateDir), ...loopsOf(this.#loaded, this.topics)]
	}

	/** Returns the config of the file alone. */
	get own(): LoadedConfig {
		return this.#own
	}

	/**
	 * Reads the files again. A config that is wrong is logged, and the one before holds. Returns a config that differs in what an instance reads at its start
	 * only: it is for a new one, and the one before holds here.
	 */
	reread(): LoadedConfig | undefined {
		const outgrown = this.#rereadFile()
		this.#loaded = chosen(this.#withFolders(this.#own), this.#settings.worker)
		return outgrown
	}

	/** Logs what is unsafe or has no use in this role, and `more`; each once until it goes. */
	warn(more: string[]): void {
		const unused = unusedBy(this.role, this.#loaded.config.meters, this.#own.config.outputs)
		const old = this.#own.config.http?.broker === undefined ? [] : [OLD_BROKER]
		const texts = [...more, ...unsafeFiles(this.#loaded), ...unused, ...old]
		for (const text of texts) if (!this.#warnings.includes(text)) this.#settings.log.warn(text)
		this.#warnings = texts
	}

	/** Lists the folders whose files this config depends on. */
	folders(): string[] {
		const { file, config } = this.#settings
		const own = file === undefined ? [] : [config.folder]
		const keys = this.#keyFiles().map((path) => dirname(path))
		return [...new Set([...profileFolders(this.#loaded), ...meterFolders(this.#loaded), ...own, ...keys])]
	}

	/** Tells whether a change of this file may change config, profiles or keys. */
	dependsOn(file: string): boolean {
		const isState = resolve(dirname(file)) === this.stateFolder && /\.(memory|published|access)\.json$/.test(file)
		return (file.endsWith('.json') && !isState) || this.#keyFiles().includes(file)
	}

	/**
	 * Returns the path of a file of this process in the state folder or, with `part`, of a part of the shards: that one stays with its part, whichever worker
	 * takes it. Undefined where nothing is kept.
	 */
	stateFile(name: string, part?: number): string | undefined {
		const folder = this.stateFolder
		return folder === undefined ? undefined : join(folder, `${part === undefined ? this.instance : `${this.#shared}.part-${part}`}.${name}`)
	}

	/** Returns the folder of the state; undefined where nothing is kept. */
	get stateFolder(): string | undefined {
		return stateFolder(this.#settings.config, this.#settings.stateDir)
	}

	#rereadFile(): LoadedConfig | undefined {
		const { file, log, worker, config: first } = this.#settings
		if (file === undefined) return undefined
		let text: string
		try {
			text = readRegular(file, MAX_FILE)
		} catch (error) {
			const { code, message } = error as NodeJS.ErrnoException
			// Without a file it is being replaced.
			if (code !== 'ENOENT') log.error({ cause: 'config' }, `the config is not taken over: it cannot be read (${message})`)
			return undefined
		}
		if (text === this.#text) return undefined
		this.#text = text
		const next = parseConfig(file, text)
		const findings = Array.isArray(next) ? next : [...shardFaults(next), ...loopsOf(next, this.topics)]
		for (const finding of findings) log.error(`the config is not taken over: ${findingText(finding)}`)
		this.#faults = findings
		if (Array.isArray(next) || findings.length > 0) return undefined
		// A worker is started with the others, by a process of its own.
		const isFixed = worker !== undefined || next.config.workers !== first.config.workers
		if (startsAgain(next) !== startsAgain(first)) {
			if (!isFixed) return next
			log.warn('what workers read at their start has changed in the config: restart the translator to apply it')
		}
		this.#own = { ...next, config: { ...next.config, mqtt: first.config.mqtt, role: this.role } }
		return undefined
	}

	/** Files of keys that are read: none by a reader. */
	#keyFiles(): string[] {
		return this.role === 'read' ? [] : keyFiles(this.#loaded).map(({ file }) => file)
	}
}

/** Gives the folder of the state: the config's, or that which was given; undefined where nothing is kept. */
export function stateFolder({ config: { stateDir }, folder }: LoadedConfig, given: string | undefined): string | undefined {
	if (stateDir !== undefined) return resolve(folder, stateDir)
	return given === undefined ? undefined : resolve(given)
}

/** Finds that a translator ran with workers before and now does not, or the other way round: what the broker keeps in its sessions would be lost. */
export function otherSessions(loaded: LoadedConfig, given: string | undefined): Finding[] {
	const { role, instance = 'main', workers } = loaded.config
	const folder = stateFolder(loaded, given)
	if (role !== 'translate' || folder === undefined) return []
	const ranBefore = workers === undefined ? `${instance}.part-` : `${instance}.memory.`
	const how = workers === undefined ? 'with workers' : 'without workers'
	const hint = `give it a new "instance", start it beside the old one, and end that one then (tools/deploy/fleet.md); or remove ${join(folder, ranBefore)}* if nothing waits at the broker`
	if (!namesOf(folder).some((name) => name.startsWith(ranBefore))) return []
	return [
		findingAt(
			loaded.document,
			['instance'],
			'config/workers',
			`instance "${instance}" ran ${how} before: the broker may keep telegrams in its sessions of then`,
			hint,
		),
	]
}

function namesOf(folder: string): string[] {
	try {
		return readdirSync(folder)
	} catch {
		return []
	}
}

/** Lists the meters of a config that are to run. */
export function enabledMeters({ config }: LoadedConfig): Meter[] {
	return config.meters.filter(({ enabled }) => enabled !== false)
}

const OLD_BROKER = 'http.broker is no longer used: the page asks this process, not the broker. Take it out of the config'

/** The sections that an instance reads at its start only. Where the page is, is no matter of it, but whether there is one. */
const startsAgain = ({ config: { mqtt, root, instance, http, role, workers, stateDir, history } }: LoadedConfig) =>
	JSON.stringify([mqtt, root, instance, http !== undefined, role, workers, stateDir, history])
