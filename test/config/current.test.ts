import { writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { type LoadedConfig, parseConfig } from '../../engine/config/config.ts'
import { CurrentConfig } from '../../engine/config/current.ts'
import type { Log } from '../../engine/log/log.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('current config')
const folder = scratch('current')
test.after(folder.remove)

test('says that an edited config cannot be read, and goes on with the one before', () => {
	const file = `${folder.path}/config.json`
	const text = '{ "mqtt": { "url": "mqtt://host" }, "meters": [] }'
	const said: string[] = []
	const log = { error: (_about: unknown, line: string) => void said.push(line) } as unknown as Log
	const current = new CurrentConfig({ config: parseConfig(file, text) as LoadedConfig, file, log })
	current.reread()
	assert.equal(said, [], 'it is being replaced')
	writeFileSync(file, text + ' '.repeat(1024 * 1024))
	current.reread()
	assert.equal(said, ['the config is not taken over: it cannot be read (it is longer than 1048576 bytes)'])
	assert.equal(current.loaded.config.meters, [])
})

test('does not read again for the state that it writes itself, however its folder is written', () => {
	const file = `${folder.path}/config.json`
	const config = parseConfig(file, '{ "mqtt": { "url": "mqtt://host" }, "meters": [] }') as LoadedConfig
	for (const stateDir of [folder.path, `${folder.path}/`, `${folder.path}/./`]) {
		const current = new CurrentConfig({ config, file, stateDir, log: {} as Log })
		const kept = [current.stateFile('memory.json'), current.stateFile('memory.json', 3), current.stateFile('access.json')].map(
			(path) => path ?? '',
		)
		assert.equal(
			[...kept, file].map((path) => current.dependsOn(path)),
			[false, false, false, true],
			stateDir,
		)
	}
})

test('says once that http.broker of an older config has no use, and takes the config', () => {
	const text = '{ "mqtt": { "url": "mqtt://host" }, "http": { "broker": "ws://user:secret@host:9001" }, "meters": [] }'
	const said: string[] = []
	const log = { warn: (line: string) => void said.push(line) } as unknown as Log
	const current = new CurrentConfig({ config: parseConfig(`${folder.path}/old.json`, text) as LoadedConfig, log })
	current.warn([])
	current.warn([])
	assert.equal(said, ['http.broker is no longer used: the page asks this process, not the broker. Take it out of the config'])
})

test.run()
