import { connect as connectTo } from 'node:net'
import * as assert from 'uvu/assert'
import { lock } from '../../engine/files/lock.ts'
import { broker } from '../../engine/mqtt/broker.ts'
import { hold, vacant } from '../../engine/mqtt/claim.ts'
import { connect } from '../../engine/mqtt/client.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { freePort, scratch } from '../support/engine-of.ts'
import { hello, say } from '../support/packets.ts'
import { suite } from '../support/suite.ts'

const test = suite('one process of an instance')
const folder = scratch('lock')
test.after(folder.remove)
const names = topics('cii', 'main')
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function rig() {
	const one = broker()
	const port = await one.listen(0, '127.0.0.1')
	const connection = { clientId: 'cii2mqtt-main', url: `mqtt://127.0.0.1:${port}`, status: () => undefined }
	const told: string[] = []
	const stop = new AbortController()
	const open: { close(): unknown }[] = []
	return {
		port,
		told,
		stop,
		/** A process that comes. */
		comes: () => vacant({ connection, topics: names, instance: 'main', tell: (text) => told.push(text), signal: stop.signal }),
		/** A process that runs. */
		async runs() {
			const state = { displaced: 0, lost: 0 }
			const output = connect({ ...connection, will: { topic: names.bridgeState, payload: 'offline' }, status: (up) => !up && state.lost++ })
			const claim = hold(output, names, () => state.displaced++)
			output.publish({ topic: names.bridgeState, payload: 'online', retain: true })
			open.push(claim, output)
			while (output.counts().waiting > 0 || !output.connected()) await sleep(5)
			await sleep(50)
			return state
		},
		async close() {
			stop.abort()
			for (const each of open) await each.close()
			await one.close()
		},
	}
}

test('starts at once where nobody runs, and where no broker answers', async () => {
	const { comes, close } = await rig()
	const started = performance.now()
	await comes()
	await vacant({
		connection: { clientId: 'x', url: `mqtt://127.0.0.1:${await freePort()}`, status: () => undefined },
		topics: names,
		instance: 'main',
		tell: assert.unreachable,
	})
	assert.ok(performance.now() - started < 3000)
	await close()
})

test('stays out while another one runs, names it once, and does not disturb it', async () => {
	const { comes, runs, told, stop, close } = await rig()
	const first = await runs()
	let over = false
	const second = comes().then(() => {
		over = true
	})
	while (told.length === 0) await sleep(5)
	await sleep(100)
	assert.equal([over, first.lost, first.displaced, told.length], [false, 0, 0, 1])
	assert.match(told[0] ?? '', /another process runs as instance "main" at mqtt:\/\/127\.0\.0\.1:\d+: this one stays out/)
	stop.abort()
	await second
	await close()
})

test('stands aside for one that took over while it was away, and for no claim of a stranger while it is there', async () => {
	const { runs, port, close } = await rig()
	const first = await runs()
	const socket = connectTo(port, '127.0.0.1', () =>
		socket.write(Buffer.concat([hello('stranger'), say(names.bridgeClaim, '{"session":"forged"}', { retain: true })])),
	)
	await sleep(100)
	assert.is(first.displaced, 0)
	const second = await runs()
	while (first.displaced === 0) await sleep(20)
	await sleep(50)
	assert.equal([first.displaced, second.displaced], [1, 0])
	socket.destroy()
	await close()
})

test('locks a name in a folder until its process is gone', async () => {
	const first = await lock(folder.path, 'main')
	assert.ok(first)
	assert.is(await lock(folder.path, 'main'), undefined)
	const other = await lock(folder.path, 'other')
	assert.ok(other)
	await first?.release()
	const again = await lock(folder.path, 'main')
	assert.ok(again)
	await again?.release()
	await other?.release()
	assert.ok(await lock(`${folder.path}/${'long'.repeat(40)}`, 'main'), 'where no lock can be, there is none')
})

test.run()
