import { execFileSync } from 'node:child_process'
import { noTransfer } from '../../engine/application/application.ts'
import { concat, fromLatin1, hex } from '../../engine/bytes/hex.ts'
import { decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import { detect } from '../../engine/decode/detect.ts'
import { type ApplicationName, applications, type LinkName, links } from '../../engine/decode/registry.ts'
import { newBudget } from '../../engine/telegram/budget.ts'
import { scaled } from '../../engine/telegram/number.ts'
import { isoTime } from '../../engine/telegram/zone.ts'
import { seeded } from '../../tools/faults.ts'
import { corpus, type Entry, keysOf } from '../support/corpus.ts'
import { blocks, frame, hexBytes, llc, notification, sealed } from '../support/craft.ts'
import { fuzzApplication, fuzzLink } from '../support/fuzz.ts'
import { amount } from '../support/long.ts'
import { count, type Fault, hold } from './fault.ts'

/** The intact telegrams of the corpus, with what reads them. */
const readable = corpus.flatMap((entry) => {
	const found = entry.intact ? detect([entry.bytes], keysOf(entry)) : undefined
	return found ? [{ entry, link: found.link, application: found.application }] : []
})

function telegramsOf({ entry, link, application }: { entry: Entry; link: LinkName; application: ApplicationName }, parts: Uint8Array[]) {
	const reader = decoder({ link, application, ...decoderSettings({}, keysOf(entry)) })
	const outcomes = [...parts.flatMap((part) => reader.push(part)), ...reader.idle()]
	return outcomes.flatMap((outcome) => ('telegram' in outcome ? [JSON.stringify(outcome.telegram)] : []))
}

const noise = (length: number, random: (below: number) => number) => Uint8Array.from({ length }, () => random(256))

function everySplit(): string {
	const random = seeded(1)
	let splits = 0
	for (const one of readable) {
		const { bytes } = one.entry
		const whole = telegramsOf(one, [bytes]).join()
		const step = bytes.length > 150 ? amount(11, 1) : 1
		const cuts = Array.from({ length: Math.ceil((bytes.length - 1) / step) }, (_, at) => [1 + at * step])
		for (let more = 0; more < amount(10, 50); more++)
			cuts.push([1 + random(bytes.length - 1), 1 + random(bytes.length - 1)].sort((a, b) => a - b))
		for (const places of cuts) {
			const parts = [0, ...places].map((from, index) => bytes.subarray(from, places[index]))
			hold(telegramsOf(one, parts).join() === whole, `${one.entry.id} cut at ${places}`)
			splits++
		}
	}
	return `${count(splits)} splits of ${readable.length} telegrams, 0 differences`
}

/** P1 has a checksum from DSMR 4 on. */
const withChecksum = ({ linkLayer, bytes }: Entry) =>
	!linkLayer.startsWith('P1') || /![0-9A-Fa-f]{4}\s*$/.test(Buffer.from(bytes).toString('latin1'))

/** Link layers that know by a checksum of 16 bits what is theirs. */
const checked: LinkName[] = ['hdlc', 'p1', 'sml']

function garbage(): string {
	const random = seeded(2)
	let [trials, first, bytesIn] = [0, 0, 0]
	for (const { entry, link } of readable.filter((one) => checked.includes(one.link) && withChecksum(one.entry)))
		for (let trial = 0; trial < 20; trial++) {
			const frames = (parts: Uint8Array[]) => {
				const reader = links[link].open()
				return [...parts.flatMap((part) => reader.push(part)), ...reader.idle()]
			}
			const wanted = frames([entry.bytes]).flatMap((event) => (event.kind === 'frame' ? [hex(event.payload)] : []))
			const stream = [noise(random(4097), random), entry.bytes, entry.bytes, noise(random(4097), random)]
			const events = frames(stream)
			const found = events.flatMap((event) => (event.kind === 'frame' ? [hex(event.payload)] : []))
			const [length, counted] = [concat(stream).length, events.reduce((sum, { bytes }) => sum + bytes.length, 0)]
			hold(length === counted, `${entry.id}: ${length} bytes in, ${counted} out`)
			hold(
				wanted.every((payload) => found.includes(payload)),
				`${entry.id}: not found again`,
			)
			hold(
				found.every((payload) => wanted.includes(payload)),
				`${entry.id}: a frame of noise`,
			)
			if (found.length === 2 * wanted.length) first++
			trials++
			bytesIn += length
		}
	return `${count(trials)} streams: found in each (the first after the noise in ${((100 * first) / trials).toFixed(1)} %), all ${count(bytesIn)} bytes accounted for`
}

/** How many telegrams came of damaged ones that differ from the undamaged, of how many; one byte is changed, or one to four bits. */
function accepted(link: LinkName, trials: number, oneByte: boolean): number {
	const random = seeded(3)
	const some = readable.filter((one) => one.link === link && withChecksum(one.entry))
	const goods = some.map((one) => new Set(telegramsOf(one, [one.entry.bytes])))
	let wrong = 0
	for (let trial = 0; trial < trials; trial++) {
		const one = some[trial % some.length]
		if (!one) break
		const bytes = Uint8Array.from(one.entry.bytes)
		if (oneByte) bytes[4 + random(bytes.length - 4)] = random(256)
		else
			for (let flips = 1 + random(4); flips > 0; flips--) {
				const at = random(bytes.length)
				bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
			}
		wrong += telegramsOf(one, [bytes]).filter((telegram) => !goods[trial % some.length]?.has(telegram)).length
	}
	return wrong
}

function bitFlips(): string {
	const trials = amount(5000, 20_000)
	const found = checked.map((link) => [link, accepted(link, trials, false)] as const)
	for (const [link, wrong] of found) hold(wrong <= Math.ceil(2e-5 * trials) + 1, `${link}: ${wrong} of ${trials} accepted`)
	const sums = accepted('mbus', trials, true)
	hold(sums === 0, `mbus: ${sums} changed bytes accepted`)
	return `of ${count(trials)} each: ${found.map(([link, wrong]) => `${link} ${wrong}`).join(', ')} accepted; one byte in M-Bus: 0`
}

function repairedDamage(): string {
	const each = amount(2000, 20_000)
	const reports = [
		...(Object.keys(applications) as ApplicationName[]).map((name) => fuzzApplication(name, each, 7)),
		...(Object.keys(links) as LinkName[]).map((name) => fuzzLink(name, each, 7)),
	]
	const slowest = Math.max(...reports.map(({ p999 }) => p999))
	return `${count(each)} for each of ${reports.length} decoders (1,000,000 by npm run test:fuzz): 0 untyped errors; p99.9 of the slowest ${(slowest / 1000).toFixed(1)} ms`
}

function randomPlaintext(): string {
	const random = seeded(5)
	const [trials, bytes] = [amount(30_000, 300_000), new Uint8Array(336)]
	const [key, title] = ['000102030405060708090A0B0C0D0E0F', hexBytes('4D4D4D0000000001')]
	const keys = { encryption: hexBytes(key) }
	let wrong = 0
	for (let trial = 0; trial < trials; trial++) {
		for (let at = 0; at < 16; at++) bytes[at] = random(256)
		// Every second begins as a notification does, every fourth without a time: else one in 256 would be looked at.
		if (trial % 2 === 0) bytes[0] = 0x0f
		if (trial % 4 === 0) bytes[5] = 0
		if (trial % 16 === 0) for (let at = 16; at < bytes.length; at++) bytes[at] = random(256)
		const apdu = sealed(bytes.subarray(0, 20 + random(316)), key, key, title, trial)
		const { outcomes } = applications.dlms(apdu, noTransfer, { keys, authentication: 'optional', budget: newBudget() })
		wrong += outcomes.filter((outcome) => outcome.kind === 'telegram').length
	}
	hold(wrong === 0, `${wrong} of ${trials} accepted`)
	return `0 of ${count(trials)} accepted`
}

function bombs(): string {
	const made: [string, LinkName, Uint8Array][] = [
		['an array of 4,294,967,295', 'raw', notification(hexBytes('0184FFFFFFFF'))],
		['a compact array of nothing', 'raw', notification(hexBytes('13020084FFFFFFFF'))],
		['100,000 structures in each other', 'raw', notification(hexBytes('0201'.repeat(7000)))],
		['a text of 4 GB', 'raw', notification(hexBytes('0984FFFFFFFF'))],
		[
			'blocks without end',
			'hdlc',
			concat(blocks(new Uint8Array(60_000), 100).map((block, at) => frame(at === 0 ? concat([llc, block]) : block))),
		],
		['HDLC segments without end', 'hdlc', concat(Array.from({ length: 500 }, () => frame(new Uint8Array(100), { segmented: true })))],
		['P1 without end', 'p1', fromLatin1(`/XXX5\r\n${'1-0:1.8.0(1)\r\n'.repeat(7000)}`)],
		['SML without end', 'sml', concat([hexBytes('1B1B1B1B01010101'), new Uint8Array(100_000).fill(0x77)])],
	]
	let slowest = ['', 0] as [string, number]
	for (const [name, link, bytes] of made) {
		const reader = decoder({ link, application: link === 'p1' ? 'p1' : link === 'sml' ? 'sml' : 'dlms', ...decoderSettings({}, {}) })
		const [heap, started] = [process.memoryUsage().heapUsed, performance.now()]
		const outcomes = [...reader.push(bytes), ...reader.idle()]
		const took = performance.now() - started
		if (took > slowest[1]) slowest = [name, took]
		hold(!outcomes.some((outcome) => 'telegram' in outcome), `${name}: accepted`)
		hold(process.memoryUsage().heapUsed - heap < 32e6, `${name}: took ${process.memoryUsage().heapUsed - heap} bytes`)
		hold(took < 2000, `${name}: ${took} ms`)
	}
	return `${made.length} bombs refused; the slowest (${slowest[0]}) in ${slowest[1].toFixed(0)} ms`
}

/** The system's own calendar as the other opinion. */
function clocks(): string {
	const random = seeded(8)
	const around = (iso: string) => Array.from({ length: 24 }, (_, hour) => Date.parse(iso) / 1000 + (hour - 12) * 1200)
	const instants = [
		...around('2026-03-29T01:00:00Z'),
		...around('2026-10-25T01:00:00Z'),
		...Array.from({ length: 52 }, () => 1_577_836_800 + random(400_000_000)),
	]
	const zone = 'Europe/Zurich'
	const said = execFileSync('date', ['-f', '-', '+%FT%T%:z'], { input: instants.map((at) => `@${at}`).join('\n'), env: { TZ: zone } })
	const lines = said.toString().trim().split('\n')
	for (const [index, wanted] of lines.entries()) {
		const found = isoTime({ local: wanted.slice(0, 19) }, zone, ((instants[index] ?? 0) + 1) * 1000)
		hold(found === wanted, `${wanted}: ${found}`)
	}
	return `${lines.length} instants, 48 of them around both changes, each as date(1) gives it`
}

function numbers(): string {
	const random = seeded(9)
	const trials = 200_000
	for (let trial = 0; trial < trials; trial++) {
		const raw = (random(2 ** 31) * (trial % 3 === 0 ? 2 ** 20 : 1) + random(1000)) * (trial % 2 === 0 ? 1 : -1)
		const scaler = random(31) - 15
		const [found, wanted] = [scaled({ kind: 'number', raw, scaler }), Number(`${raw}e${scaler}`)]
		hold(found === wanted || (Number.isInteger(wanted) && !Number.isSafeInteger(wanted)), `${raw} × 10^${scaler}: ${found}`)
	}
	return `${count(trials)} raw values with scalers −15 to 15: each the double nearest to the decimal`
}

/** What bytes alone can show. */
export const byteFaults: Fault[] = [
	{ number: 1, fault: 'bytes in any split', injected: 'every split of each telegram of the corpus, and 50 in three', prove: everySplit },
	{ number: 2, fault: 'garbage around frames', injected: '0 to 4,096 random bytes before and after', prove: garbage },
	{ number: 3, fault: 'flipped bits', injected: '1 to 4 a frame, checksum as it was', prove: bitFlips },
	{ number: 4, fault: 'damage with a right checksum', injected: 'mutated payloads, sealed again', prove: repairedDamage },
	{
		number: 5,
		fault: 'random plaintext (wrong key, no tag)',
		injected: 'random bytes behind the cipher, half of them begun as a notification',
		prove: randomPlaintext,
	},
	{ number: 8, fault: 'length bombs', injected: 'lengths of 4 GB, depth, endless transfers', prove: bombs },
	{ number: 35, fault: 'clock: both changes of the hour', injected: 'local times, the receive time a second later', prove: clocks },
	{ number: 36, fault: 'edges of numbers', injected: 'random raw values and scalers', prove: numbers },
]
