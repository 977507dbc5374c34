import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { openSync, readdirSync, writeFileSync, writeSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { concat } from '../../engine/bytes/hex.ts'
import { seeded } from '../../tools/faults.ts'
import { readings, watchTopics } from '../support/broker.ts'
import { cable, chunksOf, send } from '../support/cable.ts'
import { frame, hexBytes, p1Telegram } from '../support/craft.ts'
import { bridge, engineOf, eventually, freePort, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { startMosquitto } from '../support/mosquitto.ts'
import { stretched } from '../support/pace.ts'
import { able, count, type Fault, hold, quantile, sleep, timed } from './fault.ts'
import { proxy } from './proxy.ts'

const push = concat(chunksOf('ekz-e450/vse-2026.capture.jsonl'))
const embedded = { mqtt: { embedded: { port: 0 } } }
const descriptors = () => readdirSync('/proc/self/fd').length

/** An engine with one E450 at this port, and what it published. */
async function house(transport: object, more: object = {}) {
	const folder = scratch('fault')
	const { engine, log } = await engineOf({ ...embedded, meters: [{ name: 'house', profile: 'ekz-e450', transport }], ...more }, folder.path)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/#')
	return {
		log,
		watcher,
		said: (text: string) =>
			eventually(
				() => log.some((line) => line.includes(text)),
				() => `${text}\n${log.join('')}`,
			),
		lines: (text: string) => log.filter((line) => line.includes(text)).length,
		readings: () => readings(watcher.seen, 'house'),
		async close() {
			await watcher.close()
			await engine.close()
			folder.remove()
		},
	}
}

const overTcp = (port: number, more: object = {}) => ({ kind: 'tcp', host: '127.0.0.1', port, ...more })

async function halfFrame(): Promise<string> {
	const far = await bridge()
	const one = await house(overTcp(far.port, { idle: 300 }))
	await eventually(
		() => far.clients.length === 1,
		() => 'no client',
	)
	const rounds = 10
	for (let round = 1; round <= rounds; round++) {
		far.clients[0]?.write(push.subarray(0, push.length >> 1))
		await sleep(500)
		far.clients[0]?.write(push)
		await eventually(
			() => one.readings().length === round,
			() => `reading ${round}`,
		)
	}
	await one.close()
	await far.close()
	return `${rounds} halves given up after the idle time of 0.3 s; each telegram behind them read`
}

async function silent(): Promise<string> {
	const far = await bridge()
	const one = await house(overTcp(far.port, { silence: 120 }))
	await eventually(
		() => far.clients.length === 1,
		() => 'no client',
	)
	far.clients[0]?.write(push)
	await one.watcher.until((seen) => seen.some(({ topic, payload }) => topic.endsWith('availability') && payload === 'online'), 'online')
	const took = await timed(async () => {
		while (one.watcher.seen.filter(({ topic }) => topic.endsWith('availability')).at(-1)?.payload !== 'offline') await sleep(100)
	})
	hold(took < stretched(20_000), `${took} ms`)
	await one.said('no reading for 15 s: nothing arrives')
	await one.close()
	await far.close()
	return `offline, retained, with its cause, after ${(took / 1000).toFixed(1)} s at an interval of 5 s; the process goes on`
}

async function unplugged(): Promise<string> {
	const folder = scratch('pty')
	let { child, device, far } = await cable(folder.path)
	const one = await house({ path: device, idle: 200 })
	await one.said('serial is open')
	const rounds = 10
	const back: number[] = []
	let before = 0
	for (let round = 1; round <= rounds; round++) {
		await send(far, [push])
		await eventually(
			() => one.readings().length === round,
			() => `reading ${round}`,
		)
		if (round === 2) before = descriptors()
		const gone = new Promise((resolve) => child.once('close', resolve))
		child.kill('SIGKILL')
		await gone
		await eventually(
			() => one.lines('is gone: unplugged?') === round,
			() => 'the unplug is not seen',
		)
		;({ child, far } = await cable(folder.path))
		back.push(
			await timed(() =>
				eventually(
					() => one.lines('serial is open') === round + 1,
					() => 'not opened again',
				),
			),
		)
	}
	// The last port is opened just now: what opening it takes for a moment is given back.
	await eventually(
		() => descriptors() <= before,
		() => `${descriptors() - before} descriptors more`,
	)
	const more = descriptors() - before
	hold(Math.max(...back) < stretched(2000), `open again after ${Math.max(...back)} ms`)
	await one.close()
	child.kill('SIGKILL')
	folder.remove()
	return `${rounds} times: open again ${(Math.max(...back) / 1000).toFixed(2)} s after the device at the latest; descriptors +${Math.max(0, more)}`
}

async function absent(): Promise<string> {
	const one = await house({ path: '/dev/ttyNONE' })
	await one.said('there is no /dev/ttyNONE: is the adapter plugged in?')
	await sleep(3000)
	hold(one.lines('/dev/ttyNONE') === 1, `${one.lines('/dev/ttyNONE')} lines`)
	await one.close()
	return 'named, once; tried on. Wrong permissions cannot be shown as root'
}

async function locked(): Promise<string> {
	const folder = scratch('lock')
	const { child, device, far } = await cable(folder.path)
	const first = await house({ path: device, idle: 200 })
	await first.said('serial is open')
	const second = await house({ path: device, idle: 200 })
	await second.said('is in use by another program')
	await first.close()
	await second.said('serial is open')
	await send(far, [push])
	await eventually(
		() => second.readings().length === 1,
		() => 'no reading',
	)
	await second.close()
	child.kill('SIGKILL')
	folder.remove()
	return 'named; read as soon as the other program lets go'
}

async function lineSettings(): Promise<string> {
	const folder = scratch('noise')
	writeFileSync(
		`${folder.path}/hourly.json`,
		JSON.stringify({ profile: 'hourly', version: '1.0.0', title: 'x', extends: 'ekz-e450', interval: 900 }),
	)
	const { child, device, far } = await cable(folder.path)
	const { engine, log } = await engineOf(
		{ ...embedded, profiles: [folder.path], meters: [{ name: 'house', profile: 'hourly', transport: { path: device } }] },
		folder.path,
	)
	const random = seeded(14)
	const end = openSync(far, 'w')
	const started = Date.now()
	let hint = 0
	while (Date.now() - started < 70_000) {
		// What bytes look like at another speed: any, and many with the high bits set.
		writeSync(
			end,
			Uint8Array.from({ length: 24 }, () => random(256) | (random(2) << 7)),
		)
		await sleep(500)
		if (hint === 0 && log.some((line) => line.includes('this looks like wrong line settings'))) hint = Date.now() - started
	}
	const lines = log.filter((line) => line.includes('this looks like wrong line settings'))
	hold(lines.length === 1, `${lines.length} hints: ${log.join('')}`)
	await engine.close()
	child.kill('SIGKILL')
	folder.remove()
	return `one hint, with the settings in use, after ${(hint / 1000).toFixed(0)} s`
}

/** A peer in a network namespace of its own, whose way back is taken away. */
async function halfOpen(): Promise<string> {
	const [space, near, far] = [`cii${process.pid}`, `ciin${process.pid}`, `ciif${process.pid}`]
	const ip = (...words: string[]) => execFileSync('ip', words, { stdio: 'pipe' })
	const inside = (...words: string[]) => ip('netns', 'exec', space, 'ip', ...words)
	let peer: ChildProcess | undefined
	ip('netns', 'add', space)
	try {
		ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far)
		ip('link', 'set', far, 'netns', space)
		ip('addr', 'add', '10.231.7.1/30', 'dev', near)
		ip('link', 'set', near, 'up')
		inside('addr', 'add', '10.231.7.2/30', 'dev', far)
		inside('link', 'set', far, 'up')
		const server = `require('net').createServer((s) => { s.on('error', () => {}); setInterval(() => s.writable && s.write(Buffer.from('${Buffer.from(push).toString('hex')}', 'hex')), 500).unref() }).listen(7700, '10.231.7.2')`
		peer = spawn('ip', ['netns', 'exec', space, process.execPath, '-e', server], { stdio: 'ignore' })
		await sleep(1000)
		const one = await house({ kind: 'tcp', host: '10.231.7.2', port: 7700, silence: 120 })
		await eventually(
			() => one.readings().length > 0,
			() => one.log.join(''),
		)
		inside('route', 'add', 'blackhole', '10.231.7.1/32')
		const noticed = await timed(async () => {
			while (one.lines('does not answer') === 0) await sleep(100)
		})
		const before = one.readings().length
		inside('route', 'del', 'blackhole', '10.231.7.1/32')
		const back = await timed(() =>
			eventually(
				() => one.readings().length > before,
				() => one.log.join(''),
			),
		)
		await one.close()
		hold(noticed <= 25_000, `noticed after ${noticed} ms`)
		return `noticed after ${(noticed / 1000).toFixed(1)} s; read again ${(back / 1000).toFixed(1)} s after the way was back`
	} finally {
		peer?.kill('SIGKILL')
		ip('link', 'del', near)
		ip('netns', 'del', space)
	}
}

async function slicedTcp(): Promise<string> {
	const sent = 120
	const clients: Socket[] = []
	const server = createServer((socket) => void clients.push(socket.on('error', () => undefined)))
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const address = server.address()
	const spoiled = await proxy(typeof address === 'object' && address ? address.port : 0)
	spoiled.toxics = { slice: 1, delay: 1 }
	const folder = scratch('slices')
	const { engine } = await engineOf(
		{ ...embedded, meters: [{ name: 'house', profile: 'dsmr', transport: overTcp(spoiled.port, { idle: 500 }) }] },
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/reading')
	const resets = setInterval(spoiled.reset, 700)
	for (let number = 1; number <= sent; number++) {
		clients.at(-1)?.write(p1Telegram('TST5', ['1-3:0.2.8(50)', '0-0:96.1.1(A1)', `1-0:1.8.0(${String(number).padStart(6, '0')}.000*kWh)`]))
		await sleep(150)
	}
	clearInterval(resets)
	await sleep(2000)
	const found = readings(watcher.seen, 'house').map(({ energy_import }) => energy_import / 1000)
	hold(
		found.every((value, at) => Number.isInteger(value) && value >= 1 && value <= sent && value > (found[at - 1] ?? 0)),
		`wrong or double: ${found}`,
	)
	hold(found.length > 0, 'none came through whole')
	await watcher.close()
	await engine.close()
	await spoiled.close()
	for (const client of clients) client.destroy()
	server.close()
	folder.remove()
	return `${spoiled.resets} resets in ${((sent * 150) / 1000).toFixed(0)} s: ${found.length} of ${sent} telegrams came through whole and were read, 0 wrong, 0 double`
}

async function flood(): Promise<string> {
	const folder = scratch('flood')
	const port = await freePort()
	writeFileSync(`${folder.path}/mosquitto.conf`, `user root\nlistener ${port} 127.0.0.1\nallow_anonymous true\n`)
	const mosquitto = await startMosquitto(`${folder.path}/mosquitto.conf`, [port])
	const { child, device, far } = await cable(folder.path)
	const { engine, log } = await engineOf(
		{ mqtt: { url: `mqtt://127.0.0.1:${port}` }, meters: [{ name: 'house', profile: 'dsmr', transport: { path: device } }] },
		folder.path,
	)
	await eventually(
		() => log.some((line) => line.includes('serial is open')),
		() => log.join(''),
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, 'cii/house/reading')
	const written: number[] = []
	const delays: number[] = []
	watcher.client.on('message', (_topic, payload) => {
		const number = JSON.parse(payload.toString()).energy_import / 1000
		delays.push(performance.now() - (written[number] ?? 0))
	})
	const end = openSync(far, 'w')
	const sent = amount(300, 1000)
	const spent = process.cpuUsage()
	for (let number = 1; number <= sent; number++) {
		writeSync(end, p1Telegram('TST5', ['1-3:0.2.8(50)', '0-0:96.1.1(A1)', `1-0:1.8.0(${String(number).padStart(6, '0')}.000*kWh)`]))
		written[number] = performance.now()
		await sleep(10)
	}
	await eventually(
		() => delays.length >= sent,
		() => `${delays.length} of ${sent}`,
	)
	const { user, system } = process.cpuUsage(spent)
	hold(delays.length === sent, `${delays.length} readings`)
	await watcher.close()
	await engine.close()
	await mosquitto.stop()
	child.kill('SIGKILL')
	folder.remove()
	return `${count(sent)} of ${count(sent)} read; last byte to subscriber: median ${quantile(delays, 0.5).toFixed(1)} ms, p99 ${quantile(delays, 0.99).toFixed(1)} ms; ${((user + system) / 1000 / sent).toFixed(1)} ms of processor a telegram, this test's own among it`
}

async function stalled(): Promise<string> {
	const folder = scratch('stall')
	writeFileSync(`${folder.path}/push`, push)
	const { child, device, far } = await cable(folder.path)
	const one = await house({ path: device, idle: 5000 })
	await one.said('serial is open')
	const sent = 20
	// Another process writes: this one stands still meanwhile.
	const feed = spawn('sh', ['-c', `for i in $(seq ${sent}); do cat ${folder.path}/push > ${far}; sleep 0.15; done`])
	const fed = new Promise((resolve) => feed.once('close', resolve))
	const stalls = setInterval(() => {
		const end = performance.now() + 200
		while (performance.now() < end);
	}, 250)
	await fed
	clearInterval(stalls)
	await eventually(
		() => one.readings().length === sent,
		() => `${one.readings().length} of ${sent}: ${one.log.join('')}`,
	)
	await one.close()
	child.kill('SIGKILL')
	folder.remove()
	return `${sent} of ${sent} telegrams read while the loop stands still for 0.2 s out of 0.25`
}

async function twoMeters(): Promise<string> {
	const far = await bridge()
	const folder = scratch('two')
	const { engine, log } = await engineOf(
		{ ...embedded, meters: [{ name: 'house', profile: 'dsmr', transport: overTcp(far.port) }] },
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/reading')
	await eventually(
		() => far.clients.length === 1,
		() => 'no client',
	)
	const each = 50
	for (let number = 1; number <= each; number++) {
		for (const [id, energy] of [
			['4131', number],
			['4232', 9000 + number],
		] as const)
			far.clients[0]?.write(
				p1Telegram('TST5', ['1-3:0.2.8(50)', `0-0:96.1.1(${id})`, `1-0:1.8.0(${String(energy).padStart(6, '0')}.000*kWh)`]),
			)
		await sleep(10)
	}
	await eventually(
		() => readings(watcher.seen, 'house').length >= each,
		() => log.join(''),
	)
	await sleep(300)
	const found = readings(watcher.seen, 'house').map(({ id, energy_import }) => `${id} ${energy_import / 1000}`)
	hold(found.length === each && found.every((text, at) => text === `A1 ${at + 1}`), found.join())
	hold(log.filter((line) => line.includes('two meters on one line')).length === 1, log.join(''))
	await watcher.close()
	await engine.close()
	await far.close()
	folder.remove()
	return `${each} readings of the first, 0 of the other, named once; after a minute without the first the other is taken`
}

async function logFlood(): Promise<string> {
	const far = await bridge()
	const one = await house(overTcp(far.port))
	await eventually(
		() => far.clients.length === 1,
		() => 'no client',
	)
	const before = one.log.length
	const [rounds, each] = [100, 1000]
	const bad = frame(hexBytes('E6E7000F0000000100'))
	bad[12] = (bad[12] ?? 0) ^ 0xff
	const many = concat(Array.from({ length: each }, () => bad))
	for (let round = 0; round < rounds; round++) {
		far.clients[0]?.write(many)
		await sleep(20)
	}
	far.clients[0]?.write(push)
	await eventually(
		() => one.readings().length === 1,
		() => one.log.slice(before).join(''),
	)
	await sleep(5500)
	const { discarded = {} } = JSON.parse(one.watcher.seen.filter(({ topic }) => topic.endsWith('diagnostics')).at(-1)?.payload ?? '{}')
	const lines = one.log.length - before
	hold(discarded.fcs === rounds * each, `counted: ${JSON.stringify(discarded)}`)
	hold(lines <= 10, `${lines} lines`)
	await one.close()
	await far.close()
	return `${count(rounds * each)} bad frames: all counted as fcs, ${lines} lines of log`
}

const spaces = able(
	'ip netns add cii-probe && ip link add cii0 type veth peer name cii1; made=$?; ip link del cii0; ip netns del cii-probe; exit $made',
)

/** What a port can do to a reader. */
export const portFaults: Fault[] = [
	{ number: 9, fault: 'half a frame, then silence', injected: 'half a push, 0.5 s, a whole one; 10 times', prove: halfFrame, waits: true },
	{ number: 10, fault: 'a meter falls silent', injected: 'one telegram, then nothing', prove: silent, waits: true, long: true },
	{ number: 11, fault: 'USB unplugged and plugged', injected: 'kill -9 of socat and a new one', prove: unplugged, waits: true },
	{ number: 12, fault: 'device absent', injected: 'a path that is not there', prove: absent, waits: true },
	{ number: 13, fault: 'port locked by another program', injected: 'opened twice', prove: locked },
	{
		number: 14,
		fault: 'wrong line settings',
		injected: 'noise on a pty for 70 s, a profile with an interval of 15 min',
		prove: lineSettings,
		waits: true,
		long: true,
	},
	{
		number: 15,
		fault: 'TCP bridge half-open',
		injected: 'blackhole route in a network namespace',
		...(spaces ? { prove: halfOpen } : { cannot: 'needs root and network namespaces' }),
		waits: true,
		long: true,
	},
	{
		number: 16,
		fault: 'TCP in slices, with resets',
		injected: 'proxy: 1 byte a millisecond, reset every 0.7 s',
		prove: slicedTcp,
		waits: true,
		long: true,
	},
	{ number: 17, fault: 'flood', injected: '100 telegrams a second on a pty, mosquitto', prove: flood },
	{ number: 18, fault: 'event loop held up', injected: 'a busy loop in the process', prove: stalled },
	{ number: 37, fault: 'two meters on one port', injected: 'their telegrams in turn, 50 each', prove: twoMeters },
	{ number: 42, fault: 'log flood', injected: '100,000 frames with a wrong checksum', prove: logFlood },
]
