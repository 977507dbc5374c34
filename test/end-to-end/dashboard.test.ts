/// <reference lib="dom" />

import type { ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import type { Browser, Page } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { watchTopics } from '../support/broker.ts'
import { startChromium, visit } from '../support/chromium.ts'
import { engineOf, eventually, freePort, played, scratch } from '../support/engine-of.ts'
import { PASSWORD, recipe, startMosquitto } from '../support/mosquitto.ts'
import { start } from '../support/program.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('dashboard', { limit: 120_000 })
const folder = scratch('dashboard')
let browser: Browser | undefined
const chromium = async () => {
	browser ??= await startChromium()
	return browser
}
test.after(async () => {
	await browser?.close()
	folder.remove()
})

const OPERATORS = ['aew', 'ekz', 'ewb', 'romande-energie']
const QUICK = { mqtt: { embedded: { port: 0 } }, http: { port: 0 } }

/** The text of one part of a meter's card. */
const text = (page: Page, meter: string, selector: string) =>
	page.$eval(`#meter-${meter} ${selector}`, (part) => (part.textContent ?? '').trim())

/** Waits until the text of that part fits. */
async function until(page: Page, meter: string, selector: string, pattern: RegExp): Promise<string> {
	for (;;) {
		const found = await text(page, meter, selector).catch(() => '')
		if (pattern.test(found)) return found
		await new Promise((resolve) => setTimeout(resolve, 100))
	}
}

/** Values by their names, in a card's list. */
const list = (page: Page, meter: string, selector: string) =>
	page.$eval(`#meter-${meter} ${selector}`, (part) =>
		Object.fromEntries(
			[...part.querySelectorAll('dt')].map((name) => [name.textContent ?? '', name.nextElementSibling?.textContent ?? '']),
		),
	)

/** How many pixels of the chart have the colour (CSS custom property), nearly. */
const pixels = (page: Page, meter: string, colour: string) =>
	page.$eval(
		`#meter-${meter} canvas`,
		(canvas, name) => {
			const probe = document.createElement('canvas').getContext('2d')
			const context = (canvas as HTMLCanvasElement).getContext('2d')
			if (!probe || !context) return 0
			probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name)
			probe.fillRect(0, 0, 1, 1)
			const wanted = probe.getImageData(0, 0, 1, 1).data
			const { data } = context.getImageData(0, 0, canvas.clientWidth, canvas.clientHeight)
			let count = 0
			for (let at = 0; at < data.length; at += 4)
				if (data[at + 3] === 255 && [0, 1, 2].every((part) => Math.abs((data[at + part] ?? 0) - (wanted[part] ?? 0)) < 12)) count++
			return count
		},
		colour,
	)

/** `cii2mqtt demo` on free ports, and the addresses that it prints. */
async function startDemo(): Promise<{ demo: ChildProcess; page: string; broker: string }> {
	const ports = ['--port', String(await freePort()), '--http-port', String(await freePort())]
	const demo = start(['demo', ...ports])
	let output = ''
	demo.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
	const found = (pattern: RegExp) => pattern.exec(output)?.[0]
	await eventually(
		() => found(/http:\S+/) !== undefined,
		() => `an address in: ${output}`,
	)
	return { demo, page: found(/http:\S+/) ?? '', broker: found(/mqtt:\S+/) ?? '' }
}

if (need('chromium', 'the dashboard'))
	test('shows the four meters of the demo live, and asks nobody else', async () => {
		const { demo, page: address, broker } = await startDemo()
		const watcher = await watchTopics(broker, 'cii/+/state')
		const { page, errors, hosts } = await visit(await chromium(), address)
		for (const meter of OPERATORS) {
			const shown = await until(page, meter, '[data-part="power"]', /\d/)
			const said = watcher.seen.filter(({ topic }) => topic === `cii/${meter}/state`).map(({ payload }) => JSON.parse(payload).power_net)
			assert.ok(said.includes(Number(shown.replace(/[^\d.]/g, ''))), `${meter} shows ${shown}, it said ${said}`)
			assert.is(await text(page, meter, '[data-part="direction"]'), 'from the grid')
			assert.is(await text(page, meter, '[data-part="status"]'), 'live')
		}
		const counters = await list(page, 'ekz', '.counters')
		assert.is(counters['Energy import'], '482.939\u202fkWh')
		assert.equal(
			await page.$$eval('#meter-ekz .phases tbody tr', (rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent))),
			[
				['L1', '236\u202fV', '0.09\u202fA'],
				['L2', '236\u202fV', '0.08\u202fA'],
				['L3', '0\u202fV', '0\u202fA'],
			],
		)
		const diagnostics = await list(page, 'ekz', '[data-part="diagnostics"] dl')
		assert.is(diagnostics['Meter id'], 'LGZ1030653520967')
		await page.waitForFunction(() => document.querySelector('#meter-ekz .chart')?.getAttribute('aria-label')?.includes('28'))
		// The power moves: what is shown follows the broker, without reloading.
		const first = await text(page, 'ewb', '[data-part="power"]')
		await page.waitForFunction((before) => document.querySelector('#meter-ewb [data-part="power"]')?.textContent !== before, {}, first)
		assert.equal(errors, [])
		assert.equal([...hosts], [new URL(address).host])
		await watcher.close()
		demo.kill()
		await page.waitForFunction(() => document.getElementById('notice')?.hidden === false)
		assert.match(await page.$eval('#notice', (notice) => notice.textContent ?? ''), /not current/)
		await page.close()
	})

if (need('chromium', 'chart and silence'))
	test('draws import and export, and says when a meter stops, and why', async () => {
		const profile = { profile: 'hasty', version: '1.0.0', title: 'A meter that stops', interval: 1, decoder: { application: 'json' } }
		const more = { transport: { kind: 'mqtt', topic: 'in/house' }, transform: { power_net: 'json.power' } }
		writeFileSync(`${folder.path}/hasty.json`, JSON.stringify({ ...profile, ...more }))
		const { engine } = await engineOf({ ...QUICK, profiles: ['.'], meters: [{ name: 'house', profile: 'hasty' }] }, folder.path)
		const adapter = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'none')
		const { page, errors } = await visit(await chromium(), engine.page ?? '')
		const powers = [1500, 1500, -2500, -2500]
		for (const power of powers) {
			await adapter.client.publishAsync('in/house', JSON.stringify({ power }))
			await new Promise((resolve) => setTimeout(resolve, 1100))
		}
		assert.is(await until(page, 'house', '[data-part="power"]', /2.500/), "↑ 2'500\u202fW")
		assert.is(await text(page, 'house', '[data-part="direction"]'), 'to the grid')
		assert.ok((await pixels(page, 'house', '--import')) > 20, 'no line in the colour of import')
		assert.ok((await pixels(page, 'house', '--export')) > 20, 'no line in the colour of export')
		assert.match(await page.$eval('#meter-house .chart', (chart) => chart.getAttribute('aria-label') ?? ''), /between −2.500 and 1.500 W/)
		const warning = await until(page, 'house', '[data-part="silence"]', /No values since/)
		assert.match(warning, /Nothing arrives.*no message arrives on in\/house/)
		assert.is(await text(page, 'house', '[data-part="power"]'), '–')
		assert.is(await text(page, 'house', '[data-part="status"]'), 'silent')
		// What the server has kept is there for who comes later.
		const later = await visit(await chromium(), engine.page ?? '')
		await until(later.page, 'house', '[data-part="silence"]', /No values since/)
		await later.page.waitForFunction(() => document.querySelector('#meter-house .chart')?.getAttribute('aria-label')?.includes('500'))
		assert.equal([...errors, ...later.errors], [])
		await adapter.close()
		await engine.close()
	})

if (need('chromium', 'languages, phones, keyboards'))
	test('speaks four languages, fits a phone, goes dark, and needs no mouse', async () => {
		const meters = [played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')]
		const { engine } = await engineOf({ ...QUICK, meters }, folder.path)
		const words = { de: 'Bezug vom Netz', fr: 'soutirage du réseau', it: 'prelievo dalla rete', en: 'from the grid' }
		for (const [language, direction] of Object.entries(words)) {
			const { page, errors } = await visit(await chromium(), engine.page ?? '', {
				language: `${language}-CH`,
				width: 360,
				height: 740,
				dark: true,
			})
			assert.is(await until(page, 'house', '[data-part="direction"]', /\w/), direction)
			assert.is(await page.evaluate(() => document.documentElement.lang), language)
			assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page is wider than a phone')
			assert.is(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(17, 22, 20)')
			// No word is missing, or left in another language's place.
			assert.not.match(await page.evaluate(() => document.body.innerText), /undefined|\{\w+\}/)
			assert.equal(errors, [])
			await page.close()
		}
		const { page } = await visit(await chromium(), engine.page ?? '')
		await until(page, 'house', '[data-part="power"]', /28/)
		const focused = () =>
			page.evaluate(() => document.activeElement?.closest('details')?.getAttribute('data-part') ?? document.activeElement?.id)
		for (let tabs = 0; tabs < 12 && (await focused()) !== 'diagnostics'; tabs++) await page.keyboard.press('Tab')
		await page.keyboard.press('Enter')
		assert.ok(await page.$eval('#meter-house [data-part="diagnostics"]', (part) => (part as HTMLDetailsElement).open))
		await page.focus('#language')
		await page.keyboard.type('Fran')
		assert.is(await until(page, 'house', '[data-part="direction"]', /réseau/), 'soutirage du réseau')
		await page.reload()
		assert.is(await until(page, 'house', '[data-part="direction"]', /\w/), 'soutirage du réseau')
		await engine.close()
	})

if (need('chromium', "mosquitto's WebSocket listener") && need('mosquitto', "mosquitto's WebSocket listener"))
	test("reads from mosquitto's WebSocket listener, and asks for user and password where it must", async () => {
		const [open, locked, socket] = [await freePort(), await freePort(), await freePort()]
		writeFileSync(`${folder.path}/mosquitto.conf`, recipe(folder.path, open, locked, socket))
		const mosquitto = await startMosquitto(`${folder.path}/mosquitto.conf`, [open, socket])
		const { engine } = await engineOf(
			{
				mqtt: { url: `mqtt://127.0.0.1:${open}` },
				http: { port: 0, broker: `ws://127.0.0.1:${socket}` },
				meters: [played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')],
			},
			folder.path,
		)
		const { page } = await visit(await chromium(), engine.page ?? '')
		await page.waitForSelector('#sign-in:not([hidden])')
		await page.type('[name=username]', 'hackday')
		await page.type('[name=password]', PASSWORD)
		await page.keyboard.press('Enter')
		assert.is(await until(page, 'house', '[data-part="power"]', /\d/), '↓ 28\u202fW')
		assert.ok(await page.$eval('#sign-in', (form) => (form as HTMLElement).hidden))
		await page.close()
		await engine.close()
		await mosquitto.stop()
	})

test.run()
