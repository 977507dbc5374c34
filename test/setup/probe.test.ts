import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { connect, createServer } from 'node:net'
import { SerialPort } from 'serialport'
import * as assert from 'uvu/assert'
import { fromHex } from '../../engine/bytes/hex.ts'
import { Refusal } from '../../engine/setup/refusal.ts'
import { Setup } from '../../engine/setup/setup.ts'
import { parseCapture } from '../../engine/transport/capture.ts'
import type { Probe } from '../../schema/types/api.ts'
import { cable, chunksOf, send } from '../support/cable.ts'
import { eventually, freePort, scratch } from '../support/engine-of.ts'
import { deadline } from '../support/pace.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('probes a port', { limit: 60_000 })
const folder = scratch('setup-probe')
test.after(() => folder.remove())

const KEY = '101112131415161718191A1B1C1D1E1F'
const ciphered = chunksOf('lg-e570/encrypted-2024.capture.jsonl')

const made = (hurry = 4) => new Setup({ file: `${folder.path}/cii2mqtt.json`, hurry, tell: () => undefined })

function done<T>(answer: T | Refusal): T {
	if (answer instanceof Refusal) throw new Error(`${answer.problem.text} ${answer.problem.hint ?? ''}`)
	return answer
}

/** Starts a probe and waits until it has come so far. */
async function probed(setup: Setup, request: Parameters<Setup['probe']>[0], states: Probe['state'][]): Promise<Probe> {
	const { id } = done(await setup.probe(request))
	let isLate = false
	const cancel = deadline(45_000, () => {
		isLate = true
	})
	while (!states.includes(done(setup.probed(id)).state)) {
		if (isLate) throw new Error(`waited in vain: ${JSON.stringify(setup.probed(id))}`)
		await new Promise((resolve) => setTimeout(resolve, 50))
	}
	cancel()
	return done(setup.probed(id))
}

/** Sends the chunks to the meter's end again and again. */
function sending(far: string, chunks: Uint8Array[]): () => void {
	const timer = setInterval(() => void send(far, chunks).catch(() => undefined), 700)
	return () => clearInterval(timer)
}

if (need('socat', 'probing a pty')) {
	test('waits some seconds for a port that another program is about to leave', async () => {
		const { child, device, far } = await cable(folder.path)
		const other = new SerialPort({ path: device, baudRate: 9600 })
		await new Promise((resolve) => other.once('open', resolve))
		const stop = sending(far, ciphered)
		const setup = made()
		setTimeout(() => other.close(), 1500)
		try {
			const found = await probed(setup, { transport: { kind: 'serial', path: device } }, ['key-wanted', 'failed'])
			assert.is(found.state, 'key-wanted', found.text)
		} finally {
			stop()
			await setup.close()
			child.kill()
		}
	})

	test('finds the line, wants the key, says what is wrong with it, and gives the reading', async () => {
		const { child, device, far } = await cable(folder.path)
		const stop = sending(far, ciphered)
		const setup = made()
		const texts: string[] = []
		setup.subscribe((view) => void (view.text !== texts.at(-1) && texts.push(view.text ?? '')))
		try {
			const found = await probed(setup, { transport: { kind: 'serial', path: device } }, ['key-wanted'])
			assert.is(found.line, '2400 8E1')
			assert.match(found.text, /encryption key of 32 digits is wanted/)
			const tried = async (encryption: string, authentication?: string) =>
				done(await setup.giveKeys(found.id, { encryption, ...(authentication !== undefined && { authentication }) }))
			for (const [encryption, authentication, code, words] of [
				[KEY.slice(1), undefined, 'key-form', /The encryption key has 31 digits: a key has 32\./],
				[`${KEY}00`, undefined, 'key-form', /has 34 digits/],
				[`${KEY}${KEY}`, undefined, 'key-length', /needs an encryption key of 32 digits, and this one has 64/],
				[KEY.replace('1F', '1E'), undefined, 'key-encryption', /The encryption key is wrong/],
				[KEY.replace('1F', '1E'), KEY, 'key-swapped', /two keys are swapped/],
				[KEY, KEY, 'key-untagged', /The encryption key is right\. .*needs no authentication key/],
			] as const) {
				const { problem } = await tried(encryption, authentication)
				assert.is(problem?.code, code)
				assert.match(problem?.text ?? '', words)
			}
			const read = await tried(`0x${KEY.toLowerCase().replace(/..(?=.)/g, '$&:')}`)
			assert.is(read.problem, undefined)
			assert.is(read.state, 'reading')
			const proposal = read.proposals.find(({ profile }) => profile === 'lg-e570')
			assert.is(proposal?.reading.energy_import, 862055)
			assert.equal(proposal?.transport, { path: device })
			assert.is(proposal?.name, 'house')
			assert.match(proposal?.why.join() ?? '', /the telegram names Landis\+Gyr/)
			// The recording has neither the key nor the meter's id.
			const { text, anonymized } = done(setup.probeRecording(found.id))
			assert.is(anonymized, true)
			assert.ok(parseCapture('x', text).lines.length > 0)
			assert.not.match(text, new RegExp(KEY, 'i'))
			assert.not.match(text, /4C475A6774206295/i)
			assert.ok(
				texts.some((one) => /frames? of hdlc/.test(one)) && texts.some((one) => /profiles are compared/.test(one)),
				texts.join('\n'),
			)
		} finally {
			stop()
			await setup.close()
			child.kill('SIGKILL')
		}
	})

	test('takes a key that comes first, and looks at one profile only when asked to', async () => {
		const { child, device, far } = await cable(folder.path)
		const stop = sending(far, ciphered)
		const setup = made()
		try {
			const request = {
				transport: { kind: 'serial' as const, path: device, line: '2400 8E1' },
				keys: { encryption: KEY },
				profile: 'lg-e570',
			}
			const { proposals } = await probed(setup, request, ['reading'])
			assert.equal(
				proposals.map(({ profile }) => profile),
				['lg-e570'],
			)
		} finally {
			stop()
			await setup.close()
			child.kill('SIGKILL')
		}
	})

	test('ends with a recording where nothing is known of what came', async () => {
		const { child, device, far } = await cable(folder.path)
		const text = new TextEncoder().encode('HELLO 123456789 power=17\r\n'.repeat(4))
		const stop = sending(far, [text])
		const setup = made(20)
		try {
			const view = await probed(setup, { transport: { kind: 'serial', path: device } }, ['unknown', 'failed'])
			assert.is(view.state, 'unknown')
			assert.match(view.text, /Text came, and nothing in it is known.*Share the recording/)
			assert.is(view.record, true)
			assert.ok(view.tried.every(({ text: one }) => /no frames: not this setting|nothing came/.test(one)))
			const { text: shared, anonymized, note } = done(setup.probeRecording(view.id))
			assert.is(anonymized, false)
			assert.match(note, /Look through it/)
			const bytes = parseCapture('x', shared).lines.map((line) => ('hex' in line ? Buffer.from(line.hex, 'hex').toString() : ''))
			assert.match(bytes.join(''), /HELLO \d{9} power=17/)
			assert.not.match(bytes.join(''), /123456789/)
		} finally {
			stop()
			await setup.close()
			child.kill('SIGKILL')
		}
	})

	test('records with the setting of the line on which most came', async () => {
		const { child, device, far } = await cable(folder.path)
		const setup = made(10)
		const stop = sending(far, [new TextEncoder().encode('HELLO power=17\r\n'.repeat(9))])
		setup.subscribe((view) => void ('line' in view && view.line !== '2400 8E1' && stop()))
		try {
			const { id } = done(await setup.probe({ transport: { kind: 'serial', path: device } }))
			const seen = () => done(setup.probed(id)).tried
			await eventually(
				() => seen().length > 2,
				() => JSON.stringify(seen()),
			)
			assert.ok((seen()[0]?.bytes ?? 0) > 0, JSON.stringify(seen()))
			const { text } = done(setup.probeRecording(id))
			assert.match(text.split('\n')[0] ?? '', /"transport":\{"kind":"serial","baudRate":2400,"dataBits":8,"parity":"even"/)
		} finally {
			stop()
			await setup.close()
			child.kill('SIGKILL')
		}
	})

	test('asks a meter that sends nothing by itself, and knows how it was asked', async () => {
		const { child, device, far } = await cable(folder.path)
		const [toProbe, fromProbe] = [createWriteStream(far), createReadStream(far)]
		const body = '0.0.0(12345678)\r\n1.8.0(001234.56*kWh)\r\n32.7.0(230.1*V)\r\n1.7.0(0.345*kW)\r\n!\r\n\x03'
		const check = String.fromCharCode([...body].reduce((sum, char) => sum ^ char.charCodeAt(0), 0))
		toProbe.on('error', () => undefined)
		fromProbe.on('error', () => undefined)
		let held = ''
		const answer = (text: string, after: number) => {
			held = ''
			setTimeout(() => toProbe.write(text), after)
		}
		fromProbe.on('data', (chunk) => {
			held += chunk.toString('latin1')
			if (held.includes('/?!\r\n')) answer('/XYZ5PLAIN-0001\r\n', 100)
			else if (held.includes('\x06050\r\n')) answer(`\x02${body}${check}`, 900)
		})
		const setup = made(2)
		try {
			const { proposals, line } = await probed(setup, { transport: { kind: 'serial', path: device } }, ['reading', 'failed', 'unknown'])
			// On a busy machine the first question may go unheard.
			assert.match(line ?? '', /^300 7E1, asked \/\?!/)
			assert.is(proposals[0]?.profile, 'iec-mode-c')
			assert.equal(proposals[0]?.transport, { path: device })
			assert.is(proposals[0]?.reading.energy_import, 1_234_560)
		} finally {
			await setup.close()
			fromProbe.destroy()
			toProbe.destroy()
			child.kill('SIGKILL')
		}
	})

	test('says that nothing came, and is ended by a person at any time', async () => {
		const { child, device } = await cable(folder.path)
		const setup = made(100)
		try {
			const view = await probed(setup, { transport: { kind: 'serial', path: device } }, ['failed'])
			assert.is(view.problem?.code, 'no-bytes')
			assert.ok(view.tried.length > 5)
			assert.ok(view.problem?.hint)
			const slow = new Setup({ file: `${folder.path}/cii2mqtt.json`, tell: () => undefined })
			const { id } = done(await slow.probe({ transport: { kind: 'serial', path: device } }))
			await slow.endProbe(id)
			const gone = slow.probed(id)
			assert.ok(gone instanceof Refusal && gone.refused === 'unknown')
			// The port is free again.
			const next = done(await slow.probe({ transport: { kind: 'serial', path: device } }))
			await new Promise((resolve) => setTimeout(resolve, 300))
			assert.is(done(slow.probed(next.id)).problem, undefined)
			await slow.close()
		} finally {
			await setup.close()
			child.kill('SIGKILL')
		}
	})
}

test('reads a bridge, and says what is wrong with an address', async () => {
	const chunks = chunksOf('dsmr/version-5.capture.jsonl').slice(0, 1)
	const server = createServer((socket) => {
		const timer = setInterval(() => chunks.map((chunk) => socket.write(chunk)), 300)
		socket.on('error', () => undefined).on('close', () => clearInterval(timer))
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const { port } = server.address() as { port: number }
	const setup = made()
	try {
		const { proposals } = await probed(setup, { transport: { kind: 'tcp', host: '127.0.0.1', port } }, ['reading'])
		assert.ok(proposals.some(({ profile }) => profile === 'dsmr'))
		assert.equal(proposals[0]?.transport, { kind: 'tcp', host: '127.0.0.1', port })
		const closed = await freePort()
		const failed = await probed(setup, { transport: { kind: 'tcp', host: '127.0.0.1', port: closed } }, ['failed'])
		assert.is(failed.problem?.code, 'bridge')
		assert.match(failed.problem?.text ?? '', /^Nothing listens at 127\.0\.0\.1:\d+\.$/)
		assert.match(failed.problem?.hint ?? '', /Is the bridge on/)
		for (const [transport, words] of [
			[{ kind: 'serial', path: '/dev/ttyNOPE' }, /There is no \/dev\/ttyNOPE/],
			[{ kind: 'serial', path: '/etc/passwd' }, /not a serial device/],
			[{ kind: 'serial', path: '/dev/null', line: '2400' }, /no setting of a serial line/],
			[{ kind: 'tcp', host: 'http://x', port: 1 }, /not an address/],
			[{ kind: 'tcp', host: 'x' }, /port of the bridge is missing/],
			[{ kind: 'tcp', host: 'x', port: 70_000 }, /port of the bridge/],
		] as const) {
			const answer = await setup.probe({ transport })
			assert.ok(answer instanceof Refusal, words.source)
			assert.match(answer.problem.text, words)
		}
	} finally {
		await setup.close()
		server.close()
	}
})

test('ends at a bridge in half a minute, and says what came', async () => {
	const shapes: [Uint8Array | undefined, state: string, RegExp][] = [
		[new TextEncoder().encode('KWH=123.4;W=567;\r\n'), 'unknown', /^Text came, and nothing in it is known/],
		[fromHex('7EA010CE9B03137AE6E70011223344556677'), 'unknown', /^Frames of hdlc begin, and none is whole/],
		[undefined, 'failed', /^The bridge answers, and sends nothing/],
	]
	const setup = made(20)
	try {
		for (const [bytes, state, words] of shapes) {
			const server = createServer((socket) => {
				const timer = setInterval(() => bytes && socket.write(bytes), 20)
				socket.on('error', () => undefined).on('close', () => clearInterval(timer))
			})
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
			const { port } = server.address() as { port: number }
			const view = await probed(setup, { transport: { kind: 'tcp', host: '127.0.0.1', port } }, ['unknown', 'failed'])
			assert.is(view.state, state)
			assert.match(view.text, words)
			// 28 s, twenty times as fast.
			assert.ok(view.seconds <= 5, `${view.seconds} s`)
			assert.is(view.record === true, bytes !== undefined)
			// A bridge has its setting of its own: none is tried.
			assert.not.match(view.tried.map(({ text }) => text).join(), /setting/)
			if (bytes) assert.ok(parseCapture('x', done(setup.probeRecording(view.id)).text).lines.length > 5)
			await setup.endProbe(view.id)
			server.close()
		}
	} finally {
		await setup.close()
	}
})

test('says of a bridge that never answers that it does not', async () => {
	// It listens, and takes nobody: what comes after the first few waits without end.
	const script = `require('node:net').createServer().listen(0, '127.0.0.1', 1, function () {
		require('node:fs').writeSync(1, String(this.address().port)); while (true); })`
	const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })
	const port = Number(await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk)))))
	const first = Array.from({ length: 4 }, () => connect({ host: '127.0.0.1', port }).on('error', () => undefined))
	const setup = made(20)
	try {
		await new Promise((resolve) => setTimeout(resolve, 300))
		const view = await probed(setup, { transport: { kind: 'tcp', host: '127.0.0.1', port } }, ['failed'])
		assert.is(view.problem?.code, 'bridge')
		assert.match(view.text, /^127\.0\.0\.1:\d+ does not answer\.$/)
		assert.match(view.problem?.hint ?? '', /Is the bridge on/)
	} finally {
		await setup.close()
		for (const socket of first) socket.destroy()
		child.kill('SIGKILL')
	}
})

test('wants the key of ciphered P1, which has no frames, and asks for no key that is published', async () => {
	const chunks = chunksOf('luxembourg-smarty/sealed.capture.jsonl')
	const server = createServer((socket) => {
		const timer = setInterval(() => chunks.map((chunk) => socket.write(chunk)), 1400)
		socket.on('error', () => undefined).on('close', () => clearInterval(timer))
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const { port } = server.address() as { port: number }
	const setup = made()
	try {
		const { id, text } = await probed(setup, { transport: { kind: 'tcp', host: '127.0.0.1', port } }, ['key-wanted'])
		assert.match(text, /32 digits is wanted.*With the authentication key as well/)
		const { proposals } = done(await setup.giveKeys(id, { encryption: '000102030405060708090A0B0C0D0E0F' }))
		const proposal = proposals.find(({ profile }) => profile === 'luxembourg-smarty')
		assert.is(proposal?.keysWanted, undefined)
		// The recording has one value out of its range.
		assert.match(proposal?.why.join() ?? '', /out of its range/)
	} finally {
		await setup.close()
		server.close()
	}
})

test('takes no port that a meter reads, and no fifth search', async () => {
	const { writeFileSync } = await import('node:fs')
	const file = `${folder.path}/used.json`
	const config = {
		mqtt: { url: 'mqtt://localhost' },
		meters: [{ name: 'house', profile: 'dsmr', transport: { kind: 'tcp', host: 'bridge', port: 3 } }],
	}
	writeFileSync(file, JSON.stringify(config))
	const setup = new Setup({ file, tell: () => undefined })
	const silent = createServer(() => undefined)
	await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
	const { port } = silent.address() as { port: number }
	try {
		const used = await setup.probe({ transport: { kind: 'tcp', host: 'bridge', port: 3 } })
		assert.ok(used instanceof Refusal && used.refused === 'conflict')
		assert.match(used.problem.text, /The meter "house" reads this port/)
		for (let n = 1; n <= 4; n++) done(await setup.probe({ transport: { kind: 'tcp', host: `127.0.0.${n}`, port } }))
		const fifth = await setup.probe({ transport: { kind: 'tcp', host: '127.0.0.9', port } })
		assert.ok(fifth instanceof Refusal && fifth.refused === 'busy')
	} finally {
		await setup.close()
		silent.close()
	}
})

test.run()
