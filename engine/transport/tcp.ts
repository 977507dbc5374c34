import { connect, type Socket } from 'node:net'
import { LineReader, reasonOf } from './line.ts'
import type { Converse, Port, PortEvents, Transport } from './port.ts'

/** Bytes that may wait for a bridge that takes none: it hangs. */
const MAX_UNSENT = 64 * 1024

/** Where all sockets read into: without it, Node takes 64 KiB from the system for each read. What was read is copied before the next one. */
const shared = Buffer.allocUnsafeSlow(64 * 1024)

/**
 * Reads a TCP bridge (ser2net, Wi-Fi readers) and reconnects. `interval` gives the seconds between two telegrams. Keep-alive probes (15 s) notice a peer that
 * vanishes, and `silence` a bridge that hangs while its TCP answers.
 */
export function tcpPort(settings: Transport, interval: () => number, events: PortEvents, converse?: Converse): Port {
	const { host = '127.0.0.1', port } = settings
	const address = `${host}:${port ?? '?'}`
	let socket: Socket | undefined
	let cut = (_why: string) => {}
	const line = {
		write(bytes: Uint8Array): void {
			socket?.write(bytes)
			if (socket && socket.writableLength > MAX_UNSENT) cut(`${address} takes no bytes`)
		},
		setBaudRate: undefined,
	}
	const reader = new LineReader(settings, events, open, line, converse)

	const remedies: [RegExp, string][] = [
		[/ECONNREFUSED/, `nothing listens at ${address}: is the bridge on, and is the port right?`],
		[/ENOTFOUND|EAI_AGAIN/, `the host name in ${address} is unknown: check transport.host`],
		[/ETIMEDOUT|EHOSTUNREACH/, `${address} does not answer: check the network`],
	]

	function open(): void {
		const { silence = Math.max(30, 3 * interval()) } = settings
		let cause = `${address} closed the connection`
		const read = (count: number, buffer: Uint8Array) => {
			silent.refresh()
			reader.bytes(Buffer.from(buffer.subarray(0, count)), opening)
			return true
		}
		const onread = { buffer: shared, callback: read }
		const opening = connect({ host, port: port ?? 0, keepAlive: true, keepAliveInitialDelay: 5000, noDelay: true, onread })
		socket = opening
		cut = (why) => {
			cause = why
			opening.destroy()
		}
		// The socket's own timeout begins again with each byte that is sent: a meter that is asked every minute would never be silent.
		const silent = setTimeout(() => cut(`no bytes from ${address} for ${silence} s`), silence * 1000).unref()
		opening.on('connect', () => {
			silent.refresh()
			reader.opened()
		})
		opening.on('error', (error) => {
			cause = reasonOf(error, address, remedies)
		})
		opening.on('close', () => {
			clearTimeout(silent)
			reader.lost(`${cause}; trying again`)
		})
	}

	if (port === undefined) reader.status('no port is named: set transport.host and transport.port of this meter')
	else open()
	return {
		close() {
			reader.close()
			socket?.destroy()
			return Promise.resolve()
		},
	}
}
