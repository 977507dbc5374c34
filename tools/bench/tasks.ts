import { createRequire } from 'node:module'
import jsonata from 'jsonata'
import { noTransfer } from '../../engine/application/application.ts'
import { parseConfig } from '../../engine/config/config.ts'
import { decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import { applications, links, readsMessages } from '../../engine/decode/registry.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { messagesOf } from '../../engine/output/messages.ts'
import { outputOf } from '../../engine/output/output.ts'
import { meterScope } from '../../engine/output/scope.ts'
import type { Outcome, Pipeline } from '../../engine/pipeline/pipeline.ts'
import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import type { CompiledProfile } from '../../engine/profile/profile.ts'
import { newBudget } from '../../engine/telegram/budget.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import { readingOf } from '../../engine/transform/reading.ts'
import { scopeOf } from '../../engine/transform/scope.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { decipher, type Input, profileNamed, type Sealed } from './inputs.ts'
import type { Task } from './measure.ts'

const RECEIVED = Date.UTC(2026, 4, 4, 9, 39, 22)

/** Telegrams of a town that are left at least when a round begins: more than a round does. */
const LEFT = 16_000

/** Puts telegrams through the pipelines of their meters. */
class Town {
	readonly #input: Input
	#pipelines: Pipeline<Outcome>[] = []
	#at = 0

	constructor(input: Input) {
		this.#input = input
		this.#begin()
	}

	/** Begins afresh where few telegrams are left: their counters begin again, too. A meter's first telegrams of each list are not measured. */
	refill(): void {
		if (this.#at > this.#input.telegrams.length - LEFT) this.#begin()
	}

	#begin(): void {
		const { profile, meters } = this.#input
		this.#pipelines = meters.map((keys) => readingPipeline({ name: 'house', id: 'house', profile, keys, session: RECEIVED, seq: 0 }))
		this.#at = 0
		for (let first = 0; first < 3 * meters.length; first++) this.next()
	}

	/** Gives what the next telegram becomes. */
	next(): Reading {
		const { name, meters, telegrams, topic } = this.#input
		if (this.#at === telegrams.length) this.#begin()
		const [pipeline, payload] = [this.#pipelines[this.#at % meters.length], telegrams[this.#at]] as [Pipeline<Outcome>, Uint8Array]
		// A second between two telegrams of a meter.
		const received = RECEIVED + 1000 * Math.floor(this.#at++ / meters.length)
		const outcomes = topic === undefined ? pipeline.push(payload, received) : pipeline.message({ topic, payload, retain: false }, received)
		const [outcome] = outcomes as Outcome[]
		if (outcome?.kind !== 'reading') throw new Error(`${name}: ${JSON.stringify(outcome)}`)
		return outcome.reading
	}
}

/** Bytes (or a message) in, the published payload out: all that a reading takes but the network. */
export function wholeWay(input: Input): Task {
	const town = new Town(input)
	return { name: input.name, before: () => town.refill(), run: () => JSON.stringify(town.next()) }
}

/** The same way, stage by stage, each of one meter's first telegram; `decode` and `reading` of all. */
export function stages(input: Input): Task[] {
	const { profile, meters, telegrams } = input
	const { link = 'raw', application = 'dlms' } = profile.document.decoder
	if (link === 'auto' || readsMessages(application)) return []
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

/** Readings of all lists. */
function readingsOf(input: Input): Reading[] {
	const town = new Town(input)
	return Array.from({ length: 3 * input.meters.length }, () => town.next())
}

const readingContext = ({ document, label }: CompiledProfile) => ({
	...contextOf(document.meter?.timezone),
	meter: 'house',
	id: 'house',
	profile: label,
	session: RECEIVED,
	seq: 0,
	clockShift: 0,
	live: false,
	expect: document.expect ?? {},
})

const contextOf = (timezone: string | undefined) => ({ timezone, received: RECEIVED, topic: {}, channel: {} })

/** The messages that a shipped output makes of a reading. */
export function outputTask(name: string, input: Input): Task {
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
export async function interpreterRate(telegram: Telegram, milliseconds: number): Promise<number> {
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

/** The same expressions on the same telegram, compiled. */
export function compiledTask(telegram: Telegram): Task {
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
export const points = {
	decipher(sealed: Sealed[]): Task {
		return { name: 'bare decipher', run: (place) => decipher(sealed[place % sealed.length] as Sealed) }
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
