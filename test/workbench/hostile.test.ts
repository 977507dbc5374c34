import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mqtt from 'mqtt'
import * as assert from 'uvu/assert'
import { hex } from '../../engine/bytes/hex.ts'
import { readCapture } from '../../engine/transport/capture.ts'
import { corpus } from '../support/corpus.ts'
import { engineOf, played, scratch } from '../support/engine-of.ts'
import { stretched } from '../support/pace.ts'
import { root } from '../support/root.ts'
import { answerOf, codeOf } from '../support/site.ts'
import { suite } from '../support/suite.ts'

const test = suite('workbench hostile', { limit: 150_000 })
const folder = scratch('workbench-hostile')
test.after(folder.remove)

const { lines } = readCapture(`${root}meters/ekz-e450/vse-2026.capture.jsonl`)
const telegram = lines.map((line) => ('hex' in line ? line.hex : '')).join('')
/** Milliseconds in which the quiet is measured. */
const QUIET = 5000

/** A profile that asks for all that the bounds of expressions allow, in each of its fields. */
function costly(): string {
	const inner = '$sum($map([1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20], function($c) { $a + $b + $c }))'
	const each = `$sum($map([1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20], function($b) { ${inner} }))`
	const expression = `$sum($map([1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20], function($a) { ${each} }))`
	const transform = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`extra.e${n}`, expression]))
	return JSON.stringify({ profile: 'mine', version: '1.0.0', title: 'x', extends: 'ekz-e450', transform })
}

const text = (transform: object) => JSON.stringify({ profile: 'mine', version: '1.0.0', title: 'x', extends: 'ekz-e450', transform })
const many = telegram.repeat(Math.floor(1_000_000 / telegram.length))
const broken = corpus.slice(0, 40).map(({ bytes }) => hex(bytes.map((byte, at) => (at % 13 === 5 ? byte ^ 0x55 : byte))))

/** What a stranger's profile and telegrams may be: endless, huge, deep and broken. */
const ATTACKS: [string, object][] = [
	['many telegrams by a costly profile', { profile: { name: 'mine', text: costly() }, source: { text: many }, samples: true }],
	['a costly expression', { profile: { name: 'mine', text: text({}) }, source: { text: telegram }, evaluate: costly().slice(0, 4000) }],
	['a megabyte of one telegram', { source: { text: '7EA7FF'.padEnd(1_000_000, '01') } }],
	[
		'a megabyte of noise',
		{
			source: {
				text: Array.from({ length: 125_000 }, (_, n) => Math.imul(n, 0x9e3779b1) >>> 0)
					.map((n) => n.toString(16).padStart(8, '0'))
					.join(''),
			},
		},
	],
	['a megabyte of text', { source: { text: `/ISK5\\2M550T\n\n${'1-0:1.8.0(1*kWh)\n'.repeat(55_000)}!\n` } }],
	['a huge array', { source: { text: `[${'1,'.repeat(500_000)}1]`, topic: 'a' } }],
	[
		'many messages',
		{
			source: { text: '{"a":1}\n'.repeat(15_000), topic: 'tele/x/SENSOR' },
			profile: { name: 'mine', text: text({}).replace('ekz-e450', 'gplug') },
		},
	],
	['a deep message', { source: { text: `${'['.repeat(100_000)}${']'.repeat(100_000)}`, topic: 'a' } }],
	['a deep profile', { profile: { name: 'mine', text: `${'['.repeat(30_000)}` } }],
	['many mistakes', { profile: { name: 'mine', text: `{ ${Array.from({ length: 4000 }, (_, n) => `"k${n}": 1`).join()} }` } }],
	['a profile that extends itself', { profile: { name: 'mine', text: text({}).replace('ekz-e450', 'mine') } }],
	[
		'a regular expression',
		{
			profile: { name: 'mine', text: text({ 'extra.a': '$contains("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)' }) },
			source: { text: telegram },
		},
	],
]

test('answers hostile profiles and telegrams in words, while a running meter keeps its pace', async () => {
	const config = {
		mqtt: { embedded: { port: 0 } },
		http: { port: 0 },
		meters: [played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl', { speed: 100, pause: 5000 })],
	}
	const file = join(folder.path, 'cii2mqtt.json')
	writeFileSync(file, JSON.stringify(config))
	const { engine } = await engineOf(config, folder.path, file)
	const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.port}`)
	const times: number[] = []
	client.on('message', () => void times.push(performance.now()))
	await client.subscribeAsync('cii/house/reading')
	const ask = (body: object) => answerOf(`${engine.page}/api/workbench`, {}, 'POST', body)
	try {
		await ask({ source: { text: telegram } })
		await new Promise((resolve) => setTimeout(resolve, QUIET))
		const quiet = gapsOf(times.splice(0))
		const codes: Record<string, string> = {}
		for (const [what, body] of ATTACKS) {
			const began = performance.now()
			const answer = await ask(body)
			const took = performance.now() - began
			assert.ok([200, 422].includes(answer.status), `${what}: ${answer.status} ${answer.text.slice(0, 200)}`)
			assert.ok(answer.text.length < 9_000_000, what)
			assert.ok(took < stretched(15_000), `${what} took ${Math.round(took)} ms`)
			codes[what] = `${answer.status === 200 ? 'answered' : codeOf(answer)} in ${Math.round(took)} ms`
		}
		for (const one of broken) assert.ok([200, 422].includes((await ask({ source: { text: one } })).status))
		const attacked = gapsOf(times)
		console.log(JSON.stringify({ quiet, attacked, codes }, undefined, 1))
		assert.ok(quiet.count > 40 && attacked.count > 40, 'the meter was read all the time')
		assert.ok(attacked.p99 < 4 * quiet.p99 + stretched(150), `p99 ${attacked.p99} ms, in quiet ${quiet.p99} ms`)
		assert.ok(attacked.rate > 0.6 * quiet.rate, `${attacked.rate} readings a second, in quiet ${quiet.rate}`)
		assert.is((await ask({ source: { text: telegram } })).status, 200, 'it goes on')
	} finally {
		await client.endAsync(true)
		await engine.close()
	}
})

/** The time between readings, in milliseconds. */
function gapsOf(times: number[]) {
	const gaps = times
		.slice(1)
		.map((time, place) => time - (times[place] ?? 0))
		.sort((one, other) => one - other)
	const at = (part: number) => Math.round(gaps[Math.floor(part * gaps.length)] ?? 0)
	const span = (times.at(-1) ?? 0) - (times[0] ?? 0)
	return {
		count: times.length,
		rate: Math.round((10_000 * times.length) / span) / 10,
		median: at(0.5),
		p99: at(0.99),
		longest: Math.round(gaps.at(-1) ?? 0),
	}
}

test.run()
