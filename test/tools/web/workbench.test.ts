/// <reference lib="dom" />

import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { type Fake, startFake } from '../../../tools/web/dev/fake.ts'
import { fakeWorkbench } from '../../../tools/web/dev/fake-workbench.ts'
import { violations } from '../../support/axe.ts'
import { clickStill, startChromium, type Visit, visit } from '../../support/chromium.ts'
import { amount } from '../../support/long.ts'
import { stretched } from '../../support/pace.ts'
import { root } from '../../support/root.ts'
import { need, suite } from '../../support/suite.ts'

const test = suite('workbench: telegrams and what became of them', { limit: 120_000 })

let browser: Browser | undefined
let server: { fake: Fake; url: string; close(): void } | undefined
test.after(async () => {
	await browser?.close()
	await server?.fake.close()
	server?.close()
})

/** One server for all: nothing here is saved. */
async function serve() {
	const own = { 'house-e450': '{ "extends": "aew-e450", "title": "Our house", "version": "1.2.0" }' }
	const { bench, routes } = fakeWorkbench({ own })
	return { ...(await startFake({ routes })), close: () => bench.close() }
}

/** Opens a place of the workbench over the engine's own code, the profiles and recordings of the package, and a meter that sends. */
async function show(place: string, taste: Visit = { width: 1440 }) {
	server ??= await serve()
	const { fake, url } = server
	browser ??= await startChromium()
	const visited = await visit(browser, `${url}#/workbench${place}`, taste)
	visited.page.setDefaultTimeout(stretched(10_000))
	return { fake, url, ...visited }
}

const text = (page: Page, selector: string) => page.$eval(selector, (part) => (part.textContent ?? '').replace(/\s+/g, ' ').trim())
async function until(page: Page, selector: string, pattern: RegExp): Promise<string> {
	await page.waitForFunction(
		(where, source) => new RegExp(source).test((document.querySelector(where)?.textContent ?? '').replace(/\s+/g, ' ')),
		{},
		selector,
		pattern.source,
	)
	return text(page, selector)
}
async function click(page: Page, selector: string): Promise<void> {
	const part = await page.waitForSelector(selector)
	if (part) await clickStill(page, part)
}
/** Clicks the bytes that say so. */
async function clickPiece(page: Page, said: string): Promise<void> {
	await page.waitForFunction((wanted) => [...document.querySelectorAll('.piece')].some((one) => one.textContent === wanted), {}, said)
	const pieces = await page.$$('.piece')
	for (const piece of pieces) if ((await piece.evaluate((one) => one.textContent)) === said) return clickStill(page, piece)
}
const addressed = (page: Page, pattern: RegExp) =>
	page.waitForFunction((source) => new RegExp(source).test(location.hash), {}, pattern.source)
const tab = (page: Page, name: string) => click(page, `#results-${name}`)
const captureOf = (profile: string, sample: string) => readFileSync(`${root}meters/${profile}/${sample}.capture.jsonl`, 'utf8')
/** The bytes of a recording as hex digits, and its keys. */
function bytesOf(profile: string, sample: string): { hex: string; keys: Record<string, string> } {
	const [header, ...lines] = captureOf(profile, sample)
		.split('\n')
		.flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
	return { hex: lines.map((line) => line.hex ?? '').join(''), keys: header.testKeys ?? {} }
}
/** Chooses what a person pastes. */
async function paste(page: Page, given: string): Promise<void> {
	await page.waitForSelector('.bench-source')
	if (!(await page.$('.paste textarea'))) await click(page, '.bench-source > header > button')
	await page.waitForSelector('.paste textarea')
	await page.$eval(
		'.paste textarea',
		(area, value) => {
			if (!(area instanceof HTMLTextAreaElement)) return
			area.value = value
			area.dispatchEvent(new Event('input', { bubbles: true }))
		},
		given,
	)
}

if (need('chromium', 'the workbench')) {
	test('opens recordings of several dialects: no byte is unexplained, each has values and a reading', async () => {
		const { page, url, errors } = await show('')
		for (const [profile, sample, values] of [
			['lg-e570', 'encrypted-2024', /1-1:1\.8\.0.*862.055.Wh.*×1 · profile/],
			['dsmr', 'version-5', /1-0:1\.8\.1.*4.426.Wh.*× ?1 · meter/],
			['iec-mode-d', 'push', /1\.8/],
			['shelly-3em', 'composed', /json\..*a_voltage/],
		] as const) {
			await page.goto(`${url}#/workbench/${profile}?sample=${sample}`)
			await until(page, '.bench-title', new RegExp(profile))
			await until(page, '.registers', values)
			assert.is(await page.$('.piece.layer-none'), null, profile)
			await tab(page, 'reading')
			await page.waitForSelector('.reading .register[data-field]')
			await tab(page, 'values')
		}
		assert.equal(errors, [])
		await page.close()
	})

	test('leads from bytes to register and field and back, by mouse and by keys', async () => {
		const { page } = await show('/dsmr?sample=version-5')
		await clickPiece(page, '000004.426*kWh')
		await until(page, '.register.is-marked', /1-0:1\.8\.1.*energy_import_t1/)
		await tab(page, 'reading')
		await until(page, '.register.is-marked', /energy_import_t1/)
		await page.focus('.reading [data-field="power_import"] .register-key')
		await page.keyboard.press('Enter')
		await page.waitForFunction(() => document.querySelector('.piece.is-marked')?.textContent === '1-0:1.7.0')
		await page.focus('.piece.is-here')
		const here = () => page.evaluate(() => document.activeElement?.textContent)
		for (let presses = 0; presses < 9 && (await here()) !== '1-0:2.7.0'; presses++) await page.keyboard.press('ArrowRight')
		await page.keyboard.press('Enter')
		await until(page, '.register.is-marked', /power_export/)
		await page.close()
	})

	test('steps through a recording by buttons and keys, and its address restores the view', async () => {
		const { page } = await show('/dsmr?sample=version-5')
		await until(page, '.stepper', /1 of 4/)
		await page.keyboard.press('j')
		await until(page, '.stepper', /2 of 4/)
		await click(page, '.stepper button[aria-keyshortcuts=j]')
		await until(page, '.stepper', /3 of 4/)
		await page.focus('.telegram-row[aria-current]')
		await page.keyboard.press('ArrowUp')
		await until(page, '.stepper', /2 of 4/)
		await addressed(page, /#\/workbench\/dsmr\?sample=version-5&telegram=1$/)
		await page.reload()
		await until(page, '.stepper', /2 of 4/)
		await paste(page, '')
		await page.type('.paste textarea', 'jjj')
		assert.match(await text(page, '.stepper'), /2 of 4/, 'a letter that is typed is a letter')
		await page.close()
	})

	test('compares two telegrams: changed bytes and values are marked, the rest is not', async () => {
		const { page } = await show('/dsmr?sample=version-5&telegram=1')
		await page.waitForSelector('.compare select')
		await page.select('.compare select', 'before')
		await until(page, '.compare', /\d+ bytes differ/)
		const marked = await page.$$eval('.piece .changed', (parts) => parts.map((part) => part.textContent).join(''))
		assert.match(marked, /\d{10}/)
		await until(page, '.registers', /was 4.426/)
		const same = await page.$$eval('.piece', (parts) => parts.filter((part) => part.textContent === '50').map((part) => part.innerHTML))
		assert.equal(same, ['50'])
		await page.close()
	})

	test('reads hex, base64, text, JSON and recordings that are pasted; keys stay in the page', async () => {
		const { page, errors } = await show('/-')
		const { hex, keys } = bytesOf('lg-e570', 'encrypted-2024')
		await paste(page, hex)
		await click(page, '.paste details summary')
		await page.type('.paste input[type=password]', keys.encryption ?? '')
		await click(page, '.paste button[type=submit]')
		await until(page, '.registers', /1-1:1\.8\.0/)
		const kept = await page.evaluate(() => JSON.stringify(localStorage) + location.href)
		assert.not.ok(kept.includes(keys.encryption ?? ''))
		const plain = bytesOf('kaifa-ma304', 'lists').hex.slice(0, 206)
		await paste(page, plain.replace(/../g, '$& '))
		await click(page, '.paste button[type=submit]')
		await addressed(page, /\?hex=7EA0/)
		await page.reload()
		await until(page, '.registers', /1-0:1\.7\.0|value 1/)
		await paste(page, Buffer.from(plain, 'hex').toString('base64'))
		await click(page, '.paste button[type=submit]')
		await until(page, '.bench-source h2', /Pasted/)
		await until(page, '.registers', /1-0:1\.7\.0|value 1/)
		await paste(page, Buffer.from(bytesOf('dsmr', 'version-5').hex.slice(0, 1780), 'hex').toString('latin1'))
		await click(page, '.paste button[type=submit]')
		await until(page, '.registers', /1-0:1\.8\.1/)
		await paste(page, '{"power": 412, "name": "attic"}')
		await page.waitForSelector('.paste .field input')
		await page.type('.paste .field input', 'attic/status')
		await click(page, '.paste button[type=submit]')
		await until(page, '.registers', /power.*412/)
		await paste(page, captureOf('dsmr', 'version-5'))
		await click(page, '.paste button[type=submit]')
		await until(page, '.stepper', /of 4/)
		assert.equal(errors, [])
		await page.close()
	})

	test('says why and where a telegram is refused, and shows what was read up to there', async () => {
		const { hex } = bytesOf('kaifa-ma304', 'lists')
		const damaged = `${hex.slice(0, 100)}00${hex.slice(102, 206)}`
		const { page } = await show(`/kaifa-ma304?hex=${damaged}`)
		await until(page, '.refused', /damaged on the way.*From byte \d+/)
		await page.waitForSelector('.piece.is-refused')
		await page.goto(`${page.url().split('#')[0]}#/workbench/lg-e570?hex=${bytesOf('lg-e570', 'encrypted-2024').hex}`)
		await until(page, '.refused', /no key/)
		await page.waitForSelector('.piece.is-refused.layer-cipher')
		await page.close()
	})

	test('follows a running meter, and stays at a telegram that somebody looks at', async () => {
		const { page } = await show('/house-e450?meter=house')
		await until(page, '.bench-title', /Our house/)
		const first = await until(page, '.stepper', /(\d+) of \1/)
		await page.waitForFunction((before) => document.querySelector('.stepper')?.textContent !== before, {}, first)
		await page.keyboard.press('k')
		await addressed(page, /meter=house&id=\d+/)
		assert.is(await page.$eval('.follow', (button) => button.getAttribute('aria-pressed')), 'false')
		const at = await page.evaluate(() => location.hash)
		await new Promise((resolve) => setTimeout(resolve, 4000))
		assert.is(await page.evaluate(() => location.hash), at)
		await click(page, '.follow')
		await addressed(page, /meter=house$/)
		await page.close()
	})

	test('is used by the keyboard alone, and remembers the widths', async () => {
		const { page } = await show('/dsmr?sample=version-5')
		await page.waitForSelector('.registers')
		await page.focus('.divider')
		const width = () => page.$eval('.pane-telegram', (pane) => pane.clientWidth)
		const before = await width()
		await page.keyboard.press('ArrowRight')
		await page.keyboard.press('ArrowRight')
		await page.waitForFunction((was) => (document.querySelector('.pane-telegram')?.clientWidth ?? 0) > was + 20, {}, before)
		const after = await width()
		await page.reload()
		await page.waitForSelector('.registers')
		assert.is(await width(), after)
		await page.focus('#results-values')
		await page.keyboard.press('ArrowRight')
		await page.waitForSelector('.reading')
		await page.keyboard.press('ArrowRight')
		await until(page, '.outputs', /home-assistant/)
		await page.close()
	})

	test('fits on a tablet and a phone: two panes, and one, with buttons to choose', async () => {
		for (const [width, height, count] of [
			[820, 1100, 2],
			[390, 800, 1],
		] as const) {
			const { page } = await show('/dsmr?sample=version-5', { width, height, dark: count === 1, language: 'de' })
			await page.waitForSelector('.piece')
			const seen = () => page.$$eval('.pane', (panes) => panes.filter((pane) => pane.clientWidth > 0).map((pane) => pane.className))
			assert.is((await seen()).length, count)
			await page.waitForSelector('.pane-tabs')
			await click(page, '.pane-tabs button:nth-child(2)')
			assert.ok((await seen()).includes('pane pane-results'))
			assert.is(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0)
			assert.equal(await violations(page), [])
			await page.close()
		}
	})

	test('keeps nobody out: axe finds nothing, in light and dark, on each tab', async () => {
		for (const dark of [true, false].slice(0, amount(1, 2))) {
			const { page } = await show('/dsmr?sample=version-5&telegram=1', { width: 1440, dark })
			await page.waitForSelector('.compare select')
			await page.select('.compare select', 'before')
			await until(page, '.registers', /was/)
			for (const name of ['values', 'reading', 'messages']) {
				await tab(page, name)
				assert.equal(await violations(page), [], `${name}, ${dark ? 'dark' : 'light'}`)
			}
			await page.close()
		}
	})

	test('runs no script that stands in telegrams and topics, and shows what is unseen', async () => {
		const { page, errors } = await show('/-')
		const script = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\u202egood'
		await paste(page, JSON.stringify({ [script]: script, power: 1 }))
		await page.waitForSelector('.paste .field input')
		await page.type('.paste .field input', `a/${script.slice(0, 40)}`)
		await click(page, '.paste button[type=submit]')
		await until(page, '.registers', /onerror/)
		assert.is(await page.evaluate(() => 'hacked' in window), false)
		assert.is(await page.$('.workbench img'), null)
		assert.not.match(await text(page, '.registers'), /\u202e/)
		assert.equal(errors, [])
		await page.close()
	})
}

test.run()
