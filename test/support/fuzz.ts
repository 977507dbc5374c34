import { fileURLToPath } from 'node:url'
import { noTransfer } from '../../engine/application/application.ts'
import { crcArc } from '../../engine/bytes/crc.ts'
import type { Explain } from '../../engine/bytes/cursor.ts'
import { concat, fromLatin1, hex } from '../../engine/bytes/hex.ts'
import { decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import { detect } from '../../engine/decode/detect.ts'
import { type ApplicationName, applications, type LinkName, links } from '../../engine/decode/registry.ts'
import { type Budget, newBudget } from '../../engine/telegram/budget.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import { damage, FAULTS, pieces, seeded } from '../../tools/faults.ts'
import { corpus, type Entry, keysOf } from './corpus.ts'
import { hexBytes, sealed, smlMessages } from './craft.ts'

/**
 * Feeds every decoder with damaged telegrams of the corpus: `npm run test:fuzz [-- --inputs N] [--seed S] [--only NAME]`, 1,000,000 each by default.
 * Applications get payloads, so that no checksum stands before them; what was ciphered is sealed anew, SML messages get a right checksum.
 * Link layers get bytes in pieces. Ends with 1 at the first error that is no typed refusal, and prints its input.
 */

/** What came of it. Times in microseconds. */
export type Report = {
	name: string
	inputs: number
	accepted: number
	refused: Record<string, number>
	nodes: number
	bytes: number
	p999: number
	slowest: number
}

type Random = (below: number) => number

const KEY = '000102030405060708090A0B0C0D0E0F'
const AUTH = 'D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF'
const TITLE = hexBytes('4D4D4D0000000001')

/** Payloads of the corpus' intact frames, by the application that reads them; of DLMS its notifications, out of blocks and ciphering. */
function payloadsOf(name: ApplicationName): Uint8Array[] {
	if (name === 'dlms') return corpus.flatMap((entry) => (entry.intact ? notificationsOf(entry) : []))
	return corpus.flatMap((entry) => {
		const detected = entry.intact ? detect([entry.bytes], keysOf(entry)) : undefined
		if (detected?.application !== name) return []
		const link = links[detected.link].open()
		const payloads = [...link.push(entry.bytes), ...link.idle()].flatMap((event) => (event.kind === 'frame' ? [event.payload] : []))
		return name === 'sml' ? payloads.map(listOf) : payloads
	})
}

/** The notifications of a telegram in clear: out of frames, blocks and ciphering. */
export function notificationsOf(entry: Entry): Uint8Array[] {
	const detected = detect([entry.bytes], keysOf(entry))
	if (detected?.application !== 'dlms') return []
	const read: Uint8Array[] = []
	const explain: Explain = (_stage, bytes) => {
		read.push(bytes[0] === 0xe6 ? bytes.subarray(3) : bytes)
		return []
	}
	const reader = decoder({ ...detected, ...decoderSettings({}, keysOf(entry)), explain })
	reader.push(entry.bytes)
	reader.idle()
	return read.filter(([tag]) => tag === 0x0f)
}

/** The content of the GetList response in an SML file: its list of 7, which ends with two absent parts before the checksum. */
function listOf(file: Uint8Array): Uint8Array {
	return hexBytes(/72630701(77(?:..)*?0101)63....0076/.exec(hex(file))?.[1] ?? '')
}

/** One to three faults, bytes at the limits of their types, or a piece of another input. */
function mutate(input: Uint8Array, others: Uint8Array[], random: Random): Uint8Array {
	let mutated = input
	for (let count = 1 + random(3); count > 0 && mutated.length > 0; count--) {
		const kind = random(FAULTS.length + 2)
		const fault = FAULTS[kind]
		if (fault) mutated = damage(mutated, fault, random)
		else if (kind === FAULTS.length) {
			mutated = Uint8Array.from(mutated)
			mutated[random(mutated.length)] = [0x00, 0x01, 0x7f, 0x80, 0x84, 0xff][random(6)] ?? 0
		} else {
			const other = others[random(others.length)] ?? input
			const from = random(other.length)
			const at = random(mutated.length)
			mutated = concat([mutated.subarray(0, at), other.subarray(from, from + random(64)), mutated.subarray(at)])
		}
	}
	return mutated
}

/** What an application must be given so that no checksum or cipher refuses it first; half of DLMS and P1 come sealed, P1 with a right CRC. */
function repaired(name: ApplicationName, mutated: Uint8Array, counter: number): Uint8Array {
	if (name === 'sml') return smlMessages(mutated)
	if ((name !== 'dlms' && name !== 'p1') || counter % 2 === 1) return mutated
	const crc = fromLatin1(crcArc(mutated).toString(16).padStart(4, '0'))
	return sealed(name === 'p1' ? concat([mutated, crc]) : mutated, KEY, AUTH, TITLE, counter)
}

/** Puts `inputs` damaged payloads through one application. Throws an Error with the input for any error that is no refusal. */
export function fuzzApplication(name: ApplicationName, inputs: number, seed: number): Report {
	const random = seeded(seed)
	const seeds = payloadsOf(name)
	const measure = measured(name, inputs)
	const keys = { encryption: hexBytes(KEY), authentication: hexBytes(AUTH) }
	for (let counter = 0; counter < inputs; counter++) {
		const mutated = mutate(seeds[random(seeds.length)] ?? new Uint8Array(0), seeds, random)
		const payload = repaired(name, mutated, counter)
		const budget = newBudget()
		// Odd ones come in clear: an authentication key would refuse them unread.
		const settings = { keys: counter % 2 === 0 ? keys : {}, authentication: 'optional' as const, budget }
		measure.one(payload, budget, () => applications[name](payload, noTransfer, settings).outcomes)
	}
	return measure.report()
}

/** Puts `inputs` damaged frames through one link layer, in pieces. Every byte must come out again, or an Error says for which input not. */
export function fuzzLink(name: LinkName, inputs: number, seed: number): Report {
	const random = seeded(seed)
	const seeds = corpus.filter((entry) => detect([entry.bytes], keysOf(entry))?.link === name).map(({ bytes }) => bytes)
	const measure = measured(name, inputs)
	for (let counter = 0; counter < inputs; counter++) {
		const mutated = mutate(seeds[random(seeds.length)] ?? new Uint8Array(0), seeds, random)
		measure.one(mutated, undefined, () => {
			const link = links[name].open()
			const events = [...pieces(mutated, random).flatMap((part) => link.push(part)), ...link.idle()]
			const length = events.reduce((sum, { bytes }) => sum + bytes.length, 0)
			if (length !== mutated.length) throw new Error(`${mutated.length} bytes went in, ${length} came out`)
			return events
		})
	}
	return measure.report()
}

type Outcome = { kind: string; reason?: string }

/** What came out, counted on its own, against what the decoder counted. */
function within({ registers, sequence, records = [] }: Telegram, budget: Budget, name: string): void {
	const values = [...registers, ...records].map(({ value }) => value).concat(sequence)
	const texts = values.reduce(
		(sum, value) => sum + (value.kind === 'text' ? value.text.length : value.kind === 'list' ? value.items.join('').length : 0),
		0,
	)
	const most = Math.max(registers.length, records.length) + sequence.length
	if (most > budget.nodes) throw new Error(`${name}: ${most} values came out, ${budget.nodes} were counted`)
	// Octets that are no text come out as hex digits, two a byte.
	if (texts > 2 * budget.bytes + 64) throw new Error(`${name}: ${texts} characters came out, ${budget.bytes} bytes were counted`)
}

function measured(name: string, inputs: number) {
	const times = new Float64Array(inputs)
	const report: Report = { name, inputs: 0, accepted: 0, refused: {}, nodes: 0, bytes: 0, p999: 0, slowest: 0 }
	return {
		one(input: Uint8Array, budget: Budget | undefined, decode: () => Outcome[]): void {
			const started = performance.now()
			let outcomes: Outcome[]
			try {
				outcomes = decode()
			} catch (error) {
				throw new Error(`${name}, input ${report.inputs}: ${(error as Error).stack}\n${hex(input)}`)
			}
			times[report.inputs++] = (performance.now() - started) * 1000
			report.nodes = Math.max(report.nodes, budget?.nodes ?? 0)
			report.bytes = Math.max(report.bytes, budget?.bytes ?? 0)
			for (const outcome of outcomes) if (budget && 'registers' in outcome) within(outcome as Telegram, budget, name)
			for (const { reason } of outcomes) {
				if (reason === undefined) report.accepted++
				else report.refused[reason] = (report.refused[reason] ?? 0) + 1
			}
		},
		report(): Report {
			const sorted = times.subarray(0, report.inputs).sort()
			report.p999 = sorted[Math.floor(0.999 * sorted.length)] ?? 0
			report.slowest = sorted.at(-1) ?? 0
			return report
		},
	}
}

function line({ name, inputs, accepted, refused, nodes, bytes, p999, slowest }: Report): string {
	const reasons = Object.entries(refused)
		.sort(([, one], [, other]) => other - one)
		.map(([reason, count]) => `${reason} ${count}`)
		.join(', ')
	const spent = nodes > 0 ? `at most ${nodes} values and ${bytes} bytes an input, ` : ''
	return `${name}: ${inputs} inputs, no untyped error; ${accepted} accepted; ${spent}p99.9 ${p999.toFixed(0)} µs, slowest ${slowest.toFixed(0)} µs\n  refused: ${reasons}`
}

function main(args: string[]): void {
	const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
	const [inputs, seed, only] = [Number(option('--inputs') ?? 1_000_000), Number(option('--seed') ?? 1), option('--only')]
	for (const name of Object.keys(applications) as ApplicationName[])
		if (only === undefined || only === name) console.log(`application ${line(fuzzApplication(name, inputs, seed))}`)
	for (const name of Object.keys(links) as LinkName[])
		if (only === undefined || only === name) console.log(`link ${line(fuzzLink(name, inputs, seed))}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2))
