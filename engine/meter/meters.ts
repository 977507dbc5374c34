import type { Meter as MeterEntry } from '../../schema/types/config.ts'
import type { LastGood } from '../check/last-good.ts'
import { type LoadedConfig, sourceOf } from '../config/config.ts'
import { enabledMeters } from '../config/current.ts'
import { applyMeter } from '../config/meter-profile.ts'
import { loopIn, readsOurs } from '../config/mqtt.ts'
import { readKeys } from '../config/secrets.ts'
import type { InputOf } from '../config/shared.ts'
import { findingText } from '../document/finding.ts'
import type { Log } from '../log/log.ts'
import { topicPatterns } from '../mqtt/filter.ts'
import { underKeys } from '../pipeline/memory.ts'
import { changes } from '../profile/changes.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys } from '../telegram/telegram.ts'
import { concealed } from '../text/names.ts'
import { visible } from '../text/visible.ts'
import type { MemoryFile } from './memory-file.ts'
import { Meter } from './meter.ts'
import type { MeterSettings } from './settings.ts'
import type { Snapshot } from './snapshot.ts'
import type { Traces } from './traces.ts'

export type MetersSettings = Pick<
	MeterSettings,
	'session' | 'topics' | 'output' | 'outputs' | 'onReading' | 'watch' | 'role' | 'raw' | 'inputOf' | 'readers' | 'asked'
> & {
	profiles: LastGood
	/** The memories of the meters' earlier telegrams. */
	memories: MemoryFile
	/** The traces of the meters, where a page can show them. */
	traces?: Traces | undefined
	/** Returns filters of what this process writes to `output`. */
	written(): string[]
	log: Log
}

/** Runs all meters. A fault of one meter (its profile, its keys, its port) is logged, and the others run. */
export class Meters {
	readonly #settings: MetersSettings
	readonly #running = new Map<string, Meter>()
	/** All of a running meter's entry but its profile: a difference there means a new start. */
	readonly #fingerprints = new Map<string, string>()
	/** Where each meter's count goes on when it is started again: consumers tell readings apart by session and seq. */
	readonly #counts = new Map<string, number>()
	/** The problem of each meter that has one. */
	readonly #complaints = new Map<string, string>()
	#wanted: MeterEntry[] = []

	constructor(settings: MetersSettings) {
		this.#settings = settings
	}

	/** Makes what runs equal to what config and profiles say: starts, swaps profiles, restarts, stops. */
	async settle(config: LoadedConfig): Promise<void> {
		const { role, log } = this.#settings
		this.#wanted = enabledMeters(config)
		const names = new Set(this.#wanted.map(({ name }) => name))
		for (const name of [...this.#running.keys()].filter((one) => !names.has(one))) {
			log.info(`meter ${name} is no longer in the config${role === 'translate' ? ', or in another shard' : ''}`)
			await this.#stop(name)
		}
		for (const entry of this.#wanted) {
			try {
				await this.#settleOne(entry, config)
			} catch (error) {
				this.#complain(entry.name, [(error as Error).message])
			}
		}
		this.#settings.traces?.keep([...this.#running.keys()])
	}

	/** Resolves when every meter's input stands; a broker that only a meter names may be away. */
	ready(): Promise<unknown> {
		const { inputOf, output } = this.#settings
		return Promise.all([...this.#running.values()].map((meter) => inputOf(meter.profile) === output && meter.ready))
	}

	/** Lists what the meters read from the config's broker. */
	filters(): { filter: string; meter: string }[] {
		return this.#readers().flatMap(([meter, { profile }]) => {
			const { kind, topic, levels, url } = profile.document.transport
			if (kind !== 'mqtt' || topic === undefined || url !== undefined) return []
			return topicPatterns(topic, levels).map(({ filter }) => ({ filter, meter }))
		})
	}

	/** Lists the meters that run, with where each stands and where its bytes come from. */
	inputs(loaded: LoadedConfig): InputOf[] {
		return this.#wanted.flatMap((entry) => {
			const meter = this.#running.get(entry.name)
			return meter ? [{ entry, ...sourceOf(entry, loaded), transport: meter.profile.document.transport }] : []
		})
	}

	/** Lists the brokers that meters name for themselves. */
	urls(): string[] {
		return this.#readers().flatMap(([, { profile }]) => profile.document.transport.url ?? [])
	}

	/** Returns what is known of each meter now. */
	snapshots(): Snapshot[] {
		return [...this.#running.values()].map((meter) => meter.snapshot())
	}

	/** Returns what is known of one meter now; undefined for one that does not run. */
	snapshot(name: string): Snapshot | undefined {
		return this.#running.get(name)?.snapshot()
	}

	/** Returns the zone (IANA) that a meter's profile names. */
	timezone(name: string): string | undefined {
		return this.#running.get(name)?.profile.document.meter?.timezone
	}

	/** Lists meters of the config that do not run, and why. */
	missing(): { name: string; detail: string }[] {
		const gone = this.#wanted.filter(({ name }) => !this.#running.has(name))
		return gone.map(({ name, profile }) => ({
			name,
			detail: visible(concealed(this.#complaints.get(name) ?? '')) || `its profile ${profile} cannot be used: the log says why`,
		}))
	}

	/** Lists the meters that run, with the label of their profile. */
	list(): { name: string; profile: string }[] {
		return [...this.#running].map(([name, { profile }]) => ({ name, profile: profile.label }))
	}

	/** Stops all meters. */
	async close(): Promise<void> {
		for (const name of [...this.#running.keys()]) await this.#stop(name)
	}

	/** The meters that have an input of their own: none of a translator's. */
	#readers(): [string, Meter][] {
		return this.#settings.role === 'translate' ? [] : [...this.#running]
	}

	async #stop(name: string): Promise<void> {
		const meter = this.#running.get(name)
		if (!meter) return
		this.#running.delete(name)
		await meter.close()
		this.#counts.set(name, meter.seq)
	}

	async #settleOne(entry: MeterEntry, config: LoadedConfig): Promise<void> {
		const { profiles, log } = this.#settings
		const now = this.#running.get(entry.name)
		const base = profiles.current(entry.profile)
		if (!base) {
			// An edit that names a profile which cannot be used is not taken over; a profile that is gone ends its meters.
			if (now && now.profile.name !== entry.profile)
				return this.#complain(entry.name, [`its profile ${entry.profile} cannot be used: it goes on as before, with ${now.profile.label}`])
			if (now) log.error(`meter ${entry.name} stops: its profile ${entry.profile} is gone`)
			return this.#stop(entry.name)
		}
		const equipped = this.#equip(entry, base, config)
		if (!equipped) return
		const { profile, keys } = equipped
		const { profile: _name, interval: _interval, transport: _transport, decoder: _decoder, expect: _expect, ...rest } = entry
		const fingerprint = JSON.stringify([rest, keys.encryption?.join(), keys.authentication?.join()])
		if (now && this.#fingerprints.get(entry.name) === fingerprint)
			return changes(now.profile, profile).size === 0 ? undefined : now.swap(profile)
		await this.#stop(entry.name)
		this.#running.set(entry.name, this.#start(entry, profile, keys))
		this.#fingerprints.set(entry.name, fingerprint)
	}

	#start(entry: MeterEntry, profile: CompiledProfile, keys: Keys): Meter {
		const { memories, log, role, traces } = this.#settings
		const { name, reset = '' } = entry
		return new Meter({
			...this.#settings,
			entry,
			profile,
			keys,
			seq: this.#counts.get(name) ?? 0,
			memory: underKeys(memories.of(name, reset), keys),
			remember(memory, readings) {
				// A recording shows the past.
				if (profile.document.transport.kind !== 'capture') memories.keep(name, reset, memory, readings)
			},
			log: log.child({ meter: name }),
			// A translator has thousands of meters.
			trace: role === 'translate' ? undefined : traces?.of(name, profile, keys),
		})
	}

	/** Returns the profile as the meter uses it, and its keys; undefined (and says why) when one of them cannot be used. */
	#equip(entry: MeterEntry, base: CompiledProfile, loaded: LoadedConfig): { profile: CompiledProfile; keys: Keys } | undefined {
		const { role, written, topics } = this.#settings
		const { place, config } = sourceOf(entry, loaded)
		const profile = applyMeter(base, entry, place, config)
		// A reader opens no telegram: the keys stay where they are.
		const keys = role === 'read' ? {} : readKeys(entry, place, config)
		const findings = [profile, keys].flatMap((one) => (Array.isArray(one) ? one : []))
		const { transport } = Array.isArray(profile) ? base.document : profile.document
		const isOurs = transport.kind === 'mqtt' && (transport.url === undefined || transport.url === config.config.mqtt.url)
		const loop = role !== 'translate' && isOurs ? loopIn(transport, written()) : undefined
		const own = isOurs && role !== 'translate' ? readsOurs(transport, entry.transport, topics.root) : undefined
		const wrong = loop === undefined ? own : `${loop}: choose another "root"`
		this.#complain(entry.name, [...findings.map(findingText), ...(wrong === undefined ? [] : [wrong])])
		return Array.isArray(profile) || Array.isArray(keys) || wrong !== undefined ? undefined : { profile, keys }
	}

	/** Logs what is wrong with a meter, once until it changes. */
	#complain(name: string, texts: string[]): void {
		const all = texts.join('\n')
		if (all !== '' && this.#complaints.get(name) !== all) for (const text of texts) this.#settings.log.error(`meter ${name}: ${text}`)
		this.#complaints.set(name, all)
	}
}
