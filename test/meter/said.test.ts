import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { concat } from '../../engine/bytes/hex.ts'
import { foreignTo } from '../../engine/decode/foreign.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { readersOf } from '../../engine/profile/readers.ts'
import { REASONS } from '../../engine/telegram/reasons.ts'
import { partsOf, readCapture } from '../../engine/transport/capture.ts'
import { watchTopics } from '../support/broker.ts'
import { p1Telegram } from '../support/craft.ts'
import { bridge, engineOf, eventually, freePort, meters, scratch } from '../support/engine-of.ts'
import { run } from '../support/program.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('said', { limit: 60_000 })
const folder = scratch('said')
test.after(folder.remove)

const bytesOf = (capture: string) => concat(partsOf(readCapture(`${meters}${capture}`)))
const readers = (protocol: Parameters<typeof readersOf>[0]) => readersOf(protocol, readLibrary([builtinProfiles]))
const EKZ = bytesOf('ekz-e450/vse-2026.capture.jsonl')
/** As a bridge in Telnet mode sends it. */
const telnet = (bytes: Uint8Array) => Uint8Array.from([...bytes].flatMap((byte) => (byte === 0xff ? [0xff, 0xff] : [byte])))
const NEGOTIATION = Uint8Array.of(0xff, 0xfb, 1, 0xff, 0xfb, 3)

test('has a sentence for each reason of the closed list', () => {
	const { definitions } = JSON.parse(readFileSync(`${root}schema/diagnostics.schema.json`, 'utf8'))
	assert.equal(Object.keys(REASONS).sort(), [...definitions.Reason.enum].sort())
	for (const sentence of Object.values(REASONS)) assert.ok(sentence.length > 15, sentence)
})

test('names a Telnet bridge, by its negotiation or by the bytes that it doubles', () => {
	for (const bytes of [concat([NEGOTIATION, telnet(EKZ)]), telnet(EKZ), NEGOTIATION])
		assert.match(foreignTo({ link: 'hdlc' }, bytes, readers) ?? '', /the bridge speaks Telnet: .* raw TCP/)
	assert.is(foreignTo({ link: 'hdlc' }, EKZ, readers), undefined)
	assert.is(foreignTo({ link: 'hdlc' }, Uint8Array.of(1, 2, 0xff, 0xff, 3), readers), undefined)
})

test('says which protocol it is, and which profiles read it, where a profile finds no frame', () => {
	const p1 = bytesOf('dsmr/version-5.capture.jsonl')
	assert.match(foreignTo({ link: 'hdlc' }, p1, readers) ?? '', /^these bytes are p1 in p1 frames; profiles that read them: .*dsmr/)
	assert.match(foreignTo({ link: 'p1' }, EKZ, readers) ?? '', /^these bytes are dlms in hdlc frames; profiles that read them: .*aew-e450/)
	assert.is(
		foreignTo(
			{ link: 'hdlc' },
			Uint8Array.from({ length: 300 }, (_, place) => (place * 37) % 251),
			readers,
		),
		undefined,
	)
	writeFileSync(`${folder.path}/p1.bin`, p1)
	const decoded = run(['decode', `${folder.path}/p1.bin`, '--profile', 'ekz-e450'])
	assert.match(
		decoded.stdout,
		/refused: no frame of this protocol: these bytes are p1 in p1 frames; profiles that read them: .*dsmr.* \(noise\)/,
	)
	const replayed = run(['replay', `${meters}dsmr/version-5.capture.jsonl`, '--profile', 'ekz-e450'])
	assert.match(replayed.stderr, /refused: no frame of this protocol: \d+ bytes in \d+ pieces \(noise\)\n.*these bytes are p1 in p1 frames/)
})

test('says whom to ask for a key, and where to put it', () => {
	const capture = readFileSync(`${meters}kamstrup-omnipower/authenticated-2026.capture.jsonl`, 'utf8')
	const [header = '', ...lines] = capture.split('\n')
	const { testKeys: _keys, ...rest } = JSON.parse(header)
	writeFileSync(`${folder.path}/x.capture.jsonl`, [JSON.stringify(rest), ...lines].join('\n'))
	const { stdout } = run(['decode', `${folder.path}/x.capture.jsonl`])
	assert.match(stdout, /ask the grid operator for this meter's keys, and name them under keys of the meter .*\(nokey\)/)
})

/** An engine that reads a TCP bridge, and what it says of the meter. */
async function reading(profile: string, send: Uint8Array[], until: RegExp, more = {}): Promise<string> {
	const far = await bridge()
	writeFileSync(
		`${folder.path}/hasty.json`,
		`{"profile":"hasty","version":"1.0.0","title":"x","extends":"${profile}","interval":1,"samples":[]}`,
	)
	const transport = { kind: 'tcp', host: '127.0.0.1', port: far.port }
	const meter = { name: 'house', profile: 'hasty', transport, ...more }
	const { engine, log } = await engineOf({ mqtt: { embedded: { port: await freePort() } }, profiles: ['.'], meters: [meter] }, folder.path)
	const text = () => log.join('')
	await eventually(() => far.clients.length > 0, text)
	for (const part of send) {
		far.clients.at(-1)?.write(part)
		await sleep(1300)
	}
	await eventually(() => until.test(text()), text)
	await engine.close()
	await far.close()
	return text()
}

test('names in the log what arrives instead of frames', async () => {
	await reading('ekz-e450', [concat([NEGOTIATION, telnet(EKZ)])], /no frame of this protocol: the bridge speaks Telnet/)
	await reading('ekz-e450', [bytesOf('dsmr/version-5.capture.jsonl')], /no frame of this protocol: these bytes are p1 in p1 frames/)
})

test('calls duplicates duplicates', async () => {
	const name = 'kamstrup-omnipower/authenticated-2026.capture.jsonl'
	const { testKeys } = readCapture(`${meters}${name}`).header
	writeFileSync(`${folder.path}/e.key`, testKeys?.encryption ?? '', { mode: 0o600 })
	writeFileSync(`${folder.path}/a.key`, testKeys?.authentication ?? '', { mode: 0o600 })
	const keys = { keys: { encryption: { $file: 'e.key' }, ...(testKeys?.authentication && { authentication: { $file: 'a.key' } }) } }
	const [one = new Uint8Array(0)] = partsOf(readCapture(`${meters}${name}`))
	const text = await reading(
		'kamstrup-omnipower',
		[one, one, one, one],
		/all that arrives was there before: the same telegram was sent again/,
		keys,
	)
	assert.not.match(text, /mapped/)
})

test('does not warn of a start in the middle of a transfer, and warns of one that never begins', async () => {
	const second = Buffer.from(EKZ).indexOf(Uint8Array.of(0x7e, 0x7e)) + 1
	assert.ok(second > 0)
	const good = await reading('ekz-e450', [EKZ.subarray(second), EKZ], /the first reading is published/)
	assert.not.match(good, /refused/, good)
	await reading(
		'ekz-e450',
		[EKZ.subarray(second), EKZ.subarray(second)],
		/"level":40.*refused: blocks of the telegram are missing.*\(blocks\)/,
	)
})

test('announces one of two meters with the same id, and clears only what that one announced', async () => {
	const entry = (name: string) => ({ name, profile: 'gplug', transport: { levels: { device: name } } })
	const own = '{"profile":"gplug","version":"1.0.0","title":"x","extends":"gplug","samples":[]}'
	writeFileSync(`${folder.path}/gplug.json`, own)
	const config = {
		mqtt: { embedded: { port: await freePort() } },
		outputs: ['home-assistant'],
		profiles: ['.'],
		meters: [entry('a'), entry('b')],
	}
	const { engine, log } = await engineOf(config, folder.path)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, '#')
	const send = (device: string, id: string, second: number) =>
		watcher.client.publishAsync(
			`tele/${device}/SENSOR`,
			`{"Time":"2026-11-28T10:00:0${second}","z":{"SMid":"${id}","Pi":0.443,"Ei":2531.${second}}}`,
			{ qos: 1 },
		)
	const topic = 'homeassistant/device/cii_12345678/config'
	const last = () => watcher.seen.filter((one) => one.topic === topic).at(-1)?.payload ?? ''
	await send('a', '12345678', 1)
	await watcher.until(() => last().includes('"cii/a/state"'), 'the first device')
	await send('b', '12345678', 2)
	await eventually(
		() => log.some((line) => line.includes('b is not announced: a has the same id')),
		() => log.join(''),
	)
	await send('a', '12345678', 3)
	await sleep(300)
	assert.ok(last().includes('"cii/a/state"'), last())
	await watcher.close()
	await engine.close()
})

test('calls a value that is published with a doubt not left out', async () => {
	const line = await bridge()
	const { engine, log } = await engineOf(
		{
			mqtt: { embedded: { port: await freePort() } },
			meters: [{ name: 'old', profile: 'dsmr', transport: { kind: 'tcp', host: '127.0.0.1', port: line.port } }],
		},
		folder.path,
	)
	await eventually(
		() => line.clients.length === 1,
		() => 'no connection',
	)
	line.clients[0]?.write(p1Telegram('TST5', ['0-0:1.0.0(000101010000W)', '1-0:1.7.0(00.100*kW)']))
	const said = () => log.join('')
	await eventually(() => said().includes("time: the meter's clock says 2000-01-01"), said)
	assert.not.match(said(), /left out/)
	await engine.close()
	await line.close()
})

test.run()
