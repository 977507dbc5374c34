import { createServer, type Server, type Socket } from 'node:net'
import { crcModbus } from '../bytes/crc.ts'
import { listen } from '../mqtt/listen.ts'
import { type CompiledRegisters, NO_VALUE, type Registers, readRegisters, SILENT } from '../output/registers.ts'
import type { Answered } from '../output/reply.ts'
import type { Soon } from '../pipeline/pipeline.ts'
import { type Door, MAX_CONNECTIONS } from './door.ts'

/** Bytes of one request, in either framing, and of replies that a client has not read. */
const [MAX_FRAME, MAX_WAITING] = [260, 65_536]
/** Bytes before the unit of a frame by TCP; of the shortest and of a reading frame by RTU. */
const [HEAD, RTU_FRAME] = [6, 8]
/** Milliseconds of silence after which a connection is ended. */
const SILENCE = 300_000

export type ModbusSettings = {
	host: string
	port: number
	framing: 'tcp' | 'rtu'
	/** Returns what is asked, as the output has it now. */
	device(): CompiledRegisters | undefined
	registers(): Soon<Registers | undefined>
	count(answered: Pick<Answered, 'kind' | 'reason'>): void
}

/** Unit, function and what follows, with what comes before and behind it in a frame. */
type Request = { pdu: Buffer; frame(pdu: Buffer): Buffer }

/**
 * Makes the Modbus port of one device. The framing is ours: the servers of libraries that were looked at hold what a stranger sends without bound, and have
 * no limits for connections and silence.
 */
export function modbusDoor({ host, port, framing, device, registers, count }: ModbusSettings): Door {
	const sockets = new Set<Socket>()
	const server: Server = createServer({ noDelay: true }, (socket) => {
		let held = Buffer.alloc(0)
		let work = Promise.resolve()
		sockets.add(socket)
		socket.setTimeout(SILENCE, () => socket.destroy())
		socket.on('error', () => socket.destroy())
		socket.on('close', () => sockets.delete(socket))
		const refuse = (reason: string) => {
			count({ kind: 'refused', reason })
			socket.destroy()
		}
		socket.on('data', (data) => {
			held = held.length === 0 ? data : Buffer.concat([held, data])
			while (!socket.destroyed) {
				const found = framing === 'tcp' ? tcpRequest(held) : rtuRequest(held)
				if (found === 'more') break
				if (found === 'wrong') return refuse('request')
				held = held.subarray(found.length)
				if (socket.writableLength > MAX_WAITING) return refuse('slow')
				work = work.then(async () => {
					const reply = await answer(found.request)
					if (reply && !socket.destroyed) socket.write(reply)
				})
				work.catch(() => socket.destroy())
			}
			if (held.length > MAX_FRAME) refuse('size')
		})
	})
	async function answer({ pdu, frame }: Request): Promise<Buffer | undefined> {
		const [unit = 0, code = 0] = pdu
		const own = device()
		if (!own) return undefined
		const failed = (exception: number) => {
			count(exception === SILENT ? { kind: 'unavailable' } : { kind: 'refused', reason: 'request' })
			return frame(Buffer.from([unit, code | 0x80, exception]))
		}
		// On a line another device would answer, or none.
		if (unit !== own.unit && (framing === 'rtu' || (unit !== 0 && unit !== 255))) {
			count({ kind: 'refused', reason: 'unit' })
			return framing === 'rtu' ? undefined : frame(Buffer.from([unit, code | 0x80, SILENT]))
		}
		if (own.functions.includes(code) && pdu.length !== 6) return failed(NO_VALUE)
		const asked = pdu.length >= 6 ? { at: pdu.readUInt16BE(2), count: pdu.readUInt16BE(4) } : { at: 0, count: 1 }
		const words = readRegisters(own, await registers(), { function: code, ...asked })
		if (typeof words === 'number') return failed(words)
		count({ kind: 'answered' })
		const reply = Buffer.alloc(3 + 2 * words.length)
		reply.set([unit, code, 2 * words.length])
		for (const [place, word] of words.entries()) reply.writeUInt16BE(word, 3 + 2 * place)
		return frame(reply)
	}
	server.maxConnections = MAX_CONNECTIONS
	server.on('drop', () => count({ kind: 'refused', reason: 'connections' }))
	return {
		label: `port ${port}`,
		open: () => listen(server, port, host),
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()))
			for (const socket of sockets) socket.destroy()
			await closed
		},
	}
}

type Found = { request: Request; length: number } | 'more' | 'wrong'

/** Takes the first frame of Modbus TCP: transaction, protocol 0, length, then unit and function. */
function tcpRequest(bytes: Buffer): Found {
	if (bytes.length < HEAD) return 'more'
	const length = bytes.readUInt16BE(4)
	if (bytes.readUInt16BE(2) !== 0 || length < 2 || length > MAX_FRAME - HEAD) return 'wrong'
	if (bytes.length < HEAD + length) return 'more'
	const transaction = bytes.readUInt16BE(0)
	const frame = (pdu: Buffer) => {
		const head = Buffer.alloc(HEAD)
		head.writeUInt16BE(transaction, 0)
		head.writeUInt16BE(pdu.length, 4)
		return Buffer.concat([head, pdu])
	}
	return { request: { pdu: Buffer.from(bytes.subarray(HEAD, HEAD + length)), frame }, length: HEAD + length }
}

/** Takes the first frame of RTU: a request that reads has eight bytes. Others have no length that could be told: their connection is ended. */
function rtuRequest(bytes: Buffer): Found {
	if (bytes.length < RTU_FRAME) return 'more'
	if (crcModbus(bytes, 0, RTU_FRAME - 2) !== bytes.readUInt16LE(RTU_FRAME - 2)) return 'wrong'
	const frame = (pdu: Buffer) => {
		const crc = Buffer.alloc(2)
		crc.writeUInt16LE(crcModbus(pdu))
		return Buffer.concat([pdu, crc])
	}
	return { request: { pdu: Buffer.from(bytes.subarray(0, RTU_FRAME - 2)), frame }, length: RTU_FRAME }
}
