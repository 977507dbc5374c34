/** Every topic that this process writes (design.md, section 4). */
export type Topics = ReturnType<typeof topics>

const METER_TOPICS = ['reading', 'state', 'availability', 'info', 'diagnostics'] as const

export type MeterTopic = (typeof METER_TOPICS)[number]

/** Meter topics that the broker keeps, by the role that writes them. */
export const RETAINED = {
	both: ['state', 'availability', 'info', 'diagnostics'],
	read: ['availability', 'diagnostics'],
	translate: ['state', 'info'],
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
		/** The filter of a translator for one shard. */
		rawShard: (shard: string) => `${root}/raw/${shard}/+`,
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

const SHARDS = 64

/** Gives the shard of a meter: two digits, FNV-1a (32 bits) of its name modulo 64. */
export function shard(meter: string): string {
	let hash = 0x811c9dc5
	for (const byte of new TextEncoder().encode(meter)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
	return String(hash % SHARDS).padStart(2, '0')
}

/** Reads shards from a text such as `00-31,40`, all by default; undefined for shards above 63, and for ranges that end before they begin. */
export function shardsOf(text = `0-${SHARDS - 1}`): Set<string> | undefined {
	const found = new Set<string>()
	for (const part of text.split(',')) {
		if (!/^\d{1,2}(-\d{1,2})?$/.test(part)) return undefined
		const [first = Number.NaN, last = first] = part.split('-').map(Number)
		if (!(first <= last && last < SHARDS)) return undefined
		for (let one = first; one <= last; one++) found.add(String(one).padStart(2, '0'))
	}
	return found
}
