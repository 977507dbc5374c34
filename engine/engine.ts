import { dirname, join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { checkSamples, samplesKey } from './check/samples.ts'
import { type LoadedConfig, parseConfig, profileFolders, sourceOf } from './config/config.ts'
import { meterFiles, meterFolders } from './config/meter-files.ts'
import { brokerSettings, loopsOf, writtenBy } from './config/mqtt.ts'
import { keyFiles, readableKeys, writableByOthers } from './config/permissions.ts'
import { chosen, shardFaults, unusedBy } from './config/role.ts'
import { type Finding, findingText } from './document/finding.ts'
import { packageVersion } from './files/package.ts'
import { readSmall } from './files/read-small.ts'
import { watch } from './files/watch.ts'
import { openPort } from './http/listen.ts'
import { type Page, pageAddress, webPage } from './http/page.ts'
import { inputs, outboxOf, rawSession } from './meter/connections.ts'
import { memoryFile } from './meter/memory-file.ts'
import type { LiveSettings } from './meter/meter.ts'
import { type Roster, roster } from './meter/meters.ts'
import { translator } from './meter/translator.ts'
import { type Broker, broker } from './mqtt/broker.ts'
import { connect } from './mqtt/client.ts'
import { RETAINED, shard, shardsOf, topics } from './mqtt/topics.ts'
import { Outputs } from './output/outputs.ts'
import { Owners } from './output/ownership.ts'
import { lastGood } from './profile/last-good.ts'
import { readLibrary } from './profile/library.ts'

export type EngineSettings = {
	config: LoadedConfig
	/** The config's file, watched for changes; none when the config was made in memory. */
	file?: string
	log: Logger
	/** The ports of the embedded broker and of the dashboard may give way to the next free ones. */
	anyPort?: boolean
	onReading?: LiveSettings['onReading']
	/** Where to keep what must outlive a restart, unless the config says so. */
	stateDir?: string
}

export type Engine = {
	/** The embedded broker's port, where there is one. */
	port: number | undefined
	/** Where the dashboard is, where there is one. */
	page: string | undefined
	/** Reads profiles and config anew now; resolves when all is as they say. */
	reload(): Promise<void>
	close(): Promise<void>
}

/**
 * Reads all meters of a config and publishes to one broker; profiles and config are reloaded on edit. Gives findings when the config
 * cannot be used at all, and throws an Error when the embedded broker's port cannot be opened.
 */
export async function startEngine(settings: EngineSettings): Promise<Engine | Finding[]> {
	const { log } = settings
	const files = meterFiles((text) => log.error(text))
	/** The config's file, and the config as it holds: with the meters of its folders, for a translator those of its shards. */
	let base = settings.config
	let loaded = chosen(files.added(base))
	const role = base.config.role ?? 'both'
	const session = Date.now()
	const names = topics(loaded.config.root ?? 'cii', loaded.config.instance ?? 'main')
	const connectionSettings = brokerSettings(loaded, names, log)
	if (Array.isArray(connectionSettings)) return connectionSettings
	const faults = [...shardFaults(base), ...loopsOf(loaded, names)]
	if (faults.length > 0) return faults

	const embedded: Broker | undefined = loaded.config.mqtt.embedded ? await broker() : undefined
	const connection = connect({
		...connectionSettings,
		...outboxOf(loaded, stateFile(loaded, settings.stateDir, 'outbox.jsonl'), (text) => log.warn(text)),
		...(embedded && { stream: embedded.connect }),
	})
	const raw = translator({
		connect: () => rawSession(connectionSettings, embedded?.connect, log),
		topics: names,
		instance: base.config.instance ?? 'main',
		session,
		output: connection,
		log,
	})
	const input = inputs(connection, connectionSettings.clientId, () => loaded.config.mqtt.url, log)
	const rejectedBefore = new Set<string>()
	const profiles = lastGood({
		samples: checkSamples,
		samplesKey,
		tell(name, status, findings) {
			if (status === 'rejected') for (const finding of findings) log.error(`profile ${name}: ${findingText(finding)}`)
			else if (status === 'active' && rejectedBefore.has(name)) log.info(`profile ${name} is right again`)
			if (status === 'rejected') rejectedBefore.add(name)
			else rejectedBefore.delete(name)
			const payload = status === 'gone' ? '' : JSON.stringify({ profile: name, status, errors: findings })
			connection.publish({ topic: names.profile(name), payload, retain: true })
		},
	})
	const stateFiles = ['memory.json', 'published.json'].map((name) => stateFile(loaded, settings.stateDir, name))
	const [memories, owners] = [memoryFile(stateFiles[0], (text) => log.warn(text)), new Owners(stateFiles[1], (text) => log.warn(text))]
	const others = new Outputs({
		owners,
		connection,
		topics: names,
		bridge: { instance: loaded.config.instance ?? 'main', version: packageVersion() },
		occupied: () => ({ inputs: meters.filters(), written: writtenBy(loaded, names) }),
		log,
	})
	const meters: Roster = roster({
		outputs: others,
		memories,
		session,
		topics: names,
		profiles,
		output: connection,
		inputOf: input.inputOf,
		role,
		raw,
		written: () => writtenBy(loaded, names),
		onReading(outcome, profile) {
			page?.reading(outcome.reading, profile.document.meter?.timezone)
			settings.onReading?.(outcome, profile)
		},
		log,
	})
	const page: Page | undefined = loaded.config.http && webPage({ config: loaded, embedded, connection, meters, session })

	/** Clears what a meter has left on the broker that is no longer in the config: it may have gone while nothing ran. */
	async function clearGone(): Promise<void> {
		for (const name of owners.meters(loaded.config.meters.filter(({ enabled }) => enabled !== false).map((entry) => entry.name))) {
			if (role === 'translate') connection.publish({ topic: names.bridgeDiagnostics(name), payload: '', retain: true })
			// In another's shard it has only moved.
			if (role === 'translate' && !shardsOf(loaded.config.shards)?.has(shard(name))) continue
			await others.forget(name)
			for (const kind of RETAINED[role]) connection.publish({ topic: names.meter(name, kind), payload: '', retain: true })
		}
	}

	let complaints: string[] = []
	/** Makes profiles and meters equal to what their files say. */
	async function settle(): Promise<void> {
		loaded = chosen(files.added(base))
		const wanted = loaded.config.meters.filter(({ enabled }) => enabled !== false).map(({ profile }) => profile)
		const library = readLibrary(profileFolders(loaded))
		const unreadable = library.unreadable.map(({ folder, cause }) => `${folder}: ${cause}`)
		const loose = [
			...profileFolders(loaded).map(writableByOthers),
			...loaded.config.meters.flatMap((entry) => readableKeys(entry, sourceOf(entry, loaded).config.folder)),
			...unusedBy(role, loaded.config.meters, base.config.outputs),
		].filter((text) => text !== undefined)
		const texts = [...unreadable, ...loose]
		for (const text of texts) if (!complaints.includes(text)) log.warn(text)
		complaints = texts
		await profiles.update(library, wanted)
		raw.pause()
		await meters.settle(loaded)
		if (role === 'translate') await raw.settle(shardsOf(loaded.config.shards) ?? new Set(), meters.missing())
		await clearGone()
		await others.settle(library, loaded)
		await input.keep(meters.urls())
		page?.keep(meters.list().map(({ name }) => name))
		const info = {
			schema: 'cii.bridge/1',
			version: packageVersion(),
			since: new Date(session).toISOString(),
			...(role !== 'both' && { role }),
			...(role === 'translate' && { shards: loaded.config.shards ?? '00-63' }),
			meters: meters.list(),
			profiles: profiles.list(),
			outputs: others.list(),
		}
		connection.publish({ topic: names.bridgeInfo, payload: JSON.stringify(info), retain: true })
	}

	let reloading: Promise<void> = Promise.resolve()
	let recheck: NodeJS.Timeout | undefined
	let configText = base.document.text
	let ended = false
	/** One reload after the other; one that failed does not stop the next. */
	function reload(): Promise<void> {
		reloading = reloading
			.catch(() => undefined)
			.then(async () => {
				if (ended) return
				if (settings.file !== undefined) rereadConfig(settings.file)
				await settle()
				watcher.watch(watched())
				clearTimeout(recheck)
				// A file that is gone may be back in a moment: editors delete and write.
				if (profiles.vanished() && !ended) recheck = setTimeout(onChange, profiles.grace)
			})
		return reloading
	}
	const onChange = () => void reload().catch((error: unknown) => log.error(error, 'reloading failed: please report this'))

	function rereadConfig(file: string): void {
		const next = changedConfig(file, configText)
		if (next === undefined) return
		configText = next.text
		const findings = Array.isArray(next.config) ? next.config : [...shardFaults(next.config), ...loopsOf(next.config, names)]
		for (const finding of findings) log.error(`the config is not taken over: ${findingText(finding)}`)
		if (Array.isArray(next.config) || findings.length > 0) return
		const fixed = ({ mqtt, root, instance, http, role }: LoadedConfig['config']) => JSON.stringify([mqtt, root, instance, http, role])
		if (fixed(next.config.config) !== fixed(settings.config.config))
			log.warn('mqtt, root, instance, http and role of the config are read at the start only: restart for them')
		base = { ...next.config, config: { ...next.config.config, mqtt: settings.config.config.mqtt, role } }
	}

	const allKeyFiles = () =>
		role === 'read' ? [] : loaded.config.meters.flatMap((entry) => keyFiles(entry, sourceOf(entry, loaded).config.folder))
	const watched = () => [
		...new Set([
			...profileFolders(loaded),
			...meterFolders(loaded),
			...(settings.file === undefined ? [] : [settings.config.folder]),
			...allKeyFiles().map((file) => dirname(file)),
		]),
	]
	const relevant = (file: string) => (file.endsWith('.json') && !stateFiles.includes(file)) || allKeyFiles().includes(file)
	const watcher = watch(watched(), relevant, onChange, (text) => log.warn(text))
	for (const { file, shadowed } of readLibrary(profileFolders(loaded)).sources.values())
		if (shadowed) log.info(`${file} shadows ${shadowed.file}`)

	async function close(): Promise<void> {
		ended = true
		clearTimeout(recheck)
		await watcher.close()
		await page?.close()
		await reloading.catch(() => undefined)
		raw.stop()
		await meters.close()
		await others.close()
		memories.flush()
		owners.flush()
		connection.publish({ topic: names.bridgeState, payload: 'offline', retain: true })
		await connection.close()
		// What readings were waited for is acknowledged by now.
		await raw.connection()?.close()
		memories.flush()
		await input.keep([])
		await embedded?.close()
	}

	await watcher.ready
	await settle()
	const [count, all] = [meters.list().length, loaded.config.meters.filter(({ enabled }) => enabled !== false).length]
	if (count < all) log.error(`${count} of ${all} meters run; mend what is said above, it is read again by itself`)
	connection.publish({ topic: names.bridgeState, payload: 'online', retain: true })
	if (embedded) await meters.ready()
	try {
		const anyPort = settings.anyPort === true
		const { mqtt, http } = loaded.config
		const port = embedded && (await openPort(embedded, mqtt.embedded ?? {}, 1883, anyPort, 'mqtt.embedded.port'))
		const pagePort = page && (await openPort(page, http ?? {}, 8080, anyPort, 'http.port'))
		return { port, page: pagePort === undefined ? undefined : pageAddress(http?.host, pagePort), reload, close }
	} catch (error) {
		await close()
		throw error
	}
}

/** A file of this instance in the state folder; undefined where nothing is to be kept. */
function stateFile({ config, folder }: LoadedConfig, fallback: string | undefined, name: string): string | undefined {
	const stateDir = config.stateDir === undefined ? fallback : resolve(folder, config.stateDir)
	return stateDir === undefined ? undefined : join(stateDir, `${config.instance ?? 'main'}.${name}`)
}

/** The config's file when its text is not `before`: parsed, or what is wrong with it. */
function changedConfig(file: string, before: string): { text: string; config: LoadedConfig | Finding[] } | undefined {
	let text: string
	try {
		text = readSmall(file)
	} catch {
		// Gone or being replaced: it goes on as it is.
		return undefined
	}
	return text === before ? undefined : { text, config: parseConfig(file, text) }
}
