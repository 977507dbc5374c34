import type { Config } from '../../schema/types/config.ts'
import type { Finding } from '../document/finding.ts'
import { shard, shardsOf } from '../mqtt/topics.ts'
import { at, type LoadedConfig } from './config.ts'

/** What a process does: reads and translates, or one of the two. */
export type Role = NonNullable<Config['role']>

/** The config as its role has it: a translator's meters are those of its shards, and a reader has no readings for outputs. */
export function chosen(loaded: LoadedConfig): LoadedConfig {
	const { config } = loaded
	if (config.role === 'read') return { ...loaded, config: { ...config, outputs: [] } }
	if (config.role !== 'translate') return loaded
	const shards = shardsOf(config.shards)
	return { ...loaded, config: { ...config, meters: config.meters.filter(({ name }) => shards?.has(shard(name))) } }
}

/** What a config names though its role has no use for it: for the log. */
export function unusedBy(role: Role, meters: Config['meters'], outputs: Config['outputs'] = []): string[] {
	if (role !== 'read') return []
	return [
		...(meters.some(({ keys }) => keys) ? ['a reader opens no telegram and reads no keys: leave them to the translator'] : []),
		...(outputs.length > 0 ? ["a reader has no readings for outputs: they are the translator's"] : []),
	]
}

/** What is wrong with the shards of a config. */
export function shardFaults({ config, document }: LoadedConfig): Finding[] {
	const { role, shards } = config
	if (shards !== undefined && role !== 'translate')
		return [at(document, ['shards'], 'config/shards', 'only a translator has shards', 'put "role": "translate" beside them')]
	if (shardsOf(shards) !== undefined) return []
	return [at(document, ['shards'], 'config/shards', `"${shards}" are no shards`, 'they are 00 to 63: "00-31", or "00-15,40"')]
}
