import * as assert from 'uvu/assert'
import { compile } from '../../engine/jsonata/expression.ts'
import { FUNCTIONS, type Language, OPERATORS } from '../../engine/jsonata/language.ts'
import { Suspensions } from '../../engine/jsonata/suspension.ts'
import { functions, OUTPUT } from '../../engine/output/language.ts'
import { amount } from '../support/long.ts'
import { suite } from '../support/suite.ts'
import { dataOf, WORST } from './worst.ts'

const test = suite('steps', { limit: 60_000 })

/** All that is admitted, with JSONata's own $string, $join and $split, which the languages replace. */
const ANY: Language = { ...OUTPUT, names: undefined, functions: ['level', 'utc', 'scale'], steps: amount(20_000, 400_000) }
const { level, utc, scale } = functions
const passed = { level, utc, scale }

/** Microseconds of processor time. */
function timed(work: () => void): number {
	const before = process.cpuUsage()
	work()
	const { user, system } = process.cpuUsage(before)
	return user + system
}

const compiled = (text: string, language = ANY) => {
	const expression = compile(text, language)
	if (Array.isArray(expression)) throw new Error(`${text}: ${JSON.stringify(expression)}`)
	return expression
}

test('counts the work of every function and operator by the length of what it walks through', () => {
	const names = Object.keys(WORST).map((name) => name.split(' ')[0])
	assert.equal(
		[...FUNCTIONS, ...OPERATORS.filter((sign) => !['-', '*', '/', '%', '<=', '>', '>='].includes(sign))].filter(
			(name) => !names.includes(name),
		),
		[],
		'without their worst input',
	)
	const sizes = [16, amount(20_000, 60_000)].map((size) => [size, dataOf(size)] as const)
	const slow: string[] = []
	let longest = 0
	for (const [name, text] of Object.entries(WORST)) {
		// Again and again, until the steps are used up.
		const expression = compiled(`$map(json.small, function($a){ $map(json.small, function($b){ (${text}; json.none) }) })`)
		for (const [size, json] of sizes) {
			let used = 0
			let took = Number.POSITIVE_INFINITY
			for (let round = 0; round < 2; round++) {
				const budget = { left: ANY.steps }
				took = Math.min(
					took,
					timed(() => void expression.evaluate({ values: { json }, functions: passed }, budget)),
				)
				used = Math.max(ANY.steps - budget.left, 1)
			}
			const perStep = (1000 * took) / used
			if (used > ANY.steps / 2) longest = Math.max(longest, perStep)
			// Few steps: what one call takes that fails, with its error.
			if (used > ANY.steps / 2 ? perStep > 1000 : took > 50_000) slow.push(`${name}, ${size}: ${used} steps took ${took} µs`)
		}
	}
	console.log(`${Object.keys(WORST).length} expressions, at most ${longest.toFixed(0)} ns a step`)
	assert.equal(slow, [])
})

test('ends what would never end, and says what to do', () => {
	const json = dataOf(4000)
	const three = (inner: string) =>
		`$map(json.small, function($a){ $map(json.small, function($b){ $map(json.small, function($c){ ${inner} }) }) })`
	for (const inner of ['$c', '$substring(json.text, $c, 1)', 'json.numbers = json.other', '$count($keys(json.wide))'])
		assert.equal(compiled(three(inner)).evaluate({ values: { json }, functions: passed }), {
			fault: `it takes more than ${ANY.steps} steps: make fewer messages of it, or shorter ones`,
			endless: true,
		})
	const doubled = `($a := "0123456789abcdef"; ${Array.from({ length: 40 }, () => '$a := $a & $a').join('; ')}; $length($a))`
	assert.equal(compiled(doubled, OUTPUT).evaluate({ values: {}, functions: passed }), {
		fault: 'a text of more than 1048576 characters is made',
		endless: false,
	})
})

test('shares one budget among expressions, and leaves the processor time as the last resort', () => {
	const expression = compiled('$sum($map(json.numbers, function($a){ $a }))')
	const scope = { values: { json: dataOf(16) }, functions: passed }
	const budget = { left: 600 }
	let [given, refused] = [0, 0]
	for (let round = 0; round < 10; round++) 'value' in (expression.evaluate(scope, budget) as object) ? given++ : refused++
	assert.ok(given > 0 && refused > 0 && budget.left <= 0, `${given} given, ${refused} refused, ${budget.left} left`)
	// A processor that has done 3 s of work each time it is asked.
	let now = 0
	const late = { left: ANY.steps, cpu: () => (now += 3000) }
	const endless = compiled('$map(json.small, function($a){ $map(json.small, function($b){ $b }) })')
	assert.is((endless.evaluate(scope, late) as { endless?: boolean }).endless, true)
	assert.is(now, 9000, 'it is asked after each 4096 steps')
})

test('leaves out what took too long three times, and tries it again', () => {
	const under = new Suspensions()
	const tried = (count: number, tooLong: boolean) => {
		let times = 0
		for (let telegram = 0; telegram < count; telegram++) {
			if (under.any && under.skips('a')) continue
			times++
			if (tooLong || under.any) under.took('a', tooLong)
		}
		return times
	}
	assert.is(tried(1000, false), 1000)
	assert.is(tried(3, true), 3)
	assert.is(tried(320, true), 10, 'every 32nd')
	assert.is(under.skips('b'), false)
	assert.ok(tried(200, false) > 150)
	assert.is(under.any, false, 'what is well again for long is as before')
})

test.run()
