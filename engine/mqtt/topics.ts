import { formerShard, shard } from './shards.ts'

/** Every topic that this process writes (design.md, section 4). */
export type Topics = ReturnType<typeof topics>

const METER_TOPICS = ['reading', 'state', 'totals', 'availability', 'info', 'diagnostics'] as const

export type MeterTopic = (typeof METER_TOPICS)[number]

/** Meter topics that the broker keeps, by the role that writes them. */
export const RETAINED = {
	both: ['state', 'totals', 'availability', 'info', 'diagnostics'],
	read: ['availability', 'diagnostics'],
	translate: ['state', 'totals', 'info'],
} as const

/** Names the topics below `root` for the process `instance`. */
export function topics(root: string, instance: string) {
	const bridge = `${root}/bridge/${instance}`
	const raw = (meter: string) => `${root}/raw/${shard(meter)}/${meter}`
	return {
		root,
		bridgeState: `${bridge}/state`,
		bridgeInfo: `${bridge}/info`,
		/** What this instance has published, for the next process where no folder keeps it. */
		bridgePublished: `${bridge}/published`,
		/** Which process runs as this instance, and who asks. */
		bridgeClaim: `${bridge}/claim`,
		/** A translator's diagnostics of all raw messages, or of one meter's. */
		bridgeDiagnostics: (meter?: string) => `${bridge}/diagnostics${meter === undefined ? '' : `/${meter}`}`,
		profile: (profile: string) => `${bridge}/profiles/${profile.replaceAll('/', '-')}`,
		output: (output: string) => `${bridge}/outputs/${output}`,
		meter: (meter: string, kind: MeterTopic) => `${root}/${meter}/${kind}`,
		raw,
		/** Where readers of version 0.1 and 0.2 publish it. */
		formerRaw: (meter: string) => `${root}/raw/${formerShard(meter)}/${meter}`,
		/** The filter of a translator for a level of `levelsOf`. */
		rawShard: (level: string) => `${root}/raw/${level}/+`,
		/** Filters of what any process like this one writes: others read it as true. */
		reserved: [`${root}/bridge/#`, `${root}/raw/#`, ...METER_TOPICS.map((kind) => `${root}/+/${kind}`)],
		/** Filters that cover all of them; `raw` only where bytes are published. */
		written: (meters: string[], rawMeters: string[]) => [
			`${root}/bridge/#`,
			...meters.map((meter) => `${root}/${meter}/+`),
			...rawMeters.map(raw),
		],
	}
}
