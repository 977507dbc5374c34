import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { answering, ask } from '../support/answering.ts'
import { eventually } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { settle as pause } from '../support/pace.ts'
import { suite } from '../support/suite.ts'

const test = suite('websockets of devices', { limit: 60_000 })

const ENTRY = { output: 'shelly-pro-3em', meters: ['house'], host: '127.0.0.1', port: 0, udpPort: 0 }

async function device() {
	const all = answering()
	await all.settle([ENTRY])
	const http = all.port('shelly-pro-3em')
	const refused = () => all.answers.counts('house')?.['shelly-pro-3em']?.refused ?? {}
	return { ...all, http, refused }
}

/** A client; `seen` has what it was sent. */
async function client(
	port: number,
	options = {},
): Promise<{ socket: WebSocket; seen: Record<string, unknown>[]; error: string; closed(): boolean }> {
	const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, options)
	const one = { socket, seen: [] as Record<string, unknown>[], error: '', closed: () => socket.readyState === WebSocket.CLOSED }
	socket.on('message', (data) => one.seen.push(JSON.parse(String(data))))
	await new Promise<void>((resolve) => {
		socket.once('open', () => resolve())
		socket.once('error', ({ message }) => {
			one.error = message
			resolve()
		})
	})
	return one
}

test('answers on a socket, and tells each reading to those who have asked', async () => {
	const { http, speak, close } = await device()
	const [asks, listens] = [await client(http), await client(http)]
	asks.socket.send('{"id":1,"src":"me","method":"EM.GetStatus","params":{"id":0}}')
	await eventually(
		() => asks.seen.length === 1,
		() => 'the error of a silent meter',
	)
	assert.equal(asks.seen[0]?.error, { code: -114, message: 'Unavailable: the meter is silent' })
	// A device tells its state to clients that it has heard of.
	asks.socket.send('{"id":2,"src":"me","method":"Shelly.GetDeviceInfo"}')
	await eventually(
		() => asks.seen.length === 2,
		() => JSON.stringify(asks.seen),
	)
	speak({ power_net: -7.5, power_net_l1: -7.5 })
	await eventually(
		() => asks.seen.length === 3,
		() => JSON.stringify(asks.seen),
	)
	const { dst, method, params } = asks.seen[2] as {
		dst: string
		method: string
		params: Record<string, { total_act_power: number; a_act_power: number }>
	}
	assert.equal([dst, method, params['em:0']?.total_act_power, params['em:0']?.a_act_power], ['me', 'NotifyStatus', -7.5, -7.5])
	await pause(100)
	assert.is(listens.seen.length, 0)
	speak({ power_net: 1 }, { ago: 60_000 })
	await pause(100)
	assert.is(asks.seen.length, 3, 'what is old when it comes is told to nobody')
	for (const { socket } of [asks, listens]) socket.terminate()
	await close()
})

test('refuses foreign pages, other paths, too many clients, long and quick messages', async () => {
	const { http, speak, refused, close } = await device()
	speak({ power_net: 3 })
	assert.match((await client(http, { origin: 'http://evil.example' })).error, '403')
	const own = await client(http, { origin: `http://127.0.0.1:${http}` })
	assert.is(own.error, '')
	const others = await Promise.all(Array.from({ length: 99 }, () => client(http)))
	assert.match((await client(http)).error, '503')
	own.socket.send(`{"id":"${'x'.repeat(9000)}"}`)
	await eventually(own.closed, () => 'a long message ends its sender')
	const [quick, noise] = others
	for (let count = 0; count < 60; count++) quick?.socket.send('{"id":1,"method":"EM.GetStatus"}')
	await eventually(
		() => quick?.closed() === true,
		() => 'a flood ends its sender',
	)
	noise?.socket.send('no json')
	await eventually(
		() => refused().request === 2,
		() => JSON.stringify(refused()),
	)
	assert.equal(refused(), { origin: 1, connections: 1, request: 2, rate: 1 })
	assert.is((await ask(http, '/rpc/EM.GetStatus')).json.total_act_power, 3)
	await close()
	await eventually(
		() => others.every((one) => one.closed()),
		() => 'all are ended with the device',
	)
})

test('ends a client that does not read, and goes on under broken frames', async () => {
	const { http, speak, refused, close } = await device()
	speak({ power_net: 3 })
	const lazy = await client(http)
	lazy.socket.send('{"id":1,"src":"lazy","method":"EM.GetStatus"}')
	await eventually(
		() => lazy.seen.length === 1,
		() => 'an answer',
	)
	lazy.socket.pause()
	for (let count = 0; count < 200_000 && refused().slow === undefined; count++) {
		speak({ power_net: count, voltage_l1: 230 })
		if (count % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
	}
	assert.is(refused().slow, 1)
	lazy.socket.terminate()
	const count = amount(300, 3000)
	for (let done = 0; done < count; done++) {
		const { socket } = await client(http)
		const stream = (socket as unknown as { _socket: import('node:net').Socket })._socket
		stream.write(Buffer.from(Array.from({ length: 40 }, (_, at) => (done * 31 + at * 97) % 256)))
		await new Promise<void>((resolve) => {
			const timer = setTimeout(() => socket.terminate(), 50)
			socket.on('error', () => undefined)
			socket.once('close', () => {
				clearTimeout(timer)
				resolve()
			})
		})
	}
	assert.is((await ask(http, '/shelly')).status, 200)
	await close()
})

test.run()
