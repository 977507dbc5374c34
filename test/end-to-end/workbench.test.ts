/// <reference lib="dom" />

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Browser, ElementHandle, Page } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { concat, hex } from '../../engine/bytes/hex.ts'
import type { Profile } from '../../schema/types/profile.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { clickStill, startChromium, visit } from '../support/chromium.ts'
import { frame, hexBytes, llc, notification, octets, sealed, structure, text, u16, u32 } from '../support/craft.ts'
import { eventually, freePort, scratch } from '../support/engine-of.ts'
import { run, start } from '../support/program.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('from an unknown telegram to a profile', { limit: 120_000 })
const folder = scratch('person')
let browser: Browser | undefined
let bench: ReturnType<typeof start> | undefined
test.after(async () => {
	await browser?.close()
	bench?.kill()
	folder.remove()
})

const [KEY, OTHER] = ['8F3A61C05D27B94E10F2A6D37C58E91B', 'A0A1A2A3A4A5A6A7A8A9AAABACADAEAF']
const METER = '72913133'

/** What the display of the meter shows, as the reading has it. */
const shown = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({
	power_import: 3152 + 47 * n,
	power_export: 0,
	energy_import: 8_412_337 + 9 * n,
	energy_export: 123_456,
	reactive_power_import: 662 + 10 * n,
	voltage_l1: (2314 - 3 * n) / 10,
	voltage_l2: (2298 + (n % 3)) / 10,
	voltage_l3: (2326 - n) / 10,
	current_l1: (612 + 31 * n) / 100,
	current_l2: (305 - 12 * n) / 100,
	current_l3: (487 + 7 * (n % 4)) / 100,
}))

/** A telegram of a meter that nobody knows: its values without codes, in an order of its own, ciphered. */
function telegram(values: (typeof shown)[number], n: number): string {
	const time = octets(hexBytes(`07EA 03 0C 04 0E 05 ${hex(Uint8Array.of(n))} 00 FFC4 00`))
	const phases = ([1, 2, 3] as const).flatMap((l) => [
		u16(Math.round(values[`current_l${l}`] * 100)),
		u16(Math.round(values[`voltage_l${l}`] * 10)),
	])
	const counters = [u32(values.energy_import), u32(values.energy_export), u16(values.power_import), u16(values.power_export)]
	const body = structure(time, ...counters, ...phases, u16(values.reactive_power_import), text(METER))
	return hex(frame(concat([llc, sealed(notification(body, undefined, n + 1), KEY, OTHER, hexBytes('4C475A6775A31B77'), 5000 + n)])))
}

/** Clicks what says this, as soon as it can be clicked. */
async function press(page: Page, words: string, selector = 'button, label, [role=tab]'): Promise<void> {
	const found = await page.waitForFunction(
		(wanted, where) =>
			[...document.querySelectorAll<HTMLElement>(where)].find(
				(one) => one.innerText.trim().startsWith(wanted) && one.getClientRects().length > 0 && !(one as HTMLButtonElement).disabled,
			) ?? false,
		{},
		words,
		selector,
	)
	const part = found.asElement() as ElementHandle<Element> | null
	if (part) await clickStill(page, part)
}
const says = (page: Page, pattern: RegExp) =>
	page.waitForFunction((source) => new RegExp(source).test(document.body.innerText), {}, pattern.source)

if (need('chromium', 'the workbench'))
	test('makes a profile of telegrams with values that have no codes, by clicks, which validates', async () => {
		mkdirSync(`${folder.path}/profiles`)
		const file = `${folder.path}/telegrams.hex`
		writeFileSync(file, `${shown.map(telegram).join('\n')}\n`)
		const port = await freePort()
		bench = start(['workbench', '--profiles', `${folder.path}/profiles`, '--page', String(port)])
		let said = ''
		bench.stdout.on('data', (part) => {
			said += String(part)
		})
		await eventually(
			() => said.includes(`:${port}/`),
			() => said,
		)
		browser = await startChromium()
		const { page, errors } = await visit(browser, `http://127.0.0.1:${port}/#/workbench`, { width: 1440 })
		await press(page, 'From telegrams')
		const [chooser] = await Promise.all([page.waitForFileChooser(), press(page, 'Choose a file')])
		await chooser.accept([file])
		await page.type('input[type=password]', KEY)
		await press(page, 'Look at them')
		await says(page, /No built-in profile reads these telegrams/)
		await press(page, 'Begin', 'button')
		// All but the reactive power is guessed: the second of two, which names more.
		await page.waitForSelector('.bench-evidence')
		const guesses = await page.$$('.bench-guess > button')
		const most = guesses.at(-1)
		if (most) await clickStill(page, most)
		await says(page, /12 of 13 places are named/)
		await press(page, 'Take it')
		await press(page, 'no code')
		await page.keyboard.type('reactive')
		await page.waitForSelector('[role=option]')
		await page.keyboard.press('Enter')
		await says(page, /reactive_power_import/)
		await press(page, 'Recordings')
		await press(page, 'Add these telegrams')
		await press(page, 'All 8')
		await press(page, 'Add', '.bench-add button[type=submit]')
		await says(page, /Readings: 8, expected: 8/)
		await press(page, 'Save')
		await says(page, /Saved, and right/)
		// Asked once whether a profile of this name is there.
		assert.equal(
			errors.filter((error) => !error.includes('404')),
			[],
		)

		const profile = `${folder.path}/profiles/my-meter.json`
		const checked = run(['validate', profile])
		assert.is(checked.status, 0, checked.stdout + checked.stderr)
		const written = readFileSync(profile, 'utf8')
		const samples = `${folder.path}/profiles/my-meter/`
		const [capture, expected] = readdirSync(samples)
			.sort()
			.map((name) => readFileSync(samples + name, 'utf8'))
		assert.not.match(`${written}${capture}${expected}`, new RegExp(`${KEY}|${METER}|4C475A6775A31B77`, 'i'))
		assert.is((JSON.parse(written.replace(/^\s*\/\/.*$/gm, '')) as Profile).decoder?.sequence?.['13']?.length, 13)
		const readings = JSON.parse(expected ?? '[]') as Reading[]
		for (const [n, values] of shown.entries())
			for (const [field, value] of Object.entries(values)) assert.is(readings[n]?.[field as 'power_import'], value, `${field} of ${n}`)
	})

test.run()
