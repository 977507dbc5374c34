import { execFileSync } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { createServer } from 'node:net'
import * as assert from 'uvu/assert'
import { concat, fromLatin1, hex, latin1 } from '../../engine/bytes/hex.ts'
import { partsOf, readCapture } from '../../engine/transport/capture.ts'
import { readings, watchTopics } from '../support/broker.ts'
import { cable } from '../support/cable.ts'
import { telegram } from '../support/corpus.ts'
import { engineOf, eventually, scratch } from '../support/engine-of.ts'
import { root } from '../support/root.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('sign-on', { limit: 60_000 })
const folder = scratch('sign-on')
test.after(folder.remove)

const embedded = { mqtt: { embedded: { port: 0 } } }
const readout = latin1(telegram('iec-de-iskra-mt174-history').bytes)
const [identification = '', data = ''] = [readout.slice(0, readout.indexOf('\x02')), readout.slice(readout.indexOf('\x02'))]

/** What a meter answers to what it hears: pairs of a request, and the answer to it. `heard` collects what no pair fits. */
function simulated(pairs: [request: string, answer: string][], write: (bytes: Uint8Array) => void) {
	let buffer = ''
	const requests: string[] = []
	return {
		requests,
		hear(chunk: Uint8Array) {
			buffer += latin1(chunk)
			for (const [request, answer] of pairs) {
				const at = buffer.indexOf(request)
				if (at < 0) continue
				buffer = buffer.slice(at + request.length)
				requests.push(request)
				write(fromLatin1(answer))
			}
		},
	}
}

/** Command and data of programming mode, with their block check. */
function framed(content: string): string {
	const check = [...content].reduce((sum, char) => sum ^ char.charCodeAt(0), 0)
	return `${content}${String.fromCharCode(check)}`
}

if (need('socat', 'a serial port')) {
	test('signs on at 300 Bd, acknowledges the offered speed, reads out at it, and begins anew', async () => {
		const { child, device, far } = await cable(folder.path)
		const out = createWriteStream(far)
		const speeds: string[] = []
		const speed = () => execFileSync('stty', ['-F', device, 'speed']).toString().trim()
		const meter = simulated(
			[
				// The head gives back what it sends, as optical heads do.
				['/?!\r\n', `/?!\r\n${identification}`],
				['\x06050\r\n', `\x06050\r\n${data}`],
			],
			(bytes) => {
				const heard = speed()
				// The speed changes behind the acknowledgement: the answer waits for it, as a meter does.
				setTimeout(() => {
					speeds.push(`${heard} → ${speed()}`)
					out.write(bytes)
				}, 800)
			},
		)
		const input = createReadStream(far)
		// A terminal whose other end is gone reads as an error.
		input.on('error', () => undefined)
		input.on('data', (chunk) => meter.hear(chunk as Buffer))
		const { engine, log } = await engineOf(
			{
				...embedded,
				meters: [{ name: 'house', profile: 'iec-mode-c', transport: { path: device, signOn: { interval: 1 } } }],
			},
			folder.path,
		)
		const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/#')
		await watcher.until((seen) => readings(seen, 'house').length >= 2, `two readouts; ${log.join('')}`)
		const [reading] = readings(watcher.seen, 'house')
		assert.is(reading.id, '63355730')
		assert.is(reading.energy_import, 8_048_375)
		assert.is(reading.meter_time, '2017-03-18T20:14:55+01:00')
		assert.equal(meter.requests.slice(0, 3), ['/?!\r\n', '\x06050\r\n', '/?!\r\n'])
		assert.equal(speeds.slice(0, 3), ['300 → 300', '300 → 9600', '300 → 300'], 'heard at, and answered at')
		await engine.close()
		await watcher.close()
		input.destroy()
		out.destroy()
		child.kill('SIGKILL')
	})
}

test('reads data sets in programming mode over TCP, and says when the meter does not answer', async () => {
	const lines = latin1(telegram('iec-ch-siemens-td3511').bytes)
		.split('\r\n')
		.filter((line) => line !== '' && line !== '!')
	const answer = (from: number, to: number) => `\x02${framed(`${lines.slice(from, to).join('\r\n')}\r\n\x03`)}`
	let mute = true
	const heard: string[] = []
	const server = createServer((socket) => {
		const meter = simulated(
			[
				['/?!\r\n', '/SIE6TD3511\r\n'],
				['\x06001\r\n', '\x01P0\x02()\x03\x60'],
				// An optical head gives back what it sends, and the meter takes its time.
				[`\x01${framed('R2\x02F001\x03')}`, `\x01${framed('R2\x02F001\x03')}${answer(0, 11)}`],
				[`\x01${framed('R2\x02F009\x03')}`, answer(11, lines.length)],
				['\x01B0\x03q', ''],
			],
			(bytes) => socket.write(bytes),
		)
		socket.on('data', (chunk) => {
			if (mute) return
			meter.hear(chunk)
			heard.push(...meter.requests.splice(0))
		})
		socket.on('error', () => undefined)
	})
	await new Promise<void>((resolve) => server.listen(0, resolve))
	const { port } = server.address() as { port: number }
	const { engine, log } = await engineOf(
		{
			...embedded,
			meters: [
				{
					name: 'house',
					id: '110002267',
					profile: 'ekz-td3511',
					transport: {
						kind: 'tcp',
						host: '127.0.0.1',
						port,
						baudRate: 300,
						idle: 200,
						signOn: { interval: 1, commands: ['R2 F001', 'R2 F009'] },
					},
				},
			],
		},
		folder.path,
	)
	await eventually(
		() => log.some((line) => line.includes('does not answer the sign-on /?!')),
		() => log.join(''),
	)
	mute = false
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/#')
	await watcher.until((seen) => readings(seen, 'house').length >= 2, 'both data sets')
	const [counters, momentary] = readings(watcher.seen, 'house')
	assert.is(counters.energy_import, 31_550_191)
	assert.is(momentary.power_import, 386)
	assert.is(momentary.voltage_l1, 238.3)
	assert.equal(heard.slice(0, 2), ['/?!\r\n', '\x06001\r\n'], 'nobody can change the speed of a socket')
	await eventually(
		() => heard.includes('\x01B0\x03q'),
		() => `programming mode is left: ${JSON.stringify(heard)}`,
	)
	await watcher.close()
	await engine.close()
	server.close()
})

test('wakes a battery meter with NUL bytes before the request, and reads its heat and volume', async () => {
	const capture = readCapture(`${root}meters/uh50/readout.capture.jsonl`)
	const answer = latin1(concat(partsOf(capture)))
	const behind = answer.indexOf('\x02')
	let nuls = 0
	let asleep = 0
	const server = createServer((socket) => {
		const meter = simulated([['/?!\r\n', answer.slice(0, behind)]], (bytes) => {
			// 300 Bd: 30 bytes in a second. Below two seconds of them the meter sleeps on.
			if (nuls < 60) asleep++
			else {
				socket.write(bytes)
				setTimeout(() => socket.write(fromLatin1(answer.slice(behind))), 100)
			}
			nuls = 0
		})
		socket.on('data', (chunk) => {
			nuls += chunk.filter((byte) => byte === 0).length
			meter.hear(chunk.filter((byte) => byte !== 0))
		})
		socket.on('error', () => undefined)
	})
	await new Promise<void>((resolve) => server.listen(0, resolve))
	const { port } = server.address() as { port: number }
	const meter = (signOn: object, profile: string) => ({
		...embedded,
		meters: [{ name: 'heat', profile, transport: { kind: 'tcp', host: '127.0.0.1', port, baudRate: 300, idle: 200, signOn } }],
	})
	const sleeping = await engineOf(meter({ interval: 1 }, 'iec-mode-c'), folder.path)
	await eventually(
		() => sleeping.log.some((line) => line.includes('transport.signOn.wakeUp')),
		() => sleeping.log.join(''),
	)
	await sleeping.engine.close()
	assert.ok(asleep > 0)
	const { engine } = await engineOf(meter({ interval: 1, wakeUp: 2.2 }, 'uh50'), folder.path)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/heat/#')
	await watcher.until((seen) => readings(seen, 'heat').length >= 1, 'a readout')
	const [reading] = readings(watcher.seen, 'heat')
	assert.equal(reading.submeters['0'], {
		id: '12345678',
		medium: 'heat',
		volume: 1087.18,
		energy: 71_234_000,
		time: '2026-01-10T13:00:51+01:00',
	})
	await watcher.close()
	await engine.close()
	server.close()
})

test('asks a wired M-Bus meter for its data, and reads its answer', async () => {
	const heard: string[] = []
	const server = createServer((socket) => {
		socket.on('data', (chunk) => {
			heard.push(hex(chunk))
			if (heard.at(-1) === '107BFE7916') socket.write(telegram('mbus-kamstrup-multical-601').bytes)
			else socket.write(Uint8Array.of(0xe5))
		})
		socket.on('error', () => undefined)
	})
	await new Promise<void>((resolve) => server.listen(0, resolve))
	const { port } = server.address() as { port: number }
	const request = { hex: ['1040FE3E16', '107BFE7916'], interval: 1 }
	const { engine } = await engineOf(
		{
			...embedded,
			meters: [{ name: 'heat', profile: 'kamstrup-multical-601', transport: { kind: 'tcp', host: '127.0.0.1', port, request } }],
		},
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/heat/#')
	await watcher.until((seen) => readings(seen, 'heat').length >= 2, 'two answers')
	const [reading] = readings(watcher.seen, 'heat')
	assert.equal([reading.submeters['0'].energy, reading.submeters['0'].volume, reading.submeters['0'].power], [37_351_000, 561.08, 34_700])
	assert.equal(heard.slice(0, 3), ['1040FE3E16', '107BFE7916', '1040FE3E16'])
	await watcher.close()
	await engine.close()
	server.close()
})

test.run()
