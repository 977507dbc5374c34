import { connect, type Socket } from 'node:net'
import type { Transport } from '../../schema/types/profile.ts'
import { backoff, onChange, type Port, type PortEvents, withIdle } from './port.ts'
import { sessionOf } from './session.ts'

/**
 * Reads a TCP bridge (ser2net, Wi-Fi readers) and reconnects. `interval`: seconds between two telegrams. Keep-alive probes (15 s) notice a peer that
 * vanishes, and `silence` a bridge that hangs while its TCP answers.
 */
export function tcpPort(settings: Transport, interval: number, events: PortEvents): Port {
	const { host = '127.0.0.1', port, idle = 1000, silence = Math.max(30, 3 * interval) } = settings
	const address = `${host}:${port ?? '?'}`
	const status = onChange(events.status)
	const retry = backoff()
	const reader = withIdle(events, idle)
	let timer: NodeJS.Timeout | undefined
	let closed = false
	let socket: Socket | undefined
	const session = sessionOf(settings, { write: (bytes) => socket?.write(bytes), setBaudRate: undefined, answer: reader.bytes, status })

	function open(): void {
		if (port === undefined) {
			status('no port is named: set transport.host and transport.port of this meter')
			return
		}
		let cause = `${address} closed the connection`
		socket = connect({ host, port, keepAlive: true, keepAliveInitialDelay: 5000, noDelay: true })
		socket.setTimeout(silence * 1000)
		socket.on('connect', () => {
			status('open')
			session?.begin()
		})
		socket.on('data', (chunk) => {
			retry.reset()
			;(session ?? reader).bytes(chunk)
		})
		socket.on('timeout', () => {
			cause = `no bytes from ${address} for ${silence} s`
			socket?.destroy()
		})
		socket.on('error', (error: NodeJS.ErrnoException) => {
			cause = reasonOf(error, address)
		})
		socket.on('close', () => {
			session?.end()
			if (closed) return
			status(`${cause}; trying again`)
			timer = setTimeout(open, retry.next())
		})
	}

	open()
	return {
		close() {
			closed = true
			clearTimeout(timer)
			session?.end()
			reader.stop()
			socket?.destroy()
			return Promise.resolve()
		},
	}
}

/** Says in words why there is no connection, and what to do. */
function reasonOf(error: NodeJS.ErrnoException, address: string): string {
	switch (error.code) {
		case 'ECONNREFUSED':
			return `nothing listens at ${address}: is the bridge on, and is the port right?`
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return `the host name in ${address} is unknown: check transport.host`
		case 'ETIMEDOUT':
		case 'EHOSTUNREACH':
			return `${address} does not answer: check the network`
		default:
			return `${address}: ${error.message}`
	}
}
