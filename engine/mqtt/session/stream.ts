import { connect as connectTcp, isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { createWebSocketStream, WebSocket } from 'ws'
import type { ConnectionSettings } from '../settings.ts'
import { MAX_PACKET } from './framing.ts'

/** A WebSocket's message may hold several packets. */
const MAX_MESSAGE = MAX_PACKET + 1024 * 1024

/**
 * Opens the way to a broker, and calls `open` when it stands: over TLS, when the broker's certificate is verified. Until then nothing must be written.
 * Throws the system's error for settings that cannot be used, such as a wrong certificate.
 */
export function openStream(settings: ConnectionSettings, open: () => void): Duplex {
	const { stream, url = '', ca, cert, key, servername } = settings
	if (stream) {
		const given = stream()
		setImmediate(open)
		return given
	}
	const { protocol, hostname, port } = new URL(url)
	const host = hostname.replace(/^\[|\]$/g, '')
	const secure = { ca, cert, key, rejectUnauthorized: true }
	if (protocol === 'ws:' || protocol === 'wss:') return webSocket(url, { ...secure, ...(servername !== undefined && { servername }) }, open)
	// A client certificate says that TLS is meant.
	if (/^(mqtts|ssl|tls):$/.test(protocol) || (cert !== undefined && key !== undefined)) {
		const name = servername ?? (isIP(host) === 0 ? host : undefined)
		const socket = connectTls({ ...secure, host, port: Number(port) || 8883, ...(name !== undefined && { servername: name }) })
		socket.setNoDelay(true)
		return socket.once('secureConnect', open)
	}
	// Small packets would wait for the acknowledgement of those before them.
	return connectTcp({ host, port: Number(port) || 1883, noDelay: true }).once('connect', open)
}

function webSocket(url: string, secure: object, open: () => void): Duplex {
	// Without compression: a small message could become a large one.
	const socket = new WebSocket(url, ['mqtt'], { ...secure, perMessageDeflate: false, maxPayload: MAX_MESSAGE })
	const stream = createWebSocketStream(socket)
	socket.on('open', open)
	// The stream hears the first error only.
	socket.on('error', () => undefined)
	socket.on('close', () => stream.destroy())
	return stream
}
