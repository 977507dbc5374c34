/// <reference lib="dom" />

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { violations } from '../support/axe.ts'
import { startChromium, visit } from '../support/chromium.ts'
import { stretched } from '../support/pace.ts'
import { root } from '../support/root.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('the site of files', { limit: 90_000 })
const out = mkdtempSync(join(tmpdir(), 'docs-'))
const names = profileNames(readLibrary([builtinProfiles]))
let browser: Browser | undefined
let server: Server | undefined
test.after(async () => {
	await browser?.close()
	server?.close()
	rmSync(out, { recursive: true, force: true })
})

function pages(): string[] {
	const found = readdirSync(out, { recursive: true }).map(String)
	const all = found.filter((file) => file.endsWith('.html'))
	assert.ok(all.length > 60, `${all.length} pages`)
	return all
}
const text = (file: string): string => readFileSync(join(out, file), 'utf8')
const all = (html: string, pattern: RegExp): string[] => [...html.matchAll(pattern)].map(([, found = '']) => found.replaceAll('&amp;', '&'))

test('is written by npm run docs, in one go', () => {
	const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'docs', '--', out], {
		cwd: root,
		encoding: 'utf8',
		timeout: Math.round(stretched(80_000)),
	})
	assert.is(status, 0, stderr)
	assert.match(stdout, /^\d+ files, \d+\.\d MB, \d+\.\d s: /)
	for (const name of names) assert.ok(existsSync(join(out, `meters/${name}.html`)), name)
	for (const page of ['index.html', 'guide.html', 'reference.html', 'wiring.html']) assert.ok(existsSync(join(out, page)), page)
})

test('has no dead link and no missing anchor', () => {
	let links = 0
	const ids = new Map(pages().map((page) => [page, new Set(all(text(page), / id="([^"]*)"/g))]))
	for (const page of pages())
		for (const target of [
			...all(text(page), /<a [^>]*href="([^"]*)"/g),
			...all(text(page), / src="([^"]*)"/g),
			...all(text(page), /<link [^>]*href="([^"]*)"/g),
		]) {
			if (/^https?:/.test(target)) continue
			links++
			assert.not.match(target, /^(\/|[a-z]+:)/i, `${page}: ${target} is no relative address`)
			const [path = '', anchor] = target.split('#')
			const file = path === '' ? page : posix.join(posix.dirname(page), path)
			assert.ok(existsSync(join(out, file)), `${page}: ${target} leads nowhere`)
			if (anchor !== undefined) assert.ok(ids.get(file)?.has(decodeURIComponent(anchor)), `${page}: ${target} has no such anchor`)
		}
	assert.ok(links > 400, `${links}`)
})

test('has unique ids, one main heading, an alternative for each picture, and a title of its own', () => {
	const titles = new Set<string>()
	for (const page of pages()) {
		const html = text(page)
		const ids = all(html, / id="([^"]*)"/g)
		assert.is(new Set(ids).size, ids.length, `${page}: ${ids.filter((id, place) => ids.indexOf(id) !== place)}`)
		assert.is(all(html, /<(h1)[ >]/g).length, 1, `${page}: one h1`)
		for (const [image] of html.matchAll(/<img [^>]*>/g))
			assert.match(image, image.includes('pictures/') ? / alt="[^"]/ : / alt[=> ]/, `${page}: ${image}`)
		assert.match(html, /^<!doctype html>\n<html lang="en">/)
		const [title = ''] = all(html, /<title>([^<]*)<\/title>/g)
		assert.not(titles.has(title), `${page}: ${title} twice`)
		titles.add(title)
	}
})

test('has nothing inline: no script, style or handler, and a policy that forbids them', () => {
	for (const page of pages()) {
		const html = text(page)
		assert.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:;/, page)
		assert.not.match(html, /<script(?![^>]* src=)|<style| style="| on[a-z]+="|javascript:/i, page)
	}
})

test('shows of each meter: socket drawn, line, key, config entry, every byte of a telegram', () => {
	for (const name of names) {
		const html = text(`meters/${name}.html`)
		for (const part of ['about', 'wiring', 'steps', 'entry', 'notes', 'fields', 'telegram'])
			assert.match(html, new RegExp(` id="${part}"`), `${name}: ${part}`)
		assert.match(html, /<ol class="notes"/, name)
		if (name !== 'energomera') assert.match(html, /<svg class="socket"[^>]* aria-label="/, name)
	}
	const dsmr = text('meters/dsmr.html')
	assert.match(dsmr, /5 V for the cable/)
	assert.match(dsmr, /data, inverted/)
	assert.match(text('meters/kaifa-ma304.html'), /1 · M-Bus<\/text>[\s\S]*2 · M-Bus<\/text>[\s\S]*3 · not used<\/text>/)
	assert.match(
		text('meters/ekz-e450.html'),
		/2 · not used<\/text>[\s\S]*3 · M-Bus<\/text>[\s\S]*4 · M-Bus<\/text>[\s\S]*5 · not used<\/text>/,
	)
})

test('shows the tables of the reference, and leaves out comments', () => {
	const reference = text('reference.html')
	for (const name of names) assert.match(reference, new RegExp(`<a href="meters/${name}.html">`), name)
	assert.match(reference, /<code>decoder\.registers<\/code>/)
	assert.not.match(reference, /written by npm run types/)
})

test('leaves no mark of Markdown in the texts of people', () => {
	for (const page of pages()) {
		const [, inside = ''] = /<div class="markdown">([\s\S]*?)<\/(?:section|main)>/.exec(text(page)) ?? []
		const shown = inside.replace(/<(pre|code)[ >][\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ')
		assert.ok(shown.length > 40 || page === 'index.html', `${page} has no text`)
		assert.not.match(shown, /\| *-{3}|\*\*|\]\(|`|^ *#+ |<!--/m, page)
	}
})

test('has pictures that the guide names, and none that is large', () => {
	const folder = join(root, 'docs/pictures')
	const guide = readFileSync(join(root, 'profiles/README.md'), 'utf8')
	const named = all(guide, /!\[[^\]]+\]\(\.\.\/docs\/pictures\/([\w.-]+)\)/g)
	assert.ok(named.length >= 7)
	assert.equal(readdirSync(folder).sort(), named.sort())
	for (const name of named) assert.ok(statSync(join(folder, name)).size <= 60 * 1024, name)
	assert.is(all(text('guide.html'), /<img [^>]*src="(pictures\/[^"]*)"/g).length, named.length)
})

test('opens from a disk: found by search, readable without script, without an error', async () => {
	if (!need('chromium', 'the site in a browser')) return
	browser ??= await startChromium()
	const { page, errors } = await visit(browser, pathToFileURL(join(out, 'index.html')).href)
	await page.waitForSelector('#search-text')
	const shown = () => page.$$eval('.kinds > li:not([hidden])', (items) => items.map((item) => (item as HTMLElement).dataset.name))
	assert.is((await shown()).length, names.length)
	await page.type('#search-text', 'romande iskra')
	assert.equal(await shown(), ['romande-energie-am550'])
	await page.$eval('#search-text', (input) => {
		;(input as HTMLInputElement).value = 'suhr'
		input.dispatchEvent(new Event('input'))
	})
	assert.equal(await shown(), ['lg-e450-submeters'])
	await page.click('.kinds > li:not([hidden]) a')
	await page.waitForSelector('.socket')
	assert.is(await page.$eval('body', (body) => getComputedStyle(body).fontFamily.includes('Figtree')), true)
	assert.equal(errors, [])
	const { page: still, errors: others } = await visit(browser, 'about:blank')
	await still.setJavaScriptEnabled(false)
	await still.goto(pathToFileURL(join(out, 'index.html')).href)
	assert.is((await still.$$('.kind-card')).length, names.length)
	assert.equal(others, [])
})

test('works below any path, and axe finds nothing, in the light, in the dark and on a phone', async () => {
	if (!need('chromium', 'the site in a browser')) return
	browser ??= await startChromium()
	const types: Record<string, string> = {
		'.html': 'text/html',
		'.css': 'text/css',
		'.js': 'text/javascript',
		'.svg': 'image/svg+xml',
		'.woff2': 'font/woff2',
	}
	server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://site')
		const file = join(out, decodeURIComponent(pathname).replace(/^\/a\/b\//, ''))
		if (!pathname.startsWith('/a/b/') || !existsSync(file) || statSync(file).isDirectory()) return void response.writeHead(404).end()
		response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file))
	})
	await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a/b/`
	for (const [place, settings] of [
		['index.html', { dark: true }],
		['meters/dsmr.html', { width: 390, height: 800 }],
		['meters/kaerntennetz.html', { dark: true }],
		['guide.html', {}],
		['reference.html', { width: 390, height: 800 }],
	] as const) {
		const { page, errors } = await visit(browser, base + place, settings)
		assert.equal(await violations(page), [], place)
		assert.equal(errors, [], place)
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
		assert.ok(wide <= 0, `${place} is ${wide} px too wide`)
		await page.close()
	}
})

test.run()
