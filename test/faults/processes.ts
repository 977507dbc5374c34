import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readings, type Watcher, watchTopics } from '../support/broker.ts'
import { CANARY, canaryIn } from '../support/canary.ts'
import { hexBytes, p1Telegram, sealed } from '../support/craft.ts'
import { bridge, eventually, freePort, played, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { startMosquitto } from '../support/mosquitto.ts'
import { settle, stretched } from '../support/pace.ts'
import { cli } from '../support/program.ts'
import { root } from '../support/root.ts'
import { able, count, type Fault, hold, quantile, sleep } from './fault.ts'
import { steady } from './steady.ts'

/** The built program with this config: what it wrote, and how it ended. */
export function program(folder: string, config: object, { wrap = [] as string[], form = 'json' } = {}) {
	writeFileSync(`${folder}/cii2mqtt.json`, JSON.stringify(config))
	const [command = process.execPath, ...words] = [...wrap, process.execPath, cli, 'run', '--config', `${folder}/cii2mqtt.json`]
	const child: ChildProcess = spawn(command, [...words, '--log', form], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, NODE_OPTIONS: '--unhandled-rejections=strict' },
	})
	let log = ''
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString()))
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
	return {
		child,
		ended,
		log: () => log,
		says: (text: string) =>
			eventually(
				() => log.includes(text),
				() => `"${text}" in ${log}`,
			),
		lines: (text: string) => log.split('\n').filter((line) => line.includes(text)).length,
		stop(signal: NodeJS.Signals = 'SIGTERM') {
			child.kill(signal)
			return ended
		},
	}
}

const [KEY, AUTH] = ['000102030405060708090A0B0C0D0E0F', '00112233445566778899AABBCCDDEEFF']
const TITLE = hexBytes('5341473500004059')
const counted = (invocation: number, key = KEY) =>
	sealed(p1Telegram('EST5\\253710000_A', ['1-0:1.8.0(006545766*Wh)']), key, AUTH, TITLE, invocation)

const ciphered = (port: number, more: object = {}) => ({
	name: 'house',
	profile: 'sagemcom-t210-p1',
	transport: { kind: 'tcp', host: '127.0.0.1', port, idle: 2000 },
	keys: { encryption: { $file: 'house.key' } },
	...more,
})

function keyFile(folder: string, key = KEY): void {
	writeFileSync(`${folder}/house.key`, key, { mode: 0o600 })
}

/** Waits until nothing more comes for a while. */
async function quiet(watcher: Watcher, pause = 800): Promise<void> {
	let [before, since] = [-1, Date.now()]
	while (Date.now() - since < pause) {
		if (watcher.seen.length !== before) [before, since] = [watcher.seen.length, Date.now()]
		await sleep(50)
	}
}

async function replayed(): Promise<string> {
	const folder = scratch('replay')
	keyFile(folder.path)
	const [far, port] = [await bridge(), await freePort()]
	const config = { mqtt: { embedded: { port } }, stateDir: 'state', meters: [ciphered(far.port)] }
	/** Runs the program, sends telegrams with these counters, and gives how many were published. */
	async function round(invocations: number[], end: NodeJS.Signals) {
		const clients = far.clients.length
		const one = program(folder.path, config)
		await one.says('listens on')
		const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, 'cii/house/reading')
		await eventually(
			() => far.clients.length > clients,
			() => one.log(),
		)
		for (const invocation of invocations) {
			far.clients.at(-1)?.write(counted(invocation))
			await sleep(2)
		}
		await quiet(watcher)
		await watcher.close()
		await one.stop(end)
		return watcher.seen.length
	}
	const upTo = (most: number) => Array.from({ length: most }, (_, at) => at + 1)
	const first = await round(upTo(300), 'SIGKILL')
	const afterKill = await round(upTo(300), 'SIGTERM')
	const afterTerm = await round([...upTo(300), 299, 300, 300], 'SIGTERM')
	const highest = await round([0xffffffff, 0, 1, 0xffffffff], 'SIGTERM')
	const beyond = await round(upTo(400), 'SIGTERM')
	hold(first === 300, `${first} of 300 at first`)
	hold(afterKill <= 256, `${afterKill} published again after kill -9`)
	hold(afterTerm === 0, `${afterTerm} published again after SIGTERM`)
	hold(highest === 1 && beyond === 0, `${highest} at the highest counter, ${beyond} behind it`)
	await far.close()
	folder.remove()
	return `0 of 706 replayed telegrams published after SIGTERM; after kill -9 ${afterKill} of 300 once more (up to 256, or 60 s, may be); behind the counter FFFFFFFF nothing, until the operator's reset`
}

async function killed(): Promise<string> {
	const folder = scratch('kill')
	keyFile(folder.path)
	const [far, port] = [await bridge(), await freePort()]
	const config = { mqtt: { embedded: { port } }, stateDir: 'state', meters: [ciphered(far.port)] }
	let invocation = 0
	const feed = setInterval(() => {
		for (let each = 0; each < 20; each++) far.clients.at(-1)?.write(counted(++invocation))
	}, 20)
	const rounds = amount(6, 50)
	const ready: number[] = []
	let parsed = 0
	for (let round = 0; round < rounds; round++) {
		const started = performance.now()
		const one = program(folder.path, config)
		while (!one.log().includes('listens on')) await sleep(5)
		ready.push(performance.now() - started)
		await settle(200 + Math.random() * 1000)
		await one.stop('SIGKILL')
		hold(!one.log().includes('put aside') && !one.log().includes('cannot be'), one.log())
		if (!existsSync(`${folder.path}/state/main.memory.json`)) continue
		for (const line of readFileSync(`${folder.path}/state/main.memory.json`, 'utf8').trimEnd().split('\n')) JSON.parse(line)
		parsed++
	}
	clearInterval(feed)
	await far.close()
	folder.remove()
	// A few rounds on a busy machine may end before most files are there.
	hold(parsed > amount(0, rounds / 2), `a file in ${parsed} of ${rounds} rounds only`)
	return `${rounds} rounds: ${parsed} state files whole, ${rounds - parsed} not there yet, 0 half; ready again after ${quantile(ready, 0.5).toFixed(0)} ms (median)`
}

async function terminated(): Promise<string> {
	const folder = scratch('term')
	const port = await freePort()
	writeFileSync(`${folder.path}/mosquitto.conf`, `user root\nlistener ${port} 127.0.0.1\nallow_anonymous true\n`)
	const mosquitto = await startMosquitto(`${folder.path}/mosquitto.conf`, [port])
	const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, ['cii/bridge/main/state', 'cii/house/reading'])
	const fast = played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl', { speed: 0, pause: 5 })
	const rounds = amount(3, 20)
	const took: number[] = []
	for (let round = 0; round < rounds; round++) {
		const from = watcher.seen.length
		const one = program(folder.path, { mqtt: { url: `mqtt://127.0.0.1:${port}` }, meters: [fast] })
		await eventually(
			() => readings(watcher.seen.slice(from), 'house').length > 3,
			() => one.log(),
		)
		const started = performance.now()
		const code = await one.stop()
		took.push(performance.now() - started)
		await sleep(100)
		const own = watcher.seen.slice(from)
		const seqs = readings(own, 'house').map(({ seq }) => seq)
		const farewells = own.filter(({ topic, payload, retain }) => topic.endsWith('state') && payload === 'offline' && !retain).length
		hold(code === 0, `ended with ${code}`)
		hold(farewells === 1 && own.at(-1)?.payload === 'offline', `${farewells} farewells, at the end ${own.at(-1)?.topic}`)
		hold(
			seqs.every((seq, at) => seq === at),
			'a reading is missing',
		)
	}
	hold(Math.max(...took) < stretched(3000), `${Math.max(...took)} ms`)
	await watcher.close()
	await mosquitto.stop()
	folder.remove()
	return `${rounds} of ${rounds}: exit code 0 after ${Math.max(...took).toFixed(0)} ms at the latest, "offline" once and last, no will, no reading missing`
}

/** A small file system that can be filled and made read-only. */
async function disks(): Promise<string> {
	const folder = scratch('disk')
	keyFile(folder.path)
	const state = `${folder.path}/state`
	mkdirSync(state)
	execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'cii', state])
	try {
		const [far, port] = [await bridge(), await freePort()]
		const outbox = { disk: true }
		const away = await freePort()
		const seen: string[] = []
		let invocation = 0
		for (const [name, spoil] of [
			['full', () => writeFileSync(`${state}/filler`, Buffer.alloc(200_000))],
			['read-only', () => execFileSync('mount', ['-o', 'remount,ro', state])],
		] as const) {
			try {
				spoil()
			} catch {
				// No room for all of the filler: the disk is full.
			}
			const one = program(folder.path, { mqtt: { embedded: { port } }, stateDir: 'state', meters: [ciphered(far.port)] })
			await one.says('tcp is open')
			const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, 'cii/house/reading')
			for (let sent = 0; sent < 600; sent++) {
				far.clients.at(-1)?.write(counted(++invocation))
				await sleep(1)
			}
			await quiet(watcher)
			hold(watcher.seen.length === 600, `${name}: ${watcher.seen.length} of 600 readings`)
			await watcher.close()
			const code = await one.stop()
			hold(code === 0, `${name}: ended with ${code}: ${one.log()}`)
			for (const file of ['memory.json', 'published.json'])
				hold(one.lines(`${file} cannot be written`) === 1, `${name}: ${one.lines(`${file} cannot`)} complaints of ${file}: ${one.log()}`)
			// The same for readings that wait for a broker that is away.
			const other = program(folder.path, {
				mqtt: { url: `mqtt://127.0.0.1:${away}`, outbox },
				stateDir: 'state',
				meters: [played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl', { speed: 0, pause: 5 })],
			})
			await other.says('readings wait in memory only')
			await sleep(300)
			hold((await other.stop()) === 0, `${name}, without a broker: ${other.log()}`)
			hold(other.lines('readings wait in memory only') === 1, `${name}: ${other.lines('in memory only')} complaints`)
			seen.push(`${name}: 600 of 600 readings, one line of log`)
		}
		await far.close()
		return `${seen.join('; ')}; exit code 0`
	} finally {
		execFileSync('umount', [state])
		folder.remove()
	}
}

async function exhausted(): Promise<string> {
	const folder = scratch('few')
	const port = await freePort()
	mkdirSync(`${folder.path}/profiles`)
	const config = {
		mqtt: { embedded: { port } },
		profiles: ['profiles'],
		meters: [
			played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl', { speed: 0, pause: 100 }),
			{ name: 'none', profile: 'ekz-e450', transport: { path: '/dev/ttyNONE' } },
		],
	}
	/** Runs it so, and gives the readings of two seconds and what it complained of. */
	async function so(wrap: string[]) {
		const one = program(folder.path, config, { wrap })
		await one.says('listens on')
		const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, 'cii/house/reading')
		await sleep(2000)
		await watcher.close()
		const code = await one.stop()
		hold(code === 0, `ended with ${code}: ${one.log()}`)
		hold(watcher.seen.length > 5, `${watcher.seen.length} readings: ${one.log()}`)
		return { readings: watcher.seen.length, log: one.log() }
	}
	// Node opens up to 70 files at once when it loads the program's modules.
	const descriptors = await so(['bash', '-c', 'ulimit -n 96; exec "$@"', '--'])
	const inotify = await so(['unshare', '-Ur', 'sh', '-c', 'echo 0 > /proc/sys/user/max_inotify_watches; exec "$@"', '--'])
	hold(/not everything is watched/.test(inotify.log), inotify.log)
	folder.remove()
	return `96 descriptors: ${descriptors.readings} readings in 2 s; no inotify watches: named, profiles are looked at every minute, ${inotify.readings} readings in 2 s`
}

/** Minutes of the soak that belongs to this table; `npm run test:soak` takes more, and has 120 MB as its limit. */
const SOAK_MINUTES = amount(0.5, 2)

async function soaked(): Promise<string> {
	const { rate, resident, descriptors, lines } = await steady(SOAK_MINUTES, 100)
	// The short run begins to count while some are still being opened.
	hold(resident <= 130 && descriptors <= amount(2, 0) && lines === 0, `${resident} MB, ${descriptors} descriptors more, ${lines} lines`)
	return `${SOAK_MINUTES} min at ${rate.toFixed(0)} readings a second: at most ${resident.toFixed(0)} MB resident, descriptors +0, no line of log`
}

async function secret(): Promise<string> {
	const folder = scratch('canary')
	keyFile(folder.path, CANARY)
	const [far, port] = [await bridge(), await freePort()]
	const raw = ciphered(far.port, { raw: true })
	let looked = 0
	const clean = (what: string, text: string) => {
		looked += text.length
		hold(!canaryIn(text), `the key stands in ${what}`)
	}
	for (const form of ['text', 'json']) {
		const clients = far.clients.length
		const one = program(folder.path, { mqtt: { embedded: { port } }, stateDir: 'state', meters: [raw] }, { form })
		await one.says('listens on')
		const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, '#')
		await eventually(
			() => far.clients.length > clients,
			() => one.log(),
		)
		const base = form === 'text' ? 0 : 1000
		for (const bytes of [
			counted(base + 1, CANARY),
			counted(base + 2, KEY),
			counted(base + 1, CANARY),
			counted(base + 3, CANARY).fill(0, 40, 44),
		])
			far.clients.at(-1)?.write(bytes)
		await sleep(2500)
		// A key that is none, of which each character is the secret's.
		writeFileSync(`${folder.path}/house.key`, `${CANARY}0`, { mode: 0o600 })
		await one.says('digits')
		keyFile(folder.path, CANARY)
		await quiet(watcher)
		await watcher.close()
		hold(readings(watcher.seen, 'house').length >= 1, one.log())
		await one.stop()
		clean(`the log (${form})`, one.log())
		clean('MQTT', watcher.seen.map(({ topic, payload, properties }) => topic + payload + JSON.stringify(properties)).join('\n'))
	}
	for (const file of readdirSync(`${folder.path}/state`)) clean(file, readFileSync(`${folder.path}/state/${file}`, 'latin1'))

	const run = (...words: string[]) => {
		const child = spawn(process.execPath, [cli, ...words], { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder.path })
		let text = ''
		for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()))
		return new Promise<string>((resolve) => child.once('close', () => resolve(text)))
	}
	const telegram = Buffer.from(counted(5, CANARY)).toString('hex')
	for (const words of [
		['decode', '--key', CANARY, telegram],
		['decode', '--json', '--key', CANARY, telegram],
		['decode', '--key', CANARY, '--auth-key', AUTH, telegram],
		['decode', '--key', `${CANARY}0`, telegram],
		['decode', '--key', CANARY, telegram.replace(/..$/, '00')],
		['validate', 'cii2mqtt.json'],
	])
		clean(words.slice(0, 2).join(' '), await run(...words))

	const environment = { ...process.env, CII_KEY: CANARY, CII_TEST_CANARY: CANARY }
	clean('decode with CII_KEY', spawnSync(process.execPath, [cli, 'decode', telegram], { env: environment, encoding: 'utf8' }).stdout)
	// A crash: what Node prints, and the report that it writes when asked to, with a key from the environment.
	const fromEnvironment = { ...ciphered(far.port, { name: 'shed' }), keys: { encryption: { $env: 'CII_TEST_CANARY' } } }
	writeFileSync(`${folder.path}/cii2mqtt.json`, JSON.stringify({ mqtt: { embedded: { port } }, meters: [raw, fromEnvironment] }))
	const crash = spawn(
		'bash',
		[
			'-c',
			`ulimit -c 0; exec "$@"`,
			'--',
			process.execPath,
			'--report-uncaught-exception',
			`--report-dir=${folder.path}`,
			`${root}dist/test/faults/crash.js`,
		],
		{ stdio: ['ignore', 'pipe', 'pipe'], cwd: root, env: { ...environment, CII_KEY: '', CONFIG: `${folder.path}/cii2mqtt.json` } },
	)
	let fatal = ''
	for (const stream of [crash.stdout, crash.stderr]) stream?.on('data', (chunk: Buffer) => (fatal += chunk.toString()))
	await new Promise((resolve) => crash.once('close', resolve))
	hold(fatal.includes('crashed on purpose'), fatal)
	clean('what a crash prints', fatal)
	const reports = readdirSync(folder.path).filter((name) => name.startsWith('report'))
	hold(reports.length === 1, 'no crash report')
	for (const name of reports) clean('a crash report', readFileSync(`${folder.path}/${name}`, 'latin1'))
	await far.close()
	folder.remove()
	return `0 hits in ${count(looked)} characters: logs as text and JSON, all MQTT with raw bytes, state files, decode with right, wrong and misspelled keys, validate, a crash and its report with a key from the environment; npm test searches all its output, too`
}

async function unhandled(): Promise<string> {
	const folder = scratch('strict')
	const port = await freePort()
	const nobody = { kind: 'tcp', host: '127.0.0.1', port: await freePort() }
	mkdirSync(`${folder.path}/profiles`)
	writeFileSync(`${folder.path}/profiles/broken.json`, '{')
	const one = program(folder.path, {
		mqtt: { url: `mqtt://127.0.0.1:${port}` },
		profiles: ['profiles'],
		meters: [
			{ name: 'absent', profile: 'ekz-e450', transport: { path: '/dev/ttyNONE' } },
			{ name: 'nobody', profile: 'ekz-e450', transport: nobody },
			{ name: 'unknown', profile: 'ekz-e450', transport: { kind: 'tcp', host: 'nowhere.invalid', port: 1 } },
			{ name: 'broken', profile: 'broken' },
			{ name: 'elsewhere', profile: 'gplug', transport: { url: `mqtt://127.0.0.1:${nobody.port}` } },
			{ name: 'lost', profile: 'ekz-e450', transport: { kind: 'capture', path: 'nowhere.jsonl' } },
		],
	})
	await one.says('/dev/ttyNONE')
	await sleep(8000)
	hold(one.child.exitCode === null, one.log())
	const code = await one.stop()
	hold(code === 0 && !/unhandled|please report/i.test(one.log()), `ended with ${code}: ${one.log()}`)
	folder.remove()
	return 'six meters whose ports, profiles and brokers fail, and no broker, 8 s with --unhandled-rejections=strict: nothing unhandled, exit code 0; so run all processes of this table'
}

function supply(): string {
	const npm = (...words: string[]) =>
		execFileSync('npm', words, { cwd: root, encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'pipe'] })
	const { components } = JSON.parse(npm('sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev')) as {
		components: { name: string; version: string }[]
	}
	const jsonata = components.find(({ name }) => name === 'jsonata')?.version ?? ''
	const [major = 0, minor = 0, patch = 0] = jsonata.split('.').map(Number)
	hold(major * 1e6 + minor * 1e3 + patch >= 2_002_002, `jsonata ${jsonata}`)
	let audit: string
	try {
		audit = `npm audit: ${JSON.parse(npm('audit', '--omit=dev', '--json')).metadata.vulnerabilities.total} known faults`
	} catch (error) {
		const output = String((error as { stdout?: string }).stdout ?? '')
		const found = /"total":\s*(\d+)/.exec(output)
		hold(!found, `npm audit: ${found?.[1]} known faults`)
		audit = 'npm audit has no answer here (its registry cannot be reached)'
	}
	return `${components.length} components at run time in the SBOM, jsonata ${jsonata}; ${audit}`
}

const mounts = able('d=$(mktemp -d) && mount -t tmpfs cii $d && umount $d && rmdir $d')
const userSpaces = able("unshare -Ur sh -c 'echo 0 > /proc/sys/user/max_inotify_watches'")

/** What can happen to the process and around it. */
export const processFaults: Fault[] = [
	{
		number: 7,
		fault: 'replayed telegrams, over restarts',
		injected: 'kill -9 and SIGTERM between; counter FFFFFFFF',
		prove: replayed,
		waits: true,
	},
	{ number: 27, fault: 'the process is killed', injected: `kill -9, ${amount(6, 50)} times, at random`, prove: killed, waits: true },
	{
		number: 28,
		fault: 'the process is asked to end',
		injected: `SIGTERM, ${amount(3, 20)} times, under 200 readings a second`,
		prove: terminated,
	},
	{
		number: 39,
		fault: 'disk full, disk read-only',
		injected: 'tmpfs of 64 kB',
		...(mounts ? { prove: disks } : { cannot: 'needs the right to mount' }),
	},
	{
		number: 40,
		fault: 'no descriptors, no inotify',
		injected: 'ulimit -n 96; max_inotify_watches 0',
		...(userSpaces ? { prove: exhausted } : { cannot: 'needs user namespaces' }),
	},
	{ number: 41, fault: 'memory and descriptors grow', injected: 'the demo at 100 telegrams a second', prove: soaked, waits: true },
	{ number: 43, fault: 'a key in what is shown', injected: `a canary key`, prove: secret, waits: true },
	{ number: 44, fault: 'an error without a handler', injected: 'all that can fail, at once', prove: unhandled, waits: true },
	{ number: 45, fault: 'supply chain', injected: 'npm sbom, npm audit', prove: supply },
]
