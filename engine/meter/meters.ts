import type { Logger } from 'pino'
import type { Meter as MeterEntry } from '../../schema/types/config.ts'
import { type LoadedConfig, sourceOf } from '../config/config.ts'
import { applyMeter } from '../config/meter-profile.ts'
import { loopIn } from '../config/mqtt.ts'
import { readKeys } from '../config/secrets.ts'
import { type Finding, findingText } from '../document/finding.ts'
import type { Snapshot } from '../http/snapshot.ts'
import type { Connection } from '../mqtt/client.ts'
import { topicPattern } from '../mqtt/filter.ts'
import type { Topics } from '../mqtt/topics.ts'
import { type Memory, underKeys } from '../pipeline/memory.ts'
import type { LastGood } from '../profile/last-good.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys } from '../telegram/telegram.ts'
import type { MemoryFile } from './memory-file.ts'
import { type Live, type LiveSettings, live } from './meter.ts'

/** All meters that run. */
export type Roster = {
	/** Makes what runs equal to what config and profiles say: starts, swaps profiles, restarts, stops. */
	settle(config: LoadedConfig): Promise<void>
	/** Resolves when every meter's input stands. */
	ready(): Promise<unknown>
	list(): { name: string; profile: string }[]
	snapshots(): Snapshot[]
	/** Meters of the config that do not run, and why. */
	missing(): { name: string; detail: string }[]
	/** What they read from the config's broker. */
	filters(): { filter: string; meter: string }[]
	/** The brokers of their own that meters name. */
	urls(): string[]
	close(): Promise<void>
}

export type RosterSettings = {
	session: number
	topics: Topics
	profiles: LastGood
	output: Connection
	/** The connection that messages for this profile come from. */
	inputOf(profile: CompiledProfile): Connection
	/** What the meters' telegrams have shown before. */
	memories: MemoryFile
	/** Filters of what this process writes to `output`. */
	written(): string[]
	outputs: LiveSettings['outputs']
	onReading: LiveSettings['onReading']
	role: LiveSettings['role']
	raw: LiveSettings['raw']
	log: Logger
}

/** What runs for one entry of `meters`. `fingerprint` covers all but the profile: a difference there means a new start. */
type Running = { live: Live; fingerprint: string; profile: CompiledProfile }

/** An empty roster. What concerns one meter only (its profile, its keys, its port) is logged, and the others run. */
export function roster(settings: RosterSettings): Roster {
	const { session, topics, profiles, output, inputOf, memories, written, outputs, onReading, role, raw, log } = settings
	const running = new Map<string, Running>()
	/** Where each meter's count goes on when it is started anew: consumers tell readings apart by session and seq. */
	const counts = new Map<string, number>()

	async function stop(name: string, { live: old }: Running): Promise<void> {
		running.delete(name)
		await old.close()
		counts.set(name, old.count())
	}

	async function settleMeter(entry: MeterEntry, config: LoadedConfig): Promise<void> {
		const now = running.get(entry.name)
		const base = profiles.current(entry.profile)
		if (!base) {
			if (now) log.error(`meter ${entry.name} stops: its profile ${entry.profile} is gone`)
			return now && stop(entry.name, now)
		}
		const equipped = equip(entry, base, config)
		if (!equipped) return
		const { profile, keys } = equipped
		const { profile: _name, transport: _transport, decoder: _decoder, expect: _expect, ...rest } = entry
		const fingerprint = JSON.stringify([rest, keys.encryption?.join(), keys.authentication?.join()])
		if (now && now.fingerprint === fingerprint) {
			if (now.profile.fingerprint === profile.fingerprint) return
			running.set(entry.name, { ...now, profile })
			return now.live.swap(profile, inputOf(profile))
		}
		if (now) await stop(entry.name, now)
		const own = {
			entry,
			role,
			raw,
			profile,
			keys,
			session,
			topics,
			output,
			outputs,
			onReading,
			input: inputOf(profile),
			memory: underKeys(memories.of(entry.name, entry.reset ?? ''), keys),
			remember: (memory: Memory, readings: number) => {
				// A recording shows the past.
				if (profile.document.transport.kind !== 'capture') memories.keep(entry.name, entry.reset ?? '', memory, readings)
			},
			log: log.child({ meter: entry.name }),
		}
		running.set(entry.name, { live: live({ ...own, seq: counts.get(entry.name) ?? 0 }), fingerprint, profile })
	}

	/** The profile as the meter uses it and its keys; undefined (and said) when one of them cannot be used. */
	function equip(entry: MeterEntry, base: CompiledProfile, loaded: LoadedConfig): { profile: CompiledProfile; keys: Keys } | undefined {
		const { place, config } = sourceOf(entry, loaded)
		const profile = applyMeter(base, entry, place, config)
		// Who only reads telegrams opens none: the keys stay where they are.
		const keys = role === 'read' ? {} : readKeys(entry, place, config)
		const findings: Finding[] = [...(Array.isArray(profile) ? profile : []), ...(Array.isArray(keys) ? keys : [])]
		const { transport } = Array.isArray(profile) ? base.document : profile.document
		const loop =
			role !== 'translate' && transport.kind === 'mqtt' && (transport.url === undefined || transport.url === config.config.mqtt.url)
				? loopIn(transport, written())
				: undefined
		complain(entry.name, [...findings.map(findingText), ...(loop === undefined ? [] : [`${loop}: choose another "root"`])])
		return Array.isArray(profile) || Array.isArray(keys) || loop !== undefined ? undefined : { profile, keys }
	}

	let wanted: MeterEntry[] = []
	const complaints = new Map<string, string>()
	/** Says what is wrong with a meter, once until it changes. */
	function complain(name: string, texts: string[]): void {
		const all = texts.join('\n')
		if (all !== '' && complaints.get(name) !== all) for (const text of texts) log.error(`meter ${name}: ${text}`)
		complaints.set(name, all)
	}

	return {
		async settle(config) {
			wanted = config.config.meters.filter(({ enabled }) => enabled !== false)
			const names = new Set(wanted.map(({ name }) => name))
			for (const [name, entry] of [...running]) {
				if (names.has(name)) continue
				log.info(`meter ${name} is no longer in the config${role === 'translate' ? ', or in another shard' : ''}`)
				await stop(name, entry)
			}
			for (const entry of wanted) {
				try {
					await settleMeter(entry, config)
				} catch (error) {
					complain(entry.name, [(error as Error).message])
				}
			}
		},
		// A broker of another's may be away: ours does not wait for it.
		ready: () =>
			Promise.all([...running.values()].filter(({ profile }) => inputOf(profile) === output).map(({ live: { ready } }) => ready)),
		filters: () =>
			(role === 'translate' ? [] : [...running]).flatMap(([meter, { profile }]) => {
				const { kind, topic, levels = {}, url } = profile.document.transport
				return kind === 'mqtt' && topic !== undefined && url === undefined ? [{ filter: topicPattern(topic, levels).filter, meter }] : []
			}),
		urls: () => (role === 'translate' ? [] : [...running.values()].flatMap(({ profile }) => profile.document.transport.url ?? [])),
		snapshots: () => [...running.values()].map(({ live: { snapshot } }) => snapshot()),
		missing: () =>
			wanted
				.filter(({ name }) => !running.has(name))
				.map(({ name, profile }) => ({
					name,
					detail: complaints.get(name) || `its profile ${profile} cannot be used: the log says why`,
				})),
		list: () => [...running].map(([name, { profile }]) => ({ name, profile: profile.label })),
		async close() {
			for (const [name, entry] of [...running]) await stop(name, entry)
		},
	}
}
