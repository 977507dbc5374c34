import { mkdirSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { parseConfig } from '../../engine/config/config.ts'
import { applyMeter } from '../../engine/config/meter-profile.ts'
import { findingText } from '../../engine/document/finding.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { engineOf, scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('reach')
const folder = scratch('reach')
test.after(folder.remove)

let sets = 0
function compiled(files: Record<string, object>) {
	const own = `${folder.path}/set-${sets++}`
	mkdirSync(`${own}/common`, { recursive: true })
	for (const [name, content] of Object.entries(files)) {
		const head = name.startsWith('common/') ? {} : { profile: name, version: '1.0.0', title: 'Mine', extends: 'ekz-e450', samples: [] }
		writeFileSync(`${own}/${name}.json`, JSON.stringify({ ...head, ...content }, undefined, 2))
	}
	const result = compileProfile(Object.keys(files)[0] ?? '', readLibrary([builtinProfiles, own]))
	return Array.isArray(result) ? result.map((finding) => findingText(finding).replace(`${own}/`, '')) : result
}

test('lets no profile name a host, device or file: the finding has the lines for the config', () => {
	const address = { kind: 'tcp', host: '127.0.0.1', port: 22 }
	const found = compiled({ mine: { transport: address } })
	assert.equal(found, [
		'mine.json:9:5 "host" stands in the config: a profile names no host, device or file (write it into the meter\'s entry of the config: { "name": "house", "profile": "mine", "transport": { "host": "127.0.0.1", "port": 22 } })',
		'mine.json:10:5 "port" stands in the config: a profile names no host, device or file (write it into the meter\'s entry of the config: { "name": "house", "profile": "mine", "transport": { "host": "127.0.0.1", "port": 22 } })',
	])
	for (const transport of [
		{ path: '/dev/ttyUSB0' },
		{ kind: 'capture', path: '/etc/passwd' },
		{ kind: 'mqtt', topic: 'a', url: 'mqtt://user:secret@10.0.0.1' },
		{ request: { hex: ['6803036853057B16'] } },
		{ signOn: { commands: ['R2 F001', 'W1 96.3.10(1)'] } },
	]) {
		const texts = compiled({ mine: { transport } })
		assert.ok(Array.isArray(texts) && texts.length === 1, JSON.stringify(texts))
		assert.match(texts[0] ?? '', /stands? in the config.*write it into the meter's entry/)
		assert.not.match(texts[0] ?? '', /secret/)
		// Nor a parent or fragment of it.
		assert.ok(Array.isArray(compiled({ mine: { extends: 'common/far' }, 'common/far': { extends: 'common/lg-e450', transport } })))
	}
	for (const samples of [['../../etc'], ['/etc'], ['a/../../b']]) assert.ok(Array.isArray(compiled({ mine: { samples } })), `${samples}`)
	for (const topic of ['$SYS/#', '$share/a/tele/+/SENSOR'])
		assert.ok(Array.isArray(compiled({ mine: { extends: 'gplug', transport: { topic, identity: null } } })), topic)
	assert.not.ok(Array.isArray(compiled({ mine: { transport: { host: null, signOn: { commands: ['R2 F001'] } } } })))
})

test('takes all of it from the config', () => {
	const profile = compileProfile('ekz-e450', readLibrary([builtinProfiles]))
	if (Array.isArray(profile)) throw new Error('valid')
	const laid = (transport: Record<string, unknown>) => {
		const entry = { name: 'house', profile: 'ekz-e450', transport }
		const config = parseConfig(`${folder.path}/c.json`, JSON.stringify({ mqtt: { url: 'mqtt://a' }, meters: [entry] }))
		if (Array.isArray(config)) return config.map(findingText).join('\n')
		const result = applyMeter(profile, entry, 0, config)
		return Array.isArray(result) ? result.map(findingText).join('\n') : result.document.transport
	}
	assert.equal(laid({ kind: 'tcp', host: 'a', port: 1 }), { kind: 'tcp', host: 'a', port: 1 })
	const asked = { path: '/dev/ttyUSB0', request: { hex: ['1040FE3E16'] } }
	assert.equal((laid(asked) as { request: object }).request, asked.request)
	assert.match(String(laid({ hots: 'a' })), /unknown key "hots" \(did you mean "host"\?\)/)
	assert.match(String(laid({ port: 99_999 })), /port must be <= 65535/)
})

test('lets no profile read what this program and others like it publish', async () => {
	const own = `${folder.path}/ours`
	mkdirSync(own)
	const text = {
		profile: 'mine',
		version: '1.0.0',
		title: 'x',
		extends: 'gplug',
		samples: [],
		transport: { topic: 'cii/other/reading', identity: null },
	}
	writeFileSync(`${own}/mine.json`, JSON.stringify(text))
	const { engine, log } = await engineOf(
		{ mqtt: { embedded: { port: 0 } }, profiles: [own], meters: [{ name: 'm', profile: 'mine' }] },
		own,
	)
	await engine.close()
	assert.match(log.join(''), /its profile reads cii\/other\/reading, below \\"cii\\"/)
})

test.run()
