import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { hdlc } from '../engine/link/hdlc.ts'
import { p1 } from '../engine/link/p1.ts'
import { lineText } from '../engine/profile/short-forms.ts'
import type { Transport } from '../engine/transport/port.ts'
import { serialPort } from '../engine/transport/serial.ts'

/** The line settings of the meters that are known, the likeliest first. */
const SETTINGS: Pick<Transport, 'baudRate' | 'dataBits' | 'parity' | 'stopBits'>[] = [
	{ baudRate: 2400, dataBits: 8, parity: 'even', stopBits: 1 },
	{ baudRate: 2400, dataBits: 8, parity: 'none', stopBits: 1 },
	{ baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
	{ baudRate: 115200, dataBits: 8, parity: 'none', stopBits: 1 },
	{ baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 },
]

/**
 * Listens with each of the known line settings, at most `seconds` on each, and takes the first that gives frames whose checksum is right. Prints what
 * came on each, and the transport section to use. Exit code 0, or 3 when none gave a frame.
 */
export async function probe(transport: Transport, seconds: number): Promise<number> {
	if (transport.kind !== 'serial' || !transport.path) {
		console.error('--probe needs a serial device: --transport serial:///dev/ttyUSB0')
		return 2
	}
	if (!existsSync(transport.path)) {
		console.error(`there is no ${transport.path}: "ls /dev/serial/by-id" shows the devices`)
		return 3
	}
	for (const settings of SETTINGS) {
		const { bytes, frames, trouble } = await listen({ ...transport, ...settings }, seconds)
		const name = lineText(settings)
		const found = Object.entries(frames).filter(([, count]) => count > 0)
		console.error(
			`${name.padEnd(12)} ${bytes} bytes, ${found.map(([link, count]) => `${count} ${link} frames`).join(', ') || 'no frame'}${trouble}`,
		)
		if (found.length > 0) {
			console.log(JSON.stringify({ transport: { kind: 'serial', path: transport.path, line: name }, decoder: { link: found[0]?.[0] } }))
			return 0
		}
	}
	console.error('no setting gave a frame: is the interface enabled, the cable right, the signal inverted?')
	return 3
}

async function listen(transport: Transport, seconds: number) {
	const links = { hdlc: hdlc(), p1: p1() }
	const frames: Record<string, number> = { hdlc: 0, p1: 0 }
	const stop = new AbortController()
	let bytes = 0
	let trouble = ''
	const port = serialPort(transport, {
		bytes(chunk) {
			bytes += chunk.length
			for (const [name, link] of Object.entries(links)) {
				frames[name] = (frames[name] ?? 0) + link.push(chunk).filter(({ kind }) => kind === 'frame').length
				if (frames[name] > 0) stop.abort()
			}
		},
		idle: () => undefined,
		message: () => undefined,
		status(text) {
			trouble = text === 'open' ? '' : ` (${text})`
		},
		restart: () => undefined,
	})
	await sleep(seconds * 1000, undefined, { signal: stop.signal }).catch(() => undefined)
	await port.close()
	return { bytes, frames, trouble }
}
