import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import jsonata from 'jsonata'
import { noTransfer } from '../../engine/application/application.ts'
import { applications } from '../../engine/application/applications.ts'
import { json } from '../../engine/application/json.ts'
import { decoder, decoderSettings } from '../../engine/decoder.ts'
import { links } from '../../engine/link/links.ts'
import { meter, type Outcome } from '../../engine/meter.ts'
import { outputOf } from '../../engine/output/entry.ts'
import { messagesOf } from '../../engine/output/messages.ts'
import { meterScope } from '../../engine/output/scope.ts'
import { parseConfig } from '../../engine/profile/config.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { topics } from '../../engine/publish/topics.ts'
import { newBudget } from '../../engine/telegram/budget.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import { scopeOf } from '../../engine/transform/scope.ts'
import { decipher, e450Encrypted, type Input, inputs, profileNamed } from './inputs.ts'
import { lastResult, type Measured, measure, ratio, type Task } from './measure.ts'

/**
 * `npm run bench [-- --json] [--quick] [--only NAME]`: how many telegrams a second, whole and by stage, and in terms of fixed points that are measured in the
 * same run. Ends with 1 when a ratio is below what is promised. tools/bench/README.md has the last figures.
 */
const { values: options } = parseArgs({
	options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string' } },
})
const [ROUNDS, MILLISECONDS] = options.quick ? [5, 60] : [9, 150]
/** What each ratio must be at least. */
const PROMISED = { e450_encrypted_of_decipher: 0.25, p1_of_dsmr_parser: 3, sml_of_open_sml: 1.5, transform_of_interpreter: 15 }

const RECEIVED = Date.UTC(2026, 4, 4, 9, 39, 22)

/** Bytes (or a message) in, the published payload out: all that a reading takes but the network. */
function wholeWay({ name, profile, keys, telegrams, topic }: Input): Task {
	const fresh = () => meter({ name: 'house', id: 'house', profile, keys, session: RECEIVED, seq: 0 })
	let pipeline = fresh()
	return {
		name,
		before: () => {
			pipeline = fresh()
		},
		run(place) {
			const at = place % telegrams.length
			// All of them were there: the counters begin anew.
			if (at === 0 && telegrams.length > 1) pipeline = fresh()
			const bytes = telegrams[at] as Uint8Array
			const outcomes = (
				topic === undefined ? pipeline.push(bytes, RECEIVED) : pipeline.message({ topic, payload: bytes, retain: false }, RECEIVED)
			) as Outcome[]
			const [outcome] = outcomes
			if (outcome?.kind !== 'reading') throw new Error(`${name}: ${JSON.stringify(outcome)}`)
			return JSON.stringify(outcome.reading)
		},
	}
}

/** The same way, stage by stage. */
function stages(input: Input): Task[] {
	const { profile, keys, telegrams } = input
	const { link = 'raw', application = 'dlms' } = profile.document.decoder
	if (link === 'auto' || application === 'json') return []
	const settings = { ...decoderSettings(profile.document.decoder, keys), link, application }
	const [first = new Uint8Array(0)] = telegrams
	const layer = links[link].open(settings)
	const frames = links[link].open(settings).push(first)
	const whole = decoder(settings)
	const [decoded] = decoder(settings).push(first)
	if (!decoded || !('telegram' in decoded)) throw new Error(`${input.name}: ${JSON.stringify(decoded)}`)
	const { telegram } = decoded
	const context = contextOf(profile.document.meter?.timezone)
	const scope = scopeOf(telegram, context)
	const { reading } = JSON.parse(JSON.stringify(outcomeOf(input)))
	return [
		{ name: 'link', run: () => layer.push(first) },
		{
			name: 'application (cipher, A-XDR)',
			run() {
				let transfer = noTransfer
				let last: unknown
				for (const frame of frames) {
					if (frame.kind !== 'frame') continue
					const applied = applications[application](frame.payload, transfer, { ...settings, budget: newBudget() })
					transfer = applied.transfer
					last = applied.outcomes
				}
				return last
			},
		},
		{ name: 'link, application, registers', run: (place) => whole.push(telegrams[place % telegrams.length] as Uint8Array) },
		{ name: 'view of the telegram', run: () => scopeOf(telegram, context) },
		{
			name: `transform (${profile.transform.size} expressions)`,
			run() {
				let last: unknown
				for (const expression of profile.transform.values()) last = expression.evaluate(scope)
				return last
			},
		},
		{ name: 'JSON', run: () => JSON.stringify(reading) },
	]
}

function outcomeOf(input: Input): Outcome {
	const task = wholeWay(input)
	task.before?.()
	return { kind: 'reading', reading: JSON.parse(String(task.run(0))) } as Outcome
}

const contextOf = (timezone: string | undefined) => ({ timezone, received: RECEIVED, topic: {}, channel: {} })

/** The messages that a shipped output makes of a reading. */
function outputTask(name: string, input: Input): Task {
	const config = parseConfig('bench.json', JSON.stringify({ mqtt: { url: 'mqtt://localhost' }, outputs: [name], meters: [] }))
	if (Array.isArray(config)) throw new Error(JSON.stringify(config))
	const output = outputOf({ name, choice: {} } as Parameters<typeof outputOf>[0], config, readLibrary([builtinProfiles]))
	if (Array.isArray(output)) throw new Error(JSON.stringify(output))
	const expression = output.expressions.reading
	if (!expression) throw new Error(`${name} makes nothing of readings`)
	const outcome = outcomeOf(input)
	if (outcome.kind !== 'reading') throw new Error('no reading')
	const { reading } = outcome
	const view = { name: 'house', meter: {}, profile: { name: 'x', label: reading.profile, title: 'x', interval: 5 } }
	const names = topics('cii', 'main')
	const bridge = { instance: 'main', version: '0' }
	return {
		name: `output ${name}`,
		run: () => messagesOf(expression, meterScope(output, {}, names, bridge, view, { reading, state: reading }, 'reading')),
	}
}

/** The standard electricity profile's expressions on a plain E450's telegram: by the interpreter, waited for as it must be. */
async function interpreterRate(telegram: Telegram, milliseconds: number): Promise<number> {
	const profile = profileNamed('ekz-e450')
	const texts = Object.values(profile.document.transform ?? {})
	const expressions = texts.map((text) => jsonata(text, { timeout: 100, stack: 200, sequence: 5000 }))
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
const dsmrParser = require('dsmr-parser') as DsmrParser
const { SmlFile: OpenSml } = require('open-sml') as { SmlFile: new () => SmlFile }

const encrypted = e450Encrypted()
const others = inputs()
const wanted = (name: string) => options.only === undefined || name.includes(options.only)
const p1Text = Buffer.from(others.p1.telegrams[0] ?? []).toString('latin1')
const smlBytes = Buffer.from(others.sml.telegrams[0] ?? [])

const all = [encrypted.input, ...Object.values(others)]
const points: Task[] = [
	{
		name: 'bare decipher',
		run: (place) => decipher(encrypted.sealed[place % encrypted.sealed.length] as (typeof encrypted.sealed)[number]),
	},
	{ name: 'dsmr-parser', run: () => dsmrParser.parse(p1Text) },
	{
		name: 'open-sml',
		run() {
			const file = new OpenSml()
			file.parse(smlBytes)
			return file
		},
	},
]
const measured = measure(
	[...all.map(wholeWay), ...points].filter(({ name }) => wanted(name)),
	ROUNDS,
	MILLISECONDS,
)
const found = (name: string) => measured.find((one) => one.name === name)

const plainDecoded = decoder({ ...decoderSettings(others.e450Plain.profile.document.decoder, {}), link: 'hdlc', application: 'dlms' }).push(
	others.e450Plain.telegrams[0] ?? new Uint8Array(0),
)
const [plainFirst] = plainDecoded
if (!plainFirst || !('telegram' in plainFirst)) throw new Error(JSON.stringify(plainFirst))
const transforms: number[] = []
let interpreterPerSecond = 0
for (let round = 0; round < ROUNDS; round++) {
	const [compiled] = measure([compiledTask(plainFirst.telegram)], 1, MILLISECONDS)
	interpreterPerSecond = await interpreterRate(plainFirst.telegram, MILLISECONDS)
	transforms.push((compiled?.perSecond ?? 0) / interpreterPerSecond)
}
const transformRatio = transforms.sort((a, b) => a - b)[Math.floor(transforms.length / 2)] ?? 0

const ratios = {
	e450_encrypted_of_decipher: ratio(found(encrypted.input.name), found('bare decipher')),
	p1_of_dsmr_parser: ratio(found(others.p1.name), found('dsmr-parser')),
	sml_of_open_sml: ratio(found(others.sml.name), found('open-sml')),
	transform_of_interpreter: transformRatio,
}
const rounded = Object.fromEntries(Object.entries(ratios).map(([name, value]) => [name, Number(value.toPrecision(3))]))

if (!options.json || options.only !== undefined) {
	console.log('\nWhole way, bytes to the published payload, and fixed points')
	table(measured)
	for (const input of all) {
		if (!wanted(input.name)) continue
		const parts = stages(input)
		if (parts.length === 0) continue
		console.log(`\n${input.name}, by stage`)
		table(measure(parts, ROUNDS, MILLISECONDS / 3))
	}
	console.log('\nOutputs, of the AM550')
	table(
		measure(
			['influx', 'rl-dsp', 'values', 'hackday'].map((name) => outputTask(name, others.am550)),
			ROUNDS,
			MILLISECONDS / 3,
		),
	)
	console.log(`\nThe interpreter evaluates the standard profile ${Math.round(interpreterPerSecond)} times a second.`)
	const missing = json(new TextEncoder().encode('{}')).kind
	if (missing !== 'telegram' || lastResult() === undefined) throw new Error('nothing was measured')
}
console.log(JSON.stringify({ ratios: rounded }))
for (const [name, least] of Object.entries(PROMISED)) {
	const value = ratios[name as keyof typeof ratios]
	if (value >= least) continue
	console.error(`${name} is ${value.toPrecision(3)}; at least ${least} is promised`)
	process.exitCode = 1
}

function table(rows: Measured[]): void {
	console.log('                                        telegrams/s   p50 µs   p99 µs   bytes each')
	for (const { name, perSecond, p50, p99, bytes } of rows)
		console.log(
			`${name.padEnd(38)} ${String(Math.round(perSecond)).padStart(12)} ${p50.toFixed(1).padStart(8)} ${p99.toFixed(1).padStart(8)} ${String(bytes).padStart(12)}`,
		)
}
