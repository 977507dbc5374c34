import { connect as connectTcp, isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { createWebSocketStream, WebSocket } from 'ws'
import type { ConnectionSettings } from '../settings.ts'
import { MAX_PACKET } from './framing.ts'

/** A WebSocket's message may hold several packets. */
const MAX_MESSAGE = MAX_PACKET + 1024 * 1024
/** Bytes that are read at once. */
const READ = 65_536

export type StreamEvents = {
	/** Called when the way stands: over TLS, when the broker's certificate is verified. Until then nothing must be written. */
	open(): void
	/** Takes bytes, whose memory is used again for the next ones. */
	bytes(chunk: Buffer): void
	/** Called when what waited to be sent is sent. */
	drain(): void
	/** Called when it is over, perhaps more than once. */
	closed(error?: Error): void
}

/** Opens the way to a broker. Throws the system's error for settings that cannot be used, such as a wrong certificate. */
export function openStream(settings: ConnectionSettings, { open, bytes, drain, closed }: StreamEvents): Duplex {
	const stream = streamOf(settings, open, bytes)
	stream.on('data', bytes)
	stream.on('drain', drain)
	stream.on('error', closed)
	stream.on('close', () => closed())
	stream.on('end', () => closed())
	return stream
}

function streamOf(settings: ConnectionSettings, open: () => void, bytes: (chunk: Buffer) => void): Duplex {
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
	// Without it, Node allocates 64 kB for each read.
	const memory = Buffer.allocUnsafeSlow(READ)
	const onread = {
		buffer: memory,
		callback(count: number): boolean {
			bytes(memory.subarray(0, count))
			return true
		},
	}
	// A client certificate says that TLS is meant.
	if (/^(mqtts|ssl|tls):$/.test(protocol) || (cert !== undefined && key !== undefined)) {
		const name = servername ?? (isIP(host) === 0 ? host : undefined)
		const options = { ...secure, host, port: Number(port) || 8883, onread, ...(name !== undefined && { servername: name }) }
		const socket = connectTls(options)
		socket.setNoDelay(true)
		return socket.once('secureConnect', open)
	}
	// Small packets would wait for the acknowledgement of those before them.
	return connectTcp({ host, port: Number(port) || 1883, noDelay: true, onread }).once('connect', open)
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
