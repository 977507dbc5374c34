import { bareOf, type Candidate, type How, runOf, translatorOf } from './candidates.ts'
import { type Cost, cpu } from './cost.ts'
import { type Source, sources } from './inputs.ts'
import { median } from './measure.ts'
import { inScene, type Scene } from './scene.ts'

/**
 * The part `process`: what a telegram costs the whole process, from the line to a real broker, in terms of bare MQTT.js that publishes the same payloads to
 * the same broker. In a round, all begin and become warm, and then are measured in turn: each sleeps while another is at work.
 */
export type Setup = {
	kinds: string[]
	meters: number[]
	roles: string[]
	rounds: number
	/** How often each is measured in a round. */
	turns: number
	/** Telegrams of a turn, and of those that do not count: V8 compiles what is hot. Each meter sends three at least of the latter, all its lists. */
	telegrams: number
	warmUp: number
	flags: string[]
}

export const USUAL: Setup = {
	kinds: ['p1'],
	meters: [100],
	roles: ['run', 'translate'],
	rounds: 3,
	turns: 1,
	telegrams: 16_000,
	warmUp: 8000,
	flags: [],
}
/** In CI: one round, whose processes are measured several times. */
export const QUICK: Setup = { ...USUAL, rounds: 1, turns: 3, telegrams: 2000, warmUp: 4000 }
/** All that users have. */
export const KINDS = ['p1', 'e450Encrypted', 'am550', 'sml', 'json']

const BARE = 'bare MQTT.js'
/** Messages of the floor's turn, at least: they take little time. */
const BARE_MESSAGES = 8000
const begin: Record<string, (scene: Scene, source: Source, meters: number, how: How) => Promise<Candidate>> = {
	run: runOf,
	translate: translatorOf,
}

/** What was measured, turn by turn, by role. */
export type Measures = Map<string, Cost[]>

/** Measures each kind with each number of meters, and shows a table of each; gives CPU in terms of bare MQTT.js, by role, kind and number of meters. */
export async function processes(setup: Setup, show: (line: string) => void): Promise<Record<string, number>> {
	const ratios: Record<string, number> = {}
	for (const kind of setup.kinds) {
		const source = sourceOf(kind)
		for (const meters of setup.meters) {
			const measures: Measures = new Map()
			for (let round = 0; round < setup.rounds; round++) await inScene((scene) => oneRound(scene, source, meters, setup, measures))
			show(`\n${`${kind}, ${meters} meters`.padEnd(28)} CPU µs   main others    MB  peak  telegrams/s  of ${BARE}`)
			for (const [role, costs] of measures) {
				const of = ratioOf(costs, measures.get(BARE) ?? [])
				if (role !== BARE) ratios[`${role} ${kind} ${meters}`] = of
				show(rowOf(role, costs) + of.toFixed(2).padStart(17))
			}
		}
	}
	return ratios
}

/** A kind of telegrams by its name. */
export function sourceOf(kind: string): Source {
	const source = (sources as Record<string, () => Source>)[kind]
	if (!source) throw new Error(`there is no kind ${kind}; there are ${Object.keys(sources).join(', ')}`)
	return source()
}

async function oneRound(scene: Scene, source: Source, meters: number, setup: Setup, measures: Measures): Promise<void> {
	// A reader passes an adapter's messages on as they are: they are measured where they are read.
	const roles = setup.roles.filter((role) => role !== 'translate' || source.topic === undefined)
	const all: { role: string; one: Candidate; telegrams: number }[] = await Promise.all(
		roles.map(async (role) => {
			const one = begin[role]?.(scene, source, meters, { flags: setup.flags })
			if (!one) throw new Error(`there is no role ${role}; there are ${Object.keys(begin).join(', ')}`)
			return { role, one: await one, telegrams: setup.telegrams }
		}),
	)
	for (const { one } of all) await one.measure(Math.max(setup.warmUp, 3 * meters))
	const bare = await bareOf(scene, all[0]?.one.payloads() ?? [], meters)
	await bare.measure(BARE_MESSAGES)
	all.push({ role: BARE, one: bare, telegrams: Math.max(setup.telegrams, BARE_MESSAGES) })
	for (let turn = 0; turn < setup.turns; turn++)
		for (const { role, one, telegrams } of all) measures.set(role, [...(measures.get(role) ?? []), await one.measure(telegrams)])
	for (const { one } of all) await one.stop()
}

/** The median of CPU in terms of another's in the same turn. */
export function ratioOf(costs: Cost[], others: Cost[]): number {
	return Number(median(costs.map((cost, turn) => cpu(cost) / cpu(others[turn] ?? cost))).toPrecision(3))
}

/** One row of a table: medians. */
export function rowOf(name: string, costs: Cost[]): string {
	const cell = (pick: (cost: Cost) => number, width: number, places = 0) => median(costs.map(pick)).toFixed(places).padStart(width)
	const cells = [cell(cpu, 7, 1), cell(({ main }) => main, 7, 1), cell(({ others }) => others, 6, 1)]
	return `${name.padEnd(28)}${cells.join('')} ${cell(({ resident }) => resident, 5)} ${cell(({ peak }) => peak, 5)} ${cell(({ perSecond }) => perSecond, 12)}`
}
