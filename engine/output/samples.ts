import { isDeepStrictEqual } from 'node:util'
import type { Sample } from '../../schema/types/output.ts'
import type { Finding } from '../document/finding.ts'
import { WAYS } from './asked.ts'
import { askedDifference } from './asked-samples.ts'
import { example, PUBLISHER } from './example.ts'
import { type Given, type Made, messagesOf } from './messages.ts'
import type { ChosenOutput, CompiledOutput, Trigger } from './output.ts'
import { bridgeScope, configuredScope, type Last, meterScope } from './scope.ts'

/** Checks the samples of an output: gives a finding for each whose messages differ from those that it states. */
export async function checkOutput(output: CompiledOutput): Promise<Finding[]> {
	const { samples } = output.document
	if (samples.length === 0) return [output.at(['samples'], 'sample/none', 'the output has no samples', 'one a trigger')]
	const findings: Finding[] = []
	for (const way of WAYS)
		if (output.document[way] && !samples.some(({ on }) => on === way))
			findings.push(output.at(['samples'], 'sample/none', `no sample asks it by ${way}`, `one with "on": "${way}", "request" and "reply"`))
	for (const [place, sample] of samples.entries()) {
		const isMessages = isTrigger(sample.on)
		const key = isMessages ? 'messages' : 'reply'
		if (sample[key] === undefined) {
			findings.push(output.at(['samples', place], 'sample/incomplete', `a sample of "${sample.on}" states "${key}"`, `add "${key}"`))
			continue
		}
		const difference = await (isMessages ? differenceOf(output, sample) : askedDifference(output, sample))
		if (difference !== undefined) findings.push(output.at(['samples', place, key], 'sample/mismatch', difference))
	}
	return findings
}

const TRIGGERS: ReadonlySet<string> = new Set<Trigger>(['reading', 'announce', 'meter', 'bridge'])

const isTrigger = (on: Sample['on']): on is Trigger => TRIGGERS.has(on)

/** Gives the messages of a sample's reading. */
export async function sampleMessages(output: CompiledOutput, sample: Sample): Promise<{ messages: Made[]; faults: string[] }> {
	const { on, options = {} } = sample
	const expression = isTrigger(on) ? output.expressions[on] : undefined
	if (!expression || !isTrigger(on)) return { messages: [], faults: [`it has no "${on}"`] }
	return await messagesOf(expression, scopeOf({ ...output, choice: { options } }, sample, on))
}

function scopeOf(output: ChosenOutput, { id, reading = {}, meter = {} }: Sample, on: Trigger): object {
	if (on === 'bridge') return bridgeScope(output, PUBLISHER)
	const last = example(reading, { ...meter })
	return on === 'meter' ? configuredScope(output, PUBLISHER, { ...last, id }) : meterScope(output, PUBLISHER, last, on)
}

/** Gives the messages of an output for a reading, as the first of a process named `cii`: those that announce its fields, then its own. */
export async function readingMessages(output: CompiledOutput, last: Last): Promise<Given> {
	const one = { ...output, choice: {} }
	const all: Given = { messages: [], faults: [] }
	for (const on of ['meter', 'announce', 'reading'] as const) {
		const expression = output.expressions[on]
		if (!expression) continue
		const configured = { ...last, id: last.reading.id }
		const scope = on === 'meter' ? configuredScope(one, PUBLISHER, configured) : meterScope(one, PUBLISHER, last, on)
		const { messages, faults } = await messagesOf(expression, scope)
		all.messages.push(...messages)
		all.faults.push(...faults)
	}
	return all
}

async function differenceOf(output: CompiledOutput, sample: Sample): Promise<string | undefined> {
	const { messages, faults } = await sampleMessages(output, sample)
	if (faults.length > 0) return faults.join('; ')
	const { messages: wanted = [] } = sample
	if (messages.length !== wanted.length) return `${wanted.length} messages are expected, it gives ${messages.length}`
	for (const [place, { topic, payload, retain = false }] of wanted.entries()) {
		const got = messages[place]
		if (got?.topic !== topic) return `message ${place + 1} goes to ${got?.topic}, not to ${topic}`
		if (got.retain !== retain) return `the message on ${topic} has retain ${got.retain}`
		const isText = typeof payload !== 'object'
		const same = isText ? got.payload === String(payload) : isDeepStrictEqual(JSON.parse(got.payload), JSON.parse(JSON.stringify(payload)))
		if (!same) return `the message on ${topic} is ${got.payload.slice(0, 400)}`
	}
	return undefined
}
