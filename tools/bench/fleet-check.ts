import type { FleetMeter } from './fleet-meters.ts'

/** What came back of a fleet's telegrams. */
export type FleetResult = {
	/** Telegrams whose reading came, and that never did. */
	arrived: number
	missing: number
	/** Readings with another value than their telegram. */
	wrong: number
	/** Readings that came again (session and seq tell), and new ones that came behind a later one of their meter. */
	duplicates: number
	disordered: number
	/** Milliseconds from `received` to the reading, of the first time that each came; sorted. */
	latencies: number[]
}

/** Checks readings as they come: each against the telegram that its value names, its meter's order, and what was there before. */
export function fleetCheck(
	fleet: FleetMeter[],
	each: number,
): { take(topic: string, payload: string, now: number): void; result(): FleetResult } {
	const meters = new Map(fleet.map((meter) => [meter.name, { meter, seen: new Set<string>(), telegrams: new Set<number>(), last: -1 }]))
	const found = { wrong: 0, duplicates: 0, disordered: 0 }
	const latencies: number[] = []
	return {
		take(topic, payload, now) {
			const known = meters.get(topic.split('/').at(-2) ?? '')
			const reading = JSON.parse(payload) as Record<string, unknown>
			if (!known) return void found.wrong++
			const { meter, seen, telegrams } = known
			const key = `${reading.session} ${reading.seq}`
			if (seen.has(key)) return void found.duplicates++
			seen.add(key)
			const n = Number(reading[meter.field]) - meter.value(0)
			if (!(Number.isInteger(n) && n >= 0 && n < each) || reading.meter !== meter.name || telegrams.has(n)) return void found.wrong++
			telegrams.add(n)
			if (n < known.last) found.disordered++
			known.last = Math.max(known.last, n)
			latencies.push(now - Date.parse(String(reading.received)))
		},
		result() {
			const arrived = [...meters.values()].reduce((sum, { telegrams }) => sum + telegrams.size, 0)
			return { arrived, missing: fleet.length * each - arrived, ...found, latencies: latencies.sort((one, other) => one - other) }
		},
	}
}
