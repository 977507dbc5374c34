import type { Config } from '../../schema/types/config.ts'
import { type Finding, findingAt } from '../document/finding.ts'
import { PARTS, partOf, shard, shardsOf } from '../mqtt/shards.ts'
import type { LoadedConfig } from './config.ts'

/** The port of a page whose config names none. */
const HTTP_PORT = 8080

/** The role of a process: it reads and translates, or does one of the two. */
export type Role = NonNullable<Config['role']>

/** One of the processes that share out a translator's shards: the first is 1 of `of`. */
export type Worker = { number: number; of: number }

/** Names a worker after its instance. */
export const workerName = (instance: string, { number }: Worker): string => `${instance}-worker-${number}`

/** Lists the parts of the shards that a worker takes. */
export function partsOf({ number, of }: Worker): number[] {
	return Array.from({ length: PARTS }, (_, part) => part).filter((part) => part % of === number - 1)
}

/** Gives the shards of a translator; of a worker, those in its parts. */
export function ownShards({ shards }: Config, worker?: Worker): ReadonlySet<string> {
	const all = shardsOf(shards) ?? new Set<string>()
	if (!worker) return all
	const parts = new Set(partsOf(worker))
	return new Set([...all].filter((one) => parts.has(partOf(one))))
}

/** Cuts a config to its role: a translator has only the meters of its shards, a reader no outputs; each worker has a page of its own. */
export function chosen(loaded: LoadedConfig, worker?: Worker): LoadedConfig {
	const { config } = loaded
	if (config.role === 'read') return { ...loaded, config: { ...config, outputs: [] } }
	if (config.role !== 'translate') return loaded
	const shards = ownShards(config, worker)
	const meters = config.meters.filter(({ name }) => shards.has(shard(name)))
	return { ...loaded, config: { ...config, ...(worker && httpOf(config, worker)), meters } }
}

/** The port of the config is the first worker's; each further one has the next. */
function httpOf({ http }: Config, { number }: Worker): Pick<Config, 'http'> | undefined {
	return http && { http: { ...http, port: http.port === 0 ? 0 : (http.port ?? HTTP_PORT) + number - 1 } }
}

/** Says which settings of a config its role does not use. */
export function unusedBy(role: Role, meters: Config['meters'], outputs: Config['outputs'] = []): string[] {
	if (role !== 'read') return []
	return [
		...(meters.some(({ keys }) => keys) ? ['a reader does not decrypt telegrams or read keys: configure them for the translator'] : []),
		...(outputs.length > 0 ? ['a reader has no readings for outputs: configure them for the translator'] : []),
	]
}

/** Finds what is wrong with the shards and the workers of a config. */
export function shardFaults({ config, document }: LoadedConfig): Finding[] {
	const { role, shards, workers, mqtt } = config
	const found = (key: string, message: string, hint: string) => [findingAt(document, [key], `config/${key}`, message, hint)]
	if (shards !== undefined && role !== 'translate') return found('shards', 'only a translator has shards', 'add "role": "translate"')
	if (shardsOf(shards) === undefined)
		return found(
			'shards',
			`"${shards}" does not name shards`,
			'shards are 0000 to 1023: "0000-0511", or "0000-0255,0700"; two digits (00 to 63) are those of version 0.2, with the same meters',
		)
	if (workers === undefined) return []
	if (role !== 'translate') return found('workers', 'only a translator has workers', 'add "role": "translate", or remove "workers"')
	if (mqtt.embedded) return found('workers', 'workers need a broker that is a process of its own', 'name it in "url" of "mqtt"')
	if (mqtt.outbox?.disk)
		return found(
			'workers',
			'workers keep no readings on disk: the broker keeps each telegram until its readings are safe',
			'remove "disk" from "outbox" of "mqtt"',
		)
	return []
}
