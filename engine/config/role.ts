import type { Config } from '../../schema/types/config.ts'
import { type Finding, findingAt } from '../document/finding.ts'
import { shard, shardsOf } from '../mqtt/shards.ts'
import type { LoadedConfig } from './config.ts'

/** The role of a process: it reads and translates, or does one of the two. */
export type Role = NonNullable<Config['role']>

/** Cuts a config to its role: a translator has only the meters of its shards, a reader no outputs. */
export function chosen(loaded: LoadedConfig): LoadedConfig {
	const { config } = loaded
	if (config.role === 'read') return { ...loaded, config: { ...config, outputs: [] } }
	if (config.role !== 'translate') return loaded
	const shards = shardsOf(config.shards)
	return { ...loaded, config: { ...config, meters: config.meters.filter(({ name }) => shards?.has(shard(name))) } }
}

/** Says which settings of a config its role does not use. */
export function unusedBy(role: Role, meters: Config['meters'], outputs: Config['outputs'] = []): string[] {
	if (role !== 'read') return []
	return [
		...(meters.some(({ keys }) => keys) ? ['a reader does not decrypt telegrams or read keys: configure them for the translator'] : []),
		...(outputs.length > 0 ? ['a reader has no readings for outputs: configure them for the translator'] : []),
	]
}

/** Finds what is wrong with the shards of a config. */
export function shardFaults({ config, document }: LoadedConfig): Finding[] {
	const { role, shards } = config
	if (shards !== undefined && role !== 'translate')
		return [findingAt(document, ['shards'], 'config/shards', 'only a translator has shards', 'add "role": "translate"')]
	if (shardsOf(shards) !== undefined) return []
	return [
		findingAt(
			document,
			['shards'],
			'config/shards',
			`"${shards}" does not name shards`,
			'shards are 0000 to 1023: "0000-0511", or "0000-0255,0700"; two digits (00 to 63) are those of version 0.2, with the same meters',
		),
	]
}
