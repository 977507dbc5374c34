import { createServer, type Socket } from 'node:net'
import { isoInstant } from '../../engine/telegram/zone.ts'
import { p1Telegram } from './craft.ts'
import { valueAt } from './days.ts'

/** The counters that a telegram showed, and its time in seconds since 1970. */
export type Sent = { time: number; import: number; export: number }

/** A meter behind a TCP port, whose clock runs faster: `captured` is all that it has sent to somebody, the latest last. */
export type FastHouse = { port: number; captured: Sent[]; now(): number; silence(isSilent: boolean): void; close(): Promise<void> }

/** Seconds by which the export of the simulated house is ahead of its import. */
const SHIFT = 12_345

/** Starts a meter that sends a P1 telegram each `pause` ms; `now` gives its clock in ms since 1970. */
export async function fastHouse(now: () => number, pause: number): Promise<FastHouse> {
	const captured: Sent[] = []
	const sockets = new Set<Socket>()
	let isSilent = false
	const server = createServer((socket) => {
		sockets.add(socket)
		socket.once('close', () => sockets.delete(socket)).on('error', () => {})
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const timer = setInterval(() => {
		if (isSilent || sockets.size === 0) return
		const time = Math.floor(now() / 1000)
		const sent = { time, import: valueAt(time), export: valueAt(time + SHIFT) }
		captured.push(sent)
		const bytes = telegramOf(sent)
		for (const socket of sockets) socket.write(bytes)
	}, pause)
	const address = server.address()
	return {
		port: typeof address === 'object' && address ? address.port : 0,
		captured,
		now,
		silence: (silent) => {
			isSilent = silent
		},
		close: () => {
			clearInterval(timer)
			for (const socket of sockets) socket.destroy()
			return new Promise((resolve) => server.close(() => resolve()))
		},
	}
}

function telegramOf({ time, import: used, export: fed }: Sent): Uint8Array {
	const text = isoInstant(time * 1000, 'Europe/Amsterdam')
	const clock = `${text.slice(2, 19).replace(/\D/g, '')}${text.endsWith('+02:00') ? 'S' : 'W'}`
	const kilo = (value: number) => (value / 1000).toFixed(3).padStart(10, '0')
	const power = (shift: number) => (((valueAt(time + shift + 60) - valueAt(time + shift)) * 60) / 1000).toFixed(3).padStart(6, '0')
	return p1Telegram('ISk5\\2M550T-1012', [
		'1-3:0.2.8(50)',
		`0-0:1.0.0(${clock})`,
		'0-0:96.1.1(4530303434303037313331363530363139)',
		`1-0:1.8.1(${kilo(used)}*kWh)`,
		'1-0:1.8.2(000000.000*kWh)',
		`1-0:2.8.1(${kilo(fed)}*kWh)`,
		'1-0:2.8.2(000000.000*kWh)',
		`1-0:1.7.0(${power(0)}*kW)`,
		`1-0:2.7.0(${power(SHIFT)}*kW)`,
		'0-1:24.1.0(003)',
		'0-1:96.1.0(4730303339303031393336393930393139)',
		`0-1:24.2.1(${clock})(${(used / 10_000).toFixed(3).padStart(9, '0')}*m3)`,
	])
}
