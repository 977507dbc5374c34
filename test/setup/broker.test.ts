import { readFileSync, writeFileSync } from 'node:fs'
import { createServer as createHttp } from 'node:http'
import { createServer, type Server } from 'node:net'
import mqtt from 'mqtt'
import * as assert from 'uvu/assert'
import { broker } from '../../engine/mqtt/broker.ts'
import { Refusal } from '../../engine/setup/refusal.ts'
import { Setup } from '../../engine/setup/setup.ts'
import { parseCapture, readCapture } from '../../engine/transport/capture.ts'
import type { BrokerAnswer, BrokerGiven, Heard } from '../../schema/types/api.ts'
import { eventually, freePort, meters, scratch } from '../support/engine-of.ts'
import { makeCertificates, PASSWORD, recipe, startMosquitto } from '../support/mosquitto.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('tests a broker and hears adapters', { limit: 60_000 })
const folder = scratch('setup-broker')
test.after(() => folder.remove())

const file = `${folder.path}/cii2mqtt.json`
const setup = new Setup({ file, tell: () => undefined })
test.after(() => setup.close())

function done<T>(answer: T | Refusal): T {
	if (answer instanceof Refusal) throw new Error(`${answer.problem.text} ${answer.problem.hint ?? ''}`)
	return answer
}

const tried = async (given: BrokerGiven): Promise<BrokerAnswer> => done(await setup.testBroker({ mqtt: given }))

/** The text, what to do, and the code of an answer. */
const said = ({ ok, text, problem }: BrokerAnswer) => `${ok ? 'ok' : 'no'} ${problem?.code ?? ''} ${text} ${problem?.hint ?? ''}`

const listening = (server: Server) =>
	new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)))

if (need('mosquitto', 'a real broker') && need('openssl', 'TLS to a real broker')) {
	const [open, locked, tls, ruled] = [await freePort(), await freePort(), await freePort(), await freePort()]
	const files = makeCertificates(folder.path)
	const secure = `listener ${tls} 127.0.0.1\nallow_anonymous true\ncafile ${files.ca}\ncertfile ${files.cert}\nkeyfile ${files.key}\n`
	writeFileSync(`${folder.path}/acl`, 'topic read #\n')
	const rules = `listener ${ruled} 127.0.0.1\nallow_anonymous true\nacl_file ${folder.path}/acl\n`
	const config = `${folder.path}/mosquitto.conf`
	writeFileSync(config, `${recipe(folder.path, open, locked, await freePort())}${secure}${rules}`)
	const mosquitto = await startMosquitto(config, [open, locked, tls, ruled])
	test.after(() => mosquitto.stop())
	const local = (port: number, scheme = 'mqtt') => `${scheme}://127.0.0.1:${port}`

	test('connects, publishes and reads back at a real broker, with user and password and with TLS', async () => {
		const plain = await tried({ url: local(open) })
		assert.match(said(plain), /^ok {2}mqtt:\/\/127\.0\.0\.1:\d+ answers, and takes messages of everybody\./)
		assert.is(plain.protocol, 5)
		assert.match(
			said(await tried({ url: local(locked), username: 'hackday', password: PASSWORD })),
			/^ok {2}.*takes messages of user "hackday"/,
		)
		assert.match(said(await tried({ url: `127.0.0.1:${open}` })), /^ok/)
		assert.match(said(await tried({ url: local(tls, 'mqtts'), ca: files.ca })), /^ok/)
		assert.match(said(await tried({ url: local(tls, 'mqtts'), ca: readFileSync(files.ca, 'utf8') })), /^ok/)
	})

	test('says what is wrong, and what to do, by the real answer', async () => {
		const web = createHttp((_, answer) => answer.end('Home Assistant'))
		const mute = createServer(() => undefined)
		const [webPort, mutePort] = [await listening(web), await listening(mute)]
		const started = performance.now()
		const cases: [BrokerGiven, RegExp][] = [
			[{ url: local(locked) }, /^no broker-user .*refuses user \(none\)\. The broker wants a user name and a password/],
			[
				{ url: local(locked), username: 'hackday', password: 'wrong' },
				/^no broker-user .*refuses user "hackday"\. Check the user name and the password/,
			],
			[{ url: local(tls, 'mqtts') }, /^no broker-tls The certificate of .* is not signed by a trusted authority\. Give the certificate/],
			[{ url: local(tls, 'mqtts'), ca: files.otherCa }, /^no broker-tls/],
			[{ url: local(open, 'mqtts') }, /^no broker/],
			[{ url: local(tls) }, /^no broker-other .*mqtts:\/\//],
			[
				{ url: local(ruled) },
				/^no broker-write .*lets without a user in|^no broker-write .*takes no messages on cii\/#\. Allow it in the broker’s access rules/,
			],
			[{ url: local(await freePort()) }, /^no broker-refused No broker answers at .*\. Is the broker running\?/],
			[{ url: 'mqtt://no-such-host.invalid' }, /^no broker-name The host name in .* is unknown\. Check the spelling/],
			[{ url: local(webPort) }, /^no broker-http .*A web server answers there, not a broker/],
			[{ url: local(mutePort) }, /^no broker-route .*does not answer/],
		]
		for (const [given, words] of cases) assert.match(said(await tried(given)), words)
		assert.ok(performance.now() - started < 60_000)
		for (const [given, words] of [
			[{ url: 'ftp://x' }, /not the address of a broker/],
			[{ url: '' }, /address of the broker is missing/],
			[{ url: 'mqtt://x:99999' }, /not the address of a broker/],
			[{ url: local(tls, 'mqtts'), ca: 'nothing.crt' }, /neither a certificate nor a file/],
		] as const) {
			const answer = await setup.testBroker({ mqtt: given })
			assert.ok(answer instanceof Refusal, words.source)
			assert.match(answer.problem.text, words)
		}
		web.close()
		mute.close()
	})

	test('takes the password of the config where the form does not know it, and never shows it', async () => {
		writeFileSync(`${folder.path}/password`, PASSWORD)
		const mine = { url: local(locked), username: 'hackday', password: { $file: 'password' } }
		writeFileSync(file, JSON.stringify({ mqtt: mine, meters: [] }))
		for (const given of [undefined, { url: local(locked), username: 'hackday' }]) {
			const answer = done(await setup.testBroker(given ? { mqtt: given } : {}))
			assert.is(answer.ok, true, said(answer))
			assert.not.match(JSON.stringify(answer), new RegExp(PASSWORD))
		}
		writeFileSync(file, JSON.stringify({ mqtt: { url: local(open) }, meters: [] }))
	})

	test('suggests the broker on this machine where one answers on the usual port', async () => {
		const own = broker()
		const isFree = await own.listen(1883, '127.0.0.1').then(
			() => true,
			() => false,
		)
		const found = await setup.suggestBroker()
		await own.close()
		assert.is(found?.url, 'mqtt://localhost:1883')
		if (!isFree) return
		assert.is(found?.wantsPassword, false)
		assert.is(await setup.suggestBroker(), undefined)
	})

	/** Listens at the open broker, while the messages of a recording come again and again, until something was heard. */
	async function heardOf(capture: string): Promise<Heard> {
		const client = await mqtt.connectAsync(local(open))
		const lines = readCapture(`${meters}${capture}`).lines.flatMap((line) => ('topic' in line ? [line] : []))
		const { id } = done(setup.listen({ seconds: 20 }))
		const timer = setInterval(() => lines.slice(0, 2).map(({ topic, payload }) => client.publish(topic, payload)), 400)
		try {
			await eventually(
				() => done(setup.heard(id)).heard.some(({ messages }) => messages > 1),
				() => JSON.stringify(setup.heard(id)),
			)
			return done(setup.heard(id))
		} finally {
			clearInterval(timer)
			await client.endAsync()
			await setup.endProbe(id)
		}
	}

	test('hears an adapter by its messages: the profile, the device, and the reading that it gives', async () => {
		const { heard, text } = await heardOf('gplug/gplugm-e450.capture.jsonl')
		const [first] = heard
		assert.is(first?.profile, 'gplug')
		assert.is(first?.device, 'gPlugM')
		assert.equal(first?.transport, { levels: { device: 'gPlugM' } })
		assert.is(first?.name, 'house')
		assert.ok(Number(first?.reading?.energy_import) > 0)
		assert.match(text ?? '', /^Heard: gPlugM, \d+ messages/)
	})

	test('listens to a topic that a person names, and ends in a recording where no profile reads it', async () => {
		const client = await mqtt.connectAsync(local(open))
		const view = done(await setup.probe({ transport: { kind: 'mqtt', topic: 'attic/+' } }))
		const timer = setInterval(() => client.publish('attic/meter', '{"serial":"12345678","magic":17}'), 200)
		await eventually(
			() => done(setup.probed(view.id)).record === true,
			() => JSON.stringify(setup.probed(view.id)),
		)
		clearInterval(timer)
		const { text, anonymized } = done(setup.probeRecording(view.id))
		assert.is(anonymized, true)
		assert.match(
			parseCapture('x', text)
				.lines.map((line) => JSON.stringify(line))
				.join(),
			/magic/,
		)
		assert.not.match(text, /12345678/)
		await setup.endProbe(view.id)
		await client.endAsync()
	})
}

test('tests whether a broker of our own can open its port', async () => {
	const port = await freePort()
	assert.match(
		said(await tried({ embedded: { port } })),
		/^ok {2}A broker of its own: programs on this machine reach it at mqtt:\/\/localhost:\d+\./,
	)
	const other = broker()
	await other.listen(port, '127.0.0.1')
	assert.match(
		said(await tried({ embedded: { port } })),
		/^no port-taken Port \d+ is taken: a broker may run on this machine already\. Use that one/,
	)
	await other.close()
})

test('says why it cannot listen', async () => {
	writeFileSync(file, JSON.stringify({ mqtt: { url: `mqtt://127.0.0.1:${await freePort()}` }, meters: [] }))
	const { id } = done(setup.listen({ seconds: 5 }))
	await eventually(
		() => done(setup.heard(id)).state === 'failed',
		() => JSON.stringify(setup.heard(id)),
	)
	assert.match(done(setup.heard(id)).problem?.text ?? '', /^No broker answers/)
})

test.run()
