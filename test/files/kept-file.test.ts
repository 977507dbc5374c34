import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { keptFile } from '../../engine/files/kept-file.ts'
import { sealed, unsealed } from '../../engine/files/sealed.ts'
import { memoryFile } from '../../engine/meter/memory-file.ts'
import { Owners } from '../../engine/output/ownership.ts'
import type { Memory } from '../../engine/pipeline/memory.ts'
import { scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { damageFile, MANY_WAYS } from '../support/state-damage.ts'
import { suite } from '../support/suite.ts'

const test = suite('kept-file')
const folder = scratch('kept')
test.after(folder.remove)

type Entry = { name: string; value: number }

/** A file of values by name. */
function values(file: string, entries: Entry[] = []) {
	const told: string[] = []
	const kept = keptFile<Entry>({
		file,
		read: (content) => {
			const { name, value } = content as Partial<Entry>
			return typeof name === 'string' && typeof value === 'number' ? { name, value } : undefined
		},
		key: ({ name }) => name,
		readFirst: (content) => (content as { first?: Entry[] } | undefined)?.first,
		entries: () => entries,
		maxAge: 1000,
		loss: { read: 'values are lost', write: 'values will be lost' },
		tell: (text) => told.push(text),
	})
	return { kept, told }
}

const three = [1, 2, 3].map((value) => ({ name: `n${value}`, value }))

function written(name: string, entries = three): string {
	const file = `${folder.path}/${name}`
	const { kept } = values(file, entries)
	kept.changed()
	kept.flush()
	return file
}

test('loses one entry by a damaged line, says so, and keeps the file beside', () => {
	const file = written('one.json')
	const text = readFileSync(file, 'utf8')
	writeFileSync(file, text.replace('"value":2', '"value":3'))
	const { kept, told } = values(file)
	assert.equal(kept.load(), [three[0], three[2]])
	assert.equal(told, [`${file} is damaged: 1 line cannot be used (1 damaged); values are lost. It is kept beside as ${file}.broken`])
	assert.is(readFileSync(`${file}.broken`, 'utf8'), text.replace('"value":2', '"value":3'))
	kept.flush()
	assert.equal(values(file).kept.load(), [], 'it was written again, without the entries that this test does not give')
})

test('finds every flipped bit of a line, and every cut of a file', () => {
	const line = Buffer.from(sealed('every', { name: 'n1', value: 1 }).trimEnd())
	for (let bit = 0; bit < line.length * 8; bit++) {
		const damaged = Buffer.from(line)
		damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
		assert.ok('fault' in unsealed('every', damaged.toString()), damaged.toString())
	}
	const file = written('every.json')
	const text = readFileSync(file)
	// The last line break alone may go: nothing is lost.
	for (let at = 0; at < text.length - 1; at += amount(7, 1)) {
		writeFileSync(file, text.subarray(0, at))
		const { kept, told } = values(file)
		assert.ok(
			kept.load().every(({ name, value }) => name === `n${value}`),
			`cut at ${at}`,
		)
		assert.is(told.length, 1, `cut at ${at}`)
	}
})

test('tells lines that are missing, there twice, of another file, of another version, and of other content', () => {
	const other = written('other.json')
	const lines = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n')
	const cases: [string[], string][] = [
		[lines(other).slice(0, -1), '1 missing'],
		[lines(other).slice(1), '1 missing'],
		[[...lines(other), lines(other)[1] ?? ''], '1 there twice'],
		[[...lines(other).slice(0, 3), lines(written('alien.json'))[1] ?? ''], '1 of alien'],
		[[...lines(other), sealed('other', { name: 'n4' }).trimEnd()], '1 with content that cannot be'],
		[[...lines(other), '{"of":"other","version":2,"crc":"00000000","is":{"name":"n4","value":4}}'], '1 damaged'],
		[[], '1 missing'],
	]
	for (const [content, said] of cases) {
		writeFileSync(other, content.map((line) => `${line}\n`).join(''))
		const { kept, told } = values(other)
		kept.load()
		assert.match(told.join(), said)
	}
	writeFileSync(other, lines(written('fine.json')).reverse().join('\n').replaceAll('"fine"', '"other"'))
	const { kept, told } = values(`${folder.path}/fine.json`)
	assert.equal([kept.load(), told], [three, []], 'reordered lines are right')
})

test('reads the file of version 0.1 once more, and writes it in the new form', () => {
	const file = `${folder.path}/first.json`
	writeFileSync(file, JSON.stringify({ first: [...three, { name: 5 }] }))
	const { kept, told } = values(file, three)
	assert.equal(kept.load(), three)
	assert.match(told.join(), '1 with content that cannot be')
	kept.flush()
	const again = values(file)
	assert.equal([again.kept.load(), again.told], [three, []])
})

test('never waits for what stands in the place of a file, and puts it aside', () => {
	for (let round = 0; round < MANY_WAYS; round++) {
		const file = written(`way${round}.json`)
		const way = damageFile(file, round)
		const { kept, told } = values(file, three)
		const found = kept.load()
		assert.is(told.length, 1, `${way}: ${told}`)
		assert.ok(
			found.every(({ name, value }) => name === `n${value}`),
			`${way}: ${JSON.stringify(found)}`,
		)
		kept.changed()
		kept.flush()
		assert.equal(values(file).kept.load(), three, `${way}: written again`)
	}
	const file = written('beside.json')
	symlinkSync('/dev/full', `${file}.new`)
	const { kept } = values(file, three)
	kept.changed()
	kept.flush()
	assert.equal(values(file).kept.load(), three, 'what stands where the next version is written')
})

const counter = { systemTitle: '5341473500004059', last: 7 }
const total = { value: 5, at: 1, time: '2026-11-28T10:00:00+01:00', step: 1 }

/** The memory of the meter `house`, read from a file with this content. */
function memoryOf(content: object, of = 'house.memory'): { memory: Memory; told: string[] } {
	const told: string[] = []
	const file = `${folder.path}/house.memory.json`
	writeFileSync(file, sealed(of, { entries: 1 }) + sealed(of, content))
	return { memory: memoryFile(file, (text) => told.push(text)).of('house', ''), told }
}

test('takes from a file only memories that can be, though their checksum is right', () => {
	const right = { name: 'house', reset: '', memory: { counter, totals: { id: 'x', values: { energy_import: total } } } }
	assert.equal(memoryOf(right), { memory: right.memory, told: [] })
	const wrong: object[] = [
		{ counter: { ...counter, last: 1e12 } },
		{ counter: { ...counter, last: '7' } },
		{ counter: { ...counter, systemTitle: 'x' } },
		{ totals: { values: { energy_import: { ...total, value: '5' } } } },
		{ totals: { values: { energy_import: { ...total, step: 0 } } } },
		{ totals: { values: { energy_import: { ...total, held: {} } } } },
		{ totals: { values: [] } },
		{ keys: 5 },
	]
	for (const memory of wrong) {
		const found = memoryOf({ name: 'house', reset: '', memory })
		assert.equal(found.memory, {})
		assert.match(found.told.join(), 'replay counters and the last values of counters start over')
	}
	assert.equal(memoryOf(right, 'shed.memory').memory, {}, 'of another instance')
	// JSON has a way to write infinity.
	const told: string[] = []
	const file = `${folder.path}/infinite.memory.json`
	writeFileSync(file, `{"memory":1,"meters":{"house":{"reset":"","memory":{"counter":{"systemTitle":"5341473500004059","last":1e999}}}}}`)
	assert.equal(memoryFile(file, (text) => told.push(text)).of('house', ''), {})
	assert.match(told.join(), 'cannot be')
})

test('dates what was kept under a clock that ran ahead so that it withholds no counter', () => {
	const late = { ...total, at: Date.now() + 86_400_000, held: { ...total, agree: 1, apart: 0, rises: true } }
	const { memory } = memoryOf({ name: 'house', reset: '', memory: { totals: { values: { a: late, b: total } } } })
	assert.equal(memory.totals?.values, { a: { ...total, at: -8.64e15 }, b: total })
})

test('keeps a meter and a topic of any name', () => {
	const file = `${folder.path}/proto.memory.json`
	const told: string[] = []
	const tell = (text: string) => void told.push(text)
	const memories = memoryFile(file, tell)
	for (const name of ['__proto__', 'constructor']) memories.keep(name, '', { counter }, 1)
	memories.flush()
	const again = memoryFile(file, tell)
	assert.equal([again.of('__proto__', ''), again.of('constructor', ''), again.of('toString', '')], [{ counter }, { counter }, {}])
	const owner = { output: 'values', meter: '__proto__', announced: false, retain: true }
	const owners = new Owners(`${folder.path}/proto.published.json`, tell)
	owners.set('__proto__', owner)
	owners.flush()
	assert.equal(new Owners(`${folder.path}/proto.published.json`, tell).owner('__proto__'), owner)
	assert.equal(told, [])
})

test('clears no topic by a line that names none', () => {
	const told: string[] = []
	const file = `${folder.path}/wrong.published.json`
	const owner = { output: 'values', meter: 'house', announced: false, retain: true }
	const lines = [
		{ topic: 'cii/#', owner },
		{ topic: '', owner },
		{ topic: 'cii/a\u0000', owner },
		{ topic: 'cii/a', owner: { ...owner, meter: 'a/b' } },
		{ meter: 'bridge/main' },
	]
	writeFileSync(file, lines.map((line) => sealed('wrong.published', line)).join(''))
	const owners = new Owners(file, (text) => told.push(text))
	assert.equal(
		owners.topics(() => true),
		[],
	)
	assert.match(told.join(), '5 lines cannot be used')
})

test('leaves a file that cannot be read where it can be found, and only one', () => {
	const file = written('twice.json')
	for (let round = 0; round < 3; round++) {
		writeFileSync(file, `damage ${round}`)
		values(file).kept.load()
	}
	assert.is(readFileSync(`${file}.broken`, 'utf8'), 'damage 2')
	assert.equal(
		readdirSync(folder.path).filter((name) => name.startsWith('twice')),
		['twice.json', 'twice.json.broken'],
	)
	mkdirSync(`${folder.path}/blocked.json.broken/x`, { recursive: true })
	writeFileSync(`${folder.path}/blocked.json`, 'damage')
	assert.equal(values(`${folder.path}/blocked.json`).kept.load(), [])
	assert.ok(existsSync(`${folder.path}/blocked.json`))
})

test.run()
