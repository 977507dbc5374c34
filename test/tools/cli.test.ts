import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { crcX25 } from '../../engine/bytes/crc.ts'
import { hex } from '../../engine/bytes/hex.ts'
import { readings, watchTopics } from '../support/broker.ts'
import { corpus, telegram, unspaced } from '../support/corpus.ts'
import { freePort, scratch } from '../support/engine-of.ts'
import { stretched } from '../support/pace.ts'
import { cli, run, start } from '../support/program.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'
import { invalid } from '../support/valid.ts'

const test = suite('command line', { limit: 60_000 })
const folder = scratch('cli')
test.after(folder.remove)

const lines = (result: SpawnSyncReturns<string>) =>
	result.stdout
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line))

test('decode --json reads the whole corpus as its sources state, and refuses what is broken or lacks its key', () => {
	const plain = corpus.filter(({ keys }) => !keys.encryptionKey)
	const result = run(['decode', '--json', ...plain.map(({ file }) => file)])
	assert.is(result.status, 1, 'something was refused')
	const all = lines(result)
	for (const { id, file, intact, expected } of plain) {
		const own = all.filter((line) => line.file === file)
		const good = own.filter(({ ok }) => ok)
		if (!intact || id.endsWith('-nokey')) {
			assert.is(good.length, 0, id)
			assert.ok(own[0]?.reason && own[0]?.detail, id)
			continue
		}
		assert.is(good.length, 1, id)
		for (const [code, { value, raw }] of Object.entries(expected.values ?? {})) {
			const got = good[0].readings[code]
			assert.ok(got, `${id} ${code}`)
			if (got.scaled === false) assert.is(got.value, raw, `${id} ${code}`)
			else if (typeof value === 'string') assert.is(got.value, unspaced(value), `${id} ${code}`)
		}
		if (expected.timestamp && !expected.timestamp.startsWith('2000-00')) assert.is(good[0].localTime, expected.timestamp, id)
		assert.is(good[0].time !== undefined, Boolean(expected.timestampOffset), `${id}: a time needs its offset`)
	}
	for (const { file, keys, intact } of corpus.filter((entry) => entry.keys.encryptionKey)) {
		const options = ['--key', keys.encryptionKey ?? '', ...(keys.authenticationKey ? ['--auth-key', keys.authenticationKey] : [])]
		const [line] = lines(run(['decode', '--json', ...options, file]))
		assert.is(line.ok, intact, file)
		if (line.ok) assert.is(line.auth, keys.authenticationKey ? 'verified' : 'unverified')
	}
})

test('decode takes hex on the command line, standard input, raw bytes, captures and a profile', () => {
	const { bytes, file } = telegram('ch-lg-e450-vse2026')
	const digits = Buffer.from(bytes).toString('hex')
	writeFileSync(`${folder.path}/raw.bin`, bytes)
	writeFileSync(`${folder.path}/commented.txt`, `# a push\n${digits.slice(0, 100)} # first\n${digits.slice(100)}\n`)
	const inputs: [string[], string][] = [
		[[digits], ''],
		[['-'], digits],
		[['-'], readFileSync(`${root}meters/ekz-e450/vse-2026.capture.jsonl`, 'utf8')],
		[[`${folder.path}/raw.bin`], ''],
		[[`${folder.path}/commented.txt`], ''],
		[['meters/ekz-e450/vse-2026.capture.jsonl'], ''],
		[[file], ''],
	]
	for (const [args, input] of inputs) {
		const result = run(['decode', '--json', '--profile', 'ekz-e450', ...args], { input })
		assert.is(result.status, 0, result.stderr)
		const [line] = lines(result)
		assert.equal(
			[line.meterId, line.time, line.readings['1-0:31.7.0']],
			['LGZ1030653520967', '2026-05-04T11:39:21+02:00', { value: 0.09, unit: 'A' }],
		)
		assert.is(line.file, args[0])
	}
	const zone = lines(run(['decode', '--json', '--timezone', 'Europe/Zurich', file]))
	assert.is(zone[0].time, '2026-05-04T11:39:21+02:00')
	const people = run(['decode', '--profile', 'ekz-e450', file])
	assert.match(people.stdout, /1-1:1\.8\.0 +482939 Wh/)
})

test('explains a ciphered telegram without its key, with a wrong one and with the right one', () => {
	const { file, keys } = telegram('dk-kamstrup-omnipower-enc-auth')
	const without = run(['decode', file])
	assert.is(without.status, 1)
	for (const words of [
		/system title 4B414D4501349083: made by KAM/,
		/invocation counter 17784996/,
		/authentication tag/,
		/refused: .*ciphered, and no encryption key is configured.* \(nokey\)/,
	])
		assert.match(without.stdout, words)
	const wrong = run(['decode', '--key', 'FF'.repeat(16), '--auth-key', keys.authenticationKey ?? '', file])
	assert.is(wrong.status, 1)
	assert.match(wrong.stdout, /refused: .*the authentication tag does not fit: wrong key or damaged telegram.* \(tag\)/)
	const right = run(['decode', '--key', keys.encryptionKey ?? '', '--auth-key', keys.authenticationKey ?? '', file])
	assert.is(right.status, 0)
	for (const words of [
		/what was ciphered, \d+ bytes/,
		/octets: OBIS 1-1:1\.8\.0/,
		/authentication verified/,
		/1-1:1\.8\.0 +6307498 Wh/,
		/profiles that read it .*\n {4}kamstrup-\w+: possible; the telegram names Kamstrup; U × I fits the power; \d+ fields/,
	])
		assert.match(right.stdout, words)
})

test('explains every byte of a push, and what the profile uses', () => {
	const result = run(['decode', '--profile', 'ekz-e450', 'meters/ekz-e450/vse-2026.capture.jsonl'])
	assert.is(result.status, 0)
	assert.not.match(result.stdout, / {2}\?$/m, 'nothing is left unexplained')
	for (const words of [
		/A084 +format type 3, 132 bytes/,
		/block 4, the last, of 83 bytes/,
		/E6E700 +LLC header/,
		/list of 17/,
		/→ energy_import/,
		/0-0:96\.1\.1 +1909113 +\(not used\)/,
	])
		assert.match(result.stdout, words)
	const p1 = run(['decode', telegram('p1-nl-iskra-dsmr50').file])
	for (const words of [/2F49.* +identification: ISk5\\2MT382-1000/, /CRC-16: 6EEE, right/, /1-0:1\.8\.1 +4426 Wh/])
		assert.match(p1.stdout, words)
	const fcs = run(['decode', telegram('broken-no-lg-zmf100-fcs').file])
	assert.match(fcs.stdout, /refused frame at byte 0 of the input, 396 bytes/)
	assert.match(fcs.stdout, /393 +455A +frame check sequence \(FCS\), WRONG: these bytes give 38B9/)
	const [damaged, whole] = ['broken-no-lg-zmf100-fcs', 'ch-lg-e450-vse2026'].map((id) => Buffer.from(telegram(id).bytes).toString('hex'))
	const between = run(['decode', `${whole}DEADBEEF${damaged}${damaged}${whole}`])
	const at = (whole?.length ?? 0) / 2 + 4
	for (const place of [at, at + 396])
		assert.ok(between.stdout.includes(`refused frame at byte ${place} of the input, 396 bytes`), between.stdout)
	assert.is(between.stdout.split('WRONG: these bytes give 38B9').length, 3)
	// A frame without information (UA) has one checksum only.
	const body = Buffer.from('A00841088373', 'hex')
	const crc = crcX25(body)
	const bare = run(['decode', `7E${body.toString('hex')}${hex(Uint8Array.of(crc & 0xff, crc >> 8))}7E`])
	assert.match(bare.stdout, /FCS\), right/)
	assert.not.match(bare.stdout, /HCS/)
	const broken = run(['decode', telegram('broken-ch-lg-e450-gbt-out-of-order').file])
	assert.match(broken.stdout, /refused: .*block 4 came where block 3 was due.* \(blocks\)/)
})

test('says what is wrong with an input or an option, with the exit code for it', () => {
	const cases: [string[], number, RegExp][] = [
		[['decode', '--json', 'no-such-file'], 1, /neither a file nor hex digits/],
		[['decode', '--json', root], 1, /is a folder/],
		[['decode', '--json', '00112233'], 1, /neither HDLC, LLC/],
		[['decode', '--profile', 'ekz-e45', 'package.json'], 2, /there is no profile "ekz-e45" \(did you mean "ekz-e450"\?\)/],
		[['decode', '--key', '0011', 'package.json'], 2, /a key has 32 hex digits/],
		[['decode', '--timezone', 'Mars', '00'], 2, /is no timezone/],
		[['decode', '--link', 'hdcl', '00'], 2, /must be one of hdlc, mbus, sml, p1, iec62056-21, llc, raw/],
		[['decode', '--profile', 'gplug', telegram('ch-lg-e450-vse2026').file], 1, /reads messages, and decode takes bytes: "cii2mqtt replay"/],
		[['decode'], 2, /missing required argument/],
		[['demmo'], 2, /Did you mean demo/],
		[['run', '--config', `${folder.path}/none.json`], 2, /the config does not exist/],
		[['run', '--config', 'package.json'], 2, /package.json:\d+:\d+ unknown key/],
		[['demo', '--port', 'x'], 2, /must be an integer/],
		[['demo', '--speed', '10'], 2, /--speed is for --recorded: the simulated house lives by the time of now/],
		[['demo', '--clock', 'recorded'], 2, /--clock recorded is for --recorded/],
	]
	for (const [args, code, message] of cases) {
		const result = run(args)
		assert.is(result.status, code, `${args.join(' ')}: ${result.stdout}${result.stderr}`)
		assert.match(result.stdout + result.stderr, message, args.join(' '))
		assert.not.match(result.stdout + result.stderr, /\n +at /, 'no stack')
	}
})

test('is a command of its own after npm ci, as the README calls it', () => {
	const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
	const result = spawnSync('npx', ['cii2mqtt', '--version'], { encoding: 'utf8', cwd: root })
	assert.is(result.stdout.trim(), version, result.stderr)
})

test('lists the profiles and where they are from', () => {
	const result = run(['profiles'])
	assert.is(result.status, 0, result.stderr)
	for (const name of [
		'ekz-e450',
		'aew-e450',
		'ewb-as3000',
		'romande-energie-am550',
		'romande-energie-e450',
		'smartmeter-datacollector',
		'smartmeter-datacollector-rl-dsp',
		'gplug',
		'gplug-2021',
		'whatwatt-go',
	]) {
		assert.match(result.stdout, new RegExp(`^${name}@\\d`, 'm'))
	}
})

test('lists the other profiles when a sample of one cannot be read', () => {
	const own = `${folder.path}/own`
	mkdirSync(`${own}/torn`, { recursive: true })
	writeFileSync(`${own}/torn/x.capture.jsonl`, '{"capture":1,"meter":"x"')
	writeFileSync(
		`${own}/torn.json`,
		JSON.stringify({ profile: 'torn', version: '1.0.0', title: 'x', extends: 'common/lg-e450', samples: ['torn'] }),
	)
	const result = run(['profiles', '--profiles', own])
	assert.match(result.stderr, /x.capture.jsonl:1 is not JSON/)
	assert.match(result.stdout, /^torn@1.0.0 .*1 sample shows 0 fields/m)
	assert.match(result.stdout, /^whatwatt-go@/m)
})

const operators = ['ekz', 'aew', 'ewb', 'romande-energie']
const adapters = ['ekz-datacollector', 'aew-datacollector', 'ewb-gplug', 'romande-energie-gplug']

/** Ends demos by a signal, and looks at how they end. */
async function stop(demos: ReturnType<typeof start>[]): Promise<void> {
	for (const demo of demos) {
		const ended = new Promise((resolve) => demo.once('close', resolve))
		demo.kill('SIGTERM')
		assert.is(await ended, 0, 'a clean end')
	}
}

test('demo has valid readings of a simulated house with the meters of four operators within 15 s, of now, and leaves nothing behind', async () => {
	const port = await freePort()
	const started = Date.now()
	const temporary = `${folder.path}/tmp`
	mkdirSync(temporary)
	const demo = start(['demo', '--port', String(port)], { ...process.env, TMPDIR: temporary })
	let shown = ''
	demo.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()))
	const watcher = await connectWhenUp(port)
	await watcher.until((seen) => operators.every((meter) => readings(seen, meter).length > 0), 'all operators')
	assert.ok(Date.now() - started < stretched(15_000), `${Date.now() - started} ms`)
	// Two of them send every ten seconds.
	await watcher.until((seen) => operators.every((meter) => readings(seen, meter).length > 1), 'more of all')
	for (const { topic, payload } of watcher.seen)
		if (topic.endsWith('/reading')) assert.is(invalid('reading', JSON.parse(payload)), '', topic)
	for (const meter of operators) {
		const { time, time_source, received, issues } = readings(watcher.seen, meter).at(-1)
		assert.ok(Math.abs(Date.parse(time) - Date.parse(received)) < stretched(2000), `${meter}: ${time}, received ${received}`)
		assert.is(time_source === 'gateway', meter === 'aew')
		assert.is(issues, undefined)
	}
	assert.equal(Object.keys(readings(watcher.seen, 'ewb')[0].submeters), ['1', '2'])
	assert.is(readdirSync(temporary).filter((name) => name.startsWith('cii2mqtt-demo-')).length, 1, 'its config and state stand in a folder')
	await watcher.close()
	await stop([demo])
	assert.equal(readdirSync(temporary), [], 'which goes with it')
	const lines = shown.split('\n').filter((line) => line.startsWith('meter=ekz '))
	assert.ok(
		lines.length >= 1 && lines.length <= 1 + (Date.now() - started) / 9000,
		`a line every ten seconds, not one for each reading: ${lines.length}`,
	)
})

test('demo --recorded plays the recorded meters and adapters, on the next free port when one is taken', async () => {
	const port = await freePort()
	const first = start(['demo', '--recorded', '--port', String(port)])
	const watcher = await connectWhenUp(port)
	await watcher.until((seen) => [...operators, ...adapters].every((meter) => readings(seen, meter).length > 0), 'all operators')
	for (const { topic, payload } of watcher.seen)
		if (topic.endsWith('/reading')) assert.is(invalid('reading', JSON.parse(payload)), '', topic)
	const second = start(['demo', '--recorded', '--port', String(port), '--clock', 'now', '--speed', '10'])
	let told = ''
	let shown = ''
	second.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
	second.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()))
	const other = await connectWhenUp(port + 1)
	await other.until((seen) => readings(seen, 'ekz').length > 1, 'the second demo')
	assert.match(told, new RegExp(`mqtt://127.0.0.1:${port + 1} \\(port ${port} is taken\\)`))
	assert.match(shown, /^meter=ekz time=/m)
	assert.ok(Math.abs(Date.parse(readings(other.seen, 'ekz')[0].time) - Date.now()) < 60_000, 'the meter clock is of now')
	await watcher.close()
	await other.close()
	await stop([first, second])
})

async function connectWhenUp(port: number) {
	for (let tries = 0; ; tries++) {
		try {
			return await watchTopics(`mqtt://127.0.0.1:${port}`, 'cii/+/reading')
		} catch (error) {
			if (tries > stretched(100)) throw error
			await new Promise((resolve) => setTimeout(resolve, 100))
		}
	}
}

test('takes the word that CII_TRANSFORM knows, and refuses every other', () => {
	const under = (word: string) => run(['profiles', 'ekz-e450'], { env: { ...process.env, CII_TRANSFORM: word } })
	assert.is(under('interpret').status, 0)
	const wrong = under('Interpret')
	assert.is(wrong.status, 2)
	assert.match(wrong.stderr, 'CII_TRANSFORM=Interpret is not known: CII_TRANSFORM=interpret is, or nothing')
	const lasting = run(['run'], { env: { ...process.env, CII_TRANSFORM: 'interpret' } })
	assert.is(lasting.status, 2)
	assert.match(lasting.stderr, 'CII_TRANSFORM=interpret is for replay, decode and validate')
})

test('reads on when nobody takes its log any more, or the disk of the log is full', async () => {
	const full = openSync('/dev/full', 'w')
	for (const [name, stderr] of [
		['left', 'pipe'],
		['full', full],
	] as const) {
		const [port, home] = [await freePort(), `${folder.path}/${name}`]
		mkdirSync(home)
		const child = spawn(process.execPath, [cli, 'run', '--page', String(port)], { cwd: home, stdio: ['ignore', 'ignore', stderr] })
		const ended = once(child, 'exit')
		child.stderr?.destroy()
		// It would have ended with its first line.
		await once(child, 'spawn')
		let isUp = false
		for (const since = performance.now(); !isUp && performance.now() - since < stretched(15_000); ) {
			const asked = fetch(`http://127.0.0.1:${port}/health`)
			isUp = await asked.then(({ ok }) => ok).catch(() => new Promise<boolean>((resolve) => setTimeout(resolve, 100, false)))
		}
		assert.ok(isUp && child.exitCode === null, name)
		child.kill('SIGTERM')
		assert.equal(await ended, [0, null], name)
	}
	closeSync(full)
})

test.run()
