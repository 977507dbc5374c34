/** Every topic that this process writes (design.md, section 4). */
export type Topics = {
	root: string
	bridgeState: string
	bridgeInfo: string
	/** What a translator says of raw messages: all of them, or those of one meter. */
	bridgeDiagnostics(meter?: string): string
	profile(profile: string): string
	output(output: string): string
	meter(meter: string, kind: MeterTopic): string
	raw(meter: string): string
	/** What a translator subscribes to. */
	rawShard(shard: string): string
	/** Filters that cover all of them; `raw` only where bytes are published. */
	written(meters: string[], raw: string[]): string[]
}

export type MeterTopic = 'reading' | 'state' | 'availability' | 'info' | 'diagnostics'

/** Those that the broker keeps, by who writes them. */
export const RETAINED = {
	both: ['state', 'availability', 'info', 'diagnostics'],
	read: ['availability', 'diagnostics'],
	translate: ['state', 'info'],
} as const

/** The topics below `root` for the process `instance`. */
export function topics(root: string, instance: string): Topics {
	const raw = (meter: string) => `${root}/raw/${shard(meter)}/${meter}`
	return {
		root,
		bridgeState: `${root}/bridge/${instance}/state`,
		bridgeInfo: `${root}/bridge/${instance}/info`,
		output: (output) => `${root}/bridge/${instance}/outputs/${output}`,
		bridgeDiagnostics: (meter) => `${root}/bridge/${instance}/diagnostics${meter === undefined ? '' : `/${meter}`}`,
		profile: (profile) => `${root}/bridge/${instance}/profiles/${profile.replaceAll('/', '-')}`,
		meter: (meter, kind) => `${root}/${meter}/${kind}`,
		raw,
		rawShard: (shard) => `${root}/raw/${shard}/+`,
		written: (meters, rawMeters) => [`${root}/bridge/#`, ...meters.map((meter) => `${root}/${meter}/+`), ...rawMeters.map(raw)],
	}
}

const SHARDS = 64

/** Shard of a meter: two digits, FNV-1a (32 bits) of its name modulo 64. */
export function shard(meter: string): string {
	let hash = 0x811c9dc5
	for (const byte of new TextEncoder().encode(meter)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
	return String(hash % SHARDS).padStart(2, '0')
}

/** Shards by a text such as `00-31,40`, all of them by default; undefined where it names one that is none (above 63), or a range that ends before it begins. */
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
