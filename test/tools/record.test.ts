import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import mqtt from 'mqtt'
import * as assert from 'uvu/assert'
import { broker } from '../../engine/mqtt/broker.ts'
import { transportOf } from '../../tools/transport-url.ts'
import { cable, chunksOf, send } from '../support/cable.ts'
import { telegram } from '../support/corpus.ts'
import { eventually, freePort, scratch } from '../support/engine-of.ts'
import { settle } from '../support/pace.ts'
import { run, start } from '../support/program.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('record', { limit: 60_000 })
const folder = scratch('record')
test.after(folder.remove)

const push = chunksOf('ekz-e450/vse-2026.capture.jsonl')

/** A recording under way; `stop` ends it and gives its exit code. */
function recording(...args: string[]): { child: ChildProcess; said: () => string; stop(): Promise<number | null> } {
	const child = start(['record', ...args])
	let text = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
	return {
		child,
		said: () => text,
		stop() {
			child.kill('SIGTERM')
			return ended
		},
	}
}

/** The readings of a recording, without what differs by when it was made. */
function replayed(file: string, profile: string): unknown[] {
	const result = run(['replay', file, '--profile', profile])
	assert.is(result.status, 0, result.stderr)
	return result.stdout
		.split('\n')
		.filter(Boolean)
		.map((line) => {
			const { received: _received, session: _session, seq: _seq, ...rest } = JSON.parse(line)
			return rest
		})
}

if (need('socat', 'recording a serial port')) {
	test('records a serial port, and the recording gives the same readings', async () => {
		const { child, device, far } = await cable(folder.path)
		const out = `${folder.path}/serial.capture.jsonl`
		const { said, stop } = recording('--transport', `serial://${device}?baudRate=2400&parity=even`, '--out', out)
		await eventually(() => said().includes('serial: open'), said)
		await send(far, push)
		await eventually(() => existsSync(out) && readFileSync(out, 'utf8').includes('hex'), said)
		await settle(500)
		assert.is(await stop(), 0, said())
		assert.equal(replayed(out, 'ekz-e450'), replayed('meters/ekz-e450/vse-2026.capture.jsonl', 'ekz-e450'))
		const header = JSON.parse(readFileSync(out, 'utf8').split('\n')[0] ?? '')
		assert.equal(header.transport, { kind: 'serial', baudRate: 2400, dataBits: 8, stopBits: 1, parity: 'even' })
		child.kill('SIGKILL')
	})

	test('finds the line settings that give frames, and says what it saw', async () => {
		const { child, device, far } = await cable(folder.path)
		const { said, stop } = recording('--probe', '--transport', `serial://${device}`, '--for', '2')
		for (let tries = 0; tries < 40 && !said().includes('"link"'); tries++) {
			await send(far, push)
			await new Promise((resolve) => setTimeout(resolve, 200))
		}
		// A pty takes any speed: the first is right.
		assert.match(said(), /2400 8E1 +\d+ bytes, \d+ hdlc frames/)
		assert.match(said(), /"decoder":\{"link":"hdlc"\}/)
		await stop()
		child.kill('SIGKILL')
	})
}

/** A TCP server that sends the bytes six times to whoever connects. */
async function sending(bytes: Buffer) {
	const server = createServer((socket) => {
		for (let i = 0; i < 6; i++) setTimeout(() => socket.write(bytes), 100 * i)
		socket.on('error', () => undefined)
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	return { server, port: (server.address() as { port: number }).port }
}

test('records TCP in files of a size, each a capture of its own', async () => {
	const { server, port } = await sending(Buffer.concat(push))
	const out = `${folder.path}/tcp.capture.jsonl`
	writeFileSync(`${folder.path}/tcp.2.capture.jsonl`, 'mine')
	const { said, stop } = recording('--transport', `tcp://127.0.0.1:${port}`, '--out', out, '--rotate-size', '2000')
	await eventually(() => existsSync(`${folder.path}/tcp.1.capture.jsonl`), said)
	await settle(800)
	assert.is(await stop(), 0)
	for (const file of ['tcp.1.capture.jsonl', 'tcp.capture.jsonl'])
		assert.is(JSON.parse(readFileSync(`${folder.path}/${file}`, 'utf8').split('\n')[0] ?? '').capture, 1)
	assert.is(readFileSync(`${folder.path}/tcp.2.capture.jsonl`, 'utf8'), 'mine')
	assert.ok(existsSync(`${folder.path}/tcp.3.capture.jsonl`))
	server.close()
})

test('anonymizes every file of a recording with the same ids, or leaves none', async () => {
	const plain = await sending(Buffer.concat(push))
	const out = `${folder.path}/anonymous.capture.jsonl`
	const first = recording('--transport', `tcp://127.0.0.1:${plain.port}`, '--out', out, '--rotate-size', '1000', '--anonymize')
	await eventually(() => existsSync(`${folder.path}/anonymous.3.capture.jsonl`), first.said)
	assert.is(await first.stop(), 0, first.said())
	const ids = ['.1', '.2', '.3'].flatMap((part) =>
		(replayed(out.replace('.capture', `${part}.capture`), 'ekz-e450') as { id: string }[]).map(({ id }) => id),
	)
	assert.ok(ids.length >= 3)
	assert.is(new Set(ids).size, 1)
	plain.server.close()

	const sealed = await sending(Buffer.from(telegram('at-lg-e450-flat-enc-1').bytes))
	const second = recording(
		...['--transport', `tcp://127.0.0.1:${sealed.port}`, '--out', `${folder.path}/sealed.capture.jsonl`],
		...['--rotate-size', '1000', '--anonymize'],
	)
	await eventually(() => existsSync(`${folder.path}/sealed.1.capture.jsonl`), second.said)
	assert.is(await second.stop(), 1, second.said())
	assert.equal(
		readdirSync(folder.path).filter((file) => file.startsWith('sealed')),
		[],
	)
	sealed.server.close()
})

test('records the messages of an adapter', async () => {
	const local = await broker()
	const port = await local.listen(0, '127.0.0.1')
	const out = `${folder.path}/mqtt.capture.jsonl`
	const { said, stop } = recording('--transport', `mqtt://127.0.0.1:${port}/tele/+/SENSOR`, '--out', out)
	await eventually(() => said().includes('mqtt: open'), said)
	const publisher = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`)
	await publisher.publishAsync('tele/gPlug10/SENSOR', '{"Time":"2021-09-24T17:03:45","z":{"Pi":12}}', { qos: 1 })
	await eventually(() => existsSync(out), said)
	await publisher.endAsync()
	assert.is(await stop(), 0)
	const [reading] = replayed(out, 'gplug-2021') as { power_import: number }[]
	assert.is(reading?.power_import, 12)
	await local.close()
})

test('leaves no file when nothing arrived, overwrites none, and names what is wrong', async () => {
	const out = `${folder.path}/nothing.capture.jsonl`
	writeFileSync(`${folder.path}/there.capture.jsonl`, 'mine')
	writeFileSync(
		`${folder.path}/config.json`,
		JSON.stringify({ mqtt: { url: 'mqtt://localhost' }, meters: [{ name: 'house', profile: 'ekz-e450' }] }),
	)
	const cases: [string[], number, RegExp][] = [
		[['--transport', `tcp://127.0.0.1:${await freePort()}`, '--out', out, '--for', '1'], 3, /nothing arrived: no file is written/],
		[['--transport', 'tcp://localhost:1', '--out', `${folder.path}/there.capture.jsonl`], 2, /exists: name another file/],
		[['--transport', 'mqtt://localhost/%zz', '--out', out], 2, /is no transport: serial/],
		[['--transport', 'tcp://localhost', '--out', out], 2, /names no port/],
		[['--transport', 'ftp://x', '--out', out], 2, /ftp:\/\/ is no transport/],
		[['--transport', 'serial:///dev/x?speed=1', '--out', out], 2, /serial has no setting "speed"/],
		[['--transport', 'tcp://localhost:1'], 2, /name the file/],
		[['--out', out], 2, /name what to record/],
		[['--config', `${folder.path}/config.json`, '--meter', 'hous', '--out', out], 2, /has no meter "hous"; it has house/],
		[['--config', `${folder.path}/none.json`, '--meter', 'x', '--out', out], 2, /no such file/],
		[['--transport', 'tcp://localhost:1', '--out', `${folder.path}/no/x.capture.jsonl`], 2, /there is no folder .*\/no/],
		[['--probe', '--transport', 'serial:///dev/ttyNOPE'], 3, /^there is no \/dev\/ttyNOPE.*\n$/],
		[['--probe', '--transport', 'tcp://localhost:1'], 2, /--probe needs a serial device/],
	]
	for (const [args, status, words] of cases) {
		const result = run(['record', ...args])
		assert.match(result.stderr, words, `${args.join(' ')}: ${result.status ?? result.signal} ${result.error ?? ''} ${result.stderr}`)
		assert.is(result.status, status, args.join(' '))
		assert.not.match(result.stderr, /\n +at /)
	}
	assert.is(existsSync(out), false)
	assert.is(readFileSync(`${folder.path}/there.capture.jsonl`, 'utf8'), 'mine')
})

test('reads transports as URLs', () => {
	assert.equal(transportOf('serial:///dev/ttyUSB0?baudRate=2400&parity=even'), {
		kind: 'serial',
		path: '/dev/ttyUSB0',
		baudRate: 2400,
		dataBits: 8,
		stopBits: 1,
		parity: 'even',
	})
	assert.equal(transportOf('tcp://10.0.0.1:3333'), { kind: 'tcp', host: '10.0.0.1', port: 3333 })
	assert.equal(transportOf('mqtt://broker:1883/tele/+/SENSOR'), { kind: 'mqtt', url: 'mqtt://broker:1883', topic: 'tele/+/SENSOR' })
})

test.run()
