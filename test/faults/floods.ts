import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { watchTopics } from '../support/broker.ts'
import { CANARY, canaryIn, PASSWORD } from '../support/canary.ts'
import { p1Telegram } from '../support/craft.ts'
import { bridge, eventually, freePort, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { stretched } from '../support/pace.ts'
import { cli, run } from '../support/program.ts'
import { root } from '../support/root.ts'
import { count, type Fault, hold, sleep } from './fault.ts'
import { neighbour } from './neighbour.ts'
import { program } from './processes.ts'

/** The attacker (flooder.ts) in a process of its own. */
function flooder(...words: string[]) {
	const child: ChildProcess = spawn(process.execPath, [`${root}dist/test/faults/flooder.js`, ...words], {
		stdio: ['pipe', 'pipe', 'inherit'],
	})
	let output = ''
	child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
	const says = (text: RegExp) =>
		eventually(
			() => text.test(output),
			() => `${text} in ${output}`,
		)
	return {
		says,
		output: () => output,
		go: () => child.stdin?.write('\n'),
		ended: new Promise((resolve) => child.once('close', resolve)),
	}
}

const ratioOf = (attacked: number, before: number) =>
	`p99 of the time between its readings ${attacked.toFixed(0)} ms, without ${before.toFixed(0)} ms (ratio ${(attacked / before).toFixed(1)})`

/** Watches the readings of the meter beside; `longest` gives the milliseconds of the longest pause between two. */
async function gapsOf(url: string) {
	const watcher = await watchTopics(url, 'cii/neighbour/reading')
	let [last, most] = [performance.now(), 0]
	const look = () => {
		most = Math.max(most, performance.now() - last)
		last = performance.now()
	}
	watcher.client.removeAllListeners('message').on('message', look)
	return {
		async longest(): Promise<number> {
			look()
			await watcher.close()
			return most
		},
	}
}

const BIRTHS = amount(1000, 3000)
const METERS = 20

async function births(): Promise<string> {
	const [folder, beside, port] = [scratch('births'), await neighbour(), await freePort()]
	const many = await Promise.all(Array.from({ length: METERS }, () => bridge()))
	const entries = many.map((far, place) => ({
		...beside.entry,
		name: `m${place}`,
		transport: { ...beside.entry.transport, port: far.port },
	}))
	const send = (far: { clients: Socket[] }, place: number) =>
		far.clients
			.at(-1)
			?.write(p1Telegram('XMX5MANY', [`0-0:96.1.1(${Buffer.from(`METER${place}`).toString('hex')})`, '1-0:1.7.0(00.123*kW)']))
	const feed = setInterval(() => many.forEach(send), 1000)
	const config = { mqtt: { embedded: { port } }, outputs: ['home-assistant'], meters: [beside.entry, ...entries] }
	const one = program(folder.path, config)
	await one.says('listens on')
	const url = `mqtt://127.0.0.1:${port}`
	await beside.watch(url)
	const watcher = await watchTopics(url, 'homeassistant/device/+/config')
	await watcher.until((seen) => seen.length > METERS / 2, 'announcements')
	const calm = await beside.p99(5000)
	const from = watcher.seen.length
	const gaps = await gapsOf(url)
	const attacked = await beside.p99(async () => {
		await flooder('births', url, String(BIRTHS)).ended
		await sleep(10_000)
	})
	const longest = await gaps.longest()
	const announced = watcher.seen.length - from
	hold(announced >= METERS && announced <= 2 * 4 * (METERS + 2), `${announced} announcements`)
	hold(longest < stretched(2000), `${longest} ms without a reading`)
	clearInterval(feed)
	await watcher.close()
	await beside.close()
	for (const far of many) await far.close()
	hold((await one.stop()) === 0, one.log())
	folder.remove()
	return `${count(BIRTHS)} births for ${METERS} meters: ${announced} announcements; the meter beside: at most ${longest.toFixed(0)} ms without a reading (before: 22,008 ms), ${ratioOf(attacked, calm)}`
}

const WRONG = amount(4000, 40_000)

async function wrongTelegrams(): Promise<string> {
	const [folder, beside, port] = [scratch('wrong'), await neighbour(), await freePort()]
	const attacker = flooder('telegrams', String(WRONG), '500')
	await attacker.says(/^\d+\n/)
	const far = { kind: 'tcp', host: '127.0.0.1', port: Number.parseInt(attacker.output(), 10) }
	const house = { name: 'house', profile: 'dsmr', transport: far }
	const one = program(folder.path, { mqtt: { embedded: { port } }, meters: [house, beside.entry] }, { form: 'text' })
	await one.says('listens on')
	await beside.watch(`mqtt://127.0.0.1:${port}`)
	await one.says('house: tcp is open')
	const calm = await beside.p99(5000)
	const before = one.log().split('\n').length
	const attacked = await beside.p99(async () => {
		attacker.go()
		const limit = Date.now() + stretched(WRONG * 2 + 30_000)
		while (!attacker.output().includes('done') && Date.now() < limit) await sleep(200)
	})
	hold(attacker.output().includes('done'), 'the attacker has not ended')
	await sleep(1000)
	await beside.close()
	hold((await one.stop()) === 0, one.log())
	attacker.go()
	const lines = one.log().split('\n').slice(before)
	const [left = '0'] = /\d+(?= more of this cause)/.exec(one.log()) ?? []
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	hold(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(one.log()), 'control characters in the log')
	hold(lines.length < 20 && Number(left) > WRONG / 2, `${lines.length} lines, ${left} left out: ${lines.slice(0, 30).join('\n')}`)
	hold(attacked < stretched(500), ratioOf(attacked, calm))
	folder.remove()
	return `${count(WRONG)} telegrams, each wrong in another way, with ESC and C1 in them: ${lines.length} lines of log, which count ${left} as left out, none forged (before: 40,002 lines); the meter beside: ${ratioOf(attacked, calm)}`
}

/** What people write where a name is wanted, or in an address. */
function leaky(path: string, broker: number, page: number): object {
	const house = (name: string, encryption: object) => ({
		name,
		profile: 'luxembourg-smarty',
		transport: { path: '/dev/ttyNONE' },
		keys: { encryption },
	})
	const secret = encodeURIComponent(PASSWORD)
	writeFileSync(`${path}/pem`, 'no PEM')
	return {
		mqtt: { url: `ws://${secret}:${secret}@127.0.0.1:${broker}/mqtt?token=${secret}` },
		http: { port: page, broker: `ws://user:${secret}@127.0.0.1:${broker}/mqtt?token=${secret}` },
		meters: [
			house('env', { $env: CANARY }),
			house('file', { $file: CANARY }),
			house('path', { $file: `${CANARY.slice(0, 4)}/${PASSWORD}` }),
			house('right', { $env: 'CII_TEST_CANARY' }),
			{ name: 'foreign', profile: 'gplug', transport: { url: `mqtt://user:${PASSWORD}@127.0.0.1:${broker}` } },
			{ name: 'mixed', profile: 'gplug', transport: { url: `mqtt://host/x?password=${PASSWORD}` } },
			{ name: 'escaped', profile: 'gplug', transport: { url: `mqtt://user:${PASSWORD}%40127.0.0.1:${broker}` } },
		],
	}
}

async function secrets(): Promise<string> {
	const folder = scratch('secret-ways')
	const [broker, page] = [await freePort(), await freePort()]
	let looked = 0
	const shown: string[] = []
	const clean = (what: string, text: string) => {
		looked++
		if (canaryIn(text)) shown.push(what)
	}
	process.env.CII_TEST_CANARY = CANARY
	for (const form of ['text', 'json']) {
		const one = program(folder.path, leaky(folder.path, broker, page), { form })
		await one.says('the page is on')
		await one.says('/dev/ttyNONE')
		const get = (path: string) => fetch(`http://127.0.0.1:${page}${path}`)
		for (const path of ['/', '/settings.json', '/health', '/metrics', '/history.json', '/nothing']) {
			const answer = await get(path)
			clean(`${path}, header`, JSON.stringify([...answer.headers]))
			clean(path, await answer.text())
		}
		await one.stop()
		clean(`the log (${form})`, one.log())
	}
	for (const format of ['pretty', 'json', 'github']) {
		const { stdout, stderr } = run(['validate', '--format', format, `${folder.path}/cii2mqtt.json`])
		clean(`validate --format ${format}`, stdout + stderr)
	}
	writeFileSync(`${folder.path}/canary.key`, CANARY, { mode: 0o600 })
	const telegram = '00'.repeat(64)
	for (const [words, more] of [
		[['--key-file', `${folder.path}/canary.key`], {}],
		[[], { CII_KEY: CANARY, CII_AUTH_KEY: CANARY }],
		[['--key-file', CANARY], {}],
		[[], { CII_KEY: `${CANARY}0` }],
	] as const) {
		const { stdout, stderr } = run(['decode', ...words, telegram], { env: { ...process.env, ...more } })
		clean(`decode ${words[0]}`, stdout + stderr)
	}
	clean('the list of processes', await listed(['decode', '--key', CANARY, '-']))
	folder.remove()
	delete process.env.CII_TEST_CANARY
	hold(shown.length === 0, `of ${looked} places ${shown.length} show a secret: ${shown.join('; ')}`)
	return `0 secrets in ${looked} places: settings.json, the page's headers, /health, /metrics, the log as text and JSON, validate in all forms, decode with keys by file and environment, ps (before: 18 of 34)`
}

/** What the list of processes shows of a command, once it runs. */
async function listed(words: string[]): Promise<string> {
	const child = spawn(process.execPath, [cli, ...words], { stdio: ['pipe', 'ignore', 'pipe'] })
	await Promise.race([new Promise((resolve) => child.stderr.once('data', resolve)), sleep(5000)])
	const shown = readFileSync(`/proc/${child.pid}/cmdline`, 'latin1')
	child.stdin.end('00')
	await new Promise((resolve) => child.once('close', resolve))
	return shown
}

/** What floods us, and what leaks out. */
export const floodFaults: Fault[] = [
	{
		number: 59,
		fault: 'births of a reader',
		injected: `${count(BIRTHS)} times "online", as fast as a broker takes them`,
		prove: births,
		long: true,
	},
	{
		number: 60,
		fault: 'wrong telegrams, each different',
		injected: `${count(WRONG)} at 500 a second`,
		prove: wrongTelegrams,
		long: true,
	},
	{
		number: 61,
		fault: 'secrets where a name is wanted',
		injected: 'keys as $env and $file, passwords and tokens in addresses, keys of commands',
		prove: secrets,
		waits: true,
		long: true,
	},
]
