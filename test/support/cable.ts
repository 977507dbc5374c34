import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { hexBytes } from './craft.ts'
import { eventually, meters } from './engine-of.ts'

/** The chunks of a recording under meters/. */
export const chunksOf = (capture: string): Uint8Array[] =>
	readFileSync(`${meters}${capture}`, 'utf8')
		.split('\n')
		.slice(1)
		.filter(Boolean)
		.map((line) => hexBytes(JSON.parse(line).hex))

/** A pair of terminals joined by socat, as a serial adapter and the meter behind it. */
export async function cable(folder: string): Promise<{ child: ChildProcess; device: string; far: string }> {
	const [device, far] = [`${folder}/ttyUSB0`, `${folder}/meter`]
	const child = spawn('socat', [`pty,raw,echo=0,link=${device}`, `pty,raw,echo=0,link=${far}`], { stdio: 'ignore' })
	await eventually(
		() => existsSync(device) && existsSync(far),
		() => 'socat makes no terminals',
	)
	return { child, device, far }
}

/** Sends chunks into the meter's end, byte by byte in small pieces as a UART does. */
export function send(far: string, parts: Uint8Array[]): Promise<void> {
	return new Promise((resolve, reject) => {
		const stream = createWriteStream(far)
		stream.once('error', reject)
		for (const part of parts) for (let at = 0; at < part.length; at += 7) stream.write(part.subarray(at, at + 7))
		stream.end(resolve)
	})
}
