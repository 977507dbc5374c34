import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { readings, watchTopics } from '../support/broker.ts'
import { CANARY } from '../support/canary.ts'
import { hexBytes, p1Telegram, sealed } from '../support/craft.ts'
import { bridge, engineOf, eventually, scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('secrets', { limit: 30_000 })
const folder = scratch('secrets')
test.after(folder.remove)

const [OLD, NEW] = [CANARY, 'F0E1D2C3B4A5968778695A4B3C2D1E0F']
const AUTH = '00112233445566778899AABBCCDDEEFF'
const telegram = (key: string, counter: number) =>
	sealed(p1Telegram('EST5\\253710000_A', ['1-0:1.8.0(006545766*Wh)']), key, AUTH, hexBytes('5341473500004059'), counter)

test('takes over a key that changes in its file, and counts anew under it', async () => {
	const far = await bridge()
	const keys = `${folder.path}/keys`
	mkdirSync(keys)
	writeFileSync(`${keys}/house.key`, `${OLD}\n`, { mode: 0o600 })
	const { engine, log } = await engineOf(
		{
			mqtt: { embedded: { port: 0 } },
			meters: [
				{
					name: 'house',
					profile: 'sagemcom-t210-p1',
					transport: { kind: 'tcp', host: '127.0.0.1', port: far.port },
					keys: { encryption: { $file: 'keys/house.key' } },
				},
			],
		},
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/reading')
	const send = async (bytes: Uint8Array, clients: number) => {
		await eventually(
			() => far.clients.length === clients,
			() => log.join(''),
		)
		far.clients.at(-1)?.write(bytes)
	}
	await send(telegram(OLD, 1000), 1)
	await watcher.until((seen) => readings(seen, 'house').length === 1, 'a reading with the old key')
	// As an editor saves: written beside, and renamed.
	writeFileSync(`${keys}/house.key.new`, NEW, { mode: 0o600 })
	renameSync(`${keys}/house.key.new`, `${keys}/house.key`)
	await send(telegram(OLD, 1001), 2)
	await eventually(
		() => log.some((line) => line.includes('refused: ') && line.includes('(tag)')),
		() => log.join(''),
	)
	await send(telegram(NEW, 1), 2)
	await watcher.until((seen) => readings(seen, 'house').length === 2, 'a reading with the new key')
	assert.equal(
		readings(watcher.seen, 'house').map(({ seq }) => seq),
		[0, 1],
	)
	assert.not(log.join('').includes(OLD) || log.join('').includes(NEW), 'no key in the log')
	await watcher.close()
	await engine.close()
	await far.close()
})

test('warns of keys that others can read, and of profiles that others can write', async () => {
	const profiles = `${folder.path}/profiles`
	mkdirSync(profiles)
	chmodSync(profiles, 0o777)
	writeFileSync(`${folder.path}/open.key`, OLD, { mode: 0o644 })
	const config = {
		mqtt: { embedded: { port: 0 } },
		profiles: ['profiles'],
		meters: [{ name: 'house', profile: 'luxembourg-smarty', keys: { encryption: { $file: 'open.key' } } }],
	}
	const { engine, log } = await engineOf(config, folder.path)
	const warned = (text: string) => log.filter((line) => line.includes(text)).length
	await engine.reload()
	assert.is(warned(`${profiles} can be written by every user of this machine: chmod o-w ${profiles}`), 1, log.join(''))
	assert.is(warned('meter house: the key file'), 1, 'once, not at each reload')
	assert.is(warned('chmod 600'), 1)
	await engine.close()
	chmodSync(profiles, 0o755)
	chmodSync(`${folder.path}/open.key`, 0o600)
	const tight = await engineOf(config, folder.path)
	assert.not(tight.log.join('').includes('chmod'))
	await tight.engine.close()
})

test.run()
