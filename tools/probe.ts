import { existsSync } from 'node:fs'
import { Evidence } from '../engine/setup/evidence.ts'
import { pushedLines } from '../engine/setup/lines.ts'
import { listen } from '../engine/setup/listen.ts'
import type { Transport } from '../engine/transport/port.ts'

/**
 * Listens with each of the known line settings, at most `seconds` on each, and takes the first that gives frames or telegrams. Prints what came on each, and the
 * transport section to use. Exit code 0, or 3 when none gave any.
 */
export async function probe(transport: Transport, seconds: number): Promise<number> {
	const { kind, path } = transport
	if (kind !== 'serial' || !path) {
		console.error('--probe needs a serial device: --transport serial:///dev/ttyUSB0')
		return 2
	}
	if (!existsSync(path)) {
		console.error(`there is no ${path}: "ls /dev/serial/by-id" shows the devices`)
		return 3
	}
	for (const setting of pushedLines()) {
		const evidence = new Evidence(Date.now())
		const { signal } = new AbortController()
		const { end, port, trouble } = await listen({
			...{ place: { kind, path }, setting, milliseconds: seconds * 1000, evidence, signal },
			looked: () => undefined,
		})
		await port?.close()
		const { link, count } = evidence.frames()
		const seen = link ? `${count} ${link} frames` : 'no frame'
		console.error(`${setting.name.padEnd(12)} ${evidence.bytes} bytes, ${seen}${trouble === undefined ? '' : ` (${trouble})`}`)
		if (end !== 'found') continue
		const found = link ?? evidence.detected({})?.link
		console.log(JSON.stringify({ transport: { kind, path, line: setting.name }, decoder: { link: found } }))
		return 0
	}
	console.error('no setting gave a frame: is the interface enabled, the cable right, the signal inverted?')
	return 3
}
