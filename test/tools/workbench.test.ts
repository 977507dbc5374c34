import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as assert from 'uvu/assert'
import { readCapture } from '../../engine/transport/capture.ts'
import type { WorkbenchAnswer } from '../../schema/types/api.ts'
import { scratch } from '../support/engine-of.ts'
import { run, start } from '../support/program.ts'
import { root } from '../support/root.ts'
import { answerOf, jsonOf } from '../support/site.ts'
import { suite } from '../support/suite.ts'

const test = suite('workbench command', { limit: 90_000 })
const folder = scratch('workbench-command')
test.after(folder.remove)

const capture = 'meters/ekz-e450/vse-2026.capture.jsonl'
const digits = readCapture(`${root}${capture}`)
	.lines.map((line) => ('hex' in line ? line.hex : ''))
	.join('')
let places = 0

/** A place for notes, so that no other page is found. */
function place(): NodeJS.ProcessEnv {
	const path = join(folder.path, `tmp${places++}`)
	mkdirSync(path)
	return { ...process.env, TMPDIR: path }
}

/** Starts the command and gives the address that it prints. */
async function opened(args: string[], env: NodeJS.ProcessEnv) {
	const child = start(['workbench', '--page', '0', ...args], env)
	const lines = createInterface(child.stdout)
	const [address] = (await once(lines, 'line')) as [string]
	return {
		address,
		page: address.replace(/\/#.*/, ''),
		async close() {
			child.kill('SIGTERM')
			const [code] = await once(child, 'exit')
			return code as number
		},
	}
}

test('opens a profile, and decode, validate and new say where the same is shown', async () => {
	const env = place()
	const own = join(folder.path, 'own')
	mkdirSync(own)
	const before = run(['validate', 'ekz-e450'], { env })
	assert.match(before.stderr, /^in the browser: cii2mqtt workbench profiles\/ekz-e450\.json$/m)
	const { address, page, close } = await opened(['ekz-e450', '--profiles', own], env)
	assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/#\/workbench\/ekz-e450$/)
	const said = (args: string[]) => /^in the browser: (.*)$/m.exec(run(args, { env }).stderr)?.[1]
	assert.is(said(['validate', 'ekz-e450']), address)
	assert.is(said(['validate', capture]), `${address}?sample=vse-2026`)
	assert.is(said(['decode', capture]), `${address}?sample=vse-2026`)
	assert.is(said(['decode', '--profile', 'ekz-e450', digits.slice(0, 400)]), `${address}?hex=${digits.slice(0, 400)}`)
	assert.is(said(['new', 'mine', '--from', capture, '--dir', own]), `${page}/#/workbench/mine?sample=vse-2026`)
	assert.is(said(['validate', join(own, 'mine.json')]), `${page}/#/workbench/mine`)
	// A profile of this name from another folder is not what the page shows.
	const other = join(folder.path, 'other')
	mkdirSync(other)
	writeFileSync(join(other, 'mine.json'), readFileSync(join(own, 'mine.json')))
	assert.is(said(['validate', join(other, 'mine.json')]), `cii2mqtt workbench ${join(other, 'mine.json')}`)
	for (const args of [
		['decode', '--json', capture],
		['validate', '--format', 'json', 'ekz-e450'],
	])
		assert.is(said(args), undefined, args.join(' '))
	assert.is(await close(), 0)
})

test('offers the telegrams of a file, and saves into the folder that it is given', async () => {
	const env = place()
	const own = join(folder.path, 'saved')
	mkdirSync(own)
	const raw = join(folder.path, 'raw bytes.bin')
	writeFileSync(raw, Buffer.from(digits, 'hex'))
	const { address, page, close } = await opened([raw, '--profiles', own], env)
	assert.match(address, /#\/workbench\/-\?of=-&sample=raw\+bytes\.bin$/)
	const source = { profile: '-', sample: 'raw bytes.bin' }
	const answer = jsonOf<WorkbenchAnswer>(await answerOf(`${page}/api/workbench`, {}, 'POST', { source }))
	assert.ok(answer.telegrams?.some(({ outcome }) => outcome === 'reading'))
	const text = '{ "profile": "mine", "version": "1.0.0", "title": "Mine", "extends": "ekz-e450" }'
	const saved = await answerOf(`${page}/api/workbench/profiles/mine`, { 'if-match': '""' }, 'PUT', { text })
	assert.is(saved.status, 200, saved.text)
	assert.ok(existsSync(join(own, 'mine.json')))
	const kept = await answerOf(`${page}/api/workbench/profiles/mine/samples/one`, {}, 'POST', { source, text })
	assert.is(kept.status, 200, kept.text)
	await close()
	assert.is(run(['validate', join(own, 'mine.json')], { env }).status, 0)
})

test('says what it cannot open', () => {
	for (const [args, words] of [
		[['nothing'], /no profile has this name/],
		[['meters'], /is no file/],
		[['ekz-e450', '--profiles', join(folder.path, 'nowhere')], /there is no folder/],
	] as const) {
		const { status, stderr } = run(['workbench', ...args])
		assert.is(status, 2)
		assert.match(stderr, words)
	}
})

test.run()
