import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'puppeteer-core'
import { clickStill, startChromium, visit } from '../../test/support/chromium.ts'
import { freePort } from '../../test/support/engine-of.ts'
import { words } from '../web/src/words/en.ts'

/**
 * `npm run docs:pictures [-- NAME …]`: takes the pictures of profiles/README.md from the running program, with Chromium, into docs/pictures/. It starts `cii2mqtt run`
 * of this folder (build it first: `npm run build`) with a folder of two profiles that are not finished. Says which pictures could not be taken, and ends with 1 then.
 */
const root = fileURLToPath(new URL('../../', import.meta.url))
const out = `${root}docs/pictures/`
const PROGRAM = `${root}dist/tools/cli.js`
/** Bytes of the largest picture: they are part of the repository. */
const MOST = 60 * 1024
const WIDTH = 1280

/** A picture: the place it is taken at, what is done there first, and the part of the page that is shown (all that is seen by default). */
type Picture = { name: string; place: string; height: number; width?: number; prepare?(page: Page): Promise<void>; part?: string }

/** The pane in the middle, with room enough. */
const MIDDLE = { width: 1500, height: 760, part: '.pane-results' }

const PICTURES: Picture[] = [
	{ name: 'kind', place: '#/kind/romande-energie-am550', height: 760, prepare: (page) => seen(page, '.socket') },
	{
		name: 'workbench',
		place: '#/workbench/my-meter',
		height: 700,
		async prepare(page) {
			await seen(page, '.bench-guess')
			await seen(page, '.piece')
		},
	},
	{
		name: 'workbench-begin',
		place: '#/workbench',
		height: 900,
		part: '.bench-begin',
		async prepare(page) {
			await seen(page, '.bench-begin')
			await press(page, words['bench.begin.recording' as keyof typeof words])
		},
	},
	{
		name: 'workbench-guesses',
		place: '#/workbench/my-meter',
		...MIDDLE,
		async prepare(page) {
			await seen(page, '.bench-guess')
			await lookAt(page, '.bench-guesses')
		},
	},
	{
		name: 'workbench-sequence',
		place: '#/workbench/my-list',
		...MIDDLE,
		height: 900,
		async prepare(page) {
			await seen(page, '.bench-places')
			await lookAt(page, '.bench-sequence')
		},
	},
	{
		name: 'workbench-recordings',
		place: '#/workbench/my-meter',
		...MIDDLE,
		async prepare(page) {
			await press(page, words['bench.guess.take' as keyof typeof words], '.bench-guess button')
			await press(page, words['panes.tab.samples' as keyof typeof words], '[role="tab"]')
			await seen(page, '.bench-differences')
		},
	},
	{
		name: 'workbench-contribute',
		place: '#/workbench/my-meter',
		height: 900,
		part: '.bench-zip',
		async prepare(page) {
			await press(page, words['bench.zip' as keyof typeof words])
			await seen(page, '.bench-zip')
		},
	},
]

/** Two profiles as they are half-way: one whose meter sends codes without scalers, one whose meter sends values without codes. */
const UNFINISHED = [
	{ name: 'my-meter', title: 'My operator · Landis+Gyr E360', capture: 'lg-e360/vse-2026', more: { registers: { '*': { scaler: 0 } } } },
	{ name: 'my-list', title: 'My operator · Kaifa MA304', capture: 'kaifa-ma304/list-2', more: {} },
]

const seen = async (page: Page, selector: string): Promise<void> => void (await page.waitForSelector(selector, { timeout: 15_000 }))

/** Scrolls so that a part begins below the tabs of its pane. */
const lookAt = (page: Page, selector: string): Promise<void> =>
	page.$eval(selector, (part) => {
		part.scrollIntoView({ block: 'start' })
		for (let above = part.parentElement; above; above = above.parentElement)
			if (above.scrollTop > 0) {
				above.scrollTop -= 64
				return
			}
	})

/** Presses the button, tab or option with these words. */
async function press(page: Page, text: string | undefined, selector = 'button, label, summary, [role="tab"]'): Promise<void> {
	const wanted = text ?? 'words that the page does not have yet'
	const find = (where: string, said: string): Element | undefined =>
		[...document.querySelectorAll(where)].find((part) => part.textContent?.trim().startsWith(said))
	const handle = await page.waitForFunction(find, { timeout: 15_000 }, selector, wanted)
	const part = handle.asElement()
	if (part) await clickStill(page, part as NonNullable<Awaited<ReturnType<Page['$']>>>)
}

/** Writes the folder that the program runs in, and gives its config. */
function prepareFolder(folder: string, port: number, broker: number): string {
	mkdirSync(join(folder, 'profiles'))
	for (const { name, title, capture, more } of UNFINISHED) {
		const profile = { profile: name, version: '0.1.0', title, extends: 'common/dlms-push', decoder: more, transport: { line: '2400 8E1' } }
		const file = join(folder, 'profiles', `${name}.json`)
		writeFileSync(file, `${JSON.stringify(profile, null, 2)}\n`)
		mkdirSync(join(folder, 'profiles', name))
		cpSync(`${root}meters/${capture}.capture.jsonl`, join(folder, 'profiles', name, 'evening.capture.jsonl'))
		spawnSync(process.execPath, [PROGRAM, 'validate', '--update', file], { stdio: 'ignore' })
	}
	const played = { kind: 'capture', path: `${root}meters/romande-energie-am550/vse-2026.capture.jsonl`, loop: true, clock: 'now' }
	const config = {
		mqtt: { embedded: { port: broker } },
		http: { port },
		profiles: ['./profiles'],
		meters: [{ name: 'house', title: 'House', profile: 'romande-energie-am550', transport: played }],
	}
	const file = join(folder, 'cii2mqtt.json')
	writeFileSync(file, JSON.stringify(config, null, 2))
	return file
}

/** Starts the program, and waits until its page answers. */
async function startProgram(config: string, address: string): Promise<ChildProcess> {
	const program = spawn(process.execPath, [PROGRAM, 'run', '--config', config], {
		stdio: ['ignore', 'ignore', 'inherit'],
	})
	for (let tries = 0; tries < 100; tries++) {
		if (program.exitCode !== null) throw new Error('cii2mqtt ended: see what it says above, and build it first (npm run build)')
		const answer = await fetch(address).catch(() => undefined)
		if (answer?.ok) return program
		await new Promise((resolve) => setTimeout(resolve, 200))
	}
	program.kill()
	throw new Error(`${address} does not answer`)
}

/** Gives the place of a part on the screen, as far as it is seen, with a margin. */
async function boxOf(page: Page, selector: string): Promise<{ x: number; y: number; width: number; height: number }> {
	return await page.$eval(selector, (part) => {
		const { left, top, right, bottom } = part.getBoundingClientRect()
		const [x, y] = [Math.max(0, left - 8), Math.max(0, top - 8)]
		return { x, y, width: Math.min(innerWidth, right + 8) - x, height: Math.min(innerHeight, bottom + 8) - y }
	})
}

/** Takes one picture, as good as fits in its bytes. */
async function take(page: Page, { name, part }: Picture): Promise<number> {
	await page.evaluate(() => document.fonts.ready)
	await new Promise((resolve) => setTimeout(resolve, 600))
	const clip = part === undefined ? undefined : await boxOf(page, part)
	for (const quality of [88, 76, 64, 52, 40]) {
		const picture = await page.screenshot({ type: 'webp', quality, captureBeyondViewport: false, ...(clip && { clip }) })
		if (picture.length > MOST) continue
		writeFileSync(`${out}${name}.webp`, picture)
		return picture.length
	}
	throw new Error(`it has more than ${MOST} bytes`)
}

async function main(): Promise<number> {
	const asked = process.argv.slice(2)
	const folder = mkdtempSync(join(tmpdir(), 'cii-pictures-'))
	const [port, broker] = [await freePort(), await freePort()]
	const address = `http://127.0.0.1:${port}/`
	const program = await startProgram(prepareFolder(folder, port, broker), address)
	const browser = await startChromium()
	const failed: string[] = []
	try {
		mkdirSync(out, { recursive: true })
		for (const picture of PICTURES) {
			if (asked.length > 0 && !asked.includes(picture.name)) continue
			const { page } = await visit(browser, address + picture.place, { width: picture.width ?? WIDTH, height: picture.height })
			try {
				await picture.prepare?.(page)
				console.log(`${picture.name}.webp: ${await take(page, picture)} bytes`)
			} catch (error) {
				failed.push(picture.name)
				console.error(`${picture.name}: ${(error as Error).message}`)
			}
			await page.close()
		}
	} finally {
		await browser.close()
		program.kill()
		rmSync(folder, { recursive: true, force: true })
	}
	if (failed.length > 0) console.error(`not taken: ${failed.join(', ')}`)
	return failed.length > 0 ? 1 : 0
}

process.exitCode = await main()
