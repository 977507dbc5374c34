import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { Pace } from '../../engine/meter/pace.ts'
import { readings, watchTopics } from '../support/broker.ts'
import { engineOf, eventually, scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('pace', { limit: 60_000 })
const folder = scratch('pace')
test.after(folder.remove)

/** The seconds that are expected after these gaps (s), where 10 are stated. */
function after(...gaps: number[]): number {
	const pace = new Pace()
	let at = 1000
	pace.heard(at)
	for (const gap of gaps) {
		at += gap
		pace.heard(at)
	}
	return pace.interval(10)
}

test('learns a slower meter from its second reading, and rounds as people do', () => {
	assert.is(after(), 10)
	assert.is(after(10.4, 9.8), 10)
	assert.is(after(60), 60)
	assert.is(after(60.8, 59.4, 61), 60)
	assert.is(after(300, 300.2), 300)
	assert.is(after(3600, 3601), 3600)
	assert.is(after(3600), 600, 'a single long gap may have been an outage')
	assert.is(after(1, 1, 1), 10, 'a faster one keeps what is stated')
})

test('takes no outage for the pace, and the parts of one answer for one reading', () => {
	assert.is(after(10, 10, 3600, 10, 10), 10)
	assert.is(after(3600, 10), 10)
	const often = Array.from({ length: 60 }, (_, place) => (place % 20 === 0 ? 600 : 10))
	assert.is(after(...often), 10)
	assert.is(after(0.1, 0.1, 60, 0.1, 0.1, 60), 60)
	// On change, and every five minutes at least.
	assert.is(after(5, 300, 20, 300, 300, 7, 300, 300), 300)
	assert.is(after(...Array(20).fill(60), ...Array(20).fill(10)), 10, 'it is faster again')
})

const SENSOR = (time: string) => `{"Time":"${time}","z":{"SMid":"12345678","Pi":0.443,"Ei":2531.7}}`
const times = (seen: { topic: string; payload: string }[]) => seen.filter(({ topic }) => topic === 'cii/house/availability')

test('stays online with an adapter that sends more rarely than its profile says, stated in the config or not', async () => {
	for (const [stated, ticks] of [
		[{ interval: 30 }, 3],
		[{}, 4],
	] as const) {
		const own = `{"profile":"hasty","version":"1.0.0","title":"x","extends":"gplug","interval":0.5,"samples":[]}`
		writeFileSync(`${folder.path}/hasty.json`, own)
		const meter = { name: 'house', profile: 'hasty', transport: { levels: { device: 'gPlug' } }, ...stated }
		const { engine, log } = await engineOf({ mqtt: { embedded: { port: 0 } }, profiles: ['.'], meters: [meter] }, folder.path)
		const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/#')
		for (let tick = 0; tick < ticks; tick++) {
			await watcher.client.publishAsync('tele/gPlug/SENSOR', SENSOR(`2026-11-28T10:00:0${tick}`), { qos: 1 })
			await sleep(1200)
		}
		await eventually(
			() => readings(watcher.seen, 'house').length === ticks,
			() => log.join(''),
		)
		assert.equal(
			times(watcher.seen)
				.map(({ payload }) => payload)
				.slice(times(watcher.seen)[0]?.payload === 'offline' ? 1 : 0),
			['online'],
			log.join(''),
		)
		await watcher.close()
		await engine.close()
		if (!('interval' in stated))
			assert.ok(
				log.some((line) => /readings are expected every \d+ s, as they arrive, no longer every 0.5 s/.test(line)),
				log.join(''),
			)
	}
})

test.run()
