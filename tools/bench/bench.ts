import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import { e450Encrypted, type Input, inputs } from './inputs.ts'
import { lastResult, type Measured, measure, ratio, type Task } from './measure.ts'
import { compiledTask, interpreterRate, outputTask, points, stages, wholeWay } from './tasks.ts'

/**
 * `npm run bench [-- --json] [--quick] [--only KIND]`: how many telegrams a second, whole and by stage, and in terms of fixed points that are measured in turn
 * with them. Each kind of telegram has a process of its own, as a meter at home has; `mixed` is all of them in one. Ends with 1 when a ratio is below
 * what is held. tools/bench/README.md has the last figures.
 */
const { values: options } = parseArgs({
	options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string' }, child: { type: 'string' } },
})
const [ROUNDS, MILLISECONDS] = options.quick ? [7, 50] : [11, 100]

/**
 * What is held of each ratio: half of what it gives, and of P1, whose telegrams make most garbage, a quarter: beside other work the collector has taken
 * as much in one run of six. README.md says what is promised.
 */
const HELD = { e450Encrypted: 0.06, p1: 0.2, sml: 0.4, transform: 50 }

/** What one process measured. `ratio`: of the whole way to its fixed point. */
type Result = { whole: Measured[]; stages: Measured[]; ratio?: number }

const first = ({ telegrams }: Input) => telegrams[0] ?? new Uint8Array(0)

function kindOf(input: Input, point?: Task): Result {
	const whole = measure([wholeWay(input), ...(point ? [point] : [])], ROUNDS, MILLISECONDS)
	const parts = stages(input)
	const measured = parts.length > 0 ? measure(parts, 5, MILLISECONDS / 4) : []
	return { whole, stages: measured, ...(point && { ratio: ratio(whole[0], whole[1]) }) }
}

async function transforms(): Promise<Result> {
	const input = inputs().e450Plain
	const [decoded] = decoder({ ...decoderSettings(input.profile.document.decoder, {}), link: 'hdlc', application: 'dlms' }).push(
		first(input),
	)
	if (!decoded || !('telegram' in decoded)) throw new Error(JSON.stringify(decoded))
	const task = compiledTask(decoded.telegram)
	const rounds: number[] = []
	let compiled: Measured | undefined
	let interpreted = 0
	for (let round = 0; round < ROUNDS; round++) {
		compiled = measure([task], 1, MILLISECONDS, round === 0 ? undefined : 1)[0]
		interpreted = await interpreterRate(decoded.telegram, MILLISECONDS)
		rounds.push((compiled?.perSecond ?? 0) / interpreted)
	}
	const interpreter = { name: 'the interpreter', perSecond: interpreted, rounds: [], p50: Number.NaN, p99: Number.NaN, bytes: Number.NaN }
	return {
		whole: compiled ? [compiled, interpreter] : [],
		stages: [],
		ratio: rounds.sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0,
	}
}

/** Every kind, by its name: what its process measures. */
const kinds: Record<string, () => Result | Promise<Result>> = {
	e450Encrypted() {
		const made = e450Encrypted()
		return kindOf(made.input, points.decipher(made))
	},
	e450Plain: () => kindOf(inputs().e450Plain),
	am550: () => kindOf(inputs().am550),
	p1: () => kindOf(inputs().p1, points.dsmrParser(inputs().p1.telegrams)),
	gplug: () => kindOf(inputs().gplug),
	sml: () => kindOf(inputs().sml, points.openSml(inputs().sml.telegrams)),
	transform: transforms,
	outputs: () => ({
		whole: measure(
			['influx', 'rl-dsp', 'values', 'hackday'].map((name) => outputTask(name, inputs().am550)),
			5,
			MILLISECONDS,
		),
		stages: [],
	}),
	mixed: () => ({
		whole: measure(
			[e450Encrypted().input, ...Object.values(inputs())].map((input) => wholeWay(input)),
			5,
			MILLISECONDS,
		),
		stages: [],
	}),
}

/** The names of the ratios, with the kind that each is of, and what is held: below it something has become slower. */
const RATIOS: Record<string, { kind: string; held: number }> = {
	e450_encrypted_of_decipher: { kind: 'e450Encrypted', held: HELD.e450Encrypted },
	p1_of_dsmr_parser: { kind: 'p1', held: HELD.p1 },
	sml_of_open_sml: { kind: 'sml', held: HELD.sml },
	transform_of_interpreter: { kind: 'transform', held: HELD.transform },
}

if (options.child !== undefined) {
	const result = await kinds[options.child]?.()
	if (lastResult() === undefined) throw new Error('nothing was measured')
	process.stdout.write(JSON.stringify(result))
} else {
	const names = Object.keys(kinds).filter((name) => (options.only ?? name) === name)
	if (names.length === 0) throw new Error(`there is no kind ${options.only}; there are ${Object.keys(kinds).join(', ')}`)
	const results: Record<string, Result> = {}
	for (const name of names) {
		if (options.json && !Object.values(RATIOS).some(({ kind }) => kind === name)) continue
		results[name] = inChild(name)
		if (!options.json) show(name, results[name])
	}
	const ratios = Object.fromEntries(
		Object.entries(RATIOS).flatMap(([name, { kind }]) => {
			const value = results[kind]?.ratio
			return value === undefined ? [] : [[name, Number(value.toPrecision(3))]]
		}),
	)
	for (const [name, value] of Object.entries(ratios)) {
		const held = RATIOS[name]?.held ?? 0
		if (value >= held) continue
		console.error(`${name} is ${value}, and ${held} is held`)
		process.exitCode = 1
	}
	console.log(JSON.stringify({ ratios }))
}

function inChild(kind: string): Result {
	const args = ['--expose-gc', fileURLToPath(import.meta.url), '--child', kind, ...(options.quick ? ['--quick'] : [])]
	return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as Result
}

function show(kind: string, { whole, stages: parts, ratio: found }: Result): void {
	console.log(`\n${kind.padEnd(38)}  telegrams/s   p50 µs   p99 µs   bytes each`)
	for (const { name, perSecond, p50, p99, bytes } of [...whole, ...parts.map((part) => ({ ...part, name: `  ${part.name}` }))])
		console.log(
			`${name.padEnd(38)} ${String(Math.round(perSecond)).padStart(12)} ${number(p50)} ${number(p99)} ${String(bytes ?? '').padStart(12)}`,
		)
	if (found !== undefined) console.log(`ratio ${found.toPrecision(3)}`)
}

function number(value: number | null): string {
	return (value === null || Number.isNaN(value) ? '' : value.toFixed(1)).padStart(8)
}
