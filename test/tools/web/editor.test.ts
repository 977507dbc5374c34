/// <reference lib="dom" />

import type { Browser, Page } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { type Fake, type Route, startFake } from '../../../tools/web/dev/fake.ts'
import type { FakeBench } from '../../../tools/web/dev/fake-bench.ts'
import { fakeWorkbench } from '../../../tools/web/dev/fake-workbench.ts'
import { violations } from '../../support/axe.ts'
import { startChromium, type Visit, visit } from '../../support/chromium.ts'
import { amount } from '../../support/long.ts'
import { stretched } from '../../support/pace.ts'
import { need, suite } from '../../support/suite.ts'

const test = suite('the editor of profiles', { limit: 120_000 })
let browser: Browser | undefined
let server: { bench: FakeBench; fake: Fake; url: string } | undefined
test.after(async () => {
	await browser?.close()
	await server?.fake.close()
	server?.bench.close()
})

/** The answers of the workbench wait while this is pending. */
let gate: Promise<void> = Promise.resolve()

/** One server for all: nothing here is saved. */
async function serve() {
	const { bench, routes: inner } = fakeWorkbench()
	const ask = inner.find(([method, path]) => method === 'POST' && path.test('workbench'))
	if (!ask) throw new Error('the fake server does not answer')
	const slow: Route = [
		'POST',
		/^workbench$/,
		async (request) => {
			await gate
			return ask[2](request)
		},
	]
	return { bench, ...(await startFake({ routes: [slow, ...inner] })) }
}

/** Opens the workbench with a profile, and waits until it is shown and answered. */
async function show(profile: string, taste: Visit = {}) {
	server ??= await serve()
	browser ??= await startChromium()
	const visited = await visit(browser, `${server.url}#/workbench/${profile}`, taste)
	await visited.page.waitForSelector('.pane-profile')
	if (await visited.page.$('.pane-tabs')) await visited.page.click('.pane-tabs button:last-child')
	await until(visited.page, (editor) => editor.querySelector('.ghosts') !== null || document.querySelector('.found') !== null)
	return visited
}

/** Waits until something holds in the editor. */
async function until(page: Page, holds: (editor: ShadowRoot, given: string) => boolean, given = ''): Promise<void> {
	const body = `(() => { const root = document.querySelector('.editor-host')?.shadowRoot; return root?.querySelector('.cm-content') ? (${holds})(root, ${JSON.stringify(given)}) : false })()`
	await page.waitForFunction(body)
}

const inside = <Out>(page: Page, look: (editor: ShadowRoot, given: string) => Out, given = ''): Promise<Out> =>
	page.evaluate(`(${look})(document.querySelector('.editor-host').shadowRoot, ${JSON.stringify(given)})`) as Promise<Out>

/** The text as it stands, without what the editor adds to it. */
const textOf = (page: Page) =>
	inside(page, (editor) =>
		[...editor.querySelectorAll('.cm-line')]
			.map((line) => {
				const copy = line.cloneNode(true) as HTMLElement
				for (const added of copy.querySelectorAll('.result')) added.remove()
				return copy.textContent
			})
			.join('\n'),
	)

/** Scrolls until a part of the text is shown: lines that are far away are not drawn. */
async function scrollTo(page: Page, part: string): Promise<void> {
	const shown = (editor: ShadowRoot, wanted: string) =>
		[...editor.querySelectorAll('.cm-line')].some(({ textContent }) => textContent?.includes(wanted))
	for (let step = 0; step < 60 && !(await inside(page, shown, part)); step++) {
		await inside(page, (editor) => editor.querySelector('.cm-scroller')?.scrollBy(0, 200))
		await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 60)))
	}
}

/** Puts the cursor behind a part of the text, by the mouse. */
async function clickBehind(page: Page, part: string): Promise<void> {
	await scrollTo(page, part)
	await inside(
		page,
		(editor, wanted) =>
			[...editor.querySelectorAll('.cm-line')]
				.find(({ textContent }) => textContent?.includes(wanted))
				?.scrollIntoView({ block: 'center' }),
		part,
	)
	const place = () => inside(page, endOf, part)
	// The lines around are drawn and measured again: the place counts once it stands still.
	let [before, { x, y }] = [await place(), await place()]
	for (; before.x !== x || before.y !== y; { x, y } = await place()) {
		before = { x, y }
		await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
	}
	await page.mouse.click(x, y)
}

/** Gives the place on the screen where a part of the text ends. */
function endOf(editor: ShadowRoot, wanted: string): { x: number; y: number } {
	const walker = document.createTreeWalker(editor.querySelector('.cm-content') as Node, NodeFilter.SHOW_TEXT)
	const line = [...editor.querySelectorAll('.cm-line')].find(({ textContent }) => textContent?.includes(wanted))
	if (!line) throw new Error(`${wanted} is not shown`)
	let rest = (line.textContent ?? '').indexOf(wanted) + wanted.length
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		if (!line.contains(node)) continue
		const length = node.textContent?.length ?? 0
		if (rest <= length) {
			const range = document.createRange()
			range.setStart(node, rest - 1)
			range.setEnd(node, rest)
			const { right, top, bottom } = range.getBoundingClientRect()
			return { x: right, y: (top + bottom) / 2 }
		}
		rest -= length
	}
	throw new Error(`${wanted} has no place`)
}

/** Types, and waits until an option of this name is offered; gives all that are. */
async function offered(page: Page, typed: string, label: string): Promise<string[]> {
	if (typed !== '') await page.keyboard.type(typed)
	const options = (editor: ShadowRoot) =>
		[...editor.querySelectorAll('.cm-tooltip-autocomplete .cm-completionLabel')].map((one) => one.textContent ?? '')
	await until(
		page,
		(editor, wanted) =>
			[...editor.querySelectorAll('.cm-tooltip-autocomplete .cm-completionLabel')].some((one) => one.textContent === wanted),
		label,
	)
	return inside(page, options)
}

/** Takes the option of this name by the keyboard. A list that is being rebuilt, or has just opened, takes no key yet. */
async function choose(page: Page, label: string): Promise<void> {
	const now = () => inside(page, (editor) => editor.querySelector('[aria-selected] .cm-completionLabel')?.textContent ?? '')
	for (let step = 0; step < 200 && (await now()) !== label; step++) await page.keyboard.press('ArrowDown')
	assert.is(await now(), label)
	await page.keyboard.press('Enter')
}

/** Milliseconds that 30 keys take, until the last of them is shown. */
async function pace(page: Page): Promise<number> {
	const started = performance.now()
	await page.keyboard.type(`// ${'x'.repeat(26)}!`)
	await until(page, (editor) =>
		[...editor.querySelectorAll('.cm-line')].some(({ textContent }) => textContent?.includes(`${'x'.repeat(26)}!`)),
	)
	return performance.now() - started
}

/** Waits until the last question is answered and drawn. */
async function still(page: Page): Promise<void> {
	await page.waitForFunction(() => document.querySelector('.bench-busy.is-busy') === null)
	await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}

if (need('chromium', 'the editor')) {
	test('writes a profile by completion of keys, fields and codes, under the page’s CSP without an error', async () => {
		const { page, errors } = await show('ekz-e450')
		await clickBehind(page, '"operator": "EKZ" }')
		// Keys that lead from telegram to telegram elsewhere are letters here, and a comment does not end what is offered.
		await page.keyboard.type(', // jj k')
		assert.match(await textOf(page), /, \/\/ jj k\n/)
		await page.keyboard.press('Enter')
		assert.ok((await offered(page, '"transf', 'transform')).length >= 1)
		await choose(page, 'transform')
		await offered(page, '', 'energy_import')
		await page.keyboard.type('"volt')
		await until(page, (editor) => {
			const labels = [...editor.querySelectorAll('.cm-completionLabel')].map(({ textContent }) => textContent ?? '')
			return labels.includes('voltage_l1') && labels.every((label) => /v.*o.*l.*t/.test(label))
		})
		await choose(page, 'voltage_l1')
		assert.match(await textOf(page), /\n {2}"transform": \{ "voltage_l1": "obis\.`32\.7\.0`" \}\n\}/)
		// The code is selected: another takes its place.
		// Those of the telegram stand first.
		const codes = await offered(page, 'obis.', '1.7.0')
		assert.ok(codes.slice(0, 14).includes('1.7.0'), codes.slice(0, 20).join(' '))
		await choose(page, '1.7.0')
		await until(page, (editor) => editor.querySelector('.cm-tooltip-autocomplete') === null)
		await page.keyboard.type(' * 2')
		assert.match(await textOf(page), /"voltage_l1": "obis\.`1\.7\.0` \* 2"/)
		await until(page, (editor) => /= 56/.test(editor.querySelector('.result')?.textContent ?? ''))
		assert.match(await textOf(page), /"voltage_l1": "obis\.`1\.7\.0` \* 2"/)
		assert.ok(await inside(page, (editor) => editor.adoptedStyleSheets.length > 0 && editor.querySelector('style') === null))
		assert.equal(errors, [])
		await page.close()
	})

	test('underlines findings at their place, moves them with the text, and leads to them', async () => {
		const { page, errors } = await show('ekz-e450')
		await clickBehind(page, '"version": "1.0.0",')
		await page.keyboard.press('Enter')
		await page.keyboard.type('"intervall": 5,')
		const underlined = (editor: ShadowRoot) =>
			[...editor.querySelectorAll('.cm-lintRange-error')].map(({ textContent }) => textContent).join()
		await until(
			page,
			(editor) => [...editor.querySelectorAll('.cm-lintRange-error')].map(({ textContent }) => textContent).join() === '"intervall"',
		)
		assert.match(await page.$eval('.found', ({ textContent }) => textContent ?? ''), /1 error.*5:3.*"intervall".*interval/)
		// While the next answer is on its way the line moves, and what is underlined with it.
		let release = () => {}
		gate = new Promise((resolve) => {
			release = resolve
		})
		await clickBehind(page, '"profile": "ekz-e450",')
		await page.keyboard.press('Enter')
		// Letters are letters here, also those that step through telegrams elsewhere.
		await page.keyboard.type('// a joke, a remark')
		assert.match(await textOf(page), /\/\/ a joke, a remark\n/)
		assert.is(await inside(page, underlined), '"intervall"')
		await page.click('.found button')
		await page.keyboard.type('x')
		assert.match(await textOf(page), /\n {2}x"intervall": 5/)
		await page.keyboard.press('Backspace')
		release()
		await page.waitForFunction(() => /6:3.*"intervall"/.test(document.querySelector('.found')?.textContent ?? ''))
		await until(
			page,
			(editor) => [...editor.querySelectorAll('.cm-lintRange-error')].map(({ textContent }) => textContent).join() === '"intervall"',
		)
		// F8 goes to it, and the hint puts it right.
		await clickBehind(page, '"$schema"')
		await page.waitForFunction(() => document.querySelector('.at-words.is-faulty') === null)
		await page.keyboard.press('F8')
		await page.waitForFunction(() => /did you mean "interval"/.test(document.querySelector('.at-words.is-faulty')?.textContent ?? ''))
		await page.keyboard.press('Delete')
		assert.match(await textOf(page), /\n {2}: 5/, 'F8 selects what is wrong')
		await page.keyboard.type('"interval"')
		assert.match(await textOf(page), /\n {2}"interval": 5/)
		await page.waitForFunction(() => document.querySelector('.found') === null)
		assert.equal(errors, [])
		await page.close()
	})

	test('shows what parents state where it would stand, and takes it over by a click', async () => {
		const { page } = await show('ekz-e450')
		const ghost = (text: string) =>
			inside(
				page,
				(editor, wanted) => {
					const found = [...editor.querySelectorAll<HTMLButtonElement>('.ghosts button')].find((one) => one.textContent?.includes(wanted))
					found?.click()
					return found?.textContent
				},
				text,
			)
		assert.match((await ghost('"timezone": "Europe/Zurich"')) ?? '', /common\/dlms-push:6$/)
		await until(page, (editor) =>
			[...editor.querySelectorAll('.ghosts button')].every(({ textContent }) => !textContent?.includes('timezone')),
		)
		assert.match(await textOf(page), /"meter": \{ "operator": "EKZ", "timezone": "Europe\/Zurich" \}/)
		// It is selected, to be changed.
		await page.keyboard.type('Europe/Rome')
		assert.match(await textOf(page), /"timezone": "Europe\/Rome" \}/)
		// A section that the profile does not have is folded; its values come with the section.
		await ghost('▸ "transport"')
		await until(page, (editor) =>
			[...editor.querySelectorAll('.ghosts button')].some(({ textContent }) => textContent?.includes('"kind": "serial"')),
		)
		await ghost('"kind": "serial"')
		assert.match(await textOf(page), /"transport": \{ "kind": "serial" \}/)
		// While the text is no JSON, nothing jumps.
		const before = await inside(page, (editor) => editor.querySelectorAll('.ghosts').length)
		await page.keyboard.type('"')
		await page.waitForFunction(() => /error/.test(document.querySelector('.found')?.textContent ?? ''))
		assert.is(await inside(page, (editor) => editor.querySelectorAll('.ghosts').length), before)
		await page.close()
	})

	test('shows results behind expressions, the one at the cursor, and what of it is selected', async () => {
		const { page } = await show('gplug')
		await scrollTo(page, '"reactive_power_export"')
		await until(page, (editor) =>
			[...editor.querySelectorAll('.result')].some(({ textContent }) => /^= \d+\u202fvar$/.test(textContent ?? '')),
		)
		await clickBehind(page, '"reactive_power_export": "json.*.')
		await page.waitForFunction(() => /json\.\*\.rPo.*768/.test(document.querySelector('.at-value')?.textContent ?? ''))
		await page.keyboard.press('End')
		await page.keyboard.press('ArrowLeft')
		await page.keyboard.press('ArrowLeft')
		await page.keyboard.type(' + ')
		await until(page, (editor) => editor.querySelector('.result.is-faulty, .cm-lintRange-error') !== null)
		await page.keyboard.type('2')
		await page.waitForFunction(() => /770/.test(document.querySelector('.at-value output')?.textContent ?? ''))
		await page.keyboard.down('Shift')
		await page.keyboard.press('ArrowLeft')
		await page.keyboard.up('Shift')
		await page.waitForFunction(() => document.querySelector('.at-expression')?.textContent === '2')
		await page.waitForFunction(() => document.querySelector('.at-value output')?.textContent === '2')
		await page.close()
	})

	test('points from a line to its register and field, and marks the line of what is pointed at', async () => {
		const { page } = await show('gplug')
		await clickBehind(page, '"reactive_power_export"')
		await page.waitForFunction(() => document.querySelector('.register.is-marked')?.textContent?.includes('json.z.rPo'))
		await page.evaluate(() => {
			const row = [...document.querySelectorAll<HTMLButtonElement>('.register-key')].find(({ textContent }) =>
				textContent?.includes('json.z.rPi'),
			)
			row?.click()
		})
		await until(page, (editor) => /^\s*"reactive_power_import"/.test(editor.querySelector('.is-pointed')?.textContent ?? ''))
		await page.close()
	})

	test('is used by the keyboard alone, and left again', async () => {
		const { page } = await show('ekz-e450')
		const isInside = () => page.evaluate(() => document.activeElement?.className === 'editor-host')
		for (let step = 0; step < 200 && !(await isInside()); step++) await page.keyboard.press('Tab')
		assert.ok(await isInside(), 'Tab does not lead into the editor')
		await page.keyboard.down('Control')
		await page.keyboard.press('End')
		await page.keyboard.up('Control')
		await page.keyboard.press('Tab')
		assert.ok(await isInside(), 'Tab indents')
		await page.keyboard.down('Control')
		await page.keyboard.press('z')
		await page.keyboard.up('Control')
		await page.keyboard.down('Control')
		await page.keyboard.press('f')
		await page.keyboard.up('Control')
		await until(page, (editor) => editor.activeElement?.getAttribute('name') === 'search')
		await page.keyboard.press('Escape')
		await until(page, (editor) => editor.querySelector('.cm-search') === null)
		await page.keyboard.press('Escape')
		for (let step = 0; step < 40 && (await isInside()); step++) {
			await page.keyboard.press('Escape')
			await page.keyboard.press('Tab')
		}
		assert.not.ok(await isInside(), 'Escape and Tab do not lead out')
		await page.close()
	})

	test('has nothing that axe objects to, in both themes, on tablet and desktop, in each language', async () => {
		const languages = ['de', 'en', 'fr', 'it'] as const
		for (const language of languages.slice(0, amount(2, 4))) {
			const label = { de: 'Profil', en: 'Profile', fr: 'Profil', it: 'Profilo' }[language]
			const dark = language === 'de' || language === 'it'
			const { page, errors } = await show('gplug', { language, dark, ...(dark ? { width: 820, height: 1180 } : { width: 1440 }) })
			await clickBehind(page, '"version": "1.0.0",')
			await page.keyboard.press('Enter')
			await offered(page, '"', 'extends')
			assert.match(
				(await inside(page, (editor) => editor.querySelector('.cm-content')?.getAttribute('aria-label'))) ?? '',
				new RegExp(`^${label} gplug`),
			)
			await still(page)
			assert.equal(await violations(page, '.profile-editor'), [], `${language} ${dark ? 'dark' : 'light'}`)
			assert.equal(errors, [])
			await page.close()
		}
	})

	test('shows findings and the new reading of the largest profile soon after each key', async () => {
		const { page } = await show('iec-mode-c')
		await page.waitForFunction(() => document.querySelectorAll('.register').length > 300)
		await clickBehind(page, '"version": "1.0.0",')
		await page.keyboard.type(' // ')
		const times: number[] = []
		for (let key = 0; key < 12; key++) {
			await still(page)
			const began = performance.now()
			await page.keyboard.type('x')
			await still(page)
			times.push(performance.now() - began)
		}
		const [, , , , , , median = 0] = times.sort((one, other) => one - other)
		assert.ok(median < stretched(400), `${times.map(Math.round)} ms`)
		await page.close()
	})

	test('stays fluid with 64 kB: a key is written while the server takes its time', async () => {
		const { page } = await show('gplug')
		await clickBehind(page, '"version": "1.0.0')
		const small = await pace(page)
		await page.keyboard.press('End')
		const many = Array.from({ length: 900 }, (_, n) => `  "extra.field_${n}": "json.z.Pi * ${n} + $scale(json.z.Po, 3)",`).join('\n')
		const pasted = (text: string) =>
			inside(
				page,
				(editor, given) => {
					const data = new DataTransfer()
					data.setData('text/plain', given)
					editor
						.querySelector('.cm-content')
						?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
				},
				text,
			)
		await pasted(`\n${many}`)
		await until(page, (editor) => Number(editor.querySelector('.cm-lineNumbers .cm-gutterElement')?.textContent) > 900)
		const large = await pace(page)
		assert.ok(large < 5 * small + 200, `30 keys take ${small} ms in a small text, ${large} ms in a large one`)
		await page.close()
	})
}

test.run()
