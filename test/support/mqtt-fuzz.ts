import { Duplex } from 'node:stream'
import { generate, type Packet } from 'mqtt-packet'
import type { OutMessage } from '../../engine/mqtt/message.ts'
import type { Answer } from '../../engine/mqtt/outbox.ts'
import type { Down } from '../../engine/mqtt/reasons.ts'
import { Head } from '../../engine/mqtt/session/head.ts'
import { Session } from '../../engine/mqtt/session/session.ts'
import { Outgoing } from '../../engine/mqtt/waiting.ts'
import { seeded } from '../../tools/faults.ts'

/** A connection in memory: `received` are the bytes that the client has sent. `stuck`: the other end takes nothing. */
export function memoryStream(stuck = false) {
	const received: Buffer[] = []
	const stream = new Duplex({
		read: () => undefined,
		write(chunk: Buffer, _encoding, done) {
			received.push(chunk)
			if (!stuck) done()
		},
	})
	return { stream, received }
}

/** The CONNACK of a broker. */
export const connack = (version: 4 | 5, properties: object = {}) =>
	generate({ cmd: 'connack', sessionPresent: false, returnCode: 0, reasonCode: 0, properties }, { protocolVersion: version })

/** A session in memory that a broker of the version has answered to, and what has become of it. */
export function session(version: 4 | 5, answer: Uint8Array = connack(version), stuck = false) {
	const { stream, received } = memoryStream(stuck)
	const seen = {
		topics: [] as string[],
		skipped: [] as string[],
		answers: [] as Answer[],
		unanswered: [] as string[],
		down: undefined as Down | undefined,
	}
	const waiting: OutMessage[] = []
	/** Publishes messages when there is room for them, in their order. */
	function send(...messages: OutMessage[]): void {
		waiting.push(...messages)
		while (one.hasRoom()) {
			const message = waiting.shift()
			if (!message) break
			const answer = one.publish(new Outgoing(0, message, new Head(message)))
			if (answer) seen.answers.push(answer)
		}
	}
	const one = new Session({
		clientId: 'fuzz',
		stream: () => stream,
		status: () => undefined,
		version,
		willForm: { qos: 1, retain: true },
		patience: 45,
		up: () => undefined,
		message: ({ topic, id }) => {
			seen.topics.push(topic)
			if (id > 0) one.acknowledge(id)
		},
		skipped: ({ topic, id }) => {
			seen.skipped.push(topic)
			if (id > 0) one.acknowledge(id)
		},
		answered: (_item, answer) => void seen.answers.push(answer),
		room: () => send(),
		tooLarge: (topic) => void seen.skipped.push(topic),
		down: (reason, unanswered) => {
			seen.down = reason
			seen.unanswered.push(...unanswered.map(({ message }) => String(message.payload)))
		},
	})
	one.open()
	const give = (bytes: Uint8Array) => void stream.emit('data', bytes instanceof Buffer ? bytes : Buffer.from(bytes))
	give(answer)
	return { one, send, stream, received, seen, give }
}

/** Packets that a broker sends to a client with one message on its way (id 1) and one filter asked for (id 2). */
function packets(version: 4 | 5): Buffer[] {
	const user = version === 5 && {
		properties: { userProperties: { seq: '7', session: 'x' }, contentType: 'application/json', subscriptionIdentifier: 3 },
	}
	const all: Packet[] = [
		{ cmd: 'publish', topic: 'tele/one/SENSOR', payload: '{"z":{"Pi":12}}', qos: 1, dup: false, retain: false, messageId: 9, ...user },
		{ cmd: 'publish', topic: 'tele/one/SENSOR', payload: '{}', qos: 0, dup: false, retain: true },
		{ cmd: 'puback', messageId: 1, reasonCode: 0 },
		{ cmd: 'puback', messageId: 1, reasonCode: 151, properties: { reasonString: 'quota' } },
		{ cmd: 'suback', messageId: 2, granted: [1] },
		{ cmd: 'unsuback', messageId: 3, granted: [0] },
		{ cmd: 'pingresp' },
		{ cmd: 'pubrec', messageId: 1, reasonCode: 0 },
		{ cmd: 'pubrel', messageId: 1, reasonCode: 0 },
		{ cmd: 'pubcomp', messageId: 1, reasonCode: 0 },
		{ cmd: 'connack', sessionPresent: true, returnCode: 0, reasonCode: 0, properties: { receiveMaximum: 10, maximumPacketSize: 1000 } },
		...(version === 5
			? [{ cmd: 'disconnect', reasonCode: 142, properties: { reasonString: 'x' } } as Packet, { cmd: 'auth', reasonCode: 24 } as Packet]
			: []),
	]
	return all.map((packet) => generate(packet, { protocolVersion: version }))
}

/** One to three changes: a bit, a byte at the limits of its type, a piece less, a piece more, a length that is wrong. */
function mutate(packet: Buffer, others: Buffer[], random: (below: number) => number): Buffer {
	let bytes = Buffer.from(packet)
	for (let count = 1 + random(3); count > 0 && bytes.length > 0; count--) {
		const at = random(bytes.length)
		const kind = random(6)
		if (kind === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
		else if (kind === 1) bytes[at] = [0, 1, 0x7f, 0x80, 0xff][random(5)] ?? 0
		else if (kind === 2) bytes = bytes.subarray(0, at)
		else if (kind === 3) bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([random(256), random(256)]), bytes.subarray(at)])
		else if (kind === 4) {
			const other = others[random(others.length)] ?? bytes
			bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(random(other.length))])
		} else if (bytes.length > 1) bytes[1] = random(256)
	}
	return bytes
}

const seeds = { 4: packets(4), 5: packets(5) }

/** A mutated packet of a broker. */
export const mutated = (version: 4 | 5, random: (below: number) => number) =>
	mutate(seeds[version][random(seeds[version].length)] ?? Buffer.alloc(0), seeds[version], random)

/** What became of the mutated packets of one run. */
export type FuzzReport = { inputs: number; sessions: number; faults: Record<string, number>; messages: number; grown: number }

/**
 * Sends so many mutated packets to sessions of both versions, whole and in pieces; a session that ends is followed by a new one. Throws the first error
 * that a session lets through. `grown`: MB of heap more at the end than after the first tenth.
 */
export async function fuzzClient(inputs: number, seed: number): Promise<FuzzReport> {
	const random = seeded(seed)
	const report: FuzzReport = { inputs, sessions: 0, faults: {}, messages: 0, grown: 0 }
	const heap = () => {
		globalThis.gc?.()
		return process.memoryUsage().heapUsed
	}
	let before = 0
	let version: 4 | 5 = 4
	let running = begin()
	function begin() {
		version = version === 4 ? 5 : 4
		report.sessions++
		const next = session(
			version,
			random(10) === 0 ? mutate(connack(version, { receiveMaximum: 10, maximumPacketSize: 1000 }), seeds[version], random) : undefined,
		)
		next.send({ topic: 'cii/house/reading', payload: '{}', retain: false })
		next.one.subscribe([{ filter: 'tele/#', answered: () => undefined }], 3)
		return next
	}
	for (let input = 0; input < inputs; input++) {
		if (input === Math.floor(inputs / 10)) before = heap()
		// What a session has left to do it does between the packets.
		if (input % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
		const bytes = mutated(version, random)
		const cut = random(4) === 0 ? random(bytes.length + 1) : 0
		try {
			running.give(bytes.subarray(0, cut))
			running.give(bytes.subarray(cut))
		} catch (error) {
			throw new Error(`input ${input}, MQTT ${version}: ${(error as Error).stack}\n${bytes.toString('hex')}`)
		}
		const { down } = running.seen
		// A piece of a packet is waited for: a session takes many, as it may be one that never ends.
		if (!down && random(8) > 0) continue
		report.messages += running.seen.topics.length
		if (down) {
			const text = down.kind === 'fault' ? down.text.replace(/\d+/g, 'N') : down.kind
			if (text.includes('please report')) throw new Error(`input ${input}, MQTT ${version}: ${text}\n${bytes.toString('hex')}`)
			report.faults[text] = (report.faults[text] ?? 0) + 1
		}
		running.stream.destroy()
		running = begin()
	}
	running.stream.destroy()
	await new Promise((resolve) => setTimeout(resolve, 10))
	report.grown = Math.max(0, (heap() - before) / 1e6)
	return report
}
