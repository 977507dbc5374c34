import { State } from '../../engine/meter/state.ts'
import type { OutMessage } from '../../engine/mqtt/message.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { compileOutput } from '../../engine/output/output.ts'
import { Owners } from '../../engine/output/ownership.ts'
import { RunningOutput } from '../../engine/output/running.ts'
import type { Last } from '../../engine/output/scope.ts'
import type { Outcome, Pipeline } from '../../engine/pipeline/pipeline.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { seeded } from '../../tools/faults.ts'
import { connectionTo } from '../support/connection.ts'
import { p1Telegram } from '../support/craft.ts'
import { amount } from '../support/long.ts'
import { pipeline } from '../support/pipeline.ts'
import { count, type Fault, hold } from './fault.ts'

type Random = (below: number) => number

/** What one message of an adapter becomes: its reading, if any. */
async function messageOf(payload: string, received: number, under: Pipeline<Outcome>): Promise<Reading | undefined> {
	const message = { topic: 'tele/gPlug/SENSOR', payload: new TextEncoder().encode(payload), retain: false }
	const outcomes: Outcome[] = await under.message(message, received)
	return outcomes.flatMap((outcome) => (outcome.kind === 'reading' ? [outcome.reading] : []))[0]
}

/** Reads messages each on its own. */
function reader() {
	const under = pipeline('gplug')
	return async (payload: string) => {
		await under.restart(0)
		return await messageOf(payload, 0, under)
	}
}

const digits = (random: Random, length: number) => Array.from({ length }, (_, at) => (at === 0 ? 1 + random(9) : random(10))).join('')

/** Ids that differ in their last digit, and counters past 2^53. */
async function longNumbers(): Promise<string> {
	const random = seeded(58)
	const trials = amount(100, 500)
	const read = reader()
	let [merged, changed, rounded] = [0, 0, 0]
	for (let trial = 0; trial < trials; trial++) {
		const head = digits(random, 15 + random(6))
		const [one, other] = [`${head}1`, `${head}2`]
		const [first, second] = [await read(`{"z":{"SMid":${one},"Pi":1}}`), await read(`{"z":{"SMid":${other},"Pi":1}}`)]
		if (first?.id === second?.id) merged++
		if (first?.id !== one) changed++
		const counter = BigInt(2 ** 53) + BigInt(1 + 2 * random(1_000_000))
		const found = (await read(`{"z":{"P1i":1,"rPi":${counter}}}`))?.reactive_power_import
		if (found !== undefined && BigInt(found) !== counter) rounded++
	}
	hold(merged + changed + rounded === 0, `${merged} merged, ${changed} changed, ${rounded} rounded`)
	return `of ${count(trials)} pairs of ids of 16 to 21 digits ${merged} became one (before: all); of as many numbers past 2^53 ${rounded} published rounded (before: 0, withheld)`
}

/** A key that stands twice, at random places. */
async function twice(): Promise<string> {
	const random = seeded(581)
	const trials = amount(100, 500)
	const read = reader()
	let [taken, lost] = [0, 0]
	for (let trial = 0; trial < trials; trial++) {
		const [one, other] = [random(5000) / 1000, 5 + random(5000) / 1000]
		const key = random(2) === 0 ? 'Pi' : '\\u0050i'
		const reading = await read(`{"z":{"Pi":${one},"V1":230.1,"${key}":${other}}}`)
		if (reading?.power_import !== undefined) taken++
		if (reading?.voltage_l1 !== 230.1 || !reading.issues?.some(({ detail }) => detail.includes('"Pi"'))) lost++
		const same = await read(`{"z":{"Pi":${one},"V1":230.1,"${key}":${one}}}`)
		if (same?.power_import === undefined) lost++
	}
	hold(taken + lost === 0, `${taken} taken, ${lost} lost`)
	return `of ${count(trials)} keys that stand twice with two values ${taken} were read (before: all, the last one, silently); the other fields of each, and keys that stand twice with one value, are published`
}

/** A decimal as digits behind its point: 1.25 with 3 is 1250. */
const thousandths = (value: number) => Math.round(value * 1000)

/** Sums and differences of decimals, by tariffs, by import and export, and as programs write them that reckon in binary. */
async function decimals(): Promise<string> {
	const random = seeded(582)
	const trials = amount(300, 2000)
	let [lost, wrong] = [0, 0]
	const under = pipeline('gplug', {}, { expect: { 'power_*': { max: 1e9 }, 'energy_*': { rising: false } } })
	for (let trial = 0; trial < trials; trial++) {
		const scale = 10 ** random(5)
		const one = (1 + random(100_000) * scale) / 1000
		const other = Math.abs(thousandths(one) - random(1000)) / 1000
		const reading = await messageOf(`{"z":{"P1i":${one},"P1o":${other},"Ei1":${one / 1000},"Ei2":${other / 1000}}}`, trial * 1000, under)
		const net = reading?.power_net_l1
		if (net === undefined) lost++
		else if (String(net) !== String((thousandths(one) - thousandths(other)) / 1000)) wrong++
	}
	const [binary, p1] = [amount(50, 300), pipeline('dsmr')]
	for (let trial = 0; trial < binary; trial++) {
		const sum = (1 + random(9)) / 10 + (1 + random(9)) / 100
		const outcome = await p1.give(p1Telegram('TST5', ['0-0:96.1.1(A1)', `1-0:1.7.0(${sum}*kW)`]))
		const found = outcome?.kind === 'reading' ? outcome.reading.power_import : undefined
		if (found === undefined) lost++
		else if (Math.abs(found - 1000 * sum) > 1e-9) wrong++
	}
	hold(lost + wrong === 0, `${lost} lost, ${wrong} wrong`)
	return `of ${count(trials)} differences and ${binary} sums such as 0.1 + 0.2 kW ${lost} lost, ${wrong} not the decimal (before: of 300 sums 60 lost, of 2,000 differences 1,914 not the decimal)`
}

const reading = (seq: number, values: object, received = 1_785_000_000_000): Reading =>
	({
		...{ schema: 'cii.reading/1', meter: 'house', id: 'X', time_source: 'meter', session: '', seq, auth: 'none', profile: 'x@1' },
		...{ time: new Date(received + 5000 * seq).toISOString(), received: new Date(received + 5000 * seq).toISOString() },
		...values,
	}) as Reading

/** Export is no longer sent, and import goes on. */
function outdated(): string {
	const state = new State()
	let [shown, kept] = [0, 0]
	for (let seq = 0; seq < 100; seq++) {
		state.add(reading(seq, { power_import: 400, power_export: 0, power_net: 400 }))
		if ((state.message() as Reading).power_net === 400) kept++
	}
	for (let seq = 100; seq < 200; seq++) {
		state.add(reading(seq, { power_import: 5000 }))
		if ((state.message() as Reading).power_net !== undefined) shown++
	}
	hold(shown === 0 && kept === 100, `${shown} shown, ${kept} kept`)
	return `power_net in state, page and metrics while export is no longer sent: ${shown} of 100 states (before: 100); in ${kept} of 100 while it is`
}

/** A built-in output, as it runs beside others. */
function running(name: string, choice = {}) {
	const output = compileOutput(name, readLibrary([builtinProfiles]))
	if (Array.isArray(output)) throw new Error(name)
	const sent: OutMessage[] = []
	const owners = new Owners(undefined, () => undefined)
	const bridge = { instance: 'main', version: '0' }
	const delivery = { connection: connectionTo(sent), owners, occupied: { inputs: [], written: [] }, topics: topics('cii', 'main'), bridge }
	const one = new RunningOutput({ ...output, choice }, delivery, () => undefined)
	const give = async (meter: string, id: string, seq: number, at?: number) => {
		const own = { ...reading(seq, { power_import: meter === 'a' ? 1 : 2 }, at), meter, id }
		const view = { name: meter, meter: {}, profile: { name: 'x', label: 'x', title: 'x', interval: 5 } }
		return await one.reading({ view, reading: own, state: own } as Last)
	}
	return { sent, give }
}

/** Two meters that say the same id. */
async function oneId(): Promise<string> {
	let [mixed, faults, others] = [0, 0, 0]
	for (const name of ['hackday', 'rl-dsp']) {
		const { sent, give } = running(name)
		for (let seq = 0; seq < 100; seq++) {
			await give('a', '4711', seq)
			const before = sent.length
			faults += (await give('b', '4711', seq)).length
			mixed += sent.length - before
			await give('c', '4712', seq)
			others += sent.length - before
		}
	}
	hold(mixed === 0 && faults === 200 && others === 200, `${mixed} mixed, ${faults} named, ${others} of others`)
	return `of 200 readings of the second meter ${mixed} on the topics of the first (before: 200), each named; a third with its own id is published`
}

/** The clock of this machine is set back by an hour. */
async function clockBack(): Promise<string> {
	const { sent, give } = running('rl-dsp', { interval: 60 })
	const start = 1_785_000_000_000
	for (let seq = 0; seq < 12; seq++) await give('a', '1', seq, start)
	const before = sent.length
	// Ten minutes of telegrams, an hour before.
	for (let seq = 0; seq < 120; seq++) await give('a', '1', seq, start - 3_600_000)
	const after = sent.length - before
	// A meter without a clock behind an adapter: its counter goes on.
	const under = pipeline('gplug', {}, {}, true)
	let counted = 0
	for (let turn = 0; turn < 100; turn++) {
		const received = start + 10_000 * turn - (turn >= 50 ? 3_600_000 : 0)
		const found = await messageOf(`{"z":{"SMid":"1","Pi":2,"Ei":${100 + turn * 0.0055}}}`, received, under)
		if (found?.energy_import !== undefined) counted++
	}
	hold(after === 10 && counted === 100, `${after} of 10 messages, ${counted} of 100 counters`)
	return `in the ten minutes behind it ${after} of 10 messages of an output with an interval of 60 s (before: 0, for an hour), ${counted} of 100 counters of a meter without a clock (before: 96)`
}

export const valueFaults: Fault[] = [
	{
		number: 58,
		fault: 'long numbers in JSON',
		injected: 'ids of 16 to 21 digits that differ in the last, counters past 2^53',
		prove: longNumbers,
	},
	{ number: 58.1, fault: 'a key twice in JSON', injected: 'plain and escaped, with two values and with one', prove: twice },
	{ number: 58.2, fault: 'decimals that no binary fraction is', injected: 'differences and sums of thousandths', prove: decimals },
	{ number: 58.3, fault: 'a field that is no longer sent', injected: 'power_export stops, power_import goes on', prove: outdated },
	{ number: 58.4, fault: 'two meters with one id', injected: 'outputs whose topics have the id', prove: oneId },
	{ number: 58.5, fault: 'the clock is set back', injected: 'by an hour', prove: clockBack },
]
