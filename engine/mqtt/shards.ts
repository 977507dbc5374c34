/** Shards, and those of version 0.2. Each of the latter is sixteen of the former, as 64 divides 1024. */
const [SHARDS, FORMER] = [1024, 64]

/** Parts that the workers of a translator share out. A shard of version 0.2 lies in one of them, whole. */
export const PARTS = 16

/** The level of a filter that takes every shard. */
const EVERY = '+'

/** All shards, as a config names them. */
export const ALL = '0000-1023'

const encoder = new TextEncoder()

/** Gives the shard of a meter: four digits, FNV-1a (32 bits) of its name modulo 1024. */
export const shard = (meter: string): string => named(hash(meter) % SHARDS)

/** Gives the shard under which readers of version 0.1 and 0.2 publish a meter: two digits, the same modulo 64. */
export const formerShard = (meter: string): string => former(hash(meter))

/** Gives the part that a shard belongs to. */
export const partOf = (one: string): number => Number(one) % PARTS

/**
 * Reads shards from a text such as `0000-0511,0700`, all by default; two digits stand for a shard of version 0.2, and so for the same meters as there.
 * Undefined for shards that there are not, and for ranges that end before they begin.
 */
export function shardsOf(text = ALL): Set<string> | undefined {
	const found = new Set<string>()
	for (const part of text.split(',')) {
		if (!/^(\d{1,2}(-\d{1,2})?|\d{4}(-\d{4})?)$/.test(part)) return undefined
		const many = /^\d{4}/.test(part) ? SHARDS : FORMER
		const [first = Number.NaN, last = first] = part.split('-').map(Number)
		if (!(first <= last && last < many)) return undefined
		for (let one = 0; one < SHARDS; one++) if (one % many >= first && one % many <= last) found.add(named(one))
	}
	return found
}

/** Lists the topic levels by which a translator receives these shards, from readers of today and of version 0.2. One takes them all. */
export function levelsOf(shards: ReadonlySet<string>): Set<string> {
	if (shards.size === SHARDS) return new Set([EVERY])
	return new Set([...shards, ...[...shards].map((one) => former(Number(one)))])
}

/** Lists all levels that a translator may have asked for, of whatever version. */
export function anyLevel(): string[] {
	const numbers = Array.from({ length: SHARDS }, (_, one) => one)
	return [EVERY, ...numbers.map(named), ...numbers.slice(0, FORMER).map(former)]
}

const named = (one: number) => String(one).padStart(4, '0')

const former = (one: number) => String(one % FORMER).padStart(2, '0')

function hash(meter: string): number {
	let value = 0x811c9dc5
	for (const byte of encoder.encode(meter)) value = Math.imul(value ^ byte, 0x01000193) >>> 0
	return value
}
