/// <reference lib="dom" />

import type { Browser, Page } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { type Fake, type FakeSettings, startFake } from '../../tools/web/dev/fake.ts'
import { flowRoutes } from '../../tools/web/dev/fake-flows.ts'
import { FakeSetup, KEY, type SetupScene } from '../../tools/web/dev/fake-setup.ts'
import { violations } from '../support/axe.ts'
import { clickStill, startChromium, type Visit, visit } from '../support/chromium.ts'
import { themes } from '../support/long.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('set up, settings, log and telegrams', { limit: 120_000 })

let browser: Browser | undefined
const open: Fake[] = []
test.after(async () => {
	await browser?.close()
	for (const fake of open) await fake.close()
})

/** Opens a place of the page over made-up meters and a made-up home to set up. */
async function show(settings: FakeSettings, setup: SetupScene, place: string, taste: Visit = {}) {
	const home = new FakeSetup(setup)
	const { fake, url } = await startFake({ ...settings, routes: [...home.routes(), ...(await flowRoutes())] })
	open.push(fake)
	browser ??= await startChromium()
	return { home, fake, url, ...(await visit(browser, url + place, taste)) }
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
/** Clicks as a person does: what is hidden below the tabs is scrolled to first. */
async function click(page: Page, selector: string): Promise<void> {
	const part = await page.waitForSelector(selector)
	if (part) await clickStill(page, part)
}
const next = (page: Page) => click(page, '.actions .main:not(:disabled)')
const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const focused = (page: Page) =>
	page.evaluate(() => {
		const { activeElement: part } = document
		return `${part?.tagName} ${part instanceof HTMLInputElement ? part.value : (part?.textContent ?? '')}`.trim()
	})
/** Presses Tab until the part that has the focus fits; at most 40 times. */
async function tabTo(page: Page, pattern: RegExp): Promise<void> {
	for (let presses = 0; presses < 40; presses++) {
		if (pattern.test(await focused(page))) return
		await page.keyboard.press('Tab')
	}
	throw new Error(`${pattern} is not reached: ${await focused(page)}`)
}

if (need('chromium', 'the page')) {
	test('sets a meter up from nothing, shows its first reading live, and takes all back', async () => {
		const { page, home, fake, errors } = await show({ scene: 'empty' }, { plays: 'clear' }, '#/setup')
		await until(page, '.step', /FTDI TTL232R/)
		assert.match(await text(page, '.step'), /Silicon Labs.*may not be opened.*sudo usermod -aG dialout pi/)
		await next(page)
		await until(page, '.progress', /2400 8E1.*37 bytes, no telegram/)
		await until(page, '.step', /The meter is read.*EKZ: Landis\+Gyr E450.*certain.*412.W/)
		await next(page)
		await until(page, '.step', /In MQTT: cii\/house/)
		await next(page)
		await click(page, 'input[value=embedded]')
		await next(page)
		await until(page, '.step', /Publish for.*built-in broker/)
		assert.not.ok(home.exists, 'nothing is written before the last step')
		await click(page, '.switch input')
		await next(page)
		await until(page, '.step', /House is read.*Energy drawn.*kWh/)
		assert.equal(home.added?.outputs, ['home-assistant'])
		assert.equal(home.added?.mqtt, { embedded: {} })
		const undo = '.actions button.quiet'
		await click(page, undo)
		await until(page, 'h2', /What do you call it/)
		assert.is(fake.meters.length, 0)
		assert.equal(errors, [])
		await page.close()
	})

	test('is set up by the keyboard alone, and each step says where one is', async () => {
		const { page, home } = await show({ scene: 'empty' }, { plays: 'ciphered' }, '#/setup')
		await until(page, '.step', /FTDI TTL232R/)
		await tabTo(page, /^INPUT serial/)
		await page.keyboard.press('Enter')
		await page.waitForSelector('.progress.is-key-wanted')
		assert.match(await focused(page), /^H2 What does the meter send/)
		await tabTo(page, /^BUTTON Enter the key/)
		await page.keyboard.press('Enter')
		await until(page, 'h2', /Enter the key/)
		await page.keyboard.press('Tab')
		await page.keyboard.type(KEY.match(/../g)?.join(' ').toLowerCase() ?? '')
		assert.match(await text(page, '.field'), /32 of 32 digits/)
		await page.keyboard.press('Enter')
		await until(page, '.good', /The key fits/)
		await page.keyboard.press('Enter')
		await until(page, 'h2', /What do you call it/)
		await page.keyboard.press('Tab')
		await page.keyboard.down('Control')
		await page.keyboard.press('a')
		await page.keyboard.up('Control')
		await page.keyboard.type('Haus Süd')
		await page.keyboard.press('Enter')
		await until(page, 'h2', /Where do the readings go/)
		await tabTo(page, /^INPUT embedded/)
		await page.keyboard.press('Enter')
		await until(page, 'h2', /Publish for/)
		await tabTo(page, /^BUTTON Start reading/)
		await page.keyboard.press('Enter')
		await until(page, '.step', /Haus Süd is read/)
		assert.is(home.added?.name, 'haus-sued')
		assert.is(home.added?.keys?.encryption?.toUpperCase(), KEY)
		assert.not.match(await page.content(), new RegExp(KEY, 'i'))
		await page.close()
	})

	test('says which key is wrong, and counts its digits', async () => {
		const { page } = await show({ scene: 'empty' }, { plays: 'ciphered' }, '#/setup')
		await until(page, '.step', /FTDI/)
		await next(page)
		await page.waitForSelector('.progress.is-key-wanted')
		await next(page)
		await page.type('.field input', KEY.slice(0, 31))
		await next(page)
		await until(page, '.field', /This has 31 digits; a key has 32/)
		await page.type('.field input', 'G')
		await until(page, '.field', /“G” is none of the digits/)
		await page.keyboard.press('Backspace')
		await page.keyboard.type('A')
		await next(page)
		await until(page, '.failure', /The encryption key is wrong.*digit by digit/)
		await page.focus('.field input')
		await page.keyboard.press('End')
		await page.keyboard.press('Backspace')
		await page.keyboard.type(KEY.slice(31))
		await page.type('.field:nth-of-type(2) input', 'AB'.repeat(16))
		await next(page)
		await until(page, '.failure', /The encryption key is right. The authentication key is wrong/)
		await page.close()
	})

	test('hears an adapter; says what a refused port, silence and an unknown meter need', async () => {
		const adapter = await show({ scene: 'one' }, { exists: true }, '#/setup')
		await click(adapter.page, 'input[value=mqtt]')
		await next(adapter.page)
		await until(adapter.page, '.step', /Heard: 1.*gPlug gPlugE450.*tele\/gplug\/SENSOR · \d+ messages.*412.W/)
		await next(adapter.page)
		await until(adapter.page, '.step', /cii\/house-2/)
		await adapter.page.close()

		const busy = await show({ scene: 'one' }, { plays: 'busy', exists: true }, '#/setup')
		await until(busy.page, '.step', /FTDI/)
		await next(busy.page)
		await until(busy.page, '.failure', /ModemManager.*sudo systemctl stop ModemManager/)
		await busy.page.close()

		const unknown = await show({ scene: 'one' }, { plays: 'unknown', exists: true }, '#/setup')
		await until(unknown.page, '.step', /FTDI/)
		await next(unknown.page)
		await until(unknown.page, '.step', /Nobody has described this meter yet.*Download the recording/)
		assert.match(await unknown.page.$eval('a[download]', (link) => (link as HTMLAnchorElement).href), /\/api\/setup\/probes\/1\/recording$/)
		await unknown.page.close()

		const silent = await show({ scene: 'one' }, { plays: 'silent', exists: true }, '#/setup')
		await until(silent.page, '.step', /FTDI/)
		await next(silent.page)
		await until(silent.page, '.step', /Nothing was heard.*I know which meter this is.*Listen again/)
		await silent.page.close()

		const unplugged = await show({ scene: 'one' }, { ports: false, exists: true }, '#/setup')
		await click(unplugged.page, 'input[value=serial]')
		await until(unplugged.page, '.step', /No adapter found.*appears here by itself/)
		unplugged.home.plug()
		await until(unplugged.page, '.step', /FTDI TTL232R/)
		await unplugged.page.close()
	})

	test('tests the broker by its real answer', async () => {
		const { page } = await show({ scene: 'empty' }, {}, '#/setup')
		await until(page, '.step', /FTDI/)
		await next(page)
		await page.waitForSelector('.progress.is-reading')
		await next(page)
		await until(page, 'h2', /What do you call it/)
		await next(page)
		await click(page, 'input[value=other]')
		await next(page)
		await until(page, '.failure', /refuses this user and password/)
		await page.type('.pair .field:nth-child(2) input', 'secret')
		await next(page)
		await until(page, '.good', /The broker takes messages \(MQTT 5\)/)
		await next(page)
		await until(page, 'h2', /Publish for/)
		assert.not.match(await text(page, 'main'), /secret/)
		await page.close()
	})

	test('changes and removes meters, switches outputs, and undoes it', async () => {
		const { page, fake, home } = await show({ scene: 'four' }, { exists: true }, '#/settings/meters')
		await click(page, '.meter-card button[aria-expanded]')
		await page.$eval('.meter-form input', (input) => (input as HTMLInputElement).select())
		await page.type('.meter-form input', 'Main house')
		await next(page)
		await until(page, '.meter-card', /Main house.*Saved/)
		assert.is(fake.meters[0]?.title, 'Main house')
		await click(page, '.meter-form .danger')
		await until(page, 'dialog', /Remove Main house\?/)
		await click(page, 'dialog input[role=switch]')
		await until(page, 'dialog', /Remove with history/)
		await page.keyboard.press('Escape')
		assert.is(fake.meters.length, 4)
		await click(page, '.meter-form .danger')
		await click(page, 'dialog .danger')
		await page.waitForFunction(() => document.querySelectorAll('.meter-card').length === 3)
		assert.is(home.removed, 'house')
		await page.evaluate(() => {
			location.hash = '#/settings/outputs'
		})
		await click(page, '.switch input')
		await until(page, '.undo', /Changed/)
		assert.is(await page.$eval('.switch input', (input) => (input as HTMLInputElement).checked), true)
		await page.close()
	})

	test('shows what is wrong with the config at its line, and both texts when somebody else was faster', async () => {
		const { page, home } = await show({ scene: 'one' }, { exists: true }, '#/settings/config')
		await page.waitForFunction(() => (document.querySelector('.editor textarea') as HTMLTextAreaElement | null)?.value.includes('meters'))
		const edit = (from: string, to: string) =>
			page.$eval(
				'.editor textarea',
				(area, one, other) => {
					const input = area as HTMLTextAreaElement
					input.value = input.value.replace(one, other)
					input.dispatchEvent(new Event('input', { bubbles: true }))
				},
				from,
				to,
			)
		await edit('"profile"', '"profil"')
		await next(page)
		await until(page, '.findings', /Line 7, column \d+.*"profil" is not known here.*did you mean/)
		assert.is(await text(page, '.gutter .wrong'), '7')
		await click(page, '.findings button')
		const caret = await page.$eval('.editor textarea', (area) =>
			(area as HTMLTextAreaElement).value.slice((area as HTMLTextAreaElement).selectionStart).slice(0, 8),
		)
		assert.is(caret, '"profil"')
		await edit('"profil"', '"profile"')
		await edit('// The meters of the house.', '// Mine.')
		home.edit(home.text.replace('// The meters of the house.', '// Theirs.'))
		await next(page)
		await until(page, '.conflict', /The file was changed meanwhile/)
		assert.match(await page.$eval('.conflict textarea', (area) => (area as HTMLTextAreaElement).value), /Theirs/)
		assert.match(await page.$eval('.editor textarea', (area) => (area as HTMLTextAreaElement).value), /Mine/)
		await click(page, '.conflict .danger')
		await until(page, '.config', /Saved and taken over/)
		assert.match(home.text, /Mine/)
		await page.close()
	})

	test('shows the log live, filtered, and held still while somebody reads', async () => {
		const { page, fake } = await show({ scene: 'four' }, { exists: true }, '#/log')
		await until(page, '.lines', /the first reading is published.*cii2mqtt 0\.1\.0 starts/)
		fake.tell('log', { n: 100, time: new Date().toISOString(), level: 'error', text: 'a new <b>fault</b>', meter: 'house' })
		assert.match(await until(page, '.lines li', /a new/), /error.*house a new <b>fault<\/b>/)
		await page.click('.log-actions button')
		fake.tell('log', { n: 101, time: new Date().toISOString(), level: 'info', text: 'unseen' })
		await until(page, '.log-actions', /Go on \(1 new\)/)
		assert.not.match(await text(page, '.lines'), /unseen/)
		await page.click('.log-actions button')
		await until(page, '.lines', /unseen/)
		await page.click('.log-filters .choice label:nth-of-type(3)')
		await page.waitForFunction(() => document.querySelectorAll('.lines li').length === 2)
		await page.type('.log-filters input[type=search]', 'powr')
		await page.waitForFunction(() => document.querySelectorAll('.lines li').length === 1)
		await page.close()
	})

	test('goes on with the log of a server that was started again', async () => {
		const { page, fake, url } = await show({ scene: 'one' }, { exists: true }, '#/log')
		await until(page, '.lines', /the first reading is published/)
		fake.tell('log', { n: 100, time: new Date().toISOString(), level: 'info', text: 'before the restart' })
		await until(page, '.lines', /before the restart/)
		await fake.close()
		await until(page, '.notices', /No connection to the server since/)
		const { fake: other } = await startFake({ scene: 'one', port: Number(new URL(url).port), routes: await flowRoutes() })
		open.push(other)
		await page.waitForFunction(() => document.querySelector('.stale') === null)
		await page.waitForFunction(() => !document.querySelector('.lines')?.textContent?.includes('before the restart'))
		other.tell('log', { n: 10, time: new Date().toISOString(), level: 'info', text: 'behind the restart' })
		await until(page, '.lines', /behind the restart/)
		await page.close()
	})

	test('explains a telegram byte by byte, by hover and by keys, and records one', async () => {
		const { page, errors } = await show({ scene: 'one' }, { exists: true }, '#/telegram/house')
		await until(page, '.telegram-list', /discarded.*damaged on the way.*rejected.*no key.*read/)
		await page.waitForSelector('.stage .piece')
		const last = await page.$$('.piece.layer-value')
		await last.at(3)?.hover()
		await until(page, '.note.is-here', /number: /)
		await page.focus('.piece.is-here')
		await page.keyboard.press('Home')
		assert.match(await until(page, '.note.is-here', /data-notification/), /^0/)
		assert.match(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''), /^data-notification: 0F/)
		await page.keyboard.press('ArrowRight')
		await until(page, '.note.is-here', /long-invoke-id/)
		const layers = await page.$$eval('.legend li', (items) => items.map((item) => item.textContent))
		assert.equal(layers, ['frame', 'ciphering', 'structure', 'value'])
		await click(page, '.record button')
		await until(page, '.record', /to go/)
		await page.waitForSelector('.record a[download]')
		assert.equal(errors, [])
		await page.close()
	})

	test('asks for the password, and sets the first one by the link of the log', async () => {
		const { page, fake } = await show({ scene: 'one', session: { needed: true, rights: 'none', passwordSet: true } }, {}, '#/log')
		await until(page, 'h1', /Sign in/)
		assert.is(await page.$('.tabs'), null)
		await page.type('input[type=password]', 'wrong')
		await page.keyboard.press('Enter')
		await until(page, '.failure', /This password is wrong/)
		await page.$eval('input[type=password]', (input) => (input as HTMLInputElement).select())
		await page.type('input[type=password]', 'a good password')
		await page.keyboard.press('Enter')
		await until(page, 'h1', /Log/)
		assert.is(fake.session.rights, 'change')
		await page.close()

		const first = await show({ scene: 'empty', session: { needed: true, rights: 'none', passwordSet: false } }, {}, '#token=abc-DEF_123')
		await until(first.page, 'h1', /Set a password/)
		assert.not.match(first.page.url(), /abc/, 'the link is not kept in the address')
		await first.page.type('input[type=password]', 'short')
		await first.page.keyboard.press('Enter')
		await until(first.page, '.signin', /8 characters at least/)
		await first.page.type('input[type=password]', ' and longer')
		await first.page.keyboard.press('Enter')
		await until(first.page, 'h1', /Set up/)
		assert.is(first.fake.session.passwordSet, true)
		await first.page.close()
	})

	test('lets those who may only look change nothing but the look', async () => {
		const { page } = await show({ scene: 'one', session: { needed: true, rights: 'look', passwordSet: true } }, {}, '#/settings/meters')
		await until(page, 'main', /Appearance/)
		assert.is(await page.$('.subtabs'), null)
		assert.not.match(await text(page, '.tabs'), /Set up|Log/)
		await page.close()
	})

	test('has nothing that axe objects to, in both themes, on phone and desktop, in four languages', async () => {
		const places = [
			'#/setup',
			'#/settings',
			'#/settings/meters',
			'#/settings/outputs',
			'#/settings/access',
			'#/settings/config',
			'#/log',
			'#/telegram/house',
		]
		for (const [turn, place] of places.entries())
			for (const dark of themes(turn)) {
				const language = ['en', 'de', 'fr', 'it'][(turn + Number(dark)) % 4] ?? 'en'
				const taste = dark ? { dark, width: 390, height: 844, language } : { width: 1440, language }
				const { page } = await show({ scene: 'four' }, { exists: true }, place, taste)
				await page.waitForSelector('main h1')
				await new Promise((resolve) => setTimeout(resolve, 900))
				if (place === '#/settings/meters') await click(page, '.meter-card button[aria-expanded]')
				assert.equal(await violations(page), [], `${place} ${dark ? 'dark' : 'light'}`)
				assert.ok((await wide(page)) <= 0, `${place} ${language} scrolls sideways`)
				// A key that has no text would stand there as it is.
				assert.not.match(
					await text(page, 'main'),
					/\b(setup|set|pass|config|tel|rec|layer|stage|outputs|broker|key|form|fail)\.[a-z]{2}/,
					`${place} ${language}`,
				)
				await page.close()
			}
		for (const dark of [false, true]) {
			const { page } = await show({ scene: 'one', session: { needed: true, rights: 'none', passwordSet: true } }, {}, '', { dark })
			await until(page, 'h1', /Sign in/)
			assert.equal(await violations(page), [])
			await page.close()
		}
	})

	test('has nothing that axe objects to at each step of setting up', async () => {
		for (const dark of themes(1)) {
			const { page } = await show({ scene: 'empty' }, { plays: 'ciphered' }, '#/setup', { dark, width: 390, height: 844 })
			const check = async (step: string) => assert.equal(await violations(page), [], `${step} ${dark ? 'dark' : 'light'}`)
			await until(page, '.step', /FTDI/)
			await next(page)
			await page.waitForSelector('.progress.is-key-wanted')
			await check('key wanted')
			await next(page)
			await page.type('.field input', KEY.slice(0, 31))
			await next(page)
			await check('key too short')
			await page.type('.field input', KEY.slice(31))
			await next(page)
			await until(page, '.good', /fits/)
			await check('key right')
			await next(page)
			await until(page, 'h2', /call it/)
			await check('name')
			await next(page)
			await click(page, 'input[value=other]')
			await next(page)
			await page.waitForSelector('.failure')
			await check('broker refused')
			await click(page, 'input[value=embedded]')
			await next(page)
			await until(page, 'h2', /Publish for/)
			await check('outputs')
			await next(page)
			await until(page, '.step', /is read/)
			await check('first reading')
			assert.ok((await wide(page)) <= 0)
			await page.close()
		}
	})
}

test.run()
