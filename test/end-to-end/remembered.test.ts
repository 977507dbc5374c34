/// <reference lib="dom" />

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import type { MeterList } from '../../schema/types/api.ts'
import { readings, watchTopics } from '../support/broker.ts'
import { startChromium, visit } from '../support/chromium.ts'
import { freePort, scratch } from '../support/engine-of.ts'
import { fastHouse } from '../support/fast-house.ts'
import { startMosquitto } from '../support/mosquitto.ts'
import { settle } from '../support/pace.ts'
import { start } from '../support/program.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('remembered', { limit: 90_000 })
const folder = scratch('remembered')
let browser: Browser | undefined
test.after(async () => {
	await browser?.close()
	folder.remove()
})

if (need('mosquitto', 'a real broker') && need('chromium', 'the page over the engine'))
	test('shows the last counters of a meter that is silent after a kill, marked as old, and publishes none of them', async () => {
		const [brokerPort, httpPort] = [await freePort(), await freePort()]
		writeFileSync(`${folder.path}/mosquitto.conf`, `listener ${brokerPort} 127.0.0.1\nallow_anonymous true\n`)
		const mosquitto = await startMosquitto(`${folder.path}/mosquitto.conf`, [brokerPort])
		const house = await fastHouse(() => Date.now(), 20)
		const config = join(folder.path, 'cii2mqtt.json')
		const url = `mqtt://127.0.0.1:${brokerPort}`
		const meter = { name: 'house', profile: 'dsmr', transport: { kind: 'tcp', host: '127.0.0.1', port: house.port } }
		writeFileSync(config, JSON.stringify({ mqtt: { url }, stateDir: 'state', http: { port: httpPort }, history: false, meters: [meter] }))
		const first = await watchTopics(url, 'cii/house/#')
		const killed = start(['run', '--config', config])
		// The memory is on disk after 256 telegrams.
		await first.until((seen) => readings(seen, 'house').length > 300, 'three hundred readings')
		killed.kill('SIGKILL')
		await new Promise((resolve) => killed.once('close', resolve))
		await first.close()
		house.silence(true)

		const second = await watchTopics(url, 'cii/house/+')
		const child = start(['run', '--config', config])
		try {
			await second.until(
				(seen) =>
					seen.some(({ topic, payload, retain }) => !retain && topic.endsWith('diagnostics') && JSON.parse(payload).port === 'open'),
				'the port',
			)
			const list = async () => (await (await fetch(`http://127.0.0.1:${httpPort}/api/meters`)).json()) as MeterList
			await served(httpPort)
			const [view] = (await list()).meters
			const state = view?.state as {
				id?: string
				time?: string
				power_import?: number
				energy_import?: number
				energy_export_t1?: number
				times?: Record<string, string>
				submeters?: Record<string, { volume?: number; time?: string; id?: string }>
			}
			assert.is(view?.status, 'waiting')
			assert.is(view?.readings, 0)
			const sent = house.captured.find((one) => one.import === state.energy_import && one.export === state.energy_export_t1)
			if (!sent) throw new Error(`nobody sent ${state.energy_import}`)
			assert.ok(house.captured.some(({ time }) => time === Date.parse(state.times?.energy_import ?? '') / 1000))
			assert.ok(Date.parse(state.times?.energy_import ?? '') / 1000 >= sent.time)
			assert.is(state.submeters?.[1]?.volume, Number((sent.import / 10_000).toFixed(3)))
			assert.match(state.submeters?.[1]?.id ?? '', /^G/)
			assert.ok(state.times?.['submeters.1'])
			assert.is(state.power_import, undefined)
			assert.is(state.time, undefined)

			browser = await startChromium()
			const { page, errors } = await visit(browser, `http://127.0.0.1:${httpPort}/`)
			await page.waitForSelector('.counters.old .old-mark')
			const text = await page.$eval('.counters', (part) => part.textContent ?? '')
			assert.ok(text.replace(/\D/g, '').includes(String(Math.floor(sent.import / 1000))), text)
			assert.match(text, /\d\d:\d\d/)
			assert.match(await page.$eval('.submeters.old', (part) => part.textContent ?? ''), /m³/)

			// The broker keeps the last state; nothing old is published as a new one.
			await settle(1500)
			assert.ok(second.seen.some(({ topic, retain }) => topic === 'cii/house/state' && retain))
			assert.not.ok(second.seen.some(({ topic, retain }) => topic === 'cii/house/state' && !retain))
			assert.is(readings(second.seen, 'house').length, 0)

			house.silence(false)
			await second.until((seen) => seen.some(({ topic, retain }) => topic === 'cii/house/state' && !retain), 'a new state')
			await page.waitForSelector('.counters:not(.old)')
			await page.waitForFunction(() => document.querySelector('.counters .old-mark') === null)
			const fresh = (await list()).meters[0]?.state as { times?: object; energy_import?: number }
			assert.is(fresh.times, undefined)
			assert.ok((fresh.energy_import ?? 0) >= sent.import)
			assert.equal(errors, [])
		} finally {
			child.kill('SIGKILL')
			await second.close()
			await house.close()
			await mosquitto.stop()
		}
	})

/** Waits until the page is served. */
async function served(port: number): Promise<void> {
	for (;;) {
		const status = await fetch(`http://127.0.0.1:${port}/`).then(
			(answer) => answer.status,
			() => 0,
		)
		if (status === 200) return
		await settle(50)
	}
}

test.run()
