import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Logger } from 'pino'
import type { Meter as MeterEntry } from '../schema/types/config.ts'
import { type Live, live } from './live.ts'
import type { Outcome } from './meter.ts'
import { applyMeter, at, isFolder, type LoadedConfig, readConfig, readKeys, readNamed, readSecret } from './profile/config.ts'
import { type Finding, findingText } from './profile/finding.ts'
import { builtinProfiles, type Library, readLibrary } from './profile/library.ts'
import { packageRoot } from './profile/parse.ts'
import type { CompiledProfile } from './profile/profile.ts'
import { type Shelf, shelf } from './profile/shelf.ts'
import { watch } from './profile/watch.ts'
import { type Broker, broker } from './publish/broker.ts'
import { type Connection, type ConnectionSettings, connect } from './publish/client.ts'
import { type Topics, topics } from './publish/topics.ts'
import { checkSamples } from './samples.ts'
import type { Keys } from './telegram/telegram.ts'
import { overlaps, topicPattern } from './transport/topic.ts'

export type EngineSettings = {
	config: LoadedConfig
	/** The config's file, watched for changes; none when the config was made in memory. */
	file?: string
	log: Logger
	/** The port of the embedded broker may give way to the next free one. */
	anyPort?: boolean
	onReading?: (outcome: Extract<Outcome, { kind: 'reading' }>) => void
}

export type Engine = {
	/** The embedded broker's port, where there is one. */
	port: number | undefined
	/** Reads profiles and config anew now; resolves when all is as they say. */
	reload(): Promise<void>
	close(): Promise<void>
}

/** What runs for one entry of `meters`. `fingerprint` covers all but the profile: a difference there means a new start. */
type Running = { live: Live; fingerprint: string; profile: string; profileName: string }

/**
 * Reads all meters of a config and publishes to one broker; profiles and config are reloaded on edit. Gives findings when the config
 * cannot be used at all. What concerns one meter only (its profile, its keys, its port) is logged and published, and the others run.
 */
export async function startEngine(settings: EngineSettings): Promise<Engine | Finding[]> {
	const { log } = settings
	let loaded = settings.config
	const { root = 'cii', instance = 'main' } = loaded.config
	const session = Date.now()
	const names = topics(root, instance)
	const connectionSettings = mqttSettings(loaded, names, instance, log)
	if (Array.isArray(connectionSettings)) return connectionSettings
	const { clientId } = connectionSettings
	const loops = loopsOf(loaded, names)
	if (loops.length > 0) return loops
	for (const output of loaded.config.outputs ?? []) log.warn(`the output "${output}" is not part of this version: it is left out`)

	const embedded: Broker | undefined = loaded.config.mqtt.embedded ? await broker() : undefined
	const connection = connect({ ...connectionSettings, ...(embedded && { stream: embedded.connect }) })
	const inputs = new Map<string, Connection>()
	const running = new Map<string, Running>()
	const folders = () => [builtinProfiles, ...(loaded.config.profiles ?? []).map((folder) => resolve(loaded.folder, folder))]
	const profiles: Shelf = shelf(checkSamples, (name, status, findings) => {
		if (status === 'rejected') for (const finding of findings) log.error(`profile ${name}: ${findingText(finding)}`)
		connection.publish({ topic: names.profile(name), payload: JSON.stringify({ profile: name, status, errors: findings }), retain: true })
	})

	function inputOf(profile: CompiledProfile): Connection {
		const url = profile.document.transport.url
		if (url === undefined || url === loaded.config.mqtt.url) return connection
		let input = inputs.get(url)
		if (!input) {
			input = connect({ clientId: `${clientId}-in`, url, status: (up, text) => (up ? log.info(text) : log.warn(text)) })
			inputs.set(url, input)
		}
		return input
	}

	/** The profile as the meter uses it and its keys; undefined (and said) when one of them cannot be used. */
	function equip(entry: MeterEntry, place: number, base: CompiledProfile): { profile: CompiledProfile; keys: Keys } | undefined {
		const profile = applyMeter(base, entry, place, loaded)
		const keys = readKeys(entry, place, loaded)
		if (!Array.isArray(profile) && !Array.isArray(keys)) return { profile, keys }
		for (const finding of [...(Array.isArray(profile) ? profile : []), ...(Array.isArray(keys) ? keys : [])])
			log.error(`meter ${entry.name}: ${findingText(finding)}`)
		return undefined
	}

	/** Makes what runs equal to what config and profiles say. */
	async function settle(): Promise<void> {
		const wanted = loaded.config.meters.filter(({ enabled }) => enabled !== false)
		const library: Library = readLibrary(folders())
		await profiles.update(
			library,
			wanted.map(({ profile }) => profile),
		)
		for (const [name, { live: old }] of running) {
			if (wanted.some((entry) => entry.name === name)) continue
			log.info(`meter ${name} is no longer in the config`)
			running.delete(name)
			await old.close(true)
		}
		for (const entry of wanted) await settleMeter(entry, loaded.config.meters.indexOf(entry))
		putInfo()
	}

	async function settleMeter(entry: MeterEntry, place: number): Promise<void> {
		const now = running.get(entry.name)
		const base = profiles.current(entry.profile)
		if (!base) {
			if (!now && !profiles.known(entry.profile)) log.error(`meter ${entry.name}: there is no profile "${entry.profile}"`)
			running.delete(entry.name)
			return now?.live.close(false)
		}
		const equipped = equip(entry, place, base)
		if (!equipped) return
		const { profile, keys } = equipped
		const { profile: _name, transport: _transport, decoder: _decoder, ...rest } = entry
		const fingerprint = JSON.stringify([rest, keys.encryption?.join(), keys.authentication?.join()])
		if (now?.fingerprint === fingerprint) {
			if (now.profile === profile.fingerprint) return
			await now.live.swap(profile)
		} else {
			await now?.live.close(false)
			const meterLog = log.child({ meter: entry.name })
			const started = live({
				entry,
				profile,
				keys,
				session,
				topics: names,
				output: connection,
				input: inputOf(profile),
				log: meterLog,
				onReading: settings.onReading ?? (() => undefined),
			})
			running.set(entry.name, { live: started, fingerprint, profile: profile.fingerprint, profileName: profile.label })
			return
		}
		running.set(entry.name, { ...now, profile: profile.fingerprint, profileName: profile.label })
	}

	function putInfo(): void {
		const meters = [...running].map(([name, { profileName }]) => ({ name, profile: profileName }))
		const info = {
			schema: 'cii.bridge/1',
			version: packageVersion(),
			since: new Date(session).toISOString(),
			meters,
			profiles: profiles.list(),
		}
		connection.publish({ topic: names.bridgeInfo, payload: JSON.stringify(info), retain: true })
	}

	let reloading: Promise<void> = Promise.resolve()
	let recheck: NodeJS.Timeout | undefined
	/** One reload after the other. */
	function reload(): Promise<void> {
		reloading = reloading.then(async () => {
			rereadConfig()
			await settle()
			clearTimeout(recheck)
			// A file that is gone may be back in a moment: editors delete and write.
			if (profiles.vanished()) recheck = setTimeout(onChange, profiles.grace)
		})
		return reloading
	}
	const onChange = () => void reload().catch((error: unknown) => log.error(error, 'reloading failed: please report this'))

	function rereadConfig(): void {
		if (settings.file === undefined) return
		try {
			const next = readConfig(settings.file)
			if (Array.isArray(next)) {
				for (const finding of next) log.error(`the config is not taken over: ${findingText(finding)}`)
				return
			}
			const fixed = ({ mqtt, root: base, instance: own }: LoadedConfig['config']) => JSON.stringify([mqtt, base, own])
			if (fixed(next.config) !== fixed(loaded.config)) {
				log.warn('mqtt, root and instance of the config are read at the start only: restart for them')
				next.config = { ...next.config, mqtt: loaded.config.mqtt }
			}
			const nextLoops = loopsOf(next, names)
			if (nextLoops.length > 0) for (const finding of nextLoops) log.error(`the config is not taken over: ${findingText(finding)}`)
			else loaded = next
		} catch (error) {
			log.error(`the config is not taken over: ${(error as Error).message}`)
		}
	}

	for (const folder of folders()) if (!isFolder(folder)) log.warn(`the profile folder ${folder} does not exist (yet)`)
	await settle()
	for (const source of readLibrary(folders()).sources.values())
		if (source.shadows !== undefined) log.info(`${source.file} shadows ${source.shadows}`)
	connection.publish({ topic: names.bridgeState, payload: 'online', retain: true })
	let port: number | undefined
	if (embedded) {
		await Promise.all([...running.values()].map(({ live: { ready } }) => ready))
		try {
			port = await listen(embedded, loaded, settings.anyPort === true)
		} catch (error) {
			for (const { live: one } of running.values()) await one.close(false)
			await connection.close()
			await embedded.close()
			const reason =
				(error as NodeJS.ErrnoException).code === 'EADDRINUSE'
					? 'is in use by another program'
					: `cannot be opened (${(error as Error).message})`
			throw new Error(`port ${loaded.config.mqtt.embedded?.port ?? 1883} ${reason}: choose another in mqtt.embedded.port`)
		}
	}
	const watcher = watch([...folders(), ...(settings.file === undefined ? [] : [settings.config.folder])], onChange, (text) =>
		log.warn(text),
	)
	await watcher.ready

	return {
		port,
		reload,
		async close() {
			clearTimeout(recheck)
			await watcher.close()
			await reloading.catch(() => undefined)
			for (const { live: one } of running.values()) await one.close(false)
			connection.publish({ topic: names.bridgeState, payload: 'offline', retain: true })
			await connection.close()
			for (const input of inputs.values()) await input.close()
			await embedded?.close()
		},
	}
}

/** Opens the embedded broker's port; with `anyPort` the next free one of the 20 that follow. */
async function listen(embedded: Broker, { config }: LoadedConfig, anyPort: boolean): Promise<number> {
	const { port = 1883, host = '127.0.0.1' } = config.mqtt.embedded ?? {}
	for (let candidate = port; ; candidate++) {
		try {
			return await embedded.listen(candidate, host)
		} catch (error) {
			const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
			if (!taken || !anyPort || candidate >= port + 20) throw error
		}
	}
}

function mqttSettings(loaded: LoadedConfig, names: Topics, instance: string, log: Logger): ConnectionSettings | Finding[] {
	const { url, username, password, clientId = `cii2mqtt-${instance}`, ca, cert, key, servername } = loaded.config.mqtt
	const findings: Finding[] = []
	const need = <T extends object>(value: T | string | Finding): T | string | undefined => {
		if (typeof value === 'object' && 'severity' in value) {
			findings.push(value)
			return undefined
		}
		return value
	}
	const secret = password && need(readSecret(password, ['mqtt', 'password'], loaded))
	const files = Object.fromEntries(
		Object.entries({ ca, cert, key }).flatMap(([name, path]) => {
			const content = path === undefined ? undefined : need(readNamed(path, ['mqtt', name], loaded))
			return content === undefined ? [] : [[name, content]]
		}),
	)
	if (findings.length > 0) return findings
	return {
		clientId,
		will: { topic: names.bridgeState, payload: 'offline' },
		status: (connected, text) => (connected ? log.info(text) : log.warn(text)),
		...(url !== undefined && { url }),
		...(username !== undefined && { username }),
		...(typeof secret === 'string' && { password: secret }),
		...(servername !== undefined && { servername }),
		...files,
	}
}

/** Inputs of the same broker that would read what is written there. */
function loopsOf(loaded: LoadedConfig, names: Topics): Finding[] {
	const { meters } = loaded.config
	const written = names.written(
		meters.map(({ name }) => name),
		meters.filter(({ raw }) => raw === true).map(({ name }) => name),
	)
	return meters.flatMap(({ transport }, place) => {
		const own = transport as { topic?: unknown; url?: unknown; levels?: Record<string, string> } | undefined
		if (typeof own?.topic !== 'string' || typeof own.url === 'string') return []
		const { filter } = topicPattern(own.topic, own.levels ?? {})
		const loop = written.find((topic) => overlaps(filter, topic))
		if (loop === undefined) return []
		return [
			at(
				loaded.document,
				['meters', place, 'transport', 'topic'],
				'config/loop',
				`this input reads ${filter}, and ${loop} is written by this process`,
				'choose another "root"',
			),
		]
	})
}

function packageVersion(): string {
	return (JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string }).version
}
