import { type ChildProcess, fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { concat } from '../../engine/bytes/hex.ts'
import { type Decoded, decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import { seeded } from '../../tools/faults.ts'
import { telegram } from '../support/corpus.ts'
import { blockFrames, hexBytes, sealed } from '../support/craft.ts'
import { freePort, scratch } from '../support/engine-of.ts'
import { notificationsOf } from '../support/fuzz.ts'
import { amount } from '../support/long.ts'
import { pipeline } from '../support/pipeline.ts'
import { begun, costOf, worst } from '../support/worst.ts'
import { count, type Fault, hold, quantile } from './fault.ts'
import { neighbour } from './neighbour.ts'
import { program } from './processes.ts'

const [KEY, AUTH] = ['000102030405060708090A0B0C0D0E0F', '00112233445566778899AABBCCDDEEFF']
const TITLE = hexBytes('4C475A6712345678')
const [list = new Uint8Array(0)] = notificationsOf(telegram('ch-lg-e450-vse2026'))
const push = (counter: number) => blockFrames(sealed(list, KEY, AUTH, TITLE, counter))

/** The cost of a byte of the worst input of each layer, among 4,000 and among 16,000, in nanoseconds; measured on 1f8bb21, with as many. */
const BEFORE: Record<string, [few: number, many: number]> = {
	hdlc: [12_470, 29_707],
	mbus: [1225, 1564],
	sml: [39_780, 144_345],
	p1: [37_285, 137_191],
	'iec62056-21': [28_336, 90_494],
	llc: [25_896, 82_852],
	raw: [2300, 4602],
	auto: [3744, 4519],
}

/** The cost of each layer's worst input, as a sentence. */
function table(): string {
	const rows = Object.entries(BEFORE).map(([layer, before]) => {
		const measured = worst.filter((one) => one.layer === layer).map((one) => measure(one))
		const dearest = measured.sort((one, other) => other.many - one.many)[0]
		if (!dearest) throw new Error(`${layer} has no worst input`)
		const steepest = Math.max(...measured.map(({ ratio }) => ratio))
		hold(steepest <= 1.5, `${layer}: a byte among four times as many costs ${steepest.toFixed(2)} times as much`)
		return `${layer} ${dearest.few.toFixed(0)} and ${dearest.many.toFixed(0)} (${dearest.what}), ratio of all ${steepest.toFixed(2)} at most (before: ${count(before[0])} and ${count(before[1])})`
	})
	return `nanoseconds of processor a byte of the dearest of ${worst.length} worst inputs, among 4,000 and 16,000: ${rows.join('; ')}`
}

function measure(one: (typeof worst)[number]): { what: string; few: number; many: number; ratio: number } {
	for (const size of [4000, 16_000, 4000, 16_000]) costOf(one, size, 1, 1)
	// The least of several: the machine may be busy with something else.
	let [few, many] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
	for (let attempt = 0; attempt < 5; attempt++) {
		few = Math.min(few, costOf(one, 4000, 3, 4))
		many = Math.min(many, costOf(one, 16_000, 3, 1))
	}
	return { what: one.what, few, many, ratio: many / few }
}

/** Tells what an attacker's process says next. */
const told = (child: ChildProcess) => new Promise<{ ports: number[]; sent: number }>((resolve) => child.once('message', resolve))

/** Sends each worst input at the speed of a TCP bridge to a meter of a running process. Gives how the meter beside keeps its pace. */
async function beside(): Promise<string> {
	const folder = scratch('lines')
	const child = fork(fileURLToPath(import.meta.url).replace('lines.', 'line-attacks.'), { stdio: 'inherit' })
	const { ports } = await told(child)
	const [port, meter] = [await freePort(), await neighbour()]
	const victims = worst.map(({ layer, application }, place) => {
		const decoderOf = layer === 'auto' ? { link: 'auto' } : { link: layer, application }
		const profile = { profile: `victim-${place}`, version: '1.0.0', title: 'x', transport: { kind: 'tcp' }, decoder: decoderOf }
		writeFileSync(`${folder.path}/victim-${place}.json`, JSON.stringify({ ...profile, transform: { power_import: 'obis.`1.7.0`' } }))
		return { name: `v${place}`, profile: `victim-${place}`, transport: { host: '127.0.0.1', port: ports[place], silence: 600 } }
	})
	const config = { mqtt: { embedded: { port } }, profiles: [folder.path], meters: [meter.entry, ...victims] }
	const running = program(folder.path, config)
	await running.says('listens on')
	await meter.watch(`mqtt://127.0.0.1:${port}`)
	const [calm, under, rates]: [number[], number[], number[]] = [[], [], []]
	for (const place of worst.keys()) {
		// In turn, so that what else the machine does is the same for both.
		const time = amount(1000, 3000)
		calm.push(await meter.p99(time))
		child.send(place)
		await told(child)
		under.push(await meter.p99(time))
		child.send(-1)
		rates.push((await told(child)).sent / time)
	}
	hold(running.child.exitCode === null, 'the process runs on')
	await meter.close()
	child.kill('SIGKILL')
	await running.stop()
	folder.remove()
	const [without, within] = [quantile(calm, 0.5), quantile(under, 0.5)]
	return `each sent to a running process by TCP as fast as it is taken (${count(Math.round(quantile(rates, 0.5)))} kB a second): p99 of the time between the readings of the meter beside ${within.toFixed(1)} ms (median of all), ${without.toFixed(1)} ms between the attacks, ratio ${(within / without).toFixed(2)} (before: none came in most of these seconds, nor between them)`
}

/** Transfers begun from ever new addresses, beside a meter that sends its own. */
function transfers(): string {
	const keys = { encryption: hexBytes(KEY), authentication: hexBytes(AUTH) }
	const under = decoder({ link: 'hdlc', application: 'dlms', ...decoderSettings({}, keys) })
	const frames = amount(20_000, 100_000)
	const own = (all: Decoded[]) => all.filter((item) => 'telegram' in item).length
	let [read, counter, most, ended] = [own(push(1).flatMap((part) => under.push(part))), 1, 0, 0]
	const started = process.cpuUsage()
	for (let place = 0; place < frames; ) {
		for (const part of push(++counter)) {
			read += own(under.push(part))
			for (let next = 0; next < 200; next++) ended += under.push(begun(place++)).length
		}
		most = Math.max(most, under.resume().length)
	}
	const { user, system } = process.cpuUsage(started)
	hold(read === counter, `${read} of ${counter} telegrams of the meter between them`)
	hold(most < 80 * 1024, `${most} bytes held`)
	return `${count(frames)} first blocks, each of another sender: ${((user + system) / 1e6).toFixed(1)} s of processor, at most ${count(most)} bytes held of 64 transfers, ${count(ended)} ended and counted; ${read} of ${counter} telegrams of the meter between them read (before: 100,000 took 69.7 s of processor, and all of their 14,100,001 bytes were held)`
}

/** Random bytes and telegrams with properties of a stranger, between those of a reader. */
async function strangers(): Promise<string> {
	const random = seeded(52)
	const now = Date.now()
	const session = new Date(now - 3_600_000).toISOString()
	const under = pipeline('ekz-e450', { encryption: hexBytes(KEY), authentication: hexBytes(AUTH) })
	const give = async (payload: Uint8Array, properties: Record<string, string>) =>
		(await under.raw({ topic: 'cii/raw/0000/house', payload, retain: false, properties }, now))[0]
	const whole = (counter: number) => concat(push(counter))
	const leaps = ['1000000000000000', '9007199254740991', '9007199254740993', '1e300', '-1', '0', '99999', 'x']
	const times = [session, new Date(now + 1000).toISOString(), '9999-12-31T23:59:59Z', '1970-01-01T00:00:00Z', 'x']
	const of = <T>(all: readonly T[]) => all[random(all.length)] as T
	let [read, right, counted] = [0, 0, 0]
	const trials = amount(120, 3000)
	for (let counter = 1; counter <= trials; counter++) {
		const forged =
			random(3) === 0 && counter > 1 ? whole(1 + random(counter - 1)) : Uint8Array.from({ length: 2 + random(40) }, () => random(256))
		const outcome = await give(forged, { session: of(times), seq: of(leaps), received: of(times) })
		hold(outcome?.kind !== 'reading', `a stranger's bytes gave a reading at ${counter}`)
		if (outcome) counted++
		const own = await give(whole(counter), { session, seq: String(counter), received: session })
		if (own?.kind !== 'reading') continue
		read++
		if (own.reading.session === session && own.reading.seq === counter && own.reading.received === session) right++
	}
	hold(read === trials && right === trials, `${read} of ${trials} read, ${right} with their session and count`)
	return `${count(trials)} messages of a stranger (noise, and telegrams of before), with counts up to 9e15, sessions and arrivals of any time: ${count(read)} of ${count(trials)} verified telegrams of the reader between them published with their own session, count and arrival, ${count(counted)} of the stranger's refused and counted (before: after two bytes with seq 1e15 every telegram of the session was dropped as a duplicate, 0 of 19 read)`
}

export const lineFaults: Fault[] = [
	{
		number: 51,
		fault: 'the worst input of every layer',
		injected: 'found by thinking and by search; whole and byte by byte',
		long: true,
		prove: async () => `${table()}; ${await beside()}`,
	},
	{ number: 51.1, fault: 'block transfers from ever new addresses', injected: '100,000 first blocks', prove: transfers },
	{ number: 52, fault: 'a stranger among raw telegrams', injected: 'bytes with any session, seq and time', prove: strangers },
]
