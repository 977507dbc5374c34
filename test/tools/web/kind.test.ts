/// <reference lib="dom" />

import type { Browser, Page } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { type Fake, startFake } from '../../../tools/web/dev/fake.ts'
import { builtinEntries, kindRoutes } from '../../../tools/web/dev/fake-kinds.ts'
import { anchorOf, markdown, type Node, textOf } from '../../../tools/web/src/catalog/markdown.ts'
import { fits, wordsOf } from '../../../tools/web/src/catalog/search.ts'
import { words as de } from '../../../tools/web/src/words/de.ts'
import { words as en } from '../../../tools/web/src/words/en.ts'
import { words as fr } from '../../../tools/web/src/words/fr.ts'
import { words as it } from '../../../tools/web/src/words/it.ts'
import { violations } from '../../support/axe.ts'
import { clickStill, startChromium, type Visit, visit } from '../../support/chromium.ts'
import { amount } from '../../support/long.ts'
import { stretched } from '../../support/pace.ts'
import { need, suite } from '../../support/suite.ts'

const test = suite('kinds of meters in the page', { limit: 120_000 })
let browser: Browser | undefined
const open: Fake[] = []
test.after(async () => {
	await browser?.close()
	for (const fake of open) await fake.close()
})

async function show(place: string, taste: Visit = {}, rights: 'look' | 'change' = 'change') {
	const { fake, url } = await startFake({ scene: 'one', session: { rights }, routes: kindRoutes })
	open.push(fake)
	browser ??= await startChromium()
	return { fake, ...(await visit(browser, url + place, taste)) }
}

const text = (page: Page, selector: string) => page.$eval(selector, (part) => (part.textContent ?? '').replace(/\s+/g, ' ').trim())
const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const element = (node: Node | undefined) => (typeof node === 'object' ? node : undefined)

test('reads Markdown with tables, and takes no HTML', () => {
	const [title, table, list] = markdown(
		'# A `b`\n\n|  |  |\n| --- | --- |\n| line | **2400** 8E1 \\| x |\n\n1. one\n2. two\n   ```\n   code\n   ```\n',
	)
	assert.equal([element(title)?.tag, element(title)?.id, textOf([title ?? ''])], ['h1', 'a-b', 'A b'])
	assert.is(element(table)?.tag, 'table')
	assert.is(textOf([table ?? '']), 'line2400 8E1 | x')
	assert.equal(
		element(list)?.children.map((node) => element(node)?.tag),
		['li', 'li'],
	)
	assert.match(textOf([list ?? '']), /code/)
	const hostile = markdown('<script>alert(1)</script>\n\nx <img src=x onerror=alert(1)> [a](javascript:alert(1)) <!-- hidden -->')
	assert.not.ok(JSON.stringify(hostile).includes('"script"'))
	assert.match(textOf(hostile), /x <img src=x onerror=alert\(1\)> a/)
	assert.is(anchorOf('A meter that must be asked'), 'a-meter-that-must-be-asked')
	assert.is(textOf(markdown('see [../README.md](../README.md).')), 'see ../README.md.')
	const links = markdown('from https://example.org/a_b, (https://example.org).')
	assert.equal(
		element(links[0])?.children.flatMap((node) => element(node)?.href ?? []),
		['https://example.org/a_b', 'https://example.org'],
	)
	assert.equal(
		markdown('## Twice\n\n## Twice').map((node) => element(node)?.id),
		['twice', 'twice-1'],
	)
})

test('shows a README whose parts stand deep in each other, and is done soon', () => {
	const depth = (node: Node): number => (typeof node === 'string' ? 0 : 1 + Math.max(0, ...node.children.map(depth)))
	const steps = Array.from({ length: 200 }, (_, at) => `${'  '.repeat(at)}- step ${at}`).join('\n')
	for (const text of [`${'> '.repeat(20_000)}deep`, `${'> - '.repeat(15_000)}deep`, `${'1. '.repeat(20_000)}deep`, `${steps}\n\nend`]) {
		const began = performance.now()
		const shown = markdown(text)
		assert.ok(performance.now() - began < stretched(2000), text.slice(0, 10))
		assert.ok(Math.max(...shown.map(depth)) <= 40, text.slice(0, 10))
		assert.match(textOf(shown), /(deep|end)$/)
	}
	assert.equal(
		markdown(`${steps}\n\n# After`).map((node) => (typeof node === 'string' ? node : node.tag)),
		['ul', 'h1'],
	)
})

test('finds kinds by maker, model, operator, country, socket, without accents', () => {
	const entries = builtinEntries()
	const found = (search: string) => entries.filter((entry) => fits(wordsOf(entry), search)).map(({ name }) => name)
	assert.equal(found('suhr'), ['lg-e450-submeters'])
	assert.equal(found('karnten'), ['kaerntennetz'])
	assert.equal(found('romande AM550'), ['romande-energie-am550'])
	assert.ok(found('landis').length >= 8 && found('E450').length >= 6)
	assert.ok(found('stedin').includes('dsmr') && found('CH').includes('ekz-e450'))
	assert.equal(found('nothing of this kind'), [])
	assert.is(found('').length, entries.length)
})

test('has a name, a text and labels for every socket in every language, and no label that leaves the drawing', () => {
	const ports = ['p1-rj12', 'mbus-rj12', 'mbus-terminals', 'han-rj45', 'han-module', 'optical', 'rs485', 'adapter', 'other']
	for (const [language, words] of Object.entries<Record<string, string>>({ en, de, fr, it })) {
		for (const port of ports) assert.ok(words[`kind.port.${port}`] && words[`kind.port.${port}.text`], `${language} ${port}`)
		for (const [key, label] of Object.entries(words))
			if (key.startsWith('kind.pin.')) assert.ok(label.length <= 24, `${language} ${key}: ${label}`)
	}
})

if (need('chromium', 'kinds of meters in the page')) {
	test('lists kinds, searches while one types, keeps the search in the address, and opens one', async () => {
		const { page, errors } = await show('#/kind')
		await page.waitForSelector('.kind-card')
		assert.ok((await page.$$('.kind-card')).length > 60)
		await page.type('input[type="search"]', 'wiener siemens')
		await page.waitForFunction(() => document.querySelectorAll('.kind-card').length === 1)
		assert.match(page.url(), /#\/kind\?q=wiener(\+|%20)siemens$/)
		assert.is(await text(page, '[role="status"].faint'), '1 found')
		const card = await page.$('.kind-card')
		if (card) await clickStill(page, card)
		await page.waitForSelector('.socket')
		assert.is(await text(page, 'h1'), 'Wiener Netze · Siemens IM350 · infrared')
		await page.goBack()
		await page.waitForSelector('.kind-card')
		assert.is((await page.$$('.kind-card')).length, 1)
		assert.equal(errors, [])
		await page.close()
	})

	test('shows all of a kind: facts, drawing, steps, entry, notes, values, bytes', async () => {
		const { page, errors } = await show('#/kind/romande-energie-am550')
		await page.waitForSelector('.socket')
		const facts = await text(page, '.facts')
		for (const part of [
			'Iskraemeco',
			'AM550',
			'Switzerland',
			'Romande Energie',
			'115200 8N1',
			'HDLC, DLMS/COSEM',
			'every 10 s',
			'perhaps',
			'common/iskra-am550',
		])
			assert.ok(facts.includes(part), `${part} in ${facts}`)
		const labels = await page.$$eval('.socket .label', (all) => all.map((one) => one.textContent))
		assert.equal(labels, [
			'1 · 5 V for the cable',
			'2 · data request',
			'3 · ground of the data',
			'4 · not used',
			'5 · data, inverted',
			'6 · ground of the 5 V',
		])
		assert.match(await text(page, '.steps'), /Romande Energie/)
		assert.match(await text(page, '.kind pre.text'), /^\{ "name": "house", "profile": "romande-energie-am550"/)
		assert.match(await text(page, '.markdown'), /DLMS push over HDLC, not DSMR text/)
		assert.match(await text(page, '[aria-labelledby="fields"]'), /Voltage L1 ?voltage_l1 ?V ?32\.7\.0/)
		await page.waitForSelector('.sample .piece.is-here')
		assert.equal(errors, [])
		await page.close()
	})

	test('leads from notes to other kinds, and nowhere else', async () => {
		const { page } = await show('#/kind/aew-e450')
		await page.waitForSelector('.markdown a')
		const links = await page.$$eval('.markdown a', (all) => all.map((one) => one.getAttribute('href')))
		assert.equal(links, ['#/kind/ekz-e450', '#/kind/smartmeter-datacollector'])
		await page.close()
	})

	test('keeps every label inside its drawing, in each language', async () => {
		for (const language of ['de', 'fr', 'it', 'en'].slice(0, amount(1, 4))) {
			const { page, errors } = await show('#/kind', { language, width: 390, height: 844 })
			for (const name of [
				'dsmr',
				'kaifa-ma304',
				'kaifa-ma309',
				'multical',
				'kamstrup-omnipower',
				'emh-ehz',
				'sagemcom-xt211-czechia',
				'gplug',
			]) {
				await page.evaluate((one) => {
					location.hash = `#/kind/${one}`
				}, name)
				await page.waitForFunction((one) => document.querySelector('.kind .facts')?.textContent?.includes(`${one}@`), {}, name)
				const beyond = await page.$$eval('.socket text', (all) =>
					all.flatMap((one) => {
						const svg = one.closest('svg')?.getBoundingClientRect()
						const own = one.getBoundingClientRect()
						return svg && own.right <= svg.right + 0.5 && own.left >= svg.left && own.bottom <= svg.bottom + 0.5 ? [] : [one.textContent]
					}),
				)
				assert.equal(beyond, [], `${language} ${name}`)
				assert.ok((await wide(page)) <= 0, `${language} ${name} is too wide`)
			}
			assert.equal(errors, [])
			await page.close()
		}
	})

	test('is right for axe, in the dark and on a phone, as list and as one', async () => {
		for (const [place, taste] of [
			['#/kind', { dark: true }],
			['#/kind/dsmr', { dark: true, width: 390, height: 844 }],
			['#/kind/kaerntennetz', {}],
			['#/kind/multical', { dark: true }],
			['#/settings/profiles', { width: 390, height: 844 }],
		] as const) {
			const { page, errors } = await show(place, taste)
			await page.waitForSelector('.kind-card, .socket')
			assert.equal(await violations(page), [], place)
			assert.ok((await wide(page)) <= 0, `${place} is too wide`)
			assert.equal(errors, [], place)
			await page.close()
		}
	})

	test('shows one who may only look all of it, without what changes something', async () => {
		const { page } = await show('#/kind/dsmr', {}, 'look')
		await page.waitForSelector('.socket')
		assert.is(await page.$('.kind-actions'), null)
		await page.close()
	})

	test('says when there is no such kind, and is reached from a meter’s settings', async () => {
		const { page } = await show('#/kind/nothing')
		await page.waitForSelector('.failure')
		assert.match(await text(page, '.failure'), /no profile "nothing"/)
		await page.evaluate(() => {
			location.hash = '#/settings/meters'
		})
		await page.waitForSelector('.meter-card a[href^="#/kind/"]')
		await page.close()
	})
}

test.run()
