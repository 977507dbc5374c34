/// <reference lib="dom" />

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Browser, Page } from 'puppeteer-core'
import * as assert from 'uvu/assert'
import { parseCapture } from '../../engine/transport/capture.ts'
import { readings, watchTopics } from '../support/broker.ts'
import { cable, chunksOf, send } from '../support/cable.ts'
import { clickStill, startChromium, visit } from '../support/chromium.ts'
import { eventually, freePort, scratch } from '../support/engine-of.ts'
import { PASSWORD, recipe, startMosquitto } from '../support/mosquitto.ts'
import { stretched } from '../support/pace.ts'
import { cli } from '../support/program.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('setting up in the browser', { limit: 240_000 })
const folder = scratch('setup-page')
/** A name that udev would give an adapter; the terminals behind it are socat's. */
const DEVICE = `/dev/ttyUSB${70 + (process.pid % 30)}`
const KEY = '101112131415161718191A1B1C1D1E1F'
const children: ChildProcess[] = []
let browser: Browser | undefined
test.after(async () => {
	await browser?.close()
	for (const child of children) child.kill('SIGKILL')
	rmSync(DEVICE, { force: true })
	folder.remove()
})

/** A person on a page, whose actions are counted: clicks, and fields that are filled in. */
class Person {
	readonly page: Page
	clicks = 0
	fields = 0
	#since = performance.now()

	constructor(page: Page) {
		this.page = page
	}

	/** Begins to count again. */
	restart(): void {
		this.clicks = this.fields = 0
		this.#since = performance.now()
	}

	get account(): string {
		return `${this.clicks} clicks, ${this.fields} fields, ${((performance.now() - this.#since) / 1000).toFixed(1)} s`
	}

	/** Waits for a text on the page, so many seconds of a free machine. */
	async sees(text: string, seconds = 30): Promise<void> {
		await this.page
			.waitForFunction((wanted) => document.body.innerText.includes(wanted), { timeout: stretched(seconds * 1000) }, text)
			.catch(async () => {
				throw new Error(`waited in vain for "${text}": ${await this.page.evaluate(() => document.body.innerText)}`)
			})
	}

	/** Clicks the button, link or card that begins with this text. */
	async click(text: string): Promise<void> {
		await this.sees(text)
		const found = await this.page.waitForFunction(
			(wanted) =>
				[...document.querySelectorAll<HTMLElement>('button:not([disabled]), a, label, summary')].find(
					(one) => one.innerText.trim().startsWith(wanted) && one.offsetParent !== null,
				),
			{},
			text,
		)
		const part = found.asElement() as Awaited<ReturnType<Page['$']>>
		if (part) await clickStill(this.page, part)
		this.clicks++
	}

	/** Writes into the field of this label. */
	async fill(label: string, text: string): Promise<void> {
		const found = await this.page.waitForFunction(
			(wanted) => {
				const all = [...document.querySelectorAll('label')]
				const one = all.find((each) => each.innerText.trim() === wanted)
				return one && document.getElementById(one.htmlFor)
			},
			{},
			label,
		)
		const field = found.asElement() as Awaited<ReturnType<Page['$']>>
		await field?.click({ count: 3 })
		await field?.type(text)
		this.fields++
	}
}

/** Whether a device can be pretended here: as root, in a container. */
function mayPretend(): boolean {
	try {
		symlinkSync('/dev/null', DEVICE)
		rmSync(DEVICE)
		return true
	} catch {
		return false
	}
}

if (need('socat', 'a meter on a pty') && need('mosquitto', 'a broker with a password') && need('chromium', 'a browser') && mayPretend())
	test('goes from an empty folder to readings: a ciphered meter, an adapter, and a meter that nobody knows', async () => {
		const [open, locked, socket, port] = [await freePort(), await freePort(), await freePort(), await freePort()]
		writeFileSync(`${folder.path}/mosquitto.conf`, recipe(folder.path, open, locked, socket))
		const mosquitto = await startMosquitto(`${folder.path}/mosquitto.conf`, [open, locked])
		const { child: cableChild, device, far } = await cable(folder.path)
		children.push(cableChild)
		symlinkSync(device, DEVICE)
		const meter = setInterval(() => void send(far, chunksOf('lg-e570/encrypted-2024.capture.jsonl')).catch(() => undefined), 2000)
		const home = `${folder.path}/home`
		mkdirSync(home)
		const child = spawn(process.execPath, [cli, 'run', '--page', String(port)], { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] })
		children.push(child)
		let said = ''
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
		await eventually(
			() => said.includes('set up the first meter on'),
			() => said,
		)
		browser = await startChromium()
		const { page, errors } = await visit(browser, `http://127.0.0.1:${port}/`)
		const person = new Person(page)

		const watcher = await watchTopics(`mqtt://127.0.0.1:${locked}`, '#', { username: 'hackday', password: PASSWORD })
		// The ciphered meter, with a broker that wants a password.
		person.restart()
		await person.click('Set up a meter')
		await person.click(DEVICE)
		await person.click('Listen')
		await person.click('Enter the key')
		await person.fill('Encryption key', KEY.slice(1))
		await person.click('Check the key')
		await person.sees('This has 31 digits; a key has 32.')
		await person.fill('Encryption key', KEY)
		await person.click('Check the key')
		await person.sees('The key fits.')
		await person.click('Continue')
		await person.sees('What do you call it?')
		await person.click('Continue')
		await person.click('A broker that you have')
		await person.fill('Address', `mqtt://127.0.0.1:${locked}`)
		await person.fill('User', 'hackday')
		await person.fill('Password', 'wrong')
		await person.click('Test the connection')
		await person.sees('user')
		await person.fill('Password', PASSWORD)
		await person.click('Test')
		await person.sees('The broker takes messages')
		await person.click('Continue')
		await person.click('Home Assistant')
		await person.click('Start reading')
		await person.sees('House is read.')
		console.log(`a ciphered E570 and a broker with a password: ${person.account}, two mistakes among them`)

		await watcher.until((seen) => readings(seen, 'house').length > 0, 'a reading')
		assert.is(readings(watcher.seen, 'house')[0]?.energy_import, 862055)
		assert.ok(watcher.seen.some(({ topic }) => topic.startsWith('homeassistant/device/')))
		const text = readFileSync(`${home}/cii2mqtt.json`, 'utf8')
		assert.not.match(text, new RegExp(`${KEY}|${PASSWORD}`))
		const config = JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''))
		for (const secret of [config.mqtt.password, config.meters[0].keys.encryption])
			assert.is(statSync(`${home}/${secret.$file}`).mode & 0o777, 0o600)

		// An adapter, heard at the same broker.
		const said2 = `tele/gPlug10/SENSOR`
		const payload = JSON.stringify({ z: { Pi: 0.321, Po: 0, Ei: 1234.567, Eo: 89.012, SMid: '12345678' } })
		const adapter = setInterval(() => publish(locked, said2, payload), 1500)
		person.restart()
		await person.click('Another meter')
		await person.click('Adapter with MQTT')
		await person.click('Listen')
		await person.sees('gPlug10')
		await person.click('Continue')
		await person.fill('Name', 'Garage')
		await person.click('Continue')
		await person.click('Start reading')
		await person.sees('Garage is read.')
		console.log(`a gPlug: ${person.account}`)
		clearInterval(adapter)
		await watcher.until((seen) => seen.some(({ topic }) => topic === 'cii/garage/reading'), 'a reading of the adapter')

		// A meter that nobody knows ends in a recording to share.
		const stranger = createServer((line) => {
			const timer = setInterval(() => line.write('KWH=123.4;W=567;\r\n'), 200)
			line.on('error', () => undefined).on('close', () => clearInterval(timer))
		})
		const bridge = await freePort()
		await new Promise<void>((resolve) => stranger.listen(bridge, '127.0.0.1', resolve))
		person.restart()
		await person.click('Another meter')
		await person.click('Bridge in the network')
		await person.fill('Address of the bridge', '127.0.0.1')
		await person.fill('Port', String(bridge))
		await person.click('Listen')
		// A bridge is listened to for a minute and a half: some meters send once a minute.
		await person.sees('Nobody has described this meter yet.', 120)
		const address = await page.$eval('a[download]', (link) => (link as HTMLAnchorElement).href)
		const recorded = await page.evaluate(async (from) => (await fetch(from)).text(), address)
		console.log(`an unknown meter: ${person.account}`)
		assert.ok(parseCapture('x.capture.jsonl', recorded).lines.length > 0)

		assert.equal(errors, [])
		assert.not.match(said, new RegExp(`${KEY}|${PASSWORD}`))
		clearInterval(meter)
		stranger.close()
		await watcher.close()
		child.kill('SIGTERM')
		await mosquitto.stop()
		assert.ok(existsSync(`${home}/cii2mqtt.json`))
	})

function publish(port: number, topic: string, message: string): void {
	execFileSync('mosquitto_pub', ['-p', String(port), '-u', 'hackday', '-P', PASSWORD, '-t', topic, '-m', message])
}

test.run()
