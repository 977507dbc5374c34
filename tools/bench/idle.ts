import { runOf } from './candidates.ts'
import { cpu, memoryOf } from './cost.ts'
import { sources } from './inputs.ts'
import { inScene } from './scene.ts'

/** The part `idle`: a home, one meter by TCP and a telegram a second. Shows what is resident, and what stands behind it. */
export async function idle(seconds: number, flags: string[], show: (line: string) => void): Promise<Record<string, never>> {
	await inScene(async (scene) => {
		const one = await runOf(scene, sources.p1(), 1, { flags })
		const start = memoryOf(one.pid)
		const cost = await one.measure(seconds, 1000)
		show(`\none meter, a telegram a second       MB  peak`)
		show(`after the start               ${cell(start.resident)} ${cell(start.peak)}`)
		show(
			`after ${String(seconds).padEnd(24)}${cell(cost.resident)} ${cell(cost.peak)}   ${cpu(cost).toFixed(0)} µs of CPU a telegram, timers included`,
		)
		await one.stop()
	})
	return {}
}

const cell = (megabytes: number) => megabytes.toFixed(0).padStart(8)
