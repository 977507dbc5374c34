/// <reference lib="dom" />

import type { ChildProcess } from 'node:child_process'
import type { Browser, Page } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { watchTopics } from '../support/broker.ts'
import { startChromium, visit } from '../support/chromium.ts'
import { eventually, freePort } from '../support/engine-of.ts'
import { start } from '../support/program.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('page over the engine', { limit: 120_000 })
const METERS = ['aew', 'ekz', 'ewb', 'romande-energie']
let browser: Browser | undefined
const demos: ChildProcess[] = []
test.after(async () => {
	await browser?.close()
	for (const demo of demos) demo.kill()
})

/** `cii2mqtt demo` on free ports, and the addresses that it prints. */
async function startDemo(): Promise<{ demo: ChildProcess; page: string; broker: string }> {
	const demo = start(['demo', '--port', String(await freePort()), '--http-port', String(await freePort())])
	demos.push(demo)
	let output = ''
	for (const stream of [demo.stdout, demo.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
	const found = (pattern: RegExp) => pattern.exec(output)?.[0]
	await eventually(
		() => found(/http:\S+/) !== undefined,
		() => `an address in: ${output}`,
	)
	return { demo, page: found(/http:\S+/) ?? '', broker: found(/mqtt:\S+/) ?? '' }
}

const text = (page: Page, selector: string) => page.$eval(selector, (part) => (part.textContent ?? '').replace(/\s+/g, ' ').trim())

if (need('chromium', 'the page over the engine'))
	test('shows the homes of the demo live, with their past, and asks nobody else', async () => {
		const { demo, page: address, broker } = await startDemo()
		const watcher = await watchTopics(broker, 'cii/+/state')
		browser ??= await startChromium()
		const { page, errors, hosts } = await visit(browser, address)
		await page.waitForFunction((count) => document.querySelectorAll('.tile.online .digits').length === count, {}, METERS.length)
		assert.match(await text(page, '.notices'), /Simulated/)
		for (const meter of METERS) {
			const shown = async () => Number((await text(page, `[aria-labelledby="tile-${meter}"] .digits`)).replace(/[^\d.]/g, ''))
			const said = () => watcher.seen.filter(({ topic }) => topic === `cii/${meter}/state`).map(({ payload }) => JSON.parse(payload))
			// The page shows what was published, once both have it.
			for (;;) {
				const power = await shown()
				const powers = said().flatMap(({ power_net: net, power_import: drawn, power_export: fed = 0 }) => [net ?? drawn - fed])
				if (powers.some((one) => Math.abs(one) === power || Math.abs(Math.abs(one) / 1000 - power) < 0.006)) break
				await new Promise((resolve) => setTimeout(resolve, 200))
			}
		}
		const first = await text(page, '.hero .digits')
		await page.waitForFunction((before) => document.querySelector('.hero .digits')?.textContent !== before, {}, first)
		await page.waitForSelector('.line-plot canvas')
		await page.evaluate(() => {
			location.hash = '#/history/ekz/month'
		})
		await page.waitForSelector('.bars path.bar-import')
		await page.evaluate(() => {
			location.hash = '#/meter/ewb'
		})
		await page.waitForFunction(() => /Gas.*m³/.test(document.querySelector('.submeters')?.textContent ?? ''))
		// Totals are there once the past is written: until then they are asked for in vain.
		assert.equal(
			errors.filter((error) => !error.includes('404')),
			[],
		)
		assert.equal([...hosts], [new URL(address).host])
		await watcher.close()
		demo.kill()
		await page.waitForFunction(() => /No connection to the server/.test(document.querySelector('.notices')?.textContent ?? ''))
		await page.close()
	})

test.run()
