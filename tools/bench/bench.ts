import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import jsonata from 'jsonata'
import { noTransfer } from '../../engine/application/application.ts'
import { parseConfig } from '../../engine/config/config.ts'
import { decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import { applications, links } from '../../engine/decode/registry.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { messagesOf } from '../../engine/output/messages.ts'
import { outputOf } from '../../engine/output/output.ts'
import { meterScope } from '../../engine/output/scope.ts'
import type { Outcome, Pipeline } from '../../engine/pipeline/pipeline.ts'
import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import type { CompiledProfile } from '../../engine/profile/profile.ts'
import { newBudget } from '../../engine/telegram/budget.ts'
import type { Keys, Telegram } from '../../engine/telegram/telegram.ts'
import { readingOf } from '../../engine/transform/reading.ts'
import { scopeOf } from '../../engine/transform/scope.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { decipher, e450Encrypted, type Input, inputs, profileNamed } from './inputs.ts'
import { lastResult, type Measured, measure, ratio, type Task } from './measure.ts'

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
 * What is held of each ratio: about two thirds of what it gives, since a machine that others work on as well gives a fifth less in one run than in the
 * next. README.md says what is promised.
 */
const HELD = { e450Encrypted: 0.13, p1: 0.9, sml: 0.65, transform: 50 }

const RECEIVED = Date.UTC(2026, 4, 4, 9, 39, 22)

/** Gives what a telegram becomes in the pipeline of its meter, begun afresh when all its telegrams were there: the counters begin again. */
function outcomesOf({ name, profile, meters, telegrams, topic }: Input): (place: number) => Outcome {
	const fresh = (keys: Keys) => readingPipeline({ name: 'house', id: 'house', profile, keys, session: RECEIVED, seq: 0 })
	const pipelines: Pipeline<Outcome>[] = []
	return (place) => {
		const at = place % telegrams.length
		const meter = at % meters.length
		if (at < meters.length && (telegrams.length > 1 || !pipelines[meter])) pipelines[meter] = fresh(meters[meter] as Keys)
		const [pipeline, bytes] = [pipelines[meter] as Pipeline<Outcome>, telegrams[at] as Uint8Array]
		const outcomes =
			topic === undefined ? pipeline.push(bytes, RECEIVED) : pipeline.message({ topic, payload: bytes, retain: false }, RECEIVED)
		const [outcome] = outcomes as Outcome[]
		if (outcome?.kind !== 'reading') throw new Error(`${name}: ${JSON.stringify(outcome)}`)
		return outcome
	}
}

/** Bytes (or a message) in, the published payload out: all that a reading takes but the network. */
function wholeWay(input: Input): Task {
	let outcome = outcomesOf(input)
	return {
		name: input.name,
		before: () => {
			outcome = outcomesOf(input)
		},
		run: (place) => JSON.stringify((outcome(place) as Extract<Outcome, { kind: 'reading' }>).reading),
	}
}

/** The same way, stage by stage, each of one meter's first telegram; `decode` and `reading` of all. */
function stages(input: Input): Task[] {
	const { profile, meters, telegrams } = input
	const { link = 'raw', application = 'dlms' } = profile.document.decoder
	if (link === 'auto' || application === 'json') return []
	const all = meters.map((keys) => ({ ...decoderSettings(profile.document.decoder, keys), link, application }))
	const settings = all[0] as (typeof all)[number]
	const [first = new Uint8Array(0)] = telegrams
	const layer = links[link].open(settings)
	const frames = links[link].open(settings).push(first)
	const decoders = all.map((one) => decoder(one))
	const decoded = telegrams.slice(0, 300).flatMap((bytes, place) => {
		const [one] = decoder(all[place % all.length] as (typeof all)[number]).push(bytes)
		return one && 'telegram' in one ? [one.telegram] : []
	})
	const context = contextOf(profile.document.meter?.timezone)
	const scope = scopeOf(decoded[0] as Telegram, context)
	const told = { ...settings, budget: newBudget() }
	const own = readingContext(profile)
	const readings = readingsOf(input)
	return [
		{ name: 'link', run: () => layer.push(first) },
		{
			name: 'application (cipher, A-XDR)',
			run() {
				let transfer = noTransfer
				let last: unknown
				for (const frame of frames) {
					if (frame.kind !== 'frame') continue
					told.budget = newBudget()
					const applied = applications[application](frame.payload, transfer, told)
					transfer = applied.transfer
					last = applied.outcomes
				}
				return last
			},
		},
		{
			name: 'link, application, registers',
			run: (place) => decoders[place % decoders.length]?.push(telegrams[place % telegrams.length] as Uint8Array),
		},
		{ name: 'reading', run: (place) => readingOf(decoded[place % decoded.length] as Telegram, profile.transform, own) },
		{
			name: `every expression (${profile.transform.size})`,
			run() {
				let last: unknown
				for (const expression of profile.transform.values()) last = expression.evaluate(scope)
				return last
			},
		},
		{ name: 'JSON', run: (place) => JSON.stringify(readings[place % readings.length]) },
	]
}

/** The readings of the first telegrams. */
function readingsOf(input: Input): Reading[] {
	const outcome = outcomesOf(input)
	return input.telegrams.slice(0, 300).map((_, place) => (outcome(place) as Extract<Outcome, { kind: 'reading' }>).reading)
}

const readingContext = ({ document, label }: CompiledProfile) => ({
	...contextOf(document.meter?.timezone),
	...{
		meter: 'house',
		id: 'house',
		profile: label,
		session: RECEIVED,
		seq: 0,
		clock: () => 0,
		clockShift: 0,
		expect: document.expect ?? {},
	},
})

const contextOf = (timezone: string | undefined) => ({ timezone, received: RECEIVED, topic: {}, channel: {} })

/** The messages that a shipped output makes of a reading. */
function outputTask(name: string, input: Input): Task {
	const config = parseConfig('bench.json', JSON.stringify({ mqtt: { url: 'mqtt://localhost' }, outputs: [name], meters: [] }))
	if (Array.isArray(config)) throw new Error(JSON.stringify(config))
	const output = outputOf({ name, choice: {} } as Parameters<typeof outputOf>[0], config, readLibrary([builtinProfiles]))
	if (Array.isArray(output)) throw new Error(JSON.stringify(output))
	const expression = output.expressions.reading
	if (!expression) throw new Error(`${name} makes nothing of readings`)
	const [reading] = readingsOf(input)
	if (!reading) throw new Error('no reading')
	const view = { name: 'house', meter: {}, profile: { name: 'x', label: reading.profile, title: 'x', interval: 5 } }
	const publisher = { topics: topics('cii', 'main'), bridge: { instance: 'main', version: '0' } }
	return {
		name: `output ${name}`,
		run: () => messagesOf(expression, meterScope(output, publisher, { view, reading, state: reading }, 'reading')),
	}
}

/** The standard electricity profile's expressions on a plain E450's telegram: by the interpreter, waited for as it must be. */
async function interpreterRate(telegram: Telegram, milliseconds: number): Promise<number> {
	const profile = profileNamed('ekz-e450')
	const texts = Object.values(profile.document.transform ?? {})
	const expressions = texts.map((text) => jsonata(text, { timeout: 10_000, stack: 200, sequence: 5000 }))
	const scope = scopeOf(telegram, contextOf('Europe/Zurich'))
	const started = performance.now()
	let calls = 0
	while (performance.now() - started < milliseconds) {
		for (const expression of expressions) await expression.evaluate(scope.values, scope.functions)
		calls++
	}
	return (calls * 1000) / (performance.now() - started)
}

function compiledTask(telegram: Telegram): Task {
	const profile = profileNamed('ekz-e450')
	const scope = scopeOf(telegram, contextOf('Europe/Zurich'))
	return {
		name: 'transform, compiled',
		run() {
			let last: unknown
			for (const expression of profile.transform.values()) last = expression.evaluate(scope)
			return last
		},
	}
}

const require = createRequire(import.meta.url)
type DsmrParser = { parse(text: string): { objects: unknown } }
type SmlFile = { parse(buffer: Buffer): void; messages: unknown[]; valid?: boolean }

/** The fixed points: what others take for a part of the same work. */
const points = {
	decipher({ sealed }: ReturnType<typeof e450Encrypted>): Task {
		return { name: 'bare decipher', run: (place) => decipher(sealed[place % sealed.length] as (typeof sealed)[number]) }
	},
	dsmrParser(telegrams: Uint8Array[]): Task {
		const parser = require('dsmr-parser') as DsmrParser
		const texts = telegrams.map((telegram) => Buffer.from(telegram).toString('latin1'))
		return { name: 'dsmr-parser', run: (place) => parser.parse(texts[place % texts.length] as string) }
	},
	openSml(telegrams: Uint8Array[]): Task {
		const { SmlFile: OpenSml } = require('open-sml') as { SmlFile: new () => SmlFile }
		const files = telegrams.map((telegram) => Buffer.from(telegram))
		return {
			name: 'open-sml',
			run(place) {
				const file = new OpenSml()
				file.parse(files[place % files.length] as Buffer)
				return file
			},
		}
	},
}

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
