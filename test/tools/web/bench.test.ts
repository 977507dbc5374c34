/// <reference lib="dom" />

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { type Fake, startFake } from '../../../tools/web/dev/fake.ts'
import { FakeBench } from '../../../tools/web/dev/fake-bench.ts'
import { FakeSetup } from '../../../tools/web/dev/fake-setup.ts'
import { violations } from '../../support/axe.ts'
import { clickStill, startChromium, visit } from '../../support/chromium.ts'
import { long } from '../../support/long.ts'
import { stretched } from '../../support/pace.ts'
import { root } from '../../support/root.ts'
import { suite } from '../../support/suite.ts'

const test = suite('beginning, proving and saving a profile in the page', { limit: 90_000 })
const MINE = '{\n  "profile": "mine",\n  "version": "1.0.0",\n  "title": "Mine",\n  "extends": "ekz-e450",\n  "interval": 5\n}\n'
/** What the page makes Chromium say of answers that are meant: a text that is another one by now. */
const MEANT = /status of (412|404|422)/

let browser: Browser | undefined
const open: (() => Promise<void> | void)[] = []
test.after(async () => {
	await browser?.close()
	for (const end of open) await end()
})

type Place = { bench: FakeBench; url: string; fake: Fake }

/** A server with a folder of its own. */
async function place(scene: ConstructorParameters<typeof FakeBench>[0] = {}): Promise<Place> {
	const bench = new FakeBench(scene)
	const { fake, url } = await startFake({ routes: bench.routes() })
	open.push(async () => {
		await fake.close()
		bench.close()
	})
	return { bench, url, fake }
}

/** Somebody at the page. */
class Person {
	readonly page: Page
	readonly errors: string[]

	constructor(page: Page, errors: string[]) {
		this.page = page
		this.errors = errors
	}

	static async at(url: string, address: string, settings: Parameters<typeof visit>[2] = {}): Promise<Person> {
		browser ??= await startChromium()
		const { page, errors } = await visit(browser, `${url}${address}`, { width: 1440, ...settings })
		// The page asks before it is left with what is not saved.
		page.on('dialog', (dialog) => void dialog.accept())
		return new Person(page, errors)
	}

	/** The end of what stands on the page, for a message. */
	async text(): Promise<string> {
		const all = await this.page.evaluate(() => document.body.innerText)
		return all.length > 2500 ? `${all.slice(0, 600)} … ${all.slice(-1900)}` : all
	}

	/** Waits for a text on the page. */
	async sees(text: string): Promise<void> {
		await this.page
			.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text)
			.catch(async () => {
				throw new Error(`waited in vain for "${text}": ${await this.text()}`)
			})
	}

	/** Waits until a text is gone. */
	async misses(text: string): Promise<void> {
		await this.page.waitForFunction((wanted) => !document.body.innerText.includes(wanted), {}, text)
	}

	/** Clicks the button, link or card that begins with this text. */
	async click(text: string): Promise<void> {
		const found = await this.page
			.waitForFunction(
				(wanted) =>
					[...document.querySelectorAll<HTMLElement>('button:not([disabled]), a, label, summary')].find(
						(one) => (one.innerText.trim() || (one.ariaLabel ?? '')).startsWith(wanted) && one.offsetParent !== null,
					),
				{},
				text,
			)
			.catch(async () => {
				throw new Error(`nothing to click at "${text}": ${await this.text()}`)
			})
		const part = found.asElement() as Awaited<ReturnType<Page['$']>>
		if (part) await clickStill(this.page, part)
	}

	/** Writes into the field of this label, instead of what stands there. */
	async fill(label: string, text: string): Promise<void> {
		const found = await this.page.waitForFunction(
			(wanted) => {
				const one = [...document.querySelectorAll('label')].find((each) => each.innerText.trim().startsWith(wanted))
				return one && (document.getElementById(one.htmlFor) ?? one.querySelector('input, textarea'))
			},
			{},
			label,
		)
		const field = found.asElement() as Awaited<ReturnType<Page['$']>>
		await field?.evaluate((one, next) => {
			const input = one as HTMLInputElement
			input.focus()
			input.value = next
			input.dispatchEvent(new InputEvent('input', { bubbles: true }))
		}, text)
	}

	/** Puts a text into the editor instead of all that stands there, as pasting does. */
	async writes(text: string): Promise<void> {
		const content = await this.page.waitForSelector('.editor-host >>> .cm-content')
		await content?.focus()
		await this.page.keyboard.down('Control')
		await this.page.keyboard.press('a')
		await this.page.keyboard.up('Control')
		await content?.evaluate((one, pasted) => {
			const clipboardData = new DataTransfer()
			clipboardData.setData('text/plain', pasted)
			one.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }))
		}, text)
	}

	/** Gives the text of the editor, once it holds `part`. */
	async editorHas(part: string): Promise<string> {
		const host = await this.page.waitForSelector('.editor-host')
		const text = () => host?.evaluate((one) => one.shadowRoot?.querySelector<HTMLElement>('.cm-content')?.innerText ?? '') ?? ''
		const until = performance.now() + stretched(20_000)
		for (let now = await text(); ; now = await text()) {
			if (now.includes(part)) return now
			if (performance.now() > until) throw new Error(`the editor never had ${part}: ${now}`)
			await new Promise((resolve) => setTimeout(resolve, 50))
		}
	}

	/** Nothing but what is meant was complained of. */
	content(): void {
		assert.equal(
			this.errors.filter((error) => !MEANT.test(error)),
			[],
		)
	}
}

const read = ({ bench }: Place, name: string): string => readFileSync(join(bench.profiles, `${name}.json`), 'utf8')

test('a profile begins empty, with a name that is judged while it is typed; it is saved into the folder, and says that no meter uses it', async () => {
	const there = await place({ own: { mine: MINE } })
	const person = await Person.at(there.url, '#/workbench')
	await person.click('Empty')
	await person.fill('Name of the profile', 'Zähler Süd')
	await person.sees('zaehler-sued')
	await person.fill('Name of the profile', 'mine')
	await person.sees('You have a profile of this name')
	await person.fill('Name of the profile', 'ekz-e450')
	await person.sees('takes its place for every meter that uses ekz-e450')
	await person.fill('Name of the profile', 'cellar')
	await person.misses('takes its place')
	assert.equal(await violations(person.page), [])
	await person.click('Begin')
	await person.sees('New, not saved')
	assert.ok(person.page.url().includes('#/workbench/cellar'), person.page.url())
	assert.match(await person.editorHas('"cellar"'), '"profile": "cellar"')
	await person.writes(MINE.replaceAll('"mine"', '"cellar"'))
	await person.click('Save')
	await person.sees('Saved, and right.')
	await person.sees('Add the meter')
	assert.equal(read(there, 'cellar'), MINE.replaceAll('"mine"', '"cellar"'))
	if (long) assert.equal(await violations(person.page), [])
	person.content()
})

test('a shipped profile is found by its operator, and extended or copied', async () => {
	const there = await place()
	const person = await Person.at(there.url, '#/workbench')
	await person.click('From a ready-made profile')
	await person.fill('Search', 'landis ekz')
	await person.sees('EKZ · Landis+Gyr E450')
	await person.page.click('input[name="shipped"][value="ekz-e450"]')
	await person.click('Begin')
	assert.match(await person.editorHas('ekz-e450-mine'), '"extends": "ekz-e450"')
	await person.click('Save')
	await person.sees('Saved, and right.')
	await person.page.goto(`${there.url}#/workbench`)
	await person.click('From a ready-made profile')
	await person.fill('Search', 'landis ekz')
	await (await person.page.waitForSelector('input[name="shipped"][value="ekz-e450"]'))?.click()
	await person.click('Change a copy')
	await person.fill('Name of the profile', 'house-copy')
	await person.click('Begin')
	const text = await person.editorHas('"house-copy"')
	await person.sees('power_import')
	assert.match(text, '"samples"')
	const [, schema = ''] = /"\$schema": "([^"]+)"/.exec(text) ?? []
	assert.ok(existsSync(join(there.bench.profiles, schema)), schema)
	assert.not.match(text, '"extends": "ekz-e450"')
	await (await person.page.waitForSelector('#results-samples'))?.click()
	await person.sees('All 2 give what is expected.')
	person.content()
})

test('telegrams that a profile reads offer it first; with a name they become a draft that reads them', async () => {
	const there = await place()
	const capture = readFileSync(`${root}meters/ekz-e450/vse-2026.capture.jsonl`, 'utf8')
	const person = await Person.at(there.url, '#/workbench')
	await person.click('From telegrams')
	await person.click('A file, or something pasted')
	await person.fill('Or paste', capture)
	await person.click('Look at them')
	await person.sees('These read it already')
	const first = await person.page.$eval('.bench-similar li', (one) => one.textContent ?? '')
	assert.match(first, 'EKZ · Landis+Gyr E450')
	if (long) assert.equal(await violations(person.page), [])
	await person.fill('Name of the profile', 'from-bytes')
	await person.click('Make my own nevertheless')
	await person.editorHas('"from-bytes"')
	await person.sees('power_import')
	await person.page.reload()
	await person.editorHas('"from-bytes"')
	await person.sees('power_import')
	person.content()
})

test('a profile in use is saved and runs; a wrong one is saved and rejected, and the last good one comes back', async () => {
	const there = await place({ profile: 'mine', own: { mine: MINE } })
	const person = await Person.at(there.url, '#/workbench/mine')
	await person.sees('Saved; used by Haus Sonnenweg')
	await person.writes(MINE.replace('5\n', '10\n'))
	await person.sees('Changed, not saved')
	await person.page.keyboard.down('Control')
	await person.page.keyboard.press('s')
	await person.page.keyboard.up('Control')
	await person.sees('Haus Sonnenweg runs with it.')
	assert.equal(read(there, 'mine'), MINE.replace('5\n', '10\n'))
	await person.writes(MINE.replace('"interval"', '"intervall"'))
	await person.misses('runs with it')
	await person.sees('the meters go on with the last good version')
	await person.click('Save')
	await person.sees('Haus Sonnenweg goes on with the last good version')
	await person.sees('intervall')
	assert.equal(await violations(person.page), [])
	await person.click('Last good version')
	await person.editorHas('"interval": 10')
	await person.click('Save')
	await person.sees('Haus Sonnenweg runs with it.')
	person.content()
})

test('what is typed outlives a reload and a visit to another place, and can be discarded', async () => {
	const there = await place({ own: { mine: MINE } })
	const person = await Person.at(there.url, '#/workbench/mine')
	await person.writes(MINE.replace('"Mine"', '"Kept"'))
	await person.sees('Changed, not saved')
	await person.page.goto(`${there.url}#/now`)
	await person.sees('The changes of mine are not saved')
	await person.page.goto(`${there.url}#/workbench`)
	await person.sees('not saved,')
	await person.page.goto(`${there.url}#/workbench/mine`)
	await person.editorHas('"Kept"')
	await person.page.reload()
	await person.editorHas('"Kept"')
	await person.sees('that you had not saved')
	await person.click('Discard changes')
	await person.editorHas('"Mine"')
	await person.sees('Saved; no meter uses it')
	await person.page.reload()
	await person.editorHas('"Mine"')
	assert.equal(read(there, 'mine'), MINE)
	person.content()
})

test('two people at one profile: each sees what the other has saved, and takes both changes', async () => {
	const there = await place({ own: { mine: MINE } })
	const [one, other] = [await Person.at(there.url, '#/workbench/mine'), await Person.at(there.url, '#/workbench/mine')]
	await one.page.bringToFront()
	await one.writes(MINE.replace('"Mine"', '"One"'))
	await one.click('Save')
	await one.sees('Saved, and right.')
	await other.page.bringToFront()
	await other.writes(MINE.replace('5\n', '30\n'))
	await other.click('Save')
	await other.sees('Somebody else has saved this profile')
	assert.equal(read(there, 'mine'), MINE.replace('"Mine"', '"One"'))
	if (long) assert.equal(await violations(other.page), [])
	await other.click('Take both changes')
	await other.misses('Somebody else has saved this profile')
	await other.click('Save')
	await other.sees('Saved, and right.')
	assert.equal(read(there, 'mine'), MINE.replace('"Mine"', '"One"').replace('5\n', '30\n'))
	await one.page.bringToFront()
	await one.page.evaluate(() => window.dispatchEvent(new Event('focus')))
	await one.sees('You have changed nothing')
	await one.click('Take theirs')
	await one.editorHas('"interval": 30')
	await one.sees('Saved; no meter uses it')
	one.content()
	other.content()
})

test('a draft that is opened again after somebody else has saved takes both changes, too', async () => {
	const there = await place({ own: { mine: MINE } })
	const person = await Person.at(there.url, '#/workbench/mine')
	await person.writes(MINE.replace('"Mine"', '"Kept"'))
	await person.sees('Changed, not saved')
	await person.page.goto(`${there.url}#/now`)
	await person.sees('The changes of mine are not saved')
	there.bench.write('mine', MINE.replace('5\n', '20\n'))
	await person.page.goBack()
	await person.sees('Somebody else has saved this profile')
	await person.click('Take both changes')
	await person.click('Save')
	await person.sees('Saved, and right.')
	assert.is(read(there, 'mine'), MINE.replace('"Mine"', '"Kept"').replace('5\n', '20\n'))
	person.content()
})

test('where both have changed the same line, the texts stand side by side, and single changes are taken over', async () => {
	const there = await place({ own: { mine: MINE } })
	const person = await Person.at(there.url, '#/workbench/mine')
	await person.writes(MINE.replace('"Mine"', '"Mine here"'))
	there.bench.write('mine', MINE.replace('"Mine"', '"Theirs"').replace('5\n', '20\n'))
	await person.page.evaluate(() => window.dispatchEvent(new Event('focus')))
	await person.sees('Somebody else has saved this profile')
	assert.not.ok(await person.page.evaluate(() => document.body.innerText.includes('Take both changes')))
	await person.click('Show the differences')
	await person.page.waitForSelector('.bench-merge >>> .cm-merge-b .cm-changedText')
	const arrows = await person.page.$$('.bench-merge >>> .cm-merge-revert button')
	assert.is(arrows.length, 2)
	assert.equal(await violations(person.page), [])
	await arrows[1]?.click()
	await person.click('Use the right text')
	const text = await person.editorHas('"Mine here"')
	assert.match(text, '"interval": 20')
	await person.click('Save')
	await person.sees('Saved, and right.')
	assert.equal(read(there, 'mine'), MINE.replace('"Mine"', '"Mine here"').replace('5\n', '20\n'))
	person.content()
})

test('telegrams become a recording; what a change breaks stands in a table, and is accepted', async () => {
	const there = await place({ own: { mine: MINE } })
	const person = await Person.at(there.url, '#/workbench/mine?of=ekz-e450&sample=vse-2026')
	await person.sees('power_import')
	await (await person.page.waitForSelector('#results-samples'))?.click()
	await person.click('Add these telegrams as a recording')
	await person.fill('Name of the recording', 'a b')
	await person.sees('Letters, digits, and . _ - only.')
	await person.fill('Name of the recording', 'first-day')
	await person.click('Add')
	await person.sees('Written')
	await person.sees('first-day')
	const [folder] = ['meters/mine', 'profiles/mine', 'profiles/meters/mine'].filter((one) => existsSync(join(there.bench.folder, one)))
	const expected = join(there.bench.folder, folder ?? '', 'first-day.expected.json')
	const before = JSON.parse(readFileSync(expected, 'utf8')) as { power_import: number }[]
	assert.type(before[0]?.power_import, 'number')
	await person.sees('All 1 give what is expected.')
	await person.writes(MINE.replace('"interval": 5', '"transform": { "power_import": "obis.`1.7.0` + 1" }'))
	await person.sees('0 of 1 give what is expected.')
	const row = await person.page.$eval('.bench-differences tbody tr', (one) => one.textContent)
	assert.is(row, `1power_import${before[0]?.power_import}${Number(before[0]?.power_import) + 1}`)
	if (long) assert.equal(await violations(person.page), [])
	await person.click('Accept as expected')
	await person.sees('All 1 give what is expected.')
	const after = JSON.parse(readFileSync(expected, 'utf8')) as { power_import: number }[]
	assert.is(after[0]?.power_import, Number(before[0]?.power_import) + 1)
	await person.sees('What the recordings show')
	await person.click('Contribute')
	await person.sees('profiles/mine.json and meters/mine/')
	const zip = person.page.waitForResponse((response) => response.url().endsWith('/zip'))
	await person.click('Download the zip')
	const answer = await zip
	assert.is(answer.headers()['content-type'], 'application/zip')
	await person.sees('The zip is in your downloads.')
	if (long) assert.equal(await violations(person.page), [])
	person.content()
})

/** A profile of a meter that sends values without codes, and names none of them yet. */
const RAW = `{
  "profile": "raw",
  "version": "1.0.0",
  "title": "Raw",
  "extends": "common/dlms-push",
  "transport": { "kind": "serial", "line": "2400 8E1" },
  "meter": { "timezone": "Europe/Oslo" },
  "decoder": {
    "link": "hdlc",
    // Nobody has told what they are.
    "registers": { "*": { "scaler": 0 } }
  },
  "samples": []
}
`

/** The slot of a place, from 1. */
const slotOf = (person: Person, place: number) => person.page.waitForSelector(`.bench-places > li:nth-child(${place}) .bench-slot`)

test('codes are dragged onto the places of a list without codes; one that does not fit is refused, and a click takes the last one back', async () => {
	const there = await place({ own: { raw: RAW } })
	const person = await Person.at(there.url, '#/workbench/raw?of=kaifa-ma304&sample=list-2')
	await person.sees('0 of 13 places are named.')
	const drag = async (code: string, to: number): Promise<void> => {
		await person.fill('Codes', code)
		const [from, slot] = [await person.page.waitForSelector('.bench-code'), await slotOf(person, to)]
		await slot?.evaluate((one) => one.scrollIntoView({ block: 'end' }))
		const [start, end] = [await from?.clickablePoint(), await slot?.clickablePoint()]
		if (!start || !end) throw new Error(`${code} or its place cannot be seen`)
		await person.page.mouse.move(start.x, start.y)
		await person.page.mouse.down()
		await person.page.mouse.move(start.x + 20, start.y + 20, { steps: 3 })
		await person.page.mouse.move(end.x, end.y, { steps: 8 })
		await person.page.mouse.up()
	}
	await drag('1-0:1.7.0', 4)
	await person.sees('Place 4: Active power from the grid')
	await person.editorHas('"1-0:1.7.0 u32"')
	await person.sees('power_import = 948')
	assert.match(await person.editorHas('"- =KFM_001"'), '// Nobody has told what they are.')
	await drag('1-0:1.8.0', 3)
	await person.sees('1.8.0 does not fit place 3: it is a number, and text was sent there.')
	assert.not.match(await person.editorHas('"1-0:1.7.0 u32"'), '"1-0:1.8.0')
	assert.equal(await violations(person.page), [])
	await drag('1-0:2.7.0', 5)
	await person.editorHas('"1-0:2.7.0 u32"')
	await person.click('Take back')
	const text = await person.editorHas('"1-0:1.7.0 u32"')
	assert.not.match(text, '"1-0:2.7.0')
	person.content()
})

test('a list without codes is named by keys alone: typed, moved and taken away', async () => {
	const there = await place({ own: { raw: RAW } })
	const person = await Person.at(there.url, '#/workbench/raw?of=kaifa-ma304&sample=list-2')
	const { keyboard } = person.page
	await person.sees('0 of 13 places are named.')
	await (await slotOf(person, 4))?.focus()
	await keyboard.type('active power from')
	await person.page.waitForSelector('.bench-search [aria-selected="true"]')
	await keyboard.press('Enter')
	await person.editorHas('"1-0:1.7.0 u32"')
	await person.sees('power_import = 948')
	await person.page.waitForFunction(() => document.activeElement?.closest('[data-place]')?.getAttribute('data-place') === '3')
	await keyboard.down('Alt')
	await keyboard.press('ArrowDown')
	await keyboard.up('Alt')
	await person.page.waitForFunction(() => document.activeElement?.closest('[data-place]')?.getAttribute('data-place') === '4')
	await person.sees('power_import = 0')
	await keyboard.press('Delete')
	await person.sees('Place 5: without a code')
	assert.not.match(await person.editorHas('"- =KFM_001"'), '"1-0:1.7.0')
	await keyboard.press('ArrowUp')
	await person.page.waitForFunction(() => document.activeElement?.closest('[data-place]')?.getAttribute('data-place') === '3')
	await keyboard.press('Enter')
	await person.page.waitForSelector('.bench-search input')
	if (long) assert.equal(await violations(person.page), [])
	await keyboard.press('Escape')
	await person.page.waitForFunction(() => document.activeElement?.closest('[data-place]')?.getAttribute('data-place') === '3')
	person.content()
})

test('guesses stand with their evidence; one click takes one into the text, and another takes it back', async () => {
	const there = await place({ own: { raw: RAW.replace('"registers": { "*": { "scaler": 0 } }', '"registers": {}') } })
	const person = await Person.at(there.url, '#/workbench/raw?of=ekz-e450&sample=vse-2026')
	await person.sees('What the telegrams suggest')
	await person.sees('V: power of ten 0')
	await person.sees('236 is a voltage near 230 V')
	if (long) assert.equal(await violations(person.page), [])
	await person.page.click('button[aria-label="Take it: V: power of ten 0"]')
	await person.editorHas('"V"')
	await person.sees('236 V')
	await person.misses('V: power of ten 0\nsure')
	await person.click('Take back')
	await person.page.waitForFunction(
		() => !document.querySelector('.editor-host')?.shadowRoot?.querySelector<HTMLElement>('.cm-content')?.innerText.includes('"V"'),
	)
	await person.sees('V: power of ten 0')
	person.content()
})

test('a profile is begun, named, changed and saved without a mouse', async () => {
	const there = await place()
	const person = await Person.at(there.url, '#/workbench')
	const { keyboard } = person.page
	await person.sees('Begin a new profile')
	await person.page.focus('input[name="way"]')
	await keyboard.press('ArrowUp')
	await person.sees('Name of the profile')
	await keyboard.press('Tab')
	await keyboard.down('Control')
	await keyboard.press('a')
	await keyboard.up('Control')
	await keyboard.type('by-keys')
	await keyboard.press('Enter')
	await person.editorHas('"by-keys"')
	await person.writes(MINE.replaceAll('"mine"', '"by-keys"'))
	await keyboard.press('Escape')
	for (let steps = 0; steps < 80; steps++) {
		await keyboard.down('Shift')
		await keyboard.press('Tab')
		await keyboard.up('Shift')
		if (await person.page.evaluate(() => document.activeElement?.textContent === 'Save')) break
	}
	await keyboard.press('Enter')
	await person.sees('Saved, and right.')
	assert.ok(existsSync(join(there.bench.profiles, 'by-keys.json')))
	person.content()
})

test('set-up leads from a meter that no profile reads to a profile of what was heard', async () => {
	const bench = new FakeBench()
	const setup = new FakeSetup({ plays: 'unknown', exists: true })
	const recording = readFileSync(`${root}meters/kaifa-ma304/list-2.capture.jsonl`, 'utf8')
	const { fake, url } = await startFake({
		routes: [['GET', /^setup\/probes\/1\/recording$/, () => recording], ...bench.routes(), ...setup.routes()],
	})
	open.push(async () => {
		await fake.close()
		bench.close()
	})
	const person = await Person.at(url, '#/setup')
	await person.click('Cable to this device')
	await person.page.waitForSelector('input[name="port"]')
	await person.page.click('input[name="port"]')
	await person.click('Listen')
	await person.click('Make a profile for it')
	await person.sees('Begin a new profile')
	await person.sees('6970631401753985')
	await person.click('Look at them')
	await person.fill('Name of the profile', 'heard')
	await person.click('Make my own nevertheless')
	await person.editorHas('"heard"')
	await person.sees('6970631401753985')
	person.content()
})

test.run()
