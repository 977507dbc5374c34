import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import * as assert from 'uvu/assert'
import { parseConfig } from '../../engine/config/config.ts'
import { cable, chunksOf, send } from '../support/cable.ts'
import { eventually, freePort, scratch } from '../support/engine-of.ts'
import { PASSWORD, recipe, startMosquitto } from '../support/mosquitto.ts'
import { cli, run } from '../support/program.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('cii2mqtt setup', { limit: 90_000 })
const folder = scratch('setup-terminal')
test.after(() => folder.remove())

const KEY = '101112131415161718191A1B1C1D1E1F'

/** The program on a terminal of its own, which is typed into. */
function terminal(cwd: string): {
	child: ChildProcess
	said(): string
	expect(words: RegExp): Promise<void>
	type(text: string): void
	ended: Promise<number>
} {
	mkdirSync(cwd, { recursive: true })
	const child = spawn('socat', ['-', `EXEC:"${process.execPath} ${cli} setup",pty,setsid,ctty,stderr,sane`], {
		cwd,
		stdio: ['pipe', 'pipe', 'pipe'],
	})
	let output = ''
	let seen = 0
	child.stdout?.on('data', (chunk: Buffer) => {
		output += chunk.toString()
	})
	const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)))
	return {
		child,
		said: () => output,
		async expect(words) {
			await eventually(
				() => words.test(output.slice(seen)),
				() => `${words} in ${JSON.stringify(output.slice(seen))}`,
			)
			seen = output.length
		},
		type: (text) => void child.stdin?.write(text),
		ended,
	}
}

if (need('socat', 'a terminal') && need('mosquitto', 'a broker')) {
	test('leads from an empty folder to a config: port, key, profile, name, broker, Home Assistant, page', async () => {
		const { child: wire, device, far } = await cable(folder.path)
		const chunks = chunksOf('lg-e570/encrypted-2024.capture.jsonl')
		const timer = setInterval(() => void send(far, chunks).catch(() => undefined), 700)
		const locked = await freePort()
		writeFileSync(`${folder.path}/mosquitto.conf`, recipe(folder.path, await freePort(), locked, await freePort()))
		const mosquitto = await startMosquitto(`${folder.path}/mosquitto.conf`, [locked])
		const home = `${folder.path}/home`
		const person = terminal(home)
		const { expect, type, said } = person
		try {
			await expect(/Where is the meter\?[\s\S]*Number \[1\]/)
			const [, other = ''] = /(\d+) {2}another serial device/.exec(said()) ?? []
			type('99\r')
			await expect(/A number from 1 to/)
			type(`${other}\r`)
			await expect(/Device \[/)
			type(`${device}\r`)
			await expect(/are encrypted[\s\S]*Encryption key/)
			type(`${KEY.slice(1)}\r`)
			await expect(/has 31 digits: a key has 32[\s\S]*Encryption key/)
			type(`${KEY.replace('1F', '1E')}\r`)
			await expect(/The encryption key is wrong[\s\S]*Encryption key/)
			type(`${KEY}\r`)
			await expect(/The key fits[\s\S]*Which one is it\?[\s\S]*lg-e570[\s\S]*Number or name/)
			type('lg-e570\r')
			await expect(/Name in the topics[\s\S]*\[house\]/)
			type('bridge\r')
			await expect(/No meter can be called "bridge"[\s\S]*\[house\]/)
			type('\r')
			await expect(/Title/)
			type('Main house\r')
			await expect(/Which MQTT broker[\s\S]*Number/)
			const [, address = ''] = /(\d+) {2}one in the network/.exec(said()) ?? []
			for (const password of ['wrong', PASSWORD]) {
				type(`${address}\r`)
				await expect(/Address/)
				type(`mqtt://127.0.0.1:${locked}\r`)
				await expect(/User name/)
				type('hackday\r')
				await expect(/Password/)
				type(`${password}\r`)
				if (password !== 'wrong') continue
				await expect(/refuses user "hackday"[\s\S]*Check the user name and the password[\s\S]*all the same/)
				type('n\r')
				await expect(/Number/)
			}
			await expect(/takes messages of user "hackday"[\s\S]*Home Assistant/)
			type('\r')
			await expect(/Who may see the page[\s\S]*Number/)
			type('2\r')
			await expect(/Write the config\?/)
			assert.equal(readdirSync(home), [], 'nothing is written before the end')
			type('\r')
			await expect(/Run it: +cii2mqtt run/)
			await person.ended
			const text = readFileSync(`${home}/cii2mqtt.json`, 'utf8')
			const parsed = parseConfig(`${home}/cii2mqtt.json`, text)
			if (Array.isArray(parsed)) throw new Error(parsed[0]?.message)
			assert.equal(JSON.parse(JSON.stringify(parsed.config)), {
				mqtt: { url: `mqtt://127.0.0.1:${locked}`, username: 'hackday', password: { $file: 'keys/broker.password' } },
				stateDir: 'state',
				http: { host: '0.0.0.0' },
				meters: [
					{
						name: 'house',
						title: 'Main house',
						profile: 'lg-e570',
						transport: { path: device },
						keys: { encryption: { $file: 'keys/house.key' } },
					},
				],
				outputs: ['home-assistant'],
			})
			assert.is(readFileSync(`${home}/keys/house.key`, 'utf8').trim(), KEY)
			assert.is(statSync(`${home}/keys/broker.password`).mode & 0o777, 0o600)
			// Secrets are never shown, and no line is longer than 80 columns.
			for (const secret of [KEY.slice(1), PASSWORD]) assert.not.ok(said().includes(secret))
			const lines = stripVTControlCharacters(said()).split(/[\r\n]+/)
			assert.equal(
				lines.filter((line) => line.length > 80 && !line.includes(folder.path)),
				[],
			)
		} finally {
			clearInterval(timer)
			person.child.kill('SIGKILL')
			wire.kill('SIGKILL')
			await mosquitto.stop()
		}
	})

	test('leaves nothing behind when a person ends it, in the middle of listening or of a question', async () => {
		const { child: wire, device } = await cable(folder.path)
		for (const when of ['question', 'listening']) {
			const home = `${folder.path}/ended-${when}`
			const person = terminal(home)
			const { expect, type, said } = person
			await expect(/Number \[1\]/)
			if (when === 'listening') {
				const [, other = ''] = /(\d+) {2}another serial device/.exec(said()) ?? []
				type(`${other}\r`)
				await expect(/Device \[/)
				type(`${device}\r`)
				await expect(/Listening with 2400 8E1/)
			}
			type('\x03')
			await expect(/Ended: nothing was written/)
			await person.ended
			assert.equal(readdirSync(home), [])
		}
		wire.kill('SIGKILL')
	})
}

test('says that it needs a terminal', () => {
	const { status, stderr } = run(['setup', '--config', `${folder.path}/x.json`], { input: '' })
	assert.is(status, 2)
	assert.match(stderr, /run it in a terminal/)
	assert.not.ok(existsSync(`${folder.path}/x.json`))
})

test.run()
