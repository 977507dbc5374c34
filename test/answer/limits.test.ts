import * as assert from 'uvu/assert'
import { answering, ask, askUdp, raw } from '../support/answering.ts'
import { eventually } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { settle as pause } from '../support/pace.ts'
import { suite } from '../support/suite.ts'

const test = suite('limits of answering', { limit: 120_000 })

const ENTRY = { output: 'shelly-pro-3em', meters: ['house'], host: '127.0.0.1', port: 0, udpPort: 0 }

async function device() {
	const all = answering()
	await all.settle([ENTRY])
	all.speak({ power_net: 5 })
	const refused = () => all.answers.counts('house')?.['shelly-pro-3em']?.refused ?? {}
	return { ...all, http: all.port('shelly-pro-3em'), udp: all.port('shelly-pro-3em', 'udp'), refused }
}
const power = async (port: number) => (await ask(port, '/rpc/EM.GetStatus')).json.total_act_power

test('holds a thousand connections, refuses those beyond, and answers again when some are gone', async () => {
	const { http, refused, close } = await device()
	const held: Awaited<ReturnType<typeof raw>>[] = []
	for (let group = 0; group < 20; group++) held.push(...(await Promise.all(Array.from({ length: 50 }, () => raw(http)))))
	assert.is(held.filter(({ socket }) => !socket.destroyed).length, 1000)
	const beyond = await raw(http)
	assert.is(await beyond.closed, '')
	assert.is(refused().connections, 1)
	const [first] = held
	first?.socket.write('GET /rpc/EM.GetStatus HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
	assert.match((await first?.closed) ?? '', '"total_act_power":5.0')
	for (const { socket } of held) socket.destroy()
	await Promise.all(held.map(({ closed }) => closed))
	await pause(50)
	assert.is(await power(http), 5)
	await close()
})

test('refuses what is too long, and ends what does not go on', async () => {
	const { http, refused, close } = await device()
	assert.is((await ask(http, '/rpc', { method: 'POST', body: `{"method":"${'x'.repeat(9000)}"}` })).status, 413)
	const chunked = await raw(http)
	chunked.socket.write('POST /rpc HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
	for (let count = 0; count < 10; count++) chunked.socket.write(`400\r\n${'a'.repeat(1024)}\r\n`)
	assert.match(await chunked.closed, / 413 /)
	const head = await raw(http)
	head.socket.write(`GET / HTTP/1.1\r\nX: ${'y'.repeat(9000)}\r\n\r\n`)
	assert.match(await head.closed, / 431 /)
	const slow = await raw(http)
	slow.socket.write('GET / HTTP/1.1\r\nHost:')
	assert.match(await slow.closed, / 408 /)
	assert.equal(refused(), { size: 3, slow: 1 })
	assert.is(await power(http), 5)
	await close()
})

/** Numbers below `most`, the same in each run. */
function dice(seed: number) {
	let state = seed
	return (most: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
		return Math.floor((state / 2 ** 32) * most)
	}
}

const WHOLE = [
	'GET /rpc/EM.GetStatus?id=0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
	'POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: 48\r\nConnection: close\r\n\r\n{"id":1,"method":"EM.GetStatus","params":{"id":0}}',
	'GET /rpc HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
	'{"id":1,"src":"b","method":"EM.GetStatus","params":{"id":0}}',
	'{"id":1,"method":"__proto__","params":{"id":{"a":[[[[]]]]}}}',
]

/** A request that is damaged: bytes flipped, cut, doubled, or none of a request at all. */
function damaged(roll: (most: number) => number, from = WHOLE): Buffer {
	const bytes = Buffer.from(from[roll(from.length)] ?? '')
	switch (roll(5)) {
		case 0:
			return bytes.subarray(0, roll(bytes.length))
		case 1:
			return Buffer.from(Array.from({ length: roll(200) }, () => roll(256)))
		case 2:
			return Buffer.concat([bytes.subarray(0, roll(bytes.length)), bytes])
		default:
			for (let count = 0; count <= roll(4); count++) bytes[roll(bytes.length)] = roll(256)
			return bytes
	}
}

test('goes on under malformed requests by HTTP', async () => {
	const { http, speak, refused, log, close } = await device()
	const roll = dice(7)
	const count = amount(2000, 100_000)
	for (let done = 0; done < count; done += 50) {
		await Promise.all(
			Array.from({ length: 50 }, async () => {
				const { socket, closed } = await raw(http)
				socket.end(damaged(roll))
				// What is whole and asks for more is kept open: nobody waits here.
				const timer = setTimeout(() => socket.destroy(), 1000)
				await closed
				clearTimeout(timer)
			}),
		)
		if (done % 500 === 0) speak({ power_net: 5 })
		if (done % 2500 === 0) assert.is(await power(http), 5)
	}
	console.log(`      of ${count}: refused ${JSON.stringify(refused())}`)
	assert.ok(Object.values(refused()).reduce((sum, one) => sum + one, 0) > count / 10)
	speak({ power_net: 5 })
	assert.is(await power(http), 5)
	assert.equal(
		log.filter((line) => !/answers for house/.test(line)),
		[],
	)
	await close()
})

test('goes on under malformed datagrams and a flood, and answers none to what is no JSON', async () => {
	const { udp, speak, refused, close } = await device()
	const asked = '{"id":1,"method":"EM.GetStatus","params":{"id":0}}'
	assert.is(await askUdp(udp, 'hello', 300), undefined)
	assert.is(await askUdp(udp, `{"id":"${'x'.repeat(9000)}"}`, 300), undefined)
	assert.equal(refused(), { request: 1, size: 1 })
	const roll = dice(11)
	const { createSocket } = await import('node:dgram')
	const socket = createSocket('udp4').on('message', () => undefined)
	const count = amount(2000, 100_000)
	for (let done = 0; done < count; done++) {
		socket.send(damaged(roll, WHOLE.slice(3)), udp, '127.0.0.1')
		if (done % 100 === 99) await new Promise((resolve) => setTimeout(resolve, 5))
	}
	await eventually(
		() => Object.values(refused()).reduce((sum, one) => sum + one, 0) > count / 2,
		() => JSON.stringify(refused()),
	)
	console.log(`      of ${count}: refused ${JSON.stringify(refused())}`)
	socket.close()
	// The second of the flood passes.
	await pause(1100)
	speak({ power_net: 5 })
	assert.match((await askUdp(udp, asked)) ?? '', '"total_act_power":5.0')
	await close()
})

test.run()
