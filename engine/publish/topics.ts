/** Every topic that this process writes (design.md, section 4). */
export type Topics = {
	root: string
	bridgeState: string
	bridgeInfo: string
	profile(profile: string): string
	output(output: string): string
	meter(meter: string, kind: MeterTopic): string
	raw(meter: string): string
	/** Filters that cover all of them; `raw` only where bytes are published. */
	written(meters: string[], raw: string[]): string[]
}

export type MeterTopic = 'reading' | 'state' | 'availability' | 'info' | 'diagnostics'

/** Those that the broker keeps. */
export const RETAINED = ['state', 'availability', 'info', 'diagnostics'] as const

/** The topics below `root` for the process `instance`. */
export function topics(root: string, instance: string): Topics {
	const raw = (meter: string) => `${root}/raw/${shard(meter)}/${meter}`
	return {
		root,
		bridgeState: `${root}/bridge/${instance}/state`,
		bridgeInfo: `${root}/bridge/${instance}/info`,
		output: (output) => `${root}/bridge/${instance}/outputs/${output}`,
		profile: (profile) => `${root}/bridge/${instance}/profiles/${profile}`,
		meter: (meter, kind) => `${root}/${meter}/${kind}`,
		raw,
		written: (meters, rawMeters) => [`${root}/bridge/#`, ...meters.map((meter) => `${root}/${meter}/+`), ...rawMeters.map(raw)],
	}
}

/** Shard of a meter: two digits, FNV-1a (32 bits) of its name modulo 64. */
export function shard(meter: string): string {
	let hash = 0x811c9dc5
	for (const byte of new TextEncoder().encode(meter)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
	return String(hash % 64).padStart(2, '0')
}
