import { once } from 'node:events'
import { connect } from 'node:net'
import * as assert from 'uvu/assert'
import { plainDecoder } from '../../../engine/decode/decoder.ts'
import { wallAt } from '../../../tools/demo/calendar.ts'
import { SimulatedMeters } from '../../../tools/demo/meters.ts'
import { parts } from '../../../tools/demo/parts.ts'
import { settle, stretched } from '../../support/pace.ts'
import { suite } from '../../support/suite.ts'

const test = suite('simulated meters on ports', { limit: 30_000 })

/** A reader of a port: the clocks of the telegrams that it has heard, with when they came. */
function listen(port: number) {
	const reader = plainDecoder({ link: 'hdlc', application: 'dlms' }, {})
	const socket = connect({ port, host: '127.0.0.1' })
	const heard: { clock: string; at: number }[] = []
	socket.on('data', (chunk) => {
		for (const decoded of reader.push(chunk)) {
			assert.ok('telegram' in decoded, JSON.stringify(decoded))
			if ('telegram' in decoded) heard.push({ clock: decoded.telegram.clock?.local ?? '', at: Date.now() })
		}
	})
	const until = async (count: number) => {
		for (const end = Date.now() + stretched(20_000); heard.length < count; ) {
			if (Date.now() > end) throw new Error(`${heard.length} of ${count} telegrams`)
			await new Promise((resolve) => setTimeout(resolve, 20))
		}
	}
	return { socket, heard, until }
}

const portOf = ({ all: [first] }: SimulatedMeters) => Number((first?.meter.transport as { port?: number } | undefined)?.port)

test('sends nothing before it is told to, then the last telegram at once, and one every five seconds by the clock', async () => {
	const simulated = await SimulatedMeters.open(parts.slice(0, 1), Date.now() - 86_400_000)
	const early = listen(portOf(simulated))
	await once(early.socket, 'connect')
	await new Promise((resolve) => setTimeout(resolve, 200))
	assert.is(early.heard.length, 0)
	simulated.start()
	await early.until(3)
	const late = listen(portOf(simulated))
	await late.until(1)
	assert.is(late.heard[0]?.clock, early.heard.at(-1)?.clock, 'one that comes later hears the last one')
	for (const [place, { clock, at }] of early.heard.entries()) {
		const second = Date.parse(`${clock}Z`)
		const age = at + wallAt(at).offset * 60_000 - second
		assert.is(second % 5000, 0)
		// The first one is of the step before, however long ago that was.
		assert.ok(age >= 0 && age < (place === 0 ? 5000 : 0) + stretched(1000), `${clock} at ${new Date(at).toISOString()}`)
		if (place > 0) assert.is(second - Date.parse(`${early.heard[place - 1]?.clock}Z`), 5000)
	}
	const closed = [early, late].map(({ socket }) => once(socket, 'close'))
	await simulated.close()
	await Promise.all(closed)
})

test('serves eight readers of a meter, refuses more, and takes another when one has gone', async () => {
	const simulated = await SimulatedMeters.open(parts.slice(0, 1), Date.now() - 86_400_000)
	simulated.start()
	const readers = Array.from({ length: 12 }, () => connect({ port: portOf(simulated), host: '127.0.0.1' }))
	const [first] = readers
	for (const socket of readers) socket.on('error', () => undefined).resume()
	const refused = readers.slice(8).map((socket) => once(socket, 'close'))
	await Promise.all(refused)
	assert.ok(first && !first.destroyed, 'the ninth reader is refused, the first stays')
	first.destroy()
	await settle(300)
	const next = listen(portOf(simulated))
	await next.until(1)
	for (const socket of [...readers, next.socket]) socket.destroy()
	await simulated.close()
})

test.run()
