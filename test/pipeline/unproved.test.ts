import assert from 'node:assert/strict'
import { concat } from '../../engine/bytes/hex.ts'
import { merge } from '../../engine/document/merge.ts'
import { judgeTag } from '../../engine/pipeline/counter.ts'
import type { Memory } from '../../engine/pipeline/memory.ts'
import { habitsShape } from '../../engine/pipeline/memory-shape.ts'
import type { Outcome, Pipeline } from '../../engine/pipeline/pipeline.ts'
import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { isComplete } from '../../engine/profile/profile.ts'
import { seeded } from '../../tools/faults.ts'
import { blockFrames, hexBytes, nothing, notification, octets, pushList, sealed, text, u16, u32 } from '../support/craft.ts'
import { amount } from '../support/long.ts'
import { builtin } from '../support/pipeline.ts'
import { suite } from '../support/suite.ts'

const test = suite('what no tag proves')

const [KEY, AUTH, TITLE] = ['000102030405060708090A0B0C0D0E0F', '00112233445566778899AABBCCDDEEFF', hexBytes('4C475A6712345678')]
const START = Date.UTC(2026, 0, 31, 22)

/** A meter whose authentication key is not known, as a process reads it; `again` is the next process. */
class House {
	#under: Pipeline<Outcome>
	#counter = 0

	constructor() {
		this.#under = open({})
	}

	again(): void {
		this.#under = open(JSON.parse(JSON.stringify(this.#under.memory())))
	}

	memory(): Memory {
		return this.#under.memory()
	}

	skip(): void {
		this.#counter++
	}

	async give(list: Uint8Array, received: number): Promise<Outcome | undefined> {
		const apdu = sealed(list, KEY, AUTH, TITLE, ++this.#counter)
		return (await this.#under.push(concat(blockFrames(apdu)), received))[0]
	}
}

function open(memory: Memory): Pipeline<Outcome> {
	const compiled = builtin('ekz-e450')
	const document = merge({ ...compiled.document }, { transport: { kind: 'serial', path: '/dev/null' } })
	assert.ok(isComplete(document))
	const profile = { ...compiled, document }
	return readingPipeline({
		name: 'house',
		id: 'house',
		profile,
		keys: { encryption: hexBytes(KEY) },
		session: 0,
		seq: 0,
		live: true,
		memory,
	})
}

/** The time of a meter's clock (ms since 1970) as twelve octets, in UTC. */
function clock(time: number): Uint8Array {
	const at = new Date(time)
	const year = at.getUTCFullYear()
	const parts = [
		year >> 8,
		year & 0xff,
		at.getUTCMonth() + 1,
		at.getUTCDate(),
		0xff,
		at.getUTCHours(),
		at.getUTCMinutes(),
		at.getUTCSeconds(),
	]
	return Uint8Array.from([...parts, 0xff, 0, 0, 0])
}

/** A row of a list; -1 stands for a value that the meter leaves open. */
const row = (obis: string, value: number) => ({
	classId: 3,
	obis,
	value: value === -1 ? nothing : value < 65_536 && /^1-0:[37][12]\.7/.test(obis) ? u16(value) : u32(value),
})

/** A push list of these values, with clock and name, where it has one. */
function list(setup: string, time: number, values: Record<string, number>, id = 'LGZ1030653520967'): Uint8Array {
	const name = { classId: 1, obis: '0-0:42.0.0', value: text(id) }
	const head = [{ classId: 8, obis: '0-0:1.0.0', value: octets(clock(time)) }, ...(id === '' ? [] : [name])]
	return notification(pushList(setup, [...head, ...Object.entries(values).map(([obis, value]) => row(obis, value))]))
}

/** A household by the second: loads come and go, the sun comes and goes, tariffs switch, the meter's clock is slow and is set at night. */
class Household {
	readonly #random: (below: number) => number
	now = START
	#loads: { watts: number; until: number }[] = []
	#drift = 0
	power = 0
	readonly wh = { import1: 1_234_567, import2: 34_567, export1: 5000, export2: 0, inductive: 77_000, capacitive: 1200 }

	constructor(random: (below: number) => number) {
		this.#random = random
	}

	get tariff(): 1 | 2 {
		const hour = new Date(this.now).getUTCHours()
		return hour >= 6 && hour < 21 ? 1 : 2
	}

	/** The meter's own time. */
	get time(): number {
		return Math.floor((this.now - this.#drift) / 1000) * 1000
	}

	pass(seconds: number): void {
		for (let second = 0; second < seconds; second++) this.#second()
	}

	#second(): void {
		const random = this.#random
		this.now += 1000
		this.#drift += 0.05
		if (this.now % 86_400_000 === 3 * 3_600_000) this.#drift = 0
		this.#loads = this.#loads.filter(({ until }) => until > this.now)
		if (this.#loads.length < 3 && random(60) === 0)
			this.#loads.push({ watts: [60, 400, 2000, 3700, 10_000, 18_000][random(6)] ?? 0, until: this.now + 1000 * (2 + random(600)) })
		const hour = (this.now % 86_400_000) / 3_600_000
		const sun = hour > 7 && hour < 18 ? Math.round(9000 * Math.sin(((hour - 7) / 11) * Math.PI) * (0.7 + random(30) / 100)) : 0
		const isAway = hour < 2
		this.power = isAway ? 0 : this.#loads.reduce((sum, { watts }) => sum + watts, 150 + random(20)) - sun
		const energy = Math.abs(this.power) / 3600
		this.wh[`${this.power >= 0 ? 'import' : 'export'}${this.tariff}`] += energy
		this.wh.inductive += Math.abs(this.power) / 36_000
	}

	/** Values of the moment. */
	momentary(): Record<string, number> {
		const reactive = Math.round(Math.abs(this.power) / 10)
		const volts = 228 + this.#random(8)
		const amperes = Math.round((100 * Math.hypot(this.power, reactive)) / volts / 3)
		const lines = [31, 51, 71].flatMap((c) => [[`1-0:${c}.7.0`, amperes] as const, [`1-0:${c + 1}.7.0`, volts] as const])
		return {
			'1-0:1.7.0': Math.max(this.power, 0),
			'1-0:2.7.0': Math.max(-this.power, 0),
			'1-0:3.7.0': reactive,
			'1-0:4.7.0': 0,
			...Object.fromEntries(lines),
		}
	}

	counters(): Record<string, number> {
		const [one, two, three, four] = [this.wh.import1, this.wh.import2, this.wh.export1, this.wh.export2].map(Math.floor) as [
			number,
			number,
			number,
			number,
		]
		return {
			'1-0:1.8.1': one,
			'1-0:1.8.2': two,
			'1-0:1.8.0': Math.floor(this.wh.import1 + this.wh.import2),
			'1-0:2.8.1': three,
			'1-0:2.8.2': four,
			'1-0:2.8.0': Math.floor(this.wh.export1 + this.wh.export2),
			'1-0:3.8.0': Math.floor(this.wh.inductive),
			'1-0:4.8.0': Math.floor(this.wh.capacitive),
		}
	}
}

for (const seed of Array.from({ length: amount(1, 100) }, (_, at) => at))
	test(`withholds no good value of a household (${seed})`, async () => {
		const random = seeded(seed)
		const [house, household] = [new House(), new Household(random)]
		const withheld: string[] = []
		let late = 0
		for (let turn = 0; turn < amount(400, 20_000); turn++) {
			household.pass(5)
			if (random(30) === 0) {
				house.skip()
				household.pass(5 * (1 + random(40)))
			}
			if (random(300) === 0) house.again()
			// A line that stands still, and then gives all at once.
			late = random(400) === 0 ? 40_000 : Math.max(0, late - 5000)
			const kind = turn % 720 === 700 ? 'hour' : turn % 3 === 2 ? 'counters' : 'all'
			const values =
				kind === 'all'
					? { ...household.momentary(), ...household.counters() }
					: kind === 'counters'
						? household.counters()
						: { ...household.counters(), '1-0:15.8.0': 1 }
			const outcome = await house.give(list('0-1:25.9.0', household.time, values), household.now + late + 700 + random(400))
			const { issues = [], time_source } = outcome?.kind === 'reading' ? outcome.reading : {}
			if (outcome?.kind !== 'reading' || issues.some(({ code }) => code !== 'scale') || time_source !== 'meter')
				withheld.push(`${turn} ${kind}: ${outcome?.kind === 'reading' ? JSON.stringify(issues) : JSON.stringify(outcome)}`.slice(0, 400))
		}
		assert.deepEqual(withheld, [])
	})

const MOMENT = { '1-0:1.7.0': 400, '1-0:2.7.0': 0, '1-0:31.7.0': 170, '1-0:32.7.0': 236 }
const COUNTERS = { '1-0:1.8.0': 1037, '1-0:1.8.1': 603, '1-0:1.8.2': 434, '1-0:2.8.0': 51 }
const ALL = { ...MOMENT, ...COUNTERS }

/** A house whose meter has been heard so often, every 5 s; `say` gives its next telegram, with other values. */
async function known(telegrams = 3) {
	const house = new House()
	let step = 0
	const say = async (values: Record<string, number> = ALL, { id = 'LGZ1030653520967', off = 0 } = {}) => {
		const time = START + 5000 * step++
		const outcome = await house.give(list('0-1:25.9.0', time + off, values, id), time + 700)
		if (outcome?.kind !== 'reading')
			return {
				refused: outcome?.kind === 'rejected' ? `${outcome.reason} ${outcome.detail}` : 'nothing',
				reading: undefined,
				issues: [] as string[],
			}
		return {
			reading: outcome.reading,
			issues: (outcome.reading.issues ?? outcome.issues).map(({ field, code }) => `${field}:${code}`),
			refused: '',
		}
	}
	for (let count = 0; count < telegrams; count++) assert.deepEqual((await say()).issues, [])
	return { say, house }
}

test('believes a list with a code that the meter never sent when a second telegram has it', async () => {
	const { say } = await known()
	const { '1-0:1.8.0': energy, ...rest } = ALL
	const other = { ...rest, '1-0:1.8.4': energy }
	assert.match((await say(other)).refused, /^layout its list has 1-0:1\.8\.4/)
	assert.equal((await say()).reading?.energy_import, 1037)
	assert.equal((await say(other)).reading?.energy_import_t4, 1037)
	// A longer list is another one.
	assert.equal((await say({ ...ALL, '1-0:14.7.0': 50 })).reading?.frequency, 50)
})

test('keeps no more rows than some lists have, however many come', async () => {
	const { say, house } = await known()
	for (let turn = 0; turn < 300; turn++)
		await say(Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`1-${turn % 250}:${10 + at}.8.${turn % 60}`, 5])))
	const counts = Object.values(house.memory().habits?.lists ?? {}).map(({ rows }) => rows.length)
	assert.ok(Math.max(...counts) < 110, `${counts}`)
	assert.equal((await say()).reading?.energy_import, 1037)
})

test('reads a list with values that the meter leaves open for a while', async () => {
	const { say } = await known()
	const { reading, refused } = await say({ ...ALL, '1-0:31.7.0': -1, '1-0:1.8.2': -1 })
	assert.deepEqual([refused, reading?.energy_import, reading?.current_l1, reading?.energy_import_t2], ['', 1037, undefined, undefined])
})

test('believes no other id under the same system title, and one forged first telegram for no longer than that', async () => {
	const { say, house } = await known()
	assert.match((await say(ALL, { id: 'LGZ1030653520966' })).refused, /^unknown a telegram of meter LGZ1030653520966/)
	house.again()
	assert.match((await say(ALL, { id: 'LGZ1030653520966' })).refused, /^unknown/)
	assert.equal((await say()).reading?.id, 'LGZ1030653520967')
	for (let count = 0; count < 4; count++) assert.match((await say(ALL, { id: 'X' })).refused, /^unknown/)
	assert.equal((await say(ALL, { id: 'X' })).reading?.id, 'X')
	// Lists that say no id do not speak for the old one.
	for (let count = 0; count < 4; count++) {
		assert.equal((await say(MOMENT, { id: '' })).reading?.id, 'X')
		assert.match((await say(ALL, { id: 'Y' })).refused, /^unknown/)
	}
	assert.equal((await say(ALL, { id: 'Y' })).reading?.id, 'Y')
	const fresh = await known(0)
	await fresh.say(ALL, { id: 'forged' })
	assert.match((await fresh.say()).refused, /^unknown/)
	assert.equal((await fresh.say()).reading?.id, 'LGZ1030653520967')
})

test('publishes the time of arrival where the clock leaps, until a second telegram confirms it', async () => {
	const { say } = await known()
	const leapt = await say(ALL, { off: 64_000 })
	assert.deepEqual([leapt.reading?.time_source, leapt.reading?.meter_time, leapt.issues], ['gateway', undefined, ['time:clock']])
	assert.equal((await say()).reading?.time_source, 'meter')
	await say(ALL, { off: 64_000 })
	assert.equal((await say(ALL, { off: 64_000 })).reading?.time_source, 'meter')
})

test('lets no forged counter shut the true one out', async () => {
	for (const forged of [1038, 1039, 1041, 1053, 1101, 1_000_037, 1036, 10]) {
		const { say } = await known()
		await say({ ...ALL, '1-0:1.8.0': forged })
		const after = [await say(), await say()].map(({ reading }) => reading?.energy_import)
		assert.equal(after[1], 1037, `${forged}: ${after}`)
		assert.notEqual(after[0], forged)
	}
	const { say } = await known()
	// 400 W do not make 64 Wh in 5 s, and a second telegram says that they were there all the same.
	const more = { ...MOMENT, '1-0:1.8.0': 1101, '1-0:1.8.1': 667, '1-0:1.8.2': 434, '1-0:2.8.0': 51 }
	assert.deepEqual((await say(more)).issues, ['energy_import:leap', 'energy_import_t1:leap'])
	assert.equal((await say(more)).reading?.energy_import, 1101)
})

test('lets a meter be that brings its counters up to date once a minute', async () => {
	const { say } = await known()
	const withheld: number[] = []
	for (let turn = 0; turn < 600; turn++) {
		const energy = 1037 + 83 * Math.floor(turn / 12)
		const { issues } = await say({ '1-0:1.7.0': 5000, '1-0:2.7.0': 0, '1-0:1.8.0': energy, '1-0:2.8.0': 51 })
		if (issues.length > 0) withheld.push(turn)
	}
	assert.ok(withheld.length > 5 && withheld.length < 15 && Math.max(...withheld) < 150, `${withheld}`)
})

test('takes a count of events that was set back to zero', async () => {
	const { say } = await known(0)
	const failures = async (count: number) => (await say({ ...ALL, '0-0:96.7.21': count })).reading?.power_failures
	for (const count of [7, 7, 8, 8, 8, 8, 8]) assert.equal(await failures(count), count)
	assert.deepEqual([await failures(0), await failures(0), await failures(0), await failures(1)], [undefined, 0, 0, 1])
})

test('withholds values that contradict each other, once', async () => {
	const both = { ...ALL, '1-0:2.7.0': 512 }
	const { say } = await known()
	assert.deepEqual((await say(both)).issues, ['power_import:contradiction', 'power_export:contradiction'])
	assert.equal((await say(both)).reading?.power_export, 512)
	for (const wrong of [{ '1-0:1.8.1': 603 + 64 }, { '1-0:1.7.0': 40_000 }, { '1-0:31.7.0': 60_000 }, { '1-0:1.8.2': 428 }]) {
		const one = await known()
		const { issues, reading } = await one.say({ ...ALL, ...wrong })
		assert.ok(issues.length > 0, JSON.stringify([wrong, reading]))
		assert.deepEqual((await one.say()).issues, [])
	}
})

test('keeps its habits over restarts, and uses none of another form', async () => {
	const { say, house } = await known()
	house.again()
	const { '1-0:1.8.0': energy, ...rest } = ALL
	assert.match((await say({ ...rest, '1-0:1.8.4': energy })).refused, /^layout/)
	const habits = house.memory().habits
	const kept = JSON.parse(JSON.stringify(habits))
	assert.deepEqual(habitsShape(kept), kept)
	for (const wrong of [
		null,
		[],
		{},
		{ ...habits, lists: { n12: {} } },
		{ ...habits, lists: [] },
		{ ...habits, kept: { x: 1 } },
		{ ...habits, id: 'x' },
		{ ...habits, power: { last: 'x' } },
		{ ...habits, doubted: ['x'] },
	])
		assert.equal(habitsShape(wrong), undefined, JSON.stringify(wrong))
})

test('refuses a telegram whose tag is wrong where the tags before were right', () => {
	let state: number | undefined
	const judge = (verified: boolean) => {
		const { proved, detail } = judgeTag(state, verified ? 'verified' : 'unverified')
		state = proved
		return detail === undefined ? 'taken' : 'refused'
	}
	assert.deepEqual([judge(false), judge(true), judge(false), judge(true), judge(false)], ['taken', 'taken', 'refused', 'taken', 'refused'])
	// The operator has given the meter a key of its own.
	for (let count = 0; count < 19; count++) assert.equal(judge(false), 'refused')
	assert.deepEqual([judge(false), judge(false)], ['taken', 'taken'])
})

test.run()
