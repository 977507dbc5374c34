/// <reference lib="dom" />

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { startChromium, visit } from '../support/chromium.ts'
import { type Clock, fillDays, historyIn } from '../support/days.ts'
import { freePort, scratch } from '../support/engine-of.ts'
import { settle, stretched } from '../support/pace.ts'
import { start } from '../support/program.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('history page', { limit: 120_000 })
const folder = scratch('history-page')
let browser: Browser | undefined
test.after(async () => {
	await browser?.close()
	folder.remove()
})

const [DAYS, METERS, ROUNDS] = [400, ['house', 'barn', 'car'], 7]
/** Bars at the least: the year has just begun on the first of January. Milliseconds from click to drawn bars: twice what was asked for, as others work here too. */
const [LEAST, LIMIT] = [1, 400]

/** Milliseconds from a click until the bars of what was asked for are drawn: the frame behind the one in which they stand. */
const clickTime = (page: Page, selector: string, least: number): Promise<number> =>
	page.evaluate(
		(part, bars) =>
			new Promise<number>((resolve) => {
				const began = performance.now()
				// Until the new ones are there, those of the period before may stand outside.
				const isDrawn = () => {
					const paths = [...document.querySelectorAll<SVGPathElement>('.bars path.bar-import')]
					const width = document.querySelector('.bars svg')?.clientWidth ?? 0
					const places = paths.map((path) => Number(/^M(-?[\d.]+)/.exec(path.getAttribute('d') ?? '')?.[1]))
					return paths.length >= bars && places.every((place) => place >= 0 && place <= width)
				}
				const before = document.querySelector('.bars')
				const look = (wasGone: boolean) => {
					const isGone = wasGone || document.querySelector('.bars') !== before || !isDrawn()
					if (isGone && isDrawn()) requestAnimationFrame(() => resolve(performance.now() - began))
					else requestAnimationFrame(() => look(isGone))
				}
				document.querySelector<HTMLElement>(part)?.click()
				requestAnimationFrame(() => look(false))
			}),
		selector,
		least,
	)

const median = (values: number[]) => [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0

if (need('chromium', 'the page over the engine'))
	test(`draws day, month and year of ${METERS.length} meters with ${DAYS} days soon after a click`, async () => {
		const [httpPort, brokerPort, gone] = [await freePort(), await freePort(), await freePort()]
		mkdirSync(join(folder.path, 'state'))
		const clock: Clock = { time: 0 }
		const { history } = await historyIn(join(folder.path, 'state'), clock)
		fillDays(history, clock, METERS, DAYS, Math.floor(Date.now() / 1000))
		history.close()
		const config = join(folder.path, 'cii2mqtt.json')
		const meters = METERS.map((name) => ({ name, profile: 'dsmr', transport: { kind: 'tcp', host: '127.0.0.1', port: gone } }))
		const tariffs = [
			{ from: '2025-01-01', currency: 'EUR', import: 0.3, export: 0.1, windows: [{ days: 'mo-fr', hours: '07:00-20:00', import: 0.35 }] },
		]
		writeFileSync(
			config,
			JSON.stringify({ mqtt: { embedded: { port: brokerPort } }, stateDir: 'state', http: { port: httpPort }, tariffs, meters }),
		)
		const child = start(['run', '--config', config])
		try {
			const address = `http://127.0.0.1:${httpPort}/`
			while (
				!(await fetch(address).then(
					({ ok }) => ok,
					() => false,
				))
			)
				await settle(50)
			browser = await startChromium()
			const { page, errors } = await visit(browser, `${address}#/history/house/day`)
			await page.waitForSelector('.bars path.bar-import')
			const took: Record<string, number[]> = {}
			const kinds = ['day', 'month', 'year'] as const
			const click = async (what: string, selector: string, least: number) => {
				took[what] = [...(took[what] ?? []), await clickTime(page, selector, least)]
			}
			for (let round = 0; round < ROUNDS; round++) {
				for (const meter of METERS) {
					await page.evaluate((name) => {
						location.hash = `#/history/${name}/year`
					}, meter)
					await page.waitForFunction(
						(name) => document.querySelector('select')?.value === name && document.querySelector('.bars path.bar-import'),
						{},
						meter,
					)
					for (const [place, kind] of kinds.entries()) {
						await click(kind, `.choice label:nth-of-type(${place + 1}) input`, LEAST)
						await click(`${kind} before`, '.turn button', LEAST)
					}
				}
			}
			const medians = Object.entries(took).map(([what, values]) => [what, median(values), Math.max(...values)] as const)
			console.log(medians.map(([what, half, most]) => `${what} ${half.toFixed(0)} ms (at most ${most.toFixed(0)})`).join(', '))
			for (const [what, half] of medians) assert.ok(half < stretched(LIMIT), `${what}: ${half} ms`)
			assert.equal(errors, [])
		} finally {
			child.kill('SIGKILL')
		}
	})

test.run()
