import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mqtt from 'mqtt'
import * as assert from 'uvu/assert'
import { fromHex } from '../../engine/bytes/hex.ts'
import { readCapture } from '../../engine/transport/capture.ts'
import type { TelegramList, WorkbenchAnswer, WorkbenchProfile } from '../../schema/types/api.ts'
import { invalidAnswer } from '../support/answers.ts'
import { bridge, engineOf, eventually, scratch } from '../support/engine-of.ts'
import { root } from '../support/root.ts'
import { AFAR, answerOf, codeOf, jsonOf } from '../support/site.ts'
import { suite } from '../support/suite.ts'

const test = suite('workbench live', { limit: 60_000 })
const folders = [scratch('workbench-live'), scratch('workbench-doors')] as const
test.after(() => {
	for (const { remove } of folders) remove()
})

const sealed = readCapture(`${root}meters/lg-e450-austria/authenticated.capture.jsonl`)
const { encryption = '', authentication = '' } = sealed.header.testKeys ?? {}
const adapter = readCapture(`${root}meters/gplug/gplugm-e450.capture.jsonl`)

/** A home with a ciphered meter on a line and an adapter on the broker, both with telegrams. */
async function home(folder: { path: string }) {
	const line = await bridge()
	writeFileSync(join(folder.path, 'a.key'), encryption, { mode: 0o600 })
	writeFileSync(join(folder.path, 'b.key'), authentication, { mode: 0o600 })
	const config = {
		mqtt: { embedded: { port: 0 } },
		http: { port: 0 },
		stateDir: 'state',
		meters: [
			{
				name: 'house',
				profile: 'lg-e450-austria',
				transport: { kind: 'tcp', host: '127.0.0.1', port: line.port },
				keys: { encryption: { $file: 'a.key' }, authentication: { $file: 'b.key' } },
			},
			{ name: 'plug', profile: 'gplug' },
		],
	}
	const file = join(folder.path, 'cii2mqtt.json')
	writeFileSync(file, JSON.stringify(config, undefined, '\t'))
	const { engine, log } = await engineOf(config, folder.path, file)
	await eventually(
		() => line.clients.length > 0,
		() => 'the meter connects',
	)
	for (const one of sealed.lines) if ('hex' in one) line.clients[0]?.write(fromHex(one.hex) ?? '')
	const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.port}`)
	for (const one of adapter.lines) if ('topic' in one) await client.publishAsync(one.topic, one.payload, { qos: 1 })
	const answers: string[] = []
	const ask = async (path: string, method = 'GET', body?: object, headers: Record<string, string> = {}) => {
		const answer = await answerOf(`${engine.page}/api/${path}`, headers, method, body)
		answers.push(answer.text, JSON.stringify(answer.headers))
		return answer
	}
	let both = false
	await eventually(
		() => {
			void Promise.all(['house', 'plug'].map((name) => ask(`meters/${name}/telegrams`))).then((found) => {
				both = found.every((one) => jsonOf<TelegramList>(one).telegrams?.some(({ outcome }) => outcome === 'reading'))
			})
			return both
		},
		() => log.join(''),
	)
	return {
		ask,
		answers,
		async close() {
			await client.endAsync(true)
			await engine.close()
			await line.close()
		},
	}
}

test('opens the last telegrams of a meter with its keys, which never come out, and keeps them without ids', async () => {
	const [folder] = folders
	const { ask, answers, close } = await home(folder)
	try {
		const opened = jsonOf<WorkbenchProfile>(await ask('workbench/profiles/lg-e450-austria'))
		assert.equal([opened.usedBy, opened.own], [['house'], false])
		const profile = { name: opened.name, text: opened.text }
		const { telegrams } = jsonOf<TelegramList>(await ask('meters/house/telegrams'))
		const id = telegrams.find(({ outcome }) => outcome === 'reading')?.id ?? ''
		const answer = jsonOf<WorkbenchAnswer>(await ask('workbench', 'POST', { profile, source: { meter: 'house', id }, samples: true }))
		assert.is(invalidAnswer('WorkbenchAnswer', answer), '')
		const { shown } = answer
		assert.is(answer.telegrams?.[shown?.n ?? -1]?.id, id, 'the one that was asked for')
		assert.is(typeof shown?.reading?.power_import, 'number')
		const mine = opened.text.replaceAll('"lg-e450-austria"', '"mine"').replace(/"samples": \[[^\]]*\],?\n/, '')
		assert.is((await ask('workbench/profiles/mine', 'PUT', { text: mine }, { 'if-match': '""' })).status, 200)
		const added = await ask('workbench/profiles/mine/samples/kept', 'POST', { source: { meter: 'house' }, text: mine })
		assert.is(added.status, 200, added.text)
		const kept = readFileSync(join(folder.path, 'profiles', 'mine', 'kept.capture.jsonl'), 'utf8')
		const [, title = ''] = /DB08([0-9A-F]{16})/.exec(sealed.lines.map((one) => ('hex' in one ? one.hex : '')).join('')) ?? []
		assert.ok(title.startsWith('4C475A'), 'the system title of the maker')
		assert.not.ok(kept.includes(title))
		const { testKeys } = readCapture(join(folder.path, 'profiles', 'mine', 'kept.capture.jsonl')).header
		assert.ok(testKeys?.encryption && testKeys.encryption !== encryption, 'closed with other keys')
		const zip = await ask('workbench/profiles/mine/zip', 'POST', { text: mine })
		assert.is(zip.headers['content-type'], 'application/zip')
		// The adapter's levels of the topic are there, too.
		const plug = jsonOf<WorkbenchProfile>(await ask('workbench/profiles/gplug'))
		const read = jsonOf<WorkbenchAnswer>(
			await ask('workbench', 'POST', { profile: { name: 'gplug', text: plug.text }, source: { meter: 'plug' } }),
		)
		assert.is(read.telegrams?.[0]?.topic, 'tele/gPlugM/SENSOR')
		assert.equal(
			[read.telegrams?.[0]?.outcome, read.shown?.reading?.id],
			[
				'reading',
				jsonOf<WorkbenchAnswer>(
					await ask('workbench', 'POST', {
						profile: { name: 'gplug', text: plug.text },
						source: { profile: 'gplug', sample: 'gplugm-e450' },
					}),
				).shown?.reading?.id,
			],
		)
		assert.is(codeOf(await ask('workbench', 'POST', { source: { meter: 'neighbour' } })), 'meter')
		assert.ok(answers.length > 20)
		const all = answers.join('\n').toUpperCase()
		for (const key of [encryption, authentication]) assert.not.ok(all.includes(key.toUpperCase()), 'no answer has a key')
		const files = readdirSync(join(folder.path, 'profiles'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
		for (const entry of files)
			assert.not.ok(readFileSync(join(entry.parentPath, entry.name), 'utf8').toUpperCase().includes(encryption.toUpperCase()), entry.name)
	} finally {
		await close()
	}
})

test('answers nobody who may only look, no other page, and no body that is too long', async () => {
	const { ask, close } = await home(folders[1])
	try {
		const questions: [string, string, object?][] = [
			['workbench', 'POST', { source: { text: '7EA0' } }],
			['workbench/words', 'GET'],
			['workbench/profiles/ekz-e450', 'GET'],
			['workbench/profiles/mine', 'PUT', { text: '{}' }],
			['workbench/drafts', 'POST', { name: 'mine', from: 'empty' }],
			['workbench/profiles/mine/samples/a', 'POST', { source: { text: '7EA0' }, text: '{}' }],
			['workbench/profiles/mine/accept', 'POST', { text: '{}' }],
			['workbench/profiles/mine/zip', 'POST', { text: '{}' }],
		]
		assert.is((await ask('passwords', 'POST', { change: 'a long password', look: 'another password' })).status, 200)
		const signed = await ask('session', 'POST', { password: 'another password' }, AFAR)
		const [cookie = ''] = [signed.headers['set-cookie'] ?? ''].flat()
		const looker = { ...AFAR, cookie: cookie.split(';')[0] ?? '' }
		for (const [path, method, body] of questions) {
			const match = { 'if-match': '*' }
			assert.is((await ask(path, method, body, { ...AFAR, ...match })).status, 401, `${path}: nobody`)
			assert.is((await ask(path, method, body, { ...looker, ...match })).status, 403, `${path}: who may look`)
			assert.is(codeOf(await ask(path, method, body, { origin: 'http://evil.example', ...match })), 'origin', path)
		}
		assert.is((await ask('profiles/ekz-e450', 'GET', undefined, looker)).status, 200, 'a kind of meter is no secret')
		const long = 'x'.repeat(1_300_000)
		for (const [path, body] of [
			['workbench', { source: { text: long } }],
			['workbench/drafts', { name: 'mine', from: 'empty', extends: long }],
		] as const)
			assert.is((await ask(path, 'POST', body)).status, 413, path)
		assert.is((await ask('workbench/profiles/mine', 'PUT', { text: 'x'.repeat(70_000) }, { 'if-match': '*' })).status, 422)
		assert.is((await ask('workbench/profiles/mine', 'PUT', { text: 'x'.repeat(500_000) }, { 'if-match': '*' })).status, 413)
		assert.is(codeOf(await ask('workbench/profiles/mine', 'PUT', { text: '{}' })), 'if-match')
	} finally {
		await close()
	}
})

test.run()
