/// <reference lib="dom" />

import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Browser, Page } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { startChromium, visit } from '../support/chromium.ts'
import { p1Telegram } from '../support/craft.ts'
import { engineOf, freePort, scratch } from '../support/engine-of.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('script in what meters and profiles say', { limit: 120_000 })
const folder = scratch('script')
let browser: Browser | undefined
test.after(async () => {
	await browser?.close()
	folder.remove()
})

const SCRIPT = `"><script>window.ran=1</script><img src=x onerror=window.ran=2>' onmouseover='window.ran=3`
const short = SCRIPT.slice(0, 60)
const hexOf = (text: string) => Buffer.from(text, 'latin1').toString('hex')
/** Names of places that an object has of itself are places, too. */
const PLACES = ['now', 'meter', 'history', 'telegram'].flatMap((place) =>
	['evil', 'constructor', encodeURIComponent(SCRIPT)].map((name) => `${place}/${name}`),
)
const OTHERS = ['setup', 'log', 'settings', 'constructor', '__proto__', 'javascript:alert(1)', `signin?token=${encodeURIComponent(SCRIPT)}`]

const telegram = () =>
	p1Telegram('KFM5<img src=x onerror=window.ran=4>', [
		'1-3:0.2.8(50)',
		`0-0:96.1.1(${hexOf(short)})`,
		'1-0:1.8.1(001000.123*kWh)',
		'1-0:1.7.0(01.193*kW)',
		`0-0:96.13.0(${hexOf(SCRIPT)})`,
		'0-1:24.1.0(003)',
		`0-1:96.1.0(${hexOf(short)})`,
		'0-1:24.2.1(261128120000W)(12785.123*m3)',
	])

/** Finds what stands in the page but is never made by its own code. */
const strangers = (page: Page) =>
	page.evaluate(() => {
		const found = document.querySelectorAll('img[src="x"], script:not([src]), iframe, [onerror], [onmouseover], a[href^="javascript"]')
		return { ran: (window as unknown as { ran?: number }).ran ?? 0, found: [...found].map(({ outerHTML }) => outerHTML) }
	})

if (need('chromium', 'a browser'))
	test('runs nowhere, in no view', async () => {
		const [bridge, port] = [await freePort(), await freePort()]
		const meter = createServer((line) => {
			const timer = setInterval(() => line.write(telegram()), 500)
			line.on('error', () => undefined).on('close', () => clearInterval(timer))
		})
		await new Promise<void>((resolve) => meter.listen(bridge, '127.0.0.1', resolve))
		mkdirSync(`${folder.path}/profiles`)
		const profile = { profile: 'evil', version: '1.0.0', title: SCRIPT.slice(0, 90), description: SCRIPT, extends: 'common/p1' }
		const written = { ...profile, meter: { manufacturer: short, model: short, operator: short, timezone: 'Europe/Amsterdam' } }
		writeFileSync(`${folder.path}/profiles/evil.json`, JSON.stringify(written))
		writeFileSync(`${folder.path}/profiles/broken.json`, JSON.stringify({ ...profile, profile: 'broken', [SCRIPT]: SCRIPT }))
		const transport = { kind: 'tcp', host: '127.0.0.1', port: bridge }
		const config = {
			mqtt: { embedded: { port: 0 } },
			stateDir: 'state',
			profiles: ['profiles'],
			http: { port },
			meters: [
				{ name: 'evil', title: SCRIPT.slice(0, 80), profile: 'evil', transport },
				{ name: 'constructor', profile: 'evil', transport },
				{ name: 'broken', title: SCRIPT.slice(0, 80), profile: 'broken', transport },
			],
		}
		const file = `${folder.path}/cii2mqtt.json`
		writeFileSync(file, JSON.stringify(config))
		const { engine } = await engineOf(config, folder.path, file)
		browser = await startChromium()
		const { page, errors } = await visit(browser, `http://127.0.0.1:${port}/`)
		await page.waitForFunction(() => document.body.innerText.includes('<script>') && /1\D?193/.test(document.body.innerText))
		for (const place of [...PLACES, ...OTHERS]) {
			await page.goto('about:blank')
			await page.goto(`http://127.0.0.1:${port}/#/${place}`)
			await page.waitForFunction(() => document.querySelector('main')?.innerText.trim() !== '')
			await new Promise((resolve) => setTimeout(resolve, 300))
			assert.equal(await strangers(page), { ran: 0, found: [] }, place)
		}
		// Anything that the policy has stopped would stand here, too.
		assert.equal(
			errors.filter((error) => !error.includes('status of 404')),
			[],
		)
		await engine.close()
		await new Promise<void>((resolve) => meter.close(() => resolve()))
	})

test.run()
