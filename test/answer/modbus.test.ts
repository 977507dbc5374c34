import { connect } from 'node:net'
import * as assert from 'uvu/assert'
import { crcModbus } from '../../engine/bytes/crc.ts'
import { answering, raw } from '../support/answering.ts'
import { amount } from '../support/long.ts'
import { settle as pause, stretched } from '../support/pace.ts'
import { suite } from '../support/suite.ts'

const test = suite('modbus of devices', { limit: 60_000 })

const ENTRY = { output: 'sdm630', meters: ['house'], host: '127.0.0.1', port: 0 }
const VALUES = { power_net: -1234.5, power_net_l1: -800, power_net_l2: -500, power_net_l3: 65.5, voltage_l1: 231.5, energy_import: 482939 }

async function device(more = {}) {
	const all = answering()
	await all.settle([{ ...ENTRY, ...more }])
	const port = all.answers.ports('sdm630').modbus ?? 0
	const refused = () => all.answers.counts('house')?.sdm630?.refused ?? {}
	return { ...all, tcp: port, refused }
}

/** Sends one frame, and gives what comes back (nothing where the connection is ended, or nothing comes for half a second). */
function exchange(port: number, frame: Uint8Array): Promise<Buffer> {
	const socket = connect(port, '127.0.0.1', () => socket.write(frame))
	return new Promise((resolve) => {
		const end = (data: Buffer) => {
			clearTimeout(timer)
			socket.destroy()
			resolve(data)
		}
		const timer = setTimeout(() => end(Buffer.alloc(0)), 500)
		socket.on('data', end)
		socket.on('error', () => undefined)
		socket.on('close', () => end(Buffer.alloc(0)))
	})
}
const frame = (code: number, at: number, count: number, unit = 1) => {
	const bytes = Buffer.from([0x12, 0x34, 0, 0, 0, 6, unit, code, 0, 0, 0, 0])
	bytes.writeUInt16BE(at, 8)
	bytes.writeUInt16BE(count, 10)
	return bytes
}
/** The reply to a frame, without its head, as hex. */
const reply = async (port: number, bytes: Uint8Array) => (await exchange(port, bytes)).subarray(6).toString('hex')

test('reads the values of the state, signs included, and NaN for what the meter does not tell', async () => {
	const { tcp, speak, close } = await device()
	speak(VALUES)
	const all = await exchange(tcp, frame(4, 0, 80))
	assert.equal([all.readUInt16BE(0), all.length], [0x1234, 9 + 160])
	const float = (at: number) => all.readFloatBE(9 + 2 * at)
	assert.equal([float(0), float(12), float(14), float(16), float(52)], [231.5, -800, -500, 65.5, -1234.5])
	assert.ok(Math.abs(float(72) - 482.939) < 0.001)
	assert.ok(Number.isNaN(float(2)))
	await close()
})

test('gives exception 11 for a silent meter, and the others as a device does', async () => {
	const { tcp, speak, refused, close, answers } = await device()
	assert.is(await reply(tcp, frame(4, 52, 2)), '01840b')
	speak(VALUES, { ago: 20_500 })
	assert.is(await reply(tcp, frame(4, 52, 2)), '01840b')
	speak(VALUES)
	assert.is(await reply(tcp, frame(4, 52, 2)), '010404c49a5000')
	assert.is(await reply(tcp, frame(4, 52, 2, 255)), 'ff0404c49a5000')
	assert.is(await reply(tcp, frame(3, 52, 2)), '018301')
	assert.is(await reply(tcp, frame(6, 52, 2)), '018601', 'nothing can be written')
	assert.is(await reply(tcp, frame(16, 52, 2)), '019001')
	assert.is(await reply(tcp, frame(4, 9999, 2)), '018402')
	assert.is(await reply(tcp, frame(4, 0, 126)), '018403')
	assert.is(await reply(tcp, frame(4, 52, 2, 9)), '09840b')
	assert.equal(refused(), { request: 5, unit: 1 })
	assert.is(answers.counts('house')?.sdm630?.unavailable, 2)
	await close()
})

test('speaks the frames of a serial line where the config says so', async () => {
	const { tcp, speak, close } = await device({ framing: 'rtu' })
	speak(VALUES)
	const sealed = (bytes: number[]) => {
		const crc = crcModbus(Uint8Array.from(bytes))
		return Buffer.from([...bytes, crc & 0xff, crc >> 8])
	}
	assert.is(crcModbus(new TextEncoder().encode('123456789')), 0x4b37)
	const got = await exchange(tcp, sealed([1, 4, 0, 52, 0, 2]))
	assert.is(got.toString('hex'), sealed([1, 4, 4, 0xc4, 0x9a, 0x50, 0]).toString('hex'))
	assert.is((await exchange(tcp, sealed([7, 4, 0, 52, 0, 2]))).length, 0, 'another unit is silent')
	assert.is((await exchange(tcp, Buffer.from([1, 4, 0, 52, 0, 2, 0, 0]))).length, 0)
	await close()
})

test('goes on under malformed frames and a thousand connections, and answers in a few milliseconds', async () => {
	const { tcp, speak, refused, close } = await device()
	speak(VALUES)
	const held: Awaited<ReturnType<typeof raw>>[] = []
	for (let group = 0; group < 20; group++) held.push(...(await Promise.all(Array.from({ length: 50 }, () => raw(tcp)))))
	assert.is(await (await raw(tcp)).closed, '')
	assert.is(refused().connections, 1)
	for (const { socket } of held) socket.destroy()
	await Promise.all(held.map(({ closed }) => closed))
	await pause(50)
	let state = 5
	const roll = (most: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
		return Math.floor((state / 2 ** 32) * most)
	}
	const count = amount(2000, 100_000)
	for (let done = 0; done < count; done += 50) {
		await Promise.all(
			Array.from({ length: 50 }, async () => {
				const { socket, closed } = await raw(tcp)
				socket.resume()
				const bytes = roll(3) === 0 ? Buffer.from(Array.from({ length: roll(300) }, () => roll(256))) : frame(4, 52, 2)
				for (let flips = roll(4); flips > 0; flips--) if (bytes.length > 0) bytes[roll(bytes.length)] = roll(256)
				socket.end(bytes)
				await closed
			}),
		)
	}
	console.log(`      of ${count}: refused ${JSON.stringify(refused())}`)
	assert.is(await reply(tcp, frame(4, 52, 2)), '010404c49a5000')
	const socket = connect(tcp, '127.0.0.1')
	const times: number[] = []
	for (let round = 0; round < 300; round++) {
		const began = performance.now()
		socket.write(frame(4, 0, 80))
		await new Promise((resolve) => socket.once('data', resolve))
		times.push(performance.now() - began)
		if (round % 10 === 0) speak({ ...VALUES, power_net: round })
	}
	socket.destroy()
	const median = times.sort((one, other) => one - other)[150] ?? 0
	console.log(`      80 registers: median ${median.toFixed(2)} ms`)
	assert.ok(median <= stretched(2), `${median} ms`)
	await close()
})

test.run()
