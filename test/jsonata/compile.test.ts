import { readFileSync } from 'node:fs'
import jsonata from 'jsonata'
import * as assert from 'uvu/assert'
import { refused } from '../../engine/jsonata/allow.ts'
import { compileTree } from '../../engine/jsonata/compile.ts'
import { compile } from '../../engine/jsonata/expression.ts'
import type { Language } from '../../engine/jsonata/language.ts'
import type { Node } from '../../engine/jsonata/node.ts'
import { OUTPUT } from '../../engine/output/language.ts'
import { compileOutput } from '../../engine/output/output.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { amount } from '../support/long.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('compile', { limit: 120_000 })
const file = (name: string) => readFileSync(`${root}test/jsonata-suite/${name}`, 'utf8')

type Case = { name: string; expr: string; data?: unknown; dataset?: string | null; bindings?: Record<string, unknown>; timelimit?: number }
const cases: Case[] = file('cases.jsonl')
	.split('\n')
	.filter(Boolean)
	.map((line) => JSON.parse(line) as Case)
const datasets = JSON.parse(file('datasets.json')) as Record<string, unknown>

/** Data of its own for each evaluation: the interpreter leaves traces in arrays. */
function inputOf({ data, dataset }: Case): unknown {
	const input = dataset === undefined ? data : dataset === null ? undefined : datasets[dataset]
	return input === undefined ? undefined : (JSON.parse(JSON.stringify(input)) as unknown)
}

/** What profiles and outputs may use, on names of any kind. */
const ANY: Language = { ...OUTPUT, names: undefined }

type Outcome = { value: string } | { error: unknown }
/** As text: what is equal as JSON, with the kind of each value, is equal to every user of it. */
const shown = (value: unknown): string =>
	JSON.stringify(value, (_, inner: unknown) =>
		typeof inner === 'number' ? { number: Object.is(inner, -0) ? '0' : String(inner) } : inner,
	) ?? 'undefined'

async function interpreted(expression: jsonata.Expression, input: unknown, bindings: Record<string, unknown>): Promise<Outcome> {
	try {
		return { value: shown(await expression.evaluate(input, bindings)) }
	} catch (error) {
		return { error: (error as { code?: string }).code ?? error }
	}
}

function run(compiled: ReturnType<typeof compileTree>, input: unknown): Outcome {
	if ('uncovered' in compiled) throw new Error(compiled.uncovered)
	try {
		return { value: shown(compiled.run(input, { functions: {} }, { left: 10_000_000 }, 10_000_000)) }
	} catch (error) {
		return { error }
	}
}

/** A value that is withheld for nothing. */
const GAVE_UP = 'gave up where the interpreter gives '

/** Why the two differ, or undefined. The compiler need not know which error it is: the interpreter is asked then. */
function difference(by: Outcome, to: Outcome): string | undefined {
	if ('value' in by && 'value' in to) return by.value === to.value ? undefined : `interpreted ${by.value}, compiled ${to.value}`
	if ('value' in by) return `${GAVE_UP}${by.value}`
	return 'value' in to ? `the interpreter refuses (${String((by as { error: unknown }).error)}), compiled ${to.value}` : undefined
}

test("gives what JSONata's interpreter gives, on its own suite", async () => {
	const counts = { cases: cases.length, noSyntax: 0, compiled: 0, admitted: 0, admittedCompiled: 0 }
	const wrong: string[] = []
	const uncovered = new Map<string, number>()
	for (const one of cases) {
		let expression: jsonata.Expression
		try {
			expression = jsonata(one.expr, { timeout: one.timelimit ?? 1000, stack: 500, sequence: 5000 })
		} catch {
			counts.noSyntax++
			continue
		}
		const ast = expression.ast() as Node
		const bindings = one.bindings ?? {}
		const compiled = compileTree(ast, ANY.functions, bindings)
		const admitted = refused(ast, ANY).length === 0
		if (admitted) counts.admitted++
		if ('uncovered' in compiled) {
			if (admitted) uncovered.set(compiled.uncovered, (uncovered.get(compiled.uncovered) ?? 0) + 1)
			continue
		}
		counts.compiled++
		if (admitted) counts.admittedCompiled++
		const found = difference(await interpreted(expression, inputOf(one), bindings), run(compiled, inputOf(one)))
		// What no language admits may be left to the interpreter while it runs: functions as values.
		if (found !== undefined && (admitted || !found.startsWith(GAVE_UP))) wrong.push(`${one.name}: ${one.expr}\n    ${found}`)
	}
	console.log(JSON.stringify(counts), JSON.stringify(Object.fromEntries(uncovered)))
	assert.is(wrong.join('\n'), '')
	assert.is(counts.admittedCompiled, counts.admitted, `not compiled: ${[...uncovered.keys()].join(', ')}`)
	assert.ok(counts.admitted > 300, 'the allow-list admits few cases')
})

test('compiles every expression of the built-in profiles and outputs', () => {
	const library = readLibrary([builtinProfiles])
	let count = 0
	for (const name of library.sources.keys()) {
		if (name.startsWith('common/')) continue
		const output = name.startsWith('outputs/')
		const found = output ? compileOutput(name.slice('outputs/'.length), library) : compileProfile(name, library)
		if (Array.isArray(found)) throw new Error(`${name}: ${JSON.stringify(found)}`)
		count += 'transform' in found ? found.transform.size : Object.keys(found.expressions).length
	}
	assert.ok(count > 1000, `only ${count} expressions`)
})

test('says what cannot be compiled, and what is wrong when it runs', () => {
	const scope = { values: { json: { a: 'x', list: [1, 2] } }, functions: {} }
	const one = compile('$map(json.list)', ANY)
	assert.ok(Array.isArray(one) && one[0]?.message === '$map without its two arguments is not admitted', JSON.stringify(one))
	const said = (text: string) => {
		const expression = compile(text, ANY)
		if (Array.isArray(expression)) throw new Error(JSON.stringify(expression))
		const result = expression.evaluate(scope)
		if (result instanceof Promise) throw new Error('the interpreter was asked')
		return 'fault' in result ? result.fault : result.value
	}
	assert.is(said('json.a + 1'), 'the left side of + is no number, but "x"')
	assert.is(said('$number(json.a)'), '$number: "x" is no number')
	assert.is(said('$sum(json.a)'), '$sum: argument 1 is "x", which it does not take')
	assert.is(said('json.list[0] / 0'), 'the result is no finite number')
	assert.is(said('json.a < 1'), '< compares "x" with 1: one is a number, the other a text')
	assert.equal(said('json.$each(function($v, $k) { $k })'), ['a', 'list'])
	assert.equal(said('$map(json.list, function($v)<n:n> { $v * 2 })'), [2, 4])
	assert.is(said('$map(json.list, function($v)<s:s> { $v })'), 'a function gets an argument that its own signature <…> does not take')
})

/** A generator of numbers that gives the same ones each time (mulberry32). */
function chance(seed: number): () => number {
	let state = seed
	return () => {
		state = (state + 0x6d2b79f5) | 0
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
	}
}

const NAMES = ['a', 'b', 'list', 'deep', 'none', '`1.7.0`']

/** Random expressions over everything that is admitted, and random data that have the shapes which they look for. */
function generator(next: () => number) {
	const pick = <T>(...options: T[]): T => options[Math.floor(next() * options.length)] as T
	const variables: string[] = []
	function value(depth: number): unknown {
		const leaf = () => pick<unknown>(0, 1, 2, -3.5, 28, 482939, '', 'x', '12', 'text', true, false, null)
		if (depth <= 0) return leaf()
		return pick<() => unknown>(
			leaf,
			leaf,
			() => Array.from({ length: Math.floor(next() * 4) }, () => value(depth - 1)),
			() => Object.fromEntries(NAMES.filter(() => next() < 0.5).map((name) => [name.replaceAll('`', ''), value(depth - 1)])),
		)()
	}
	function text(depth: number): string {
		const sub = () => text(depth - 1)
		const leaf = () =>
			pick(
				'a',
				'b',
				'list',
				'deep',
				'`1.7.0`',
				'1',
				'2',
				'0',
				'-1',
				'3.5',
				'"x"',
				'"a"',
				'true',
				'null',
				'$',
				'$$',
				...variables.map((name) => `$${name}`),
			)
		if (depth <= 0) return leaf()
		const bound = <T>(name: string, work: () => T): T => {
			variables.push(name)
			const made = work()
			variables.pop()
			return made
		}
		return pick<() => string>(
			leaf,
			leaf,
			() => `${pick(...NAMES)}.${pick(...NAMES)}`,
			() => `${sub()}.${pick(...NAMES)}`,
			() => `(${sub()}).(${sub()})`,
			() => `${pick(...NAMES)}[${sub()}]`,
			() => `${sub()}[${pick('0', '-1', '1', 'a = 1', '$ > 1', '$')}]`,
			() => `(${sub()} ${pick('+', '-', '*', '/', '%')} ${sub()})`,
			() => `(${sub()} ${pick('=', '!=', '<', '<=', '>', '>=', 'in')} ${sub()})`,
			() => `(${sub()} ${pick('and', 'or', '&')} ${sub()})`,
			() => `(${sub()} ? ${sub()} : ${sub()})`,
			() => `(${sub()} ? ${sub()})`,
			() => `(${sub()} ?? ${sub()})`,
			() => `(${sub()} ?: ${sub()})`,
			() => `[${sub()}, ${sub()}]`,
			() => `{"a": ${sub()}, "b": ${sub()}}`,
			() => `${pick(...NAMES)}{${pick('"k"', 'a', '$string(b)')}: ${sub()}}`,
			() => `($x := ${sub()}; ${bound('x', sub)})`,
			() => `(${bound('y', sub)}; $y := ${sub()}; [$y, ${bound('y', sub)}])`,
			() => `$map(${sub()}, function($v, $i){ ${bound('v', sub)} })`,
			() => `$filter(${sub()}, function($v){ ${bound('v', sub)} })`,
			() => `$each(${sub()}, function($v, $k){ $k & ${bound('k', () => bound('v', sub))} })`,
			() => `$sift(${sub()}, function($v){ ${bound('v', sub)} })`,
			() =>
				`$${pick('sum', 'count', 'max', 'min', 'average', 'boolean', 'not', 'exists', 'type', 'keys', 'string', 'length', 'abs', 'floor', 'ceil', 'round', 'sqrt', 'number', 'uppercase', 'trim', 'merge')}(${sub()})`,
			() =>
				`$${pick('round', 'power', 'lookup', 'contains', 'split', 'join', 'substringBefore', 'substringAfter', 'substring')}(${sub()}, ${sub()})`,
			() => `${pick(...NAMES)}.$${pick('string', 'length', 'abs', 'uppercase', 'not')}()`,
			() => `-${sub()}`,
			() => `${pick(...NAMES)}.*`,
			() => `${sub()}[]`,
		)()
	}
	return { value, text }
}

test('gives what the interpreter gives, on random expressions and data', async () => {
	const seed = Number(process.env.SEED ?? 1)
	const { value, text } = generator(chance(seed))
	const counts = { expressions: 0, compiled: 0, values: 0, nothing: 0, errors: 0, gaveUp: 0, traces: 0 }
	const wrong: string[] = []
	const size = Number(process.env.EXPRESSIONS ?? amount(5000, 20_000))
	while (counts.expressions < size && wrong.length < 10) {
		const source = text(4)
		let expression: jsonata.Expression
		try {
			expression = jsonata(source, { timeout: 1000, stack: 500, sequence: 5000 })
		} catch {
			continue
		}
		counts.expressions++
		const compiled = compileTree(expression.ast() as Node, ANY.functions)
		if ('uncovered' in compiled) continue
		counts.compiled++
		for (const data of [
			value(4),
			{ a: value(3), b: value(2), list: [value(2), value(2), value(1)], deep: { a: value(1), list: value(2) }, '1.7.0': 28 },
		]) {
			const copy = () => JSON.parse(JSON.stringify(data)) as unknown
			const own = copy()
			const by = await interpreted(expression, own, {})
			// It adds an item to empty lists that it groups by keys, and all that looks at the list sees it.
			if (JSON.stringify(own) !== JSON.stringify(data)) {
				counts.traces++
				continue
			}
			const found = difference(by, run(compiled, copy()))
			if (found?.startsWith(GAVE_UP)) counts.gaveUp++
			else if (found !== undefined) wrong.push(`${source}\n    on ${JSON.stringify(data)}\n    ${found}`)
			if ('error' in by) counts.errors++
			else if (by.value === 'undefined') counts.nothing++
			else counts.values++
		}
	}
	console.log(`seed ${seed}: ${JSON.stringify(counts)}`)
	assert.is(wrong.join('\n'), '')
	assert.ok(counts.gaveUp < counts.values / 1000, JSON.stringify(counts))
	assert.ok(counts.values > size / 4 && counts.compiled > size * 0.8, JSON.stringify(counts))
})

test.run()
