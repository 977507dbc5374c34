/// <reference lib="dom" />

import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { type Fake, type FakeSettings, startFake } from '../../tools/web/dev/fake.ts'
import { startChromium, type Visit, visit } from '../support/chromium.ts'
import { long, themes } from '../support/long.ts'
import { root } from '../support/root.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('page', { limit: 120_000 })
/** Bytes of the first view at most, compressed. */
const FIRST_VIEW = 120_000

let browser: Browser | undefined
const open: Fake[] = []
test.after(async () => {
	await browser?.close()
	for (const fake of open) await fake.close()
})

/** Opens the page over made-up meters. */
async function show(settings: FakeSettings, place = '', taste: Visit = {}) {
	const { fake, url } = await startFake(settings)
	open.push(fake)
	browser ??= await startChromium()
	const visited = await visit(browser, url + place, taste)
	return { fake, url, ...visited }
}

const text = (page: Page, selector: string) => page.$eval(selector, (part) => (part.textContent ?? '').replace(/\s+/g, ' ').trim())
/** Waits until the text of a part fits, and gives it. */
async function until(page: Page, selector: string, pattern: RegExp): Promise<string> {
	await page.waitForFunction(
		(where, source) => new RegExp(source).test((document.querySelector(where)?.textContent ?? '').replace(/\s+/g, ' ')),
		{},
		selector,
		pattern.source,
	)
	return text(page, selector)
}
const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const axe = readFileSync(`${root}node_modules/axe-core/axe.min.js`, 'utf8')
/** Lists what axe finds wrong: `rule: element`. */
async function violations(page: Page): Promise<string[]> {
	await page.evaluate(axe)
	return page.evaluate(async () => {
		const { axe: checker } = globalThis as unknown as {
			axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> }
		}
		const { violations: found } = await checker.run()
		return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`))
	})
}
/** The day, by the meters' clock, of so many hours ago. */
const dayOf = (hours: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Zurich' }).format(Date.now() - hours * 3_600_000)
/** Holds a meter at a power. */
function hold(fake: Fake, name: string, power: number) {
	fake.running = false
	const meter = fake.meters.find((one) => one.name === name)
	if (!meter) throw new Error(`no meter ${name}`)
	meter.state = { ...meter.state, power_net: power, received: new Date().toISOString() }
	fake.tell('reading', { meter: name, state: meter.state })
}

if (need('chromium', 'the page')) {
	test('shows what the house does now, and follows each reading', async () => {
		const { fake, page, errors, hosts, url } = await show({ scene: 'one' })
		await page.waitForSelector('.hero .digits')
		hold(fake, 'house', 2417)
		assert.match(await until(page, '.hero .big-power', /2.417 W/), /From the grid/)
		hold(fake, 'house', -1250)
		assert.match(await until(page, '.hero .big-power', /1.250 W/), /To the grid/)
		assert.ok(await page.$('.hero .big-power.export'))
		hold(fake, 'house', 12_345)
		await until(page, '.hero .figure', /12\.3[45] kW/)
		assert.is(await page.$$eval('.phases li', (rows) => rows.length), 3)
		assert.match(await until(page, '.counters', /kWh/), /\d.\d{3}\.\d{3} kWh/)
		assert.match(await text(page, '.submeters'), /Gas.*4.821\.337 m³.*Water/)
		assert.match(await until(page, '.sums', /Drawn, today/), /Yesterday.*Peak this month/)
		await page.waitForSelector('.line-plot canvas')
		await until(page, '.hero-age', /[3-9] s ago/)
		assert.equal(errors, [])
		assert.equal([...hosts], [new URL(url).host])
		await page.close()
	})

	test('says that the connection is lost, finds it again by itself, and offers a new version', async () => {
		const { fake, page, url } = await show({ scene: 'one' })
		await until(page, '.hero .figure', /\d/)
		await fake.close()
		await until(page, '.notices', /No connection to the server since/)
		assert.ok(await page.$('.stale'))
		const { fake: next } = await startFake({ scene: 'four', port: Number(new URL(url).port), session: { version: '0.2.0' } })
		open.push(next)
		await page.waitForFunction(() => document.querySelectorAll('.tile').length === 4)
		assert.is(await page.$('.stale'), null)
		await until(page, '.notices', /The server has a new version/)
		await page.close()
	})

	test('keeps the last known counters of a silent meter, marks them old, and says what to do', async () => {
		const { page } = await show({ scene: 'silent' })
		const tile = 'article[aria-labelledby="tile-heat-pump"]'
		const shown = await until(page, tile, /kWh/)
		assert.match(shown, /silent.*Nothing arrives from the meter.*Check the cable.*kWh as of/)
		assert.is(await page.$(`${tile} .big-power`), null)
		await until(page, '.hero', /Sum of 3 \/ 4 meters/)
		assert.match(await text(page, 'article[aria-labelledby="tile-workshop"]'), /The changed profile has errors.*The log names the lines/)
		await page.close()
	})

	test('leaves no hole between tiles, from phone to wall', async () => {
		const { page } = await show({ scene: 'silent' })
		for (const width of [320, 390, 800, 1440, 2200]) {
			await page.setViewport({ width, height: 900 })
			await page.waitForFunction(() => document.querySelectorAll('.tile').length === 4)
			await new Promise((resolve) => setTimeout(resolve, 300))
			const bottoms = await page.$$eval('.masonry-column', (columns) =>
				columns.map((column) => Math.round(column.lastElementChild?.firstElementChild?.getBoundingClientRect().bottom ?? 0)),
			)
			assert.is(new Set(bottoms).size, 1, `${width} px: ${bottoms}`)
			assert.ok((await wide(page)) <= 0, `${width} px scrolls sideways`)
		}
		await page.close()
	})

	test('says that the broker is away, on every place', async () => {
		const { page } = await show({ scene: 'broker' }, '#/history')
		const said = await until(page, '.notices', /broker/)
		assert.match(said, /No connection to the broker.*The readings go on here.*ECONNREFUSED.*412 messages wait/)
		await page.close()
	})

	test('begins with an empty page that says what to do', async () => {
		const { fake, page } = await show({ scene: 'empty' })
		await until(page, 'main', /No meter yet/)
		fake.meters = (await startOther('one')).meters
		fake.tell('meters', fake.list())
		await until(page, '.hero .figure', /\d/)
		await page.close()
	})

	test('looks back by day, month and year, with sums, gaps and the period before', async () => {
		const { page, errors } = await show({ scene: 'one' }, '#/history/house/day')
		await page.waitForSelector('button[aria-label="Later"]:disabled')
		await page.evaluate(
			(day) => {
				location.hash = `#/history/house/day/${day}`
			},
			dayOf(5 * 24),
		)
		await page.waitForSelector('button[aria-label="Later"]:enabled')
		await page.waitForFunction(() => document.querySelectorAll('.bars path.bar-import').length > 40)
		assert.match(await text(page, '.sums'), /Drawn.*kWh.*Peak quarter-hour.*kW/)
		await page.focus('.bars [role=slider]')
		await page.keyboard.press('Home')
		const first = await text(page, '.bars .readout')
		assert.match(first, /^00:00–00:15 .*kWh/)
		await page.keyboard.press('ArrowRight')
		assert.match(await page.$eval('.bars [role=slider]', (part) => part.getAttribute('aria-valuetext') ?? ''), /^00:15–00:30: Drawn .*kWh/)
		await page.keyboard.press('PageUp')
		await until(page, '.sums', /(less|more|as much).*\(previous day\)/)
		await page.click('.choice label:nth-of-type(2)')
		await page.waitForFunction(() => location.hash.startsWith('#/history/house/month/'))
		await page.waitForFunction(() => document.querySelectorAll('.bars path.bar-import').length > 20)
		await page.click('.choice label:nth-of-type(3)')
		await until(page, '.turn h2', /^20\d\d$/)
		await page.waitForFunction(() => document.querySelectorAll('.bars path.bar-import').length > 9)
		assert.equal(errors, [])
		await page.close()
	})

	test('turns to the day before by a swipe', async () => {
		const { page } = await show({ scene: 'one' }, `#/history/house/day/${dayOf(5 * 24)}`)
		await page.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true })
		await page.waitForSelector('.bars path.bar-import')
		const today = await text(page, '.turn h2')
		await page.$eval('.bars .plot', (plot) => plot.scrollIntoView({ block: 'center' }))
		await page.touchscreen.touchStart(120, 420)
		for (const x of [180, 240, 300]) await page.touchscreen.touchMove(x, 422)
		await page.touchscreen.touchEnd()
		await page.waitForFunction((before) => document.querySelector('.turn h2')?.textContent !== before, {}, today)
		await page.close()
	})

	test('takes sixty meters: those on the screen first, one searched for by its name', async () => {
		const { page } = await show({ scene: 'many' })
		await page.waitForFunction(() => document.querySelectorAll('.tile').length === 60)
		const drawn = await page.$$eval('.spark', (sparks) => sparks.length)
		assert.ok(drawn < 40, `${drawn} curves are drawn at once`)
		const before = await page.metrics()
		await new Promise((resolve) => setTimeout(resolve, 5000))
		const after = await page.metrics()
		const busy = ((after.TaskDuration ?? 0) - (before.TaskDuration ?? 0)) / ((after.Timestamp ?? 1) - (before.Timestamp ?? 0))
		console.log(`sixty meters keep a browser busy ${(busy * 100).toFixed(0)} % of the time`)
		await page.type('input[type=search]', 'wohnung 17')
		await page.waitForFunction(() => document.querySelectorAll('.tile').length === 1)
		await page.close()
	})

	test('shows a gap as a gap, and the same figures as a table and as a file', async () => {
		const { page, fake } = await show({ scene: 'one' })
		// The made-up hole began 3.5 hours ago: on this day, or over midnight on the one before.
		await page.evaluate((day) => {
			location.hash = `#/history/house/day/${day}`
		}, dayOf(2.8))
		await page.waitForSelector('.bars rect[fill="url(#hatch)"]')
		assert.match(await until(page, '.gaps', /kWh/), /drawn.*fed in between.*when exactly is not known/)
		const bars = await page.$$eval('.bars path.bar-import', (all) => all.length)
		await clickButton(page, 'As a table')
		await page.waitForSelector('tbody tr')
		assert.ok((await page.$$eval('tbody tr', (rows) => rows.length)) >= bars)
		assert.match(await text(page, 'tfoot'), /Total.*\d/)
		const csv = await page.$eval('a[download$=".csv"]', (link) => (link as HTMLAnchorElement).href)
		const answer = await page.evaluate(async (address) => (await fetch(address)).text(), csv)
		assert.match(answer, /^start,import,export\n20/)
		assert.ok(fake.meters.length > 0)
		await page.close()
	})

	test('speaks four languages, each with its own digits, and remembers the choice', async () => {
		const places = ['', '#/history/house/month', '#/meter/house']
		for (const [turn, [language, said, digits]] of (
			[
				['de', /Bezug vom Netz|Einspeisung ins Netz/, /\d’\d{3}\.\d{3}|\d'\d{3}\.\d{3}/],
				['fr', /Soutirage du réseau|Injection au réseau/, /\d.\d{3},\d{3}/],
				['it', /Prelievo dalla rete|Immissione in rete/, /\d.\d{3}\.\d{3}/],
				['en', /From the grid|To the grid/, /\d.\d{3}\.\d{3}/],
			] as const
		).entries()) {
			for (const place of long ? places : [places[turn % places.length] ?? '']) {
				const { page, errors } = await show({ scene: 'one' }, place, { language })
				const body = await until(page, 'main', /kWh/)
				if (place === '') {
					assert.match(body, said)
					assert.match(await until(page, '.counters', /kWh/), digits)
				}
				// A key that has no text would stand there as it is.
				assert.not.match(body, /\b(app|now|chart|status|problem|meter|history|quantity|part|medium|sub)\.[a-z]/i, `${language} ${place}`)
				assert.is(await page.$eval('html', (html) => html.lang), language)
				assert.equal(errors, [])
				await page.close()
			}
		}
	})

	test('has nothing that axe objects to, in both themes, on phone and desktop', async () => {
		for (const [turn, [scene, place]] of (
			[
				['one', ''],
				['silent', ''],
				['broker', '#/history/house/day'],
				['one', '#/history/house/year'],
				['one', '#/meter/house'],
				['silent', '#/meter/heat-pump'],
				['empty', ''],
			] as const
		).entries())
			for (const dark of themes(turn)) {
				const { page } = await show({ scene }, place, dark ? { dark, width: 390, height: 844 } : { width: 1440 })
				await until(page, 'main', scene === 'empty' ? /meter/ : /kWh/)
				await new Promise((resolve) => setTimeout(resolve, 600))
				assert.equal(await violations(page), [], `${scene} ${place} ${dark ? 'dark' : 'light'}`)
				assert.ok((await wide(page)) <= 0, `${scene} ${place} scrolls sideways`)
				await page.close()
			}
	})

	test('is used by the keyboard alone', async () => {
		const { page } = await show({ scene: 'four' })
		await page.waitForFunction(() => document.querySelectorAll('.tile').length === 4)
		await page.keyboard.press('Tab')
		assert.is(await page.evaluate(() => document.activeElement?.textContent), 'Skip to content')
		await page.keyboard.press('Enter')
		assert.is(await page.evaluate(() => document.activeElement?.id), 'main')
		const reached = new Set<string>()
		for (let step = 0; step < 14; step++) {
			await page.keyboard.press('Tab')
			reached.add(
				await page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.getAttribute('role') ?? ''}`.trim()),
			)
		}
		for (const kind of ['SELECT', 'INPUT', 'DIV slider', 'A']) assert.ok(reached.has(kind), `${kind} is not among ${[...reached]}`)
		await page.close()
	})

	test('lies below any path', async () => {
		const { page, errors } = await show({ scene: 'one', prefix: '/api/hassio_ingress/x' })
		await until(page, '.hero .figure', /\d/)
		await page.evaluate(() => {
			location.hash = '#/history'
		})
		await page.waitForSelector('.bars path')
		assert.equal(errors, [])
		await page.close()
	})

	test('shows titles and texts of elsewhere as texts', async () => {
		const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
		const { fake, page, errors } = await show({ scene: 'one' })
		const [meter] = fake.meters
		if (!meter) throw new Error('no meter')
		Object.assign(meter, { title: evil, profileTitle: evil, problems: [{ code: evil, text: evil, hint: evil }] })
		meter.state.id = evil
		meter.state.tariff = evil
		fake.tell('meters', fake.list())
		await until(page, 'h1', /onerror/)
		await page.evaluate(() => {
			location.hash = '#/meter/house'
		})
		await until(page, '.facts', /onerror/)
		assert.is(await page.$('main img'), null)
		assert.is(await page.$('main script'), null)
		assert.equal(errors, [])
		await page.close()
	})

	test('is small: the first view within 120 kB, the rest when it is needed', async () => {
		browser ??= await startChromium()
		const { fake, url } = await startFake({ scene: 'one' })
		open.push(fake)
		const { page } = await visit(browser, 'about:blank')
		const loading: Promise<[string, number]>[] = []
		page.on('response', (response) => {
			const path = new URL(response.url()).pathname
			if (path.startsWith('/api/')) return
			const body = response.buffer().catch(() => Buffer.alloc(0))
			loading.push(body.then((bytes) => [path, /\.(woff2|png)$/.test(path) ? bytes.length : gzipSync(bytes).length]))
		})
		await page.goto(url)
		await page.waitForSelector('.line-plot canvas')
		await new Promise((resolve) => setTimeout(resolve, 500))
		const loaded = await Promise.all(loading)
		const total = loaded.reduce((sum, [, size]) => sum + size, 0)
		console.log(`first view ${(total / 1000).toFixed(1)} kB compressed: ${loaded.map(([path, size]) => `${path} ${size}`).join(', ')}`)
		assert.ok(loaded.length >= 5, 'hardly anything was loaded')
		assert.ok(total < FIRST_VIEW, `${total} bytes`)
		assert.not.ok(loaded.some(([path]) => /history|latin-ext/.test(path)))
		await page.close()
	})
}

async function startOther(scene: 'one') {
	const { fake } = await startFake({ scene })
	open.push(fake)
	return fake
}

async function clickButton(page: Page, name: string): Promise<void> {
	await page.evaluate((wanted) => {
		const button = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === wanted)
		button?.click()
	}, name)
}

test.run()
