import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { watchTopics } from '../support/broker.ts'
import { bridge, engineOf, eventually, freePort, played, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { cli } from '../support/program.ts'
import { root } from '../support/root.ts'
import { count, type Fault, hold, sleep } from './fault.ts'
import { type Neighbour, neighbour } from './neighbour.ts'

/** The built program with the meter beside and a folder of profiles; `more`: meters besides. */
async function house(prepare: (profiles: string) => void, more: object[] = []) {
	const beside = await neighbour()
	const folder = scratch('documents')
	const profiles = `${folder.path}/profiles`
	mkdirSync(profiles)
	prepare(profiles)
	const port = await freePort()
	const config = { mqtt: { embedded: { port } }, profiles: ['profiles'], meters: [beside.entry, ...more] }
	writeFileSync(`${folder.path}/cii2mqtt.json`, JSON.stringify(config))
	const started = performance.now()
	const child = spawn(process.execPath, [cli, 'run', '--config', `${folder.path}/cii2mqtt.json`], { stdio: ['ignore', 'ignore', 'pipe'] })
	let log = ''
	child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
	await eventually(
		() => log.includes('listens on'),
		() => `no start: ${log.slice(-2000)}`,
	)
	const startup = performance.now() - started
	const url = `mqtt://127.0.0.1:${port}`
	await beside.watch(url)
	return {
		beside,
		startup,
		profiles,
		folder: folder.path,
		url,
		log: () => log,
		resident: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
		async close() {
			const ended = new Promise((resolve) => child.once('close', resolve))
			child.kill('SIGTERM')
			await ended
			await beside.close()
			folder.remove()
		},
	}
}

const mine = (name: string, more: object = {}) =>
	JSON.stringify({ profile: name, version: '1.0.0', title: 'Mine', extends: 'ekz-e450', samples: [], ...more })

/** How many times longer the meter beside waits while the work goes on than before it, at least 1, and the longest that it may be. */
async function ratio(beside: Neighbour, calm: number, work: () => Promise<unknown>): Promise<number> {
	return (await beside.p99(work)) / calm
}

/** Four times as long, or a quarter of a second where it is quick: attacker, checks, broker and test share the cores. */
const keepsPace = (during: number, calm: number) => during < 4 || during * calm < 250

const times = (number: number) => number.toFixed(number < 10 ? 1 : 0)

/** Writes so many profiles in a process of its own, in which the disk is waited for. */
function written(profiles: string, number: number, bytes: number, version: string): Promise<unknown> {
	const code = `
		import { writeFileSync } from 'node:fs'
		for (let at = 0; at < ${number}; at++) {
			const profile = { profile: 'stranger-' + at, version: '${version}', title: 'x', extends: 'ekz-e450', samples: [], description: 'x'.repeat(${bytes}), transform: { 'extra.a': 'obis.\`1.7.0\` + ' + at } }
			writeFileSync(${JSON.stringify(profiles)} + '/stranger-' + at + '.json', JSON.stringify(profile))
		}`
	const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' })
	return new Promise((resolve) => child.once('close', resolve))
}

const MANY = amount(300, 3000)

async function crowded(): Promise<string> {
	const bytes = Math.floor(30e6 / 3000)
	const one = await house(
		(profiles) => writeFileSync(`${profiles}/mine.json`, mine('mine')),
		[{ name: 'own', profile: 'mine', transport: { path: '/dev/ttyNONE' } }],
	)
	const calm = await one.beside.p99(amount(2000, 5000))
	const watcher = await watchTopics(one.url, 'cii/bridge/main/profiles/+')
	const known = () => new Set(watcher.seen.map(({ topic }) => topic)).size
	const before = one.resident()
	const at = performance.now()
	let most = 0
	const look = setInterval(() => {
		most = Math.max(most, one.resident())
	}, 100)
	const during = await ratio(one.beside, calm, async () => {
		await written(one.profiles, MANY, bytes, '1.0.0')
		// Those beyond 16 MB of a folder are left out.
		const accepted = Math.min(MANY, Math.floor((16 * 1024 * 1024) / (bytes + 180)))
		await eventually(
			() => known() >= accepted,
			() => `${known()} of ${accepted} are known: ${one.log().slice(-1000)}`,
		)
		await sleep(1000)
	})
	const took = (performance.now() - at) / 1000
	const again = await ratio(one.beside, calm, async () => {
		writeFileSync(`${one.profiles}/mine.json`, mine('mine', { version: '1.0.1' }))
		await eventually(
			() => one.log().includes('now uses mine@1.0.1'),
			() => `not taken over: ${one.log().slice(-1000)}`,
		)
	})
	clearInterval(look)
	await eventually(
		() => one.resident() < before + 30,
		() => `${one.resident()} MB stay`,
	)
	const after = one.resident()
	await watcher.close()
	hold(
		keepsPace(during, calm) && keepsPace(again, calm),
		`the meter beside waits ${times(during)} and ${times(again)} times as long (${calm.toFixed(0)} ms)`,
	)
	await one.close()
	return `${count(MANY)} profiles of ${(bytes / 1000).toFixed(0)} kB written and checked in ${took.toFixed(0)} s: the meter beside waits ${times(during)} times as long as without (p99 of ${calm.toFixed(0)} ms), an edit after it ${times(again)} times; ${before.toFixed(0)} MB resident, ${most.toFixed(0)} meanwhile, ${after.toFixed(0)} afterwards (before: no reading of it for 131 s on a busy machine, 491 MB)`
}

/** Things in the place of a file. */
const THINGS: Record<string, (path: string) => void> = {
	'a pipe': (path) => execFileSync('mkfifo', [path]),
	'a link to a device': (path) => symlinkSync('/dev/zero', path),
	'a link to a terminal': (path) => symlinkSync('/dev/ptmx', path),
	'a link in a circle': (path) => symlinkSync(path, path),
	'a folder': (path) => mkdirSync(path),
	'a file of 1 GB': (path) => execFileSync('truncate', ['-s', '1G', path]),
}

async function devices(): Promise<string> {
	/** Each thing as a capture, as the expected readings, and as a profile. */
	const place = (profiles: string) => {
		for (const [number, put] of Object.values(THINGS).entries()) {
			for (const [kind, file] of [
				['capture', 'x.capture.jsonl'],
				['expected', 'vse-2026.expected.json'],
			] as const) {
				const name = `${kind}-${number}`
				mkdirSync(`${profiles}/${name}`)
				if (kind === 'expected')
					writeFileSync(`${profiles}/${name}/vse-2026.capture.jsonl`, readFileSync(`${root}meters/ekz-e450/vse-2026.capture.jsonl`, 'utf8'))
				put(`${profiles}/${name}/${file}`)
				writeFileSync(`${profiles}/${name}.json`, mine(name, { samples: [name] }))
			}
			put(`${profiles}/profile-${number}.json`)
		}
	}
	const wanted = 2 * Object.keys(THINGS).length
	const rejected = async (url: string) => {
		const watcher = await watchTopics(url, 'cii/bridge/main/profiles/+')
		await eventually(
			() => watcher.seen.filter(({ payload }) => payload.includes('"rejected"')).length >= wanted,
			() => `${watcher.seen.length} of ${wanted}: ${watcher.seen.map(({ topic }) => topic).join()}`,
		)
		await watcher.close()
	}
	const first = await house(place)
	await rejected(first.url)
	await first.close()
	const second = await house(() => undefined)
	const calm = await second.beside.p99(amount(2000, 5000))
	const stock = scratch('things')
	place(stock.path)
	const during = await ratio(second.beside, calm, async () => {
		spawn('sh', ['-c', `mv ${stock.path}/* ${second.profiles}/`])
		await rejected(second.url)
	})
	hold(keepsPace(during, calm), `the meter beside waits ${times(during)} times as long`)
	await second.close()
	stock.remove()
	return `${Object.keys(THINGS).join(', ')} as profile, capture and expected readings: started after ${first.startup.toFixed(0)} ms with all of them there, each named; written while it runs: the meter beside waits ${times(during)} times as long (before: it did not start)`
}

async function restless(): Promise<string> {
	const one = await house(
		(profiles) => writeFileSync(`${profiles}/mine.json`, mine('mine')),
		[{ name: 'own', profile: 'mine', transport: { path: '/dev/ttyNONE' } }],
	)
	const calm = await one.beside.p99(amount(2000, 5000))
	const seconds = amount(8, 20)
	const code = `
		import { writeFileSync, renameSync } from 'node:fs'
		const end = Date.now() + ${seconds * 1000}
		for (let at = 0; Date.now() < end; at++) {
			writeFileSync(${JSON.stringify(`${one.profiles}/noise.tmp`)}, JSON.stringify({ profile: 'noise', version: '1.0.' + at, title: 'x', extends: 'ekz-e450', samples: [] }))
			renameSync(${JSON.stringify(`${one.profiles}/noise.tmp`)}, ${JSON.stringify(`${one.profiles}/noise.json`)})
			if (at % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 4))
		}`
	let edit = Number.NaN
	const during = await ratio(one.beside, calm, async () => {
		const noise = new Promise((resolve) => spawn(process.execPath, ['--input-type=module', '-e', code]).once('close', resolve))
		await sleep(2000)
		const at = performance.now()
		writeFileSync(`${one.profiles}/mine.json`, mine('mine', { version: '1.0.1' }))
		await eventually(
			() => one.log().includes('now uses mine@1.0.1'),
			() => `not taken over: ${one.log().slice(-1000)}`,
		)
		edit = performance.now() - at
		await noise
	})
	hold(keepsPace(during, calm), `the meter beside waits ${times(during)} times as long`)
	await one.close()
	return `a profile saved some 1,000 times a second for ${seconds} s: an edit of another is taken over after ${(edit / 1000).toFixed(1)} s, the meter beside waits ${times(during)} times as long as the ${calm.toFixed(0)} ms without (before: 0.4 s, 2.1 times)`
}

async function many(): Promise<string> {
	const number = amount(20_000, 100_000)
	const fill = (profiles: string) =>
		execFileSync('sh', [
			'-c',
			`seq ${number} | sed 's|^|${profiles}/x_|; s|$|.json|' | xargs touch && touch "${profiles}/$(printf 'a\\nb').json"`,
		])
	const one = await house(
		(profiles) => {
			fill(profiles)
			writeFileSync(`${profiles}/mine.json`, mine('mine'))
		},
		[{ name: 'own', profile: 'mine', transport: { path: '/dev/ttyNONE' } }],
	)
	hold(one.log().includes('profile mine@1.0.0'), `the meter's own profile is not read: ${one.log().slice(0, 2000)}`)
	const calm = await one.beside.p99(amount(2000, 5000))
	const during = await ratio(one.beside, calm, async () => {
		writeFileSync(`${one.profiles}/mine.json`, mine('mine', { version: '1.0.1' }))
		await eventually(
			() => one.log().includes('now uses mine@1.0.1'),
			() => `not taken over: ${one.log().slice(-1000)}`,
		)
		await sleep(3000)
	})
	const lines = one.log().split('\n').length
	hold(keepsPace(during, calm) && lines < 60, `the meter beside waits ${times(during)} times as long; ${lines} lines of log`)
	await one.close()
	return `a folder with ${count(number)} other entries: started after ${one.startup.toFixed(0)} ms, ${lines} lines of log, an edit in it: the meter beside waits ${times(during)} times as long (before: not started after 20 s)`
}

/** What a stranger's profile may state to reach out, by what it tries; `port` is that of a service on this machine. */
const REACHING = (port: number, file: string): Record<string, object> => ({
	'bytes to a service': { transport: { kind: 'tcp', host: '127.0.0.1', port, request: { hex: ['464C555348414C4C0D0A'], interval: 1 } } },
	'bytes to a meter': { transport: { request: { hex: ['6803036853057B16'], interval: 1 } } },
	'a sign-on that writes': { transport: { signOn: { commands: ['W1 96.3.10(1)'] } } },
	'a broker of its own': { extends: 'gplug', transport: { url: `mqtt://127.0.0.1:${port}` } },
	'a WebSocket': { extends: 'gplug', transport: { url: `ws://127.0.0.1:${port}` } },
	'a device': { transport: { path: file } },
	'a file': { transport: { kind: 'capture', path: file, loop: true } },
	"the broker's own topics": { extends: 'gplug', transport: { topic: '$SYS/+device', identity: null } },
	'samples elsewhere': { samples: ['../../../../etc'] },
	"readings of another's meter": { extends: 'gplug', transport: { topic: 'cii/other/reading', identity: null } },
})

async function reaching(): Promise<string> {
	const service = await bridge()
	const folder = scratch('reaching')
	mkdirSync(`${folder.path}/profiles/common`, { recursive: true })
	mkdirSync(`${folder.path}/profiles/outputs`)
	const attempts = Object.entries(REACHING(service.port, `${root}meters/ekz-e450/vse-2026.capture.jsonl`))
	const names = attempts.flatMap(([, what], at) => {
		writeFileSync(`${folder.path}/profiles/own-${at}.json`, mine(`own-${at}`, what))
		// The same by its parent.
		writeFileSync(`${folder.path}/profiles/common/far-${at}.json`, JSON.stringify({ extends: 'ekz-e450', ...what }))
		writeFileSync(`${folder.path}/profiles/child-${at}.json`, mine(`child-${at}`, { extends: `common/far-${at}` }))
		return [`own-${at}`, `child-${at}`]
	})
	const forging = ['cii/other/reading', 'cii/raw/00/house', 'cii/bridge/other/state']
	for (const [at, topic] of forging.entries()) {
		const message = { topic, payload: '{"power_import":1}' }
		const output = {
			output: `out-${at}`,
			version: '1.0.0',
			title: 'x',
			reading: JSON.stringify(message),
			samples: [{ on: 'reading', messages: [message] }],
		}
		writeFileSync(`${folder.path}/profiles/outputs/out-${at}.json`, JSON.stringify(output))
	}
	const received: string[] = []
	const look = setInterval(() => {
		for (const client of service.clients)
			client.removeAllListeners('data').on('data', (chunk: Buffer) => received.push(chunk.toString('latin1')))
	}, 20)
	const { engine, log } = await engineOf(
		{
			mqtt: { embedded: { port: 0 } },
			profiles: ['profiles'],
			outputs: forging.map((_, at) => `out-${at}`),
			meters: [played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl'), ...names.map((name) => ({ name, profile: name }))],
		},
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/#')
	await sleep(3000)
	clearInterval(look)
	const read = [...new Set(watcher.seen.filter(({ topic }) => topic.endsWith('/reading')).map(({ topic }) => topic.split('/')[1] ?? ''))]
	const forged = forging.filter((topic) => watcher.seen.some((message) => message.topic === topic))
	const silent = names.filter((name) => !log.some((line) => line.includes(`"meter ${name}: `) || line.includes(`"profile ${name}: `)))
	await watcher.close()
	await engine.close()
	await service.close()
	folder.remove()
	const figures = `${service.clients.length} connections with ${received.join('').length} bytes, ${read.filter((name) => name !== 'house').length} of ${names.length} profiles read what they chose, ${forged.length} of ${forging.length} forged topics written`
	hold(service.clients.length === 0 && forged.length === 0 && !read.some((name) => name !== 'house'), figures)
	hold(silent.length === 0, `not named: ${silent.join(', ')}`)
	return `${attempts.map(([what]) => what).join(', ')}, each by the profile and by its parent, and outputs that write ${forging.join(', ')}: ${figures}; each named (before: 4 connections with 366 bytes, 2 profiles read what they chose, 1 forged topic written)`
}

export const documentFaults: Fault[] = [
	{ number: 55, fault: 'a library of strangers', injected: '3,000 profiles, 30 MB', prove: crowded, long: true },
	{
		number: 55.1,
		fault: 'a pipe or a device in the place of a file',
		injected: `${Object.keys(THINGS).length} things`,
		prove: devices,
		long: true,
	},
	{ number: 55.2, fault: 'a folder that never comes to rest', injected: '1,000 saves a second', prove: restless, long: true },
	{ number: 55.3, fault: 'a folder with 100,000 entries', injected: 'and a name with a line feed', prove: many, long: true },
	{
		number: 56,
		fault: 'a profile that reaches out',
		injected: 'hosts, devices, files, bytes and topics of its own',
		prove: reaching,
		long: true,
	},
]
