import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { readings, watchTopics } from '../support/broker.ts'
import { p1Telegram } from '../support/craft.ts'
import { bridge, engineOf, eventually, freePort, played, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { startMosquitto } from '../support/mosquitto.ts'
import { type Fault, hold, quantile, sleep } from './fault.ts'

const capture = 'ekz-e450/vse-2026.capture.jsonl'
const version = (number: number, more: object = {}) =>
	JSON.stringify(
		{
			profile: 'edited',
			version: `1.0.${number}`,
			title: 'Edited',
			extends: 'ekz-e450',
			transform: { 'extra.mark': String(number) },
			...more,
		},
		null,
		'\t',
	)

const STATUS = 'cii/bridge/main/profiles/edited'

/** An engine whose meter `house` has the profile `edited`, and whose meter `other` has none of ours. */
async function edited(place: (folder: string) => void) {
	const folder = scratch('edited')
	mkdirSync(`${folder.path}/profiles`)
	place(`${folder.path}/profiles`)
	const { engine, log } = await engineOf(
		{
			mqtt: { embedded: { port: 0 } },
			profiles: ['profiles'],
			meters: [played('house', 'edited', capture, { pause: 100 }), played('other', 'ekz-e450', capture, { pause: 100 })],
		},
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/#')
	const marks = () => readings(watcher.seen, 'house').map(({ extra }) => extra.mark)
	await eventually(
		() => marks().includes(0),
		() => log.join(''),
	)
	const taken = () =>
		watcher.seen.filter(({ topic, payload, retain }) => topic === STATUS && !retain && payload.includes('"active"')).length
	// The first version's own may come before we look, or after.
	const first = taken()
	return {
		profiles: `${folder.path}/profiles`,
		log,
		marks,
		/** The versions that were taken since: the log tells a few of them only. */
		swaps: () => taken() - first,
		complaints: () => log.filter((line) => line.includes('"level":50')),
		readings: (meter: string) => readings(watcher.seen, meter),
		async close() {
			await watcher.close()
			await engine.close()
			folder.remove()
		},
	}
}

/** Counts without a gap. */
const whole = (seqs: number[]) => seqs.every((seq, at) => at === 0 || seq === (seqs[at - 1] ?? 0) + 1)

const WAYS: Record<string, (file: string, text: string) => void | Promise<void>> = {
	'in place': (file, text) => writeFileSync(file, text),
	vim: (file, text) => {
		renameSync(file, `${file}~`)
		writeFileSync(file, text)
		unlinkSync(`${file}~`)
	},
	'beside and renamed': (file, text) => {
		writeFileSync(`${file}.tmp`, text)
		renameSync(`${file}.tmp`, file)
	},
	'sed -i': (file, text) => {
		const number = /1\.0\.(\d+)/.exec(text)?.[1]
		execFileSync('sed', ['-i', `s/1\\.0\\.[0-9]*/1.0.${number}/; s/"extra.mark": "[0-9]*"/"extra.mark": "${number}"/`, file])
	},
	cp: (file, text) => {
		writeFileSync(`${file}.from`, text)
		copyFileSync(`${file}.from`, file)
		unlinkSync(`${file}.from`)
	},
	'in two halves': async (file, text) => {
		writeFileSync(file, text.slice(0, 40))
		await sleep(60)
		writeFileSync(file, text)
	},
	'deleted for a second': async (file, text) => {
		unlinkSync(file)
		await sleep(1000)
		writeFileSync(file, text)
	},
}

async function saved(): Promise<string> {
	const each = amount(2, 10)
	const house = await edited((profiles) => writeFileSync(`${profiles}/edited.json`, version(0)))
	const took: number[] = []
	let number = 0
	for (let round = 0; round < each; round++) {
		for (const [way, save] of Object.entries(WAYS)) {
			number++
			await save(`${house.profiles}/edited.json`, version(number))
			const since = performance.now()
			await eventually(
				() => house.marks().at(-1) === number,
				() => `${way}: ${house.log.slice(-5).join('')}`,
			)
			took.push(performance.now() - since)
			hold(house.swaps() === number, `${way}: ${house.swaps()} swaps after ${number} saves`)
		}
	}
	hold(house.complaints().length === 0, house.complaints().join(''))
	hold(whole(house.readings('house').map(({ seq }) => seq)), 'a reading is missing')
	await house.close()
	const slowest = `median ${quantile(took, 0.5).toFixed(0)} ms, slowest ${Math.max(...took).toFixed(0)} ms to the first reading of the new one`
	return `${each} times each of ${Object.keys(WAYS).join(', ')}: one reload each, ${slowest}; no error said, no reading missing`
}

/** As Kubernetes and Docker give files to a container: `..data` is swapped, the file itself never changes. */
async function swapped(): Promise<string> {
	const rounds = 10
	const lay = (profiles: string, number: number) => {
		mkdirSync(`${profiles}/..v${number}`)
		writeFileSync(`${profiles}/..v${number}/edited.json`, version(number))
		symlinkSync(`..v${number}`, `${profiles}/..data.new`)
		renameSync(`${profiles}/..data.new`, `${profiles}/..data`)
		rmSync(`${profiles}/..v${number - 1}`, { recursive: true, force: true })
	}
	const house = await edited((profiles) => {
		lay(profiles, 0)
		symlinkSync('..data/edited.json', `${profiles}/edited.json`)
	})
	for (let number = 1; number <= rounds; number++) {
		lay(house.profiles, number)
		await eventually(
			() => house.marks().at(-1) === number,
			() => house.log.slice(-5).join(''),
		)
		hold(house.swaps() === number, `${house.swaps()} swaps after ${number}`)
	}
	hold(house.complaints().length === 0, house.complaints().join(''))
	hold(whole(house.readings('house').map(({ seq }) => seq)), 'a reading is missing')
	await house.close()
	return `${rounds} swaps: one reload each, no error said, no reading missing`
}

async function invalid(): Promise<string> {
	const house = await edited((profiles) => writeFileSync(`${profiles}/edited.json`, version(0)))
	const good = version(0)
	const mistakes: [string, string][] = [
		['cut short', good.slice(0, good.length >> 1)],
		['empty', ''],
		['unknown key', version(1, { colour: 'red' })],
		['wrong type', version(1, { interval: 'often' })],
		['unknown parent', version(1, { extends: 'ekz-e45O' })],
		['an expression that ends too early', version(1, { transform: { 'extra.mark': '(1 + ' } })],
		['a function that may not be used', version(1, { transform: { 'extra.mark': '$eval("1")' } })],
	]
	for (const [name, text] of mistakes) {
		const before = house.complaints().length
		writeFileSync(`${house.profiles}/edited.json`, text)
		await eventually(
			() => house.complaints().length > before,
			() => `${name}: nothing said`,
		)
		hold(/edited\.json:\d+:\d+/.test(house.complaints().at(-1) ?? ''), `${name}: no place: ${house.complaints().at(-1)}`)
		const [own, other] = [house.readings('house').length, house.readings('other').length]
		await eventually(
			() => house.readings('house').length > own + 1 && house.readings('other').length > other + 1,
			() => `${name}: no readings`,
		)
	}
	writeFileSync(`${house.profiles}/edited.json`, version(2))
	await eventually(
		() => house.marks().at(-1) === 2,
		() => house.log.slice(-5).join(''),
	)
	const marks = [...new Set(house.marks())]
	hold(marks.join() === '0,2', `marks ${marks}`)
	hold(whole(house.readings('house').map(({ seq }) => seq)) && whole(house.readings('other').map(({ seq }) => seq)), 'a reading is missing')
	await house.close()
	return `${mistakes.length} mistakes: each refused with line and column, the last good profile goes on, no reading of it or of another meter missing`
}

/** Does something with a text of half a million characters in loops over loops. */
const again = (inner: string) =>
	`($t := " ${'x '.repeat(1000)}"; ${'$t := $t & $t; '.repeat(8)}${Array.from({ length: 5 }, (_, at) => `$map($keys(obis), function($v${at}){`).join('')}${inner}${'})'.repeat(5)})`

/** What a profile of a stranger may try, and whether it is refused at once or suspended when it runs. */
const HOSTILE: Record<string, object | string> = {
	'recursion without end': { transform: { 'extra.a': '($f := function($x){ $f($x + 1) }; $f(1))' } },
	$pad: { transform: { 'extra.a': '$length($pad("x", 300000000))' } },
	'$pad by another name': { transform: { 'extra.a': '($p := $pad; $length($p("x", 300000000)))' } },
	'text that doubles': { transform: { 'extra.a': '$reduce([1..40], function($s, $i){ $s & $s }, "x")' } },
	'a regular expression that explodes': { transform: { 'extra.a': '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)' } },
	$eval: { transform: { 'extra.a': '$eval("1")' } },
	'a range of ten million': { transform: { 'extra.a': '$count([1..9999999])' } },
	constructor: { transform: { 'extra.a': '$.constructor.constructor("return process")()' } },
	'a loop over loops that no sample shows': {
		samples: [],
		transform: {
			'extra.a': `$count(${Array.from({ length: 7 }, (_, at) => `$map($keys(obis), function($v${at}){`).join('')}1${'})'.repeat(7)})`,
		},
	},
	'a long text that is measured again and again': { samples: [], transform: { 'extra.b': again('$length($t)') } },
	'a long text that is cut again and again': { samples: [], transform: { 'extra.c': again('$substring($t, 1, 1)') } },
	'a long text that is trimmed in 200 fields': {
		samples: [],
		transform: Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`extra.f${at}`, again('$trim($t)')])),
	},
	'a text that doubles by &': { samples: [], transform: { 'extra.a': `($t := "${'x'.repeat(3000)}"; ${'$t := $t & $t; '.repeat(9)}$t)` } },
	['__proto__']: '{"profile":"hostile","version":"1.0.0","title":"x","extends":"ekz-e450","__proto__":{"polluted":true}}',
	'__proto__ as a field':
		'{"profile":"hostile","version":"1.0.0","title":"x","extends":"ekz-e450","transform":{"__proto__.polluted":"true","constructor.prototype.polluted":"true"}}',
	'10 MB': `{"profile":"hostile","title":"${'x'.repeat(10_000_000)}"}`,
	'60,000 brackets': '['.repeat(60_000),
	'3,000 fields': { transform: Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`extra.f${at}`, '1'])) },
	itself: { extends: 'hostile' },
	'a topic of all': { transport: { kind: 'mqtt', topic: '#' } },
}

async function hostile(): Promise<string> {
	const folder = scratch('hostile')
	mkdirSync(`${folder.path}/profiles`)
	const place = `${folder.path}/profiles/hostile.json`
	writeFileSync(place, version(0).replaceAll('edited', 'hostile'))
	const { engine, log } = await engineOf(
		{
			mqtt: { embedded: { port: 0 } },
			profiles: ['profiles'],
			meters: [played('house', 'hostile', capture, { pause: 100 }), played('other', 'ekz-e450', capture, { pause: 20 })],
		},
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/other/reading')
	const came: number[] = []
	watcher.client.on('message', () => came.push(performance.now()))
	let [refused, suspended] = [0, 0]
	for (const [name, what] of Object.entries(HOSTILE)) {
		const text =
			typeof what === 'string' ? what : JSON.stringify({ profile: 'hostile', version: '1.0.0', title: 'x', extends: 'ekz-e450', ...what })
		const before = log.length
		writeFileSync(place, text)
		const said = (words: RegExp) => log.slice(before).some((line) => words.test(line))
		await eventually(
			() => said(/profile hostile: |"level":50|suspended/),
			() => `${name} was taken: ${log.slice(before).join('')}`,
		)
		if (said(/suspended/)) suspended++
		else refused++
		await eventually(
			() => came.length > 0 && performance.now() - (came.at(-1) ?? 0) < 1000,
			() => `${name}: the other meter is silent`,
		)
	}
	const gaps = came.slice(1).map((at, place) => at - (came[place] ?? 0))
	hold(!('polluted' in {}), 'the prototype of all objects is polluted')
	await watcher.close()
	await engine.close()
	folder.remove()
	return `${refused} refused when read, ${suspended} suspended when they ran; the other meter, every 0.02 s, waited ${Math.max(...gaps).toFixed(0)} ms at most; nothing polluted`
}

const ids = ['../../etc', 'a/b', '#', '+', 'cii/#', '\0', '$SYS/broker', '{"id":1}', '%2F', 'é\u202e', 'x'.repeat(1000)]

async function injected(): Promise<string> {
	const folder = scratch('topics')
	const port = await freePort()
	writeFileSync(`${folder.path}/mosquitto.conf`, `user root\nlistener ${port} 127.0.0.1\nallow_anonymous true\n`)
	const mosquitto = await startMosquitto(`${folder.path}/mosquitto.conf`, [port])
	const far = await bridge()
	const { engine, log } = await engineOf(
		{
			mqtt: { url: `mqtt://127.0.0.1:${port}` },
			meters: [
				...ids.map((_, at) => ({
					name: `house${at}`,
					profile: 'dsmr',
					raw: true,
					transport: { kind: 'tcp', host: '127.0.0.1', port: far.port },
				})),
				{ name: 'bus', profile: 'gplug-2021' },
			],
		},
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, '#')
	await eventually(
		() => far.clients.length === ids.length && log.filter((line) => line.includes('is open')).length === ids.length + 1,
		() => log.join(''),
	)
	for (const [at, id] of ids.entries()) {
		const text = Buffer.from(id).toString('hex').toUpperCase()
		far.clients[at]?.write(p1Telegram('TST5', ['1-3:0.2.8(50)', `0-0:96.1.1(${text})`, '1-0:1.8.0(000001.000*kWh)']))
	}
	const publisher = await watchTopics(`mqtt://127.0.0.1:${port}`, 'nothing')
	const adapters = ['$share', 'a b', '..', 'ä'.repeat(500)]
	for (const adapter of adapters)
		await publisher.client.publishAsync(`tele/${adapter}/SENSOR`, '{"Time":"2021-09-24T17:03:45","z":{"Pi":12}}', { qos: 1 })
	await sleep(1000)
	const topics = [...new Set(watcher.seen.map(({ topic }) => topic))].filter((topic) => !topic.startsWith('tele/'))
	const stray = topics.filter((topic) => !/^cii\/(bridge\/main|house\d+|bus|raw)(\/[a-z0-9-]+)*$/.test(topic))
	hold(stray.length === 0, `published on ${stray.join(', ')}`)
	const read = watcher.seen.filter(({ topic }) => topic.endsWith('/reading')).length
	hold(read >= ids.length, `${read} readings`)
	await publisher.close()
	await watcher.close()
	await engine.close()
	await far.close()
	await mosquitto.stop()
	folder.remove()
	return `${ids.length} ids and ${adapters.length} topics of adapters: ${topics.length} topics, all under cii/, none with a part of an id`
}

/** What files and payloads can try. */
export const fileFaults: Fault[] = [
	{ number: 30, fault: 'a profile is saved', injected: 'in seven ways', prove: saved, waits: true },
	{ number: 30.1, fault: 'a profile is a swapped symlink', injected: '..data, as in containers', prove: swapped, waits: true },
	{ number: 31, fault: 'a profile is half-written or wrong', injected: 'seven mistakes', prove: invalid, waits: true },
	{ number: 32, fault: 'a hostile profile', injected: `${Object.keys(HOSTILE).length} attempts`, prove: hostile },
	{ number: 38, fault: 'topics from data', injected: 'ids and topics with / # + NUL, long ones', prove: injected },
]
