import { type Candidate, runOf, translatorOf } from './candidates.ts'
import { dlmsOf, p1Of } from './composed.ts'
import { type Cost, cpu } from './cost.ts'
import { sources } from './inputs.ts'
import { median } from './measure.ts'
import { ratioOf, rowOf, type Setup } from './process.ts'
import { inScene, type Scene } from './scene.ts'

/**
 * The part `curves`: what a telegram costs against what there is more of. All points of a curve are measured in each round, one after the other.
 * A step (`each more`) that grows from point to point tells that something is superlinear.
 */
type Curve = { name: string; unit: string; points: number[]; begin(scene: Scene, point: number): Promise<Candidate> }

const [METERS, REGISTERS] = [
	[1, 100, 1000, 10_000],
	[10, 50, 100, 200],
]

export const CURVES: Record<string, Curve> = {
	meters: { name: 'run', unit: 'meters', points: METERS, begin: (scene, meters) => runOf(scene, sources.p1(), meters) },
	translated: { name: 'translator', unit: 'meters', points: METERS, begin: (scene, meters) => translatorOf(scene, sources.p1(), meters) },
	outputs: {
		name: 'run, 100 meters',
		unit: 'outputs',
		points: [0, 1, 2, 3, 4, 5],
		begin: (scene, outputs) => runOf(scene, sources.p1(), 100, { outputs }),
	},
	p1: { name: 'P1, 100 meters', unit: 'registers', points: REGISTERS, begin: (scene, registers) => runOf(scene, p1Of(registers), 100) },
	dlms: {
		name: 'DLMS, 100 meters',
		unit: 'registers',
		points: REGISTERS,
		begin: (scene, registers) => runOf(scene, dlmsOf(registers), 100),
	},
}

/** Measures curves, and shows a table of each. */
export async function curves(names: string[], setup: Setup, show: (line: string) => void): Promise<Record<string, never>> {
	for (const name of names) {
		const curve = CURVES[name]
		if (!curve) throw new Error(`there is no curve ${name}; there are ${Object.keys(CURVES).join(', ')}`)
		const costs = new Map<number, Cost[]>(curve.points.map((point) => [point, []]))
		for (let round = 0; round < setup.rounds; round++)
			for (const [point, found] of costs) found.push(await inScene((scene) => pointOf(scene, curve, point, setup.telegrams)))
		table(curve, costs, show)
	}
	return {}
}

async function pointOf(scene: Scene, curve: Curve, point: number, telegrams: number): Promise<Cost> {
	const one = await curve.begin(scene, point)
	// Each meter sends all its lists, and V8 compiles what is hot.
	await one.measure(Math.max(telegrams / 2, curve.unit === 'meters' ? 3 * point : 0))
	const cost = await one.measure(telegrams)
	await one.stop()
	return cost
}

function table({ name, unit, points }: Curve, costs: Map<number, Cost[]>, show: (line: string) => void): void {
	const first = costs.get(points[0] ?? 0) ?? []
	show(`\n${name.padEnd(28)} CPU µs   main others    MB  peak  telegrams/s  of the first  each more`)
	let [before, beforeAt] = [Number.NaN, Number.NaN]
	for (const [point, found] of costs) {
		const now = median(found.map(cpu))
		const step = (now - before) / (point - beforeAt)
		const more = Number.isNaN(step) ? '' : step.toPrecision(2)
		show(`${rowOf(`${point} ${unit}`, found)} ${ratioOf(found, first).toFixed(2).padStart(13)} ${more.padStart(10)}`)
		;[before, beforeAt] = [now, point]
	}
}
