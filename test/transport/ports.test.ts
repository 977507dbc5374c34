import { writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import type { Port } from '../../engine/transport/port.ts'
import { serialPort } from '../../engine/transport/serial.ts'
import { readings, watchTopics } from '../support/broker.ts'
import { cable, chunksOf, send } from '../support/cable.ts'
import { hexBytes } from '../support/craft.ts'
import { bridge, engineOf, eventually, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { settle } from '../support/pace.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('ports', { limit: 60_000 })
const folder = scratch('ports')
test.after(folder.remove)

const embedded = { mqtt: { embedded: { port: 0 } } }
const push = chunksOf('ekz-e450/vse-2026.capture.jsonl')

if (need('socat', 'a serial port')) {
	test('reads a serial device, and again when it was unplugged and is back', async () => {
		let { child, device, far } = await cable(folder.path)
		const { engine, log } = await engineOf(
			{ ...embedded, meters: [{ name: 'house', profile: 'ekz-e450', transport: { path: device, idle: 200 } }] },
			folder.path,
		)
		const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/#')
		await eventually(
			() => log.some((line) => line.includes('serial is open')),
			() => log.join(''),
		)
		await send(far, [hexBytes('00FF7E'), ...push])
		await watcher.until((seen) => readings(seen, 'house').length === 1, 'a reading over the cable')
		for (const round of [2, 3]) {
			const gone = new Promise((resolve) => child.once('close', resolve))
			child.kill('SIGKILL')
			await gone
			await eventually(
				() => log.filter((line) => line.includes('is gone: unplugged?')).length === round - 1,
				() => log.join(''),
			)
			;({ child, far } = await cable(folder.path))
			await eventually(
				() => log.filter((line) => line.includes('serial is open')).length === round,
				() => log.join(''),
			)
			await send(far, push)
			await watcher.until((seen) => readings(seen, 'house').length === round, 'a reading after replugging')
		}
		assert.equal(
			readings(watcher.seen, 'house').map(({ seq }) => seq),
			[0, 1, 2],
		)
		await watcher.close()
		await engine.close()
		child.kill('SIGKILL')
	})

	test('sees that a device is gone while it is being read', async () => {
		for (let round = 0; round < amount(20, 60); round++) {
			const { child, device, far } = await cable(folder.path)
			const told: string[] = []
			const first = new Promise((resolve) => {
				const port = serialPort(
					{ kind: 'serial', path: device },
					{
						bytes: () => void resolve(port),
						status: (text) => void told.push(text),
						idle() {},
						message() {},
						restart() {},
					},
				)
			}) as Promise<Port>
			await eventually(
				() => told.includes('open'),
				() => `round ${round}: ${told}`,
			)
			await send(far, push)
			// On a busy machine socat loses at times what comes right after it made the terminals.
			const again = setInterval(() => void send(far, push), 3000)
			const port = await first
			clearInterval(again)
			child.kill('SIGKILL')
			await eventually(
				() => told.some((text) => text.includes('is gone: unplugged?')),
				() => `round ${round}: ${told}`,
			)
			await port.close()
		}
	})

	test('opens a port anew only when its own section of the profile changed', async () => {
		const { child, device } = await cable(folder.path)
		const write = (profile: object) =>
			writeFileSync(
				`${folder.path}/mine.json`,
				JSON.stringify({ profile: 'mine', title: 'Mine', extends: 'ekz-e450', samples: [], ...profile }),
			)
		write({ version: '1.0.0' })
		const { engine, log } = await engineOf(
			{ ...embedded, profiles: ['.'], meters: [{ name: 'house', profile: 'mine', transport: { path: device } }] },
			folder.path,
		)
		const opened = () => log.filter((line) => line.includes('serial is open')).length
		await eventually(
			() => opened() === 1,
			() => log.join(''),
		)
		write({ version: '1.1.0', transform: { 'extra.more': '1' }, decoder: { registers: { '91.7.0': { scaler: -2 } } } })
		await engine.reload()
		assert.ok(
			log.some((line) => line.includes('now uses mine@1.1.0')),
			log.join(''),
		)
		assert.is(opened(), 1)
		write({ version: '1.2.0', transport: { baudRate: 9600 } })
		await engine.reload()
		await eventually(
			() => opened() === 2,
			() => log.join(''),
		)
		await engine.close()
		child.kill('SIGKILL')
	})
}

test('says what is wrong with a device that is not there, and what to do', async () => {
	const { engine, log } = await engineOf(
		{
			...embedded,
			meters: [
				{ name: 'a', profile: 'ekz-e450', transport: { path: '/dev/ttyNONE' } },
				{ name: 'b', profile: 'ekz-e450' },
			],
		},
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/a/#')
	await eventually(
		() => log.some((line) => line.includes('there is no /dev/ttyNONE: is the adapter plugged in?')),
		() => log.join(''),
	)
	await eventually(
		() => log.some((line) => line.includes('set transport.path of this meter')),
		() => log.join(''),
	)
	await watcher.until(
		(seen) => seen.some(({ topic, payload }) => topic === 'cii/a/diagnostics' && JSON.parse(payload).port.startsWith('there is no')),
		'the cause in diagnostics',
	)
	await settle(1200)
	assert.is(log.filter((line) => line.includes('/dev/ttyNONE')).length, 1, 'one line a change, not one an attempt')
	await watcher.close()
	await engine.close()
})

test('reads a TCP bridge, connects anew when it hangs up or falls silent', async () => {
	const far = await bridge()
	const { engine, log } = await engineOf(
		{
			...embedded,
			meters: [
				{ name: 'house', profile: 'ekz-e450', transport: { kind: 'tcp', host: '127.0.0.1', port: far.port, silence: 1, idle: 200 } },
			],
		},
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/#')
	await eventually(
		() => far.clients.length === 1,
		() => log.join(''),
	)
	for (const part of push) far.clients[0]?.write(part)
	await watcher.until((seen) => readings(seen, 'house').length === 1, 'a reading')
	far.clients[0]?.destroy()
	await eventually(
		() => far.clients.length === 2,
		() => log.join(''),
	)
	for (const part of push) far.clients[1]?.write(part)
	await watcher.until((seen) => readings(seen, 'house').length === 2, 'a reading after hanging up')
	await eventually(
		() => log.some((line) => line.includes('no bytes from') && line.includes('for 1 s')),
		() => log.join(''),
	)
	await eventually(
		() => far.clients.length >= 3,
		() => log.join(''),
	)
	await watcher.close()
	await engine.close()
	await far.close()
})

test('gives up half a frame after silence, and reads the next', async () => {
	const far = await bridge()
	const { engine, log } = await engineOf(
		{
			...embedded,
			meters: [{ name: 'house', profile: 'ekz-e450', transport: { kind: 'tcp', host: '127.0.0.1', port: far.port, idle: 100 } }],
		},
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/#')
	await eventually(
		() => far.clients.length === 1,
		() => log.join(''),
	)
	far.clients[0]?.write((push[0] ?? new Uint8Array(0)).subarray(0, 70))
	await watcher.until(
		(seen) => seen.some(({ topic, payload }) => topic.endsWith('diagnostics') && JSON.parse(payload).discarded.incomplete === 1),
		'the half frame',
	)
	for (const part of push) far.clients[0]?.write(part)
	await watcher.until((seen) => readings(seen, 'house').length === 1, 'the whole one')
	await watcher.close()
	await engine.close()
	await far.close()
})

test('says offline when a meter falls silent, and why', async () => {
	const far = await bridge()
	const { engine, log } = await engineOf(
		{
			...embedded,
			meters: [{ name: 'house', profile: 'ekz-e450', transport: { kind: 'tcp', host: '127.0.0.1', port: far.port, silence: 60 } }],
		},
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/availability')
	await eventually(
		() => far.clients.length === 1,
		() => log.join(''),
	)
	for (const part of push) far.clients[0]?.write(part)
	await watcher.until((seen) => seen.at(-1)?.payload === 'online', 'online')
	// The profile's interval is 5 s.
	await eventually(
		() => log.some((line) => line.includes('no reading for 15 s: nothing arrives')),
		() => log.join(''),
	).catch(() => undefined)
	await watcher.until((seen) => seen.at(-1)?.payload === 'offline', 'offline')
	assert.ok(
		log.some((line) => line.includes('no reading for 15 s: nothing arrives')),
		log.join(''),
	)
	await watcher.close()
	await engine.close()
	await far.close()
})

test.run()
