import { writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { hex } from '../../engine/bytes/hex.ts'
import { decodeText } from '../../tools/decode-text.ts'
import { keysOf } from '../../tools/keys.ts'
import { CANARY, canaryIn } from '../support/canary.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('keys')
const folder = scratch('keys')
test.after(folder.remove)

/** What keysOf gives, and what it says on standard error. */
function keys(options: Parameters<typeof keysOf>[0]): { found: ReturnType<typeof keysOf>; said: string } {
	const said: string[] = []
	const print = console.error
	console.error = (text: string) => void said.push(text)
	const found = keysOf(options)
	console.error = print
	return { found, said: said.join('\n') }
}

const shown = (found: ReturnType<typeof keysOf>) => (typeof found === 'string' ? found : hex(found.encryption ?? new Uint8Array(0)))

test('takes keys from files and the environment, and warns of those on the command line', () => {
	const file = `${folder.path}/house.key`
	writeFileSync(file, `${CANARY}\n`, { mode: 0o600 })
	assert.equal(keys({}), { found: {}, said: '' })
	assert.is(shown(keys({ keyFile: file }).found), CANARY)
	assert.is(keys({ keyFile: file }).said, '')
	process.env.CII_KEY = CANARY
	assert.is(shown(keys({}).found), CANARY)
	assert.is(process.env.CII_KEY, undefined, 'it is taken out of the environment')
	const { found, said } = keys({ key: CANARY })
	assert.is(shown(found), CANARY)
	assert.match(said, /seen by other users .* --key-file/)
})

test('says what is wrong with a key, without it', () => {
	const wrong = `${folder.path}/wrong.key`
	writeFileSync(wrong, `${CANARY}0`)
	for (const [options, words] of [
		[{ keyFile: wrong }, /^--key-file: a key has 32 hex digits .* this has 33 characters/],
		[{ authKeyFile: `${folder.path}/none.key` }, /^--auth-key-file: the file .*none.key does not exist/],
		[{ keyFile: CANARY }, /^--key-file: the file that is named here does not exist/],
		[{ keyFile: folder.path }, /cannot be read/],
		[{ key: `${CANARY}z` }, /not all of them hex digits/],
	] as const) {
		const { found, said } = keys(options)
		assert.match(shown(found), words)
		assert.not(canaryIn(shown(found) + said))
	}
})

test('prints texts of a meter in one line each', () => {
	const forged = 'X1\n  meter forged, time now\u001b[2K\u009b\u202e'
	const entry = { value: forged, unit: null }
	const result = { file: forged, ok: true, link: 'p1', application: 'p1', auth: 'none', meterId: forged, readings: { '1-0:96.1.0': entry } }
	const text = decodeText({ ...result, sequence: [entry] } as Parameters<typeof decodeText>[0], undefined)
	assert.is(text.split('\n').length, 4)
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	assert.not(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/.test(text))
	const refused = decodeText({ file: 'x', ok: false, reason: 'syntax', detail: forged }, undefined)
	assert.is(refused.split('\n').length, 1)
})

test.run()
