import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { compile } from '../../engine/jsonata/expression.ts'
import type { Language } from '../../engine/jsonata/language.ts'
import { functions, OUTPUT } from '../../engine/output/language.ts'
import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { compileField } from '../../engine/transform/language.ts'
import { dataOf, WORST } from '../jsonata/worst.ts'
import { watchTopics } from '../support/broker.ts'
import { eventually, freePort, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { start } from '../support/program.ts'
import { root } from '../support/root.ts'
import { count, type Fault, hold, sleep } from './fault.ts'
import { neighbour } from './neighbour.ts'

const loop = (inner: string) => `$map(json.list, function($a){ $map(json.list, function($b){ (${inner}; json.none) }) })`

/** A message of 64 kB, as an adapter may send it. */
const LONG = JSON.stringify({ n: 5, list: Array.from({ length: 2000 }, (_, at) => at), text: 'x'.repeat(54_000) })

/** The profile of a stranger in the built program, messages of 64 kB, and a good meter beside. */
async function substring(): Promise<string> {
	const folder = scratch('substring')
	mkdirSync(`${folder.path}/profiles`)
	const profile = {
		...{ profile: 'stranger', version: '1.0.0', title: 'A stranger', samples: [], transport: { kind: 'mqtt', topic: 'stranger/SENSOR' } },
		decoder: { application: 'json' },
		transform: { 'extra.bad': loop('$substring(json.text, $b, 1)'), 'extra.good': 'json.n' },
	}
	writeFileSync(`${folder.path}/profiles/stranger.json`, JSON.stringify(profile))
	const [beside, port] = [await neighbour(), await freePort()]
	const meters = [beside.entry, { name: 'stranger', profile: 'stranger' }]
	const file = `${folder.path}/cii2mqtt.json`
	writeFileSync(file, JSON.stringify({ mqtt: { embedded: { port } }, profiles: ['profiles'], meters }))
	const program = start(['run', '--config', file])
	let log = ''
	for (const stream of [program.stdout, program.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()))
	const url = `mqtt://127.0.0.1:${port}`
	// Clients are taken once the meter's subscription stands.
	for (let tries = 0; ; tries++) {
		try {
			await beside.watch(url)
			break
		} catch (error) {
			hold(tries < 100, `${String(error)}: ${log}`)
			await sleep(200)
		}
	}
	const watcher = await watchTopics(url, 'cii/stranger/reading')
	const messages = amount(10, 60)
	const calm = await beside.p99(messages * 200)
	const attacked = await beside.p99(async () => {
		for (let sent = 0; sent < messages; sent++) {
			await watcher.client.publishAsync('stranger/SENSOR', LONG, { qos: 1 })
			await sleep(200)
		}
	})
	await eventually(
		() => watcher.seen.length === messages,
		() => `${watcher.seen.length} of ${messages} readings: ${log}`,
	)
	hold(
		watcher.seen.every(({ payload }) => JSON.parse(payload).extra?.good === 5),
		'a value of a good expression is missing',
	)
	hold(/extra\.bad left out \(budget\): it takes more than/.test(log), `not named: ${log}`)
	hold(/extra\.bad left out \(suspended\)/.test(log), `not suspended: ${log}`)
	await watcher.close()
	await beside.close()
	program.kill()
	folder.remove()
	return `${messages} messages: the field is named and suspended, the other field of each is there; p99 between readings of the meter beside ${attacked.toFixed(0)} ms, without ${calm.toFixed(0)} ms (${(attacked / calm).toFixed(1)} times). Before: one such message held the process for 13 s of processor time, unnamed but for a timeout`
}

/** All that is admitted, with JSONata's own $string, $join and $split, which the languages replace. */
const ANY: Language = { ...OUTPUT, names: undefined, functions: ['level', 'utc', 'scale'] }

/** Milliseconds of processor time. */
async function timed(work: () => unknown): Promise<number> {
	const before = process.cpuUsage()
	await work()
	const { user, system } = process.cpuUsage(before)
	return (user + system) / 1000
}

/** Each function and operator on its worst input until its steps are used up, and whole telegrams of 400 such fields. */
async function worst(): Promise<string> {
	const json = dataOf(20_000)
	const { level, utc, scale } = functions
	let longest = 0
	for (const [name, text] of Object.entries(WORST)) {
		const expression = compile(`$map(json.small, function($a){ $map(json.small, function($b){ (${text}; json.none) }) })`, ANY)
		if (Array.isArray(expression)) throw new Error(`${name}: ${JSON.stringify(expression)}`)
		const evaluate = () => expression.evaluate({ values: { json }, functions: { level, utc, scale } })
		const took = Math.min(await timed(evaluate), await timed(evaluate))
		hold(took < 500, `${name} took ${took.toFixed(0)} ms`)
		longest = Math.max(longest, took)
	}
	const doubled = `($a := "0123456789abcdef"; ${Array.from({ length: 24 }, () => '$a := $a & $a').join('; ')}; $length($a))`
	const bomb = compile(doubled, ANY)
	hold(!Array.isArray(bomb) && 'fault' in (await bomb.evaluate({ values: {}, functions: {} })), 'a text that doubles 24 times is made')
	let telegram = 0
	for (const inner of ['$substring(json.text, $b, 1)', '$localTime("2026-05-04T11:39:21")', '$scale("1234567890.12345", 30)', '$b']) {
		const took = await ofTelegram(loop(inner))
		hold(took < 1000, `400 fields of ${inner} took ${took.toFixed(0)} ms`)
		telegram = Math.max(telegram, took)
	}
	return `${Object.keys(WORST).length} expressions: each stopped after at most ${longest.toFixed(0)} ms of processor time; a telegram with 400 such fields after ${telegram.toFixed(0)} ms. Before: 12 of 100 held the process for more than 15 s, 13 more for 0.3 s to 2.5 s of processor time, and an output that doubles a text 24 times ended it`
}

/** Milliseconds of processor time for a telegram whose 400 fields have this expression. */
async function ofTelegram(text: string): Promise<number> {
	const gplug = compileProfile('gplug-2021', readLibrary([builtinProfiles]))
	const expression = compileField(text)
	if (Array.isArray(gplug) || Array.isArray(expression)) throw new Error('not compiled')
	const transform = new Map(Array.from({ length: 400 }, (_, at) => [`extra.f${at}`, expression] as const))
	const transport = { kind: 'mqtt' as const, topic: 'x' }
	const profile = { ...gplug, transform, document: { ...gplug.document, transport, decoder: { application: 'json' as const } } }
	const pipeline = () => readingPipeline({ name: 'm', id: 'm', profile, keys: {}, session: 0, seq: 0 })
	const payload = new TextEncoder().encode(LONG)
	const give = () => timed(() => pipeline().message({ topic: 'x', payload, retain: false }, 0))
	return Math.min(await give(), await give())
}

/** A process that runs 3 ms of every 300, as on a machine that has no time for it. */
async function starved(): Promise<string> {
	const child = spawn(process.execPath, [`${root}dist/test/faults/starved.js`, String(amount(20, 200))], {
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	let said = ''
	child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
	const ended = new Promise((resolve) => child.once('close', resolve))
	await eventually(
		() => said.includes('ready'),
		() => said,
	)
	let rounds = 0
	while (child.exitCode === null && !said.includes('wanted')) {
		child.kill('SIGSTOP')
		await sleep(297)
		child.kill('SIGCONT')
		const until = performance.now() + 3
		while (performance.now() < until);
		rounds++
	}
	child.kill('SIGCONT')
	await ended
	const { wanted, values } = JSON.parse(said.split('\n')[1] ?? '{}') as { wanted: number; values: number }
	hold(values === wanted, `${values} of ${wanted} values`)
	return `stopped ${rounds} times: ${count(wanted - values)} of ${count(wanted)} values withheld. Before: 55,953 of 60,000, and the meter suspended`
}

/** What expressions can try. */
export const expressionFaults: Fault[] = [
	{
		...{ number: 53, fault: 'an expression that walks through a long text again and again', injected: '$substring in $map, 64 kB' },
		...{ prove: substring, long: true },
	},
	{
		...{ number: 53.1, fault: 'the worst input of each function and operator', injected: 'until its steps are used up' },
		...{ prove: worst, long: true },
	},
	{
		...{ number: 54, fault: 'a machine that has no time', injected: 'SIGSTOP, and 3 ms of every 300 to run' },
		...{ prove: starved, long: true, waits: true },
	},
]
