import { isDeepStrictEqual } from 'node:util'
import { fields } from '../../schema/types/fields.ts'
import type { Sample } from '../../schema/types/output.ts'
import type { Reading } from '../../schema/types/reading.ts'
import type { Finding } from '../document/finding.ts'
import { topics } from '../mqtt/topics.ts'
import { type Given, type Made, messagesOf } from './messages.ts'
import type { ChosenOutput, CompiledOutput } from './output.ts'
import { bridgeScope, configuredScope, type Last, type MeterView, meterScope } from './scope.ts'

/** Checks the samples of an output: gives a finding for each whose messages differ from those that it states. */
export async function checkOutput(output: CompiledOutput): Promise<Finding[]> {
	const { samples } = output.document
	if (samples.length === 0) return [output.at(['samples'], 'sample/none', 'the output has no samples', 'one a trigger')]
	const findings: Finding[] = []
	for (const [place, sample] of samples.entries()) {
		const difference = await differenceOf(output, sample)
		if (difference !== undefined) findings.push(output.at(['samples', place, 'messages'], 'sample/mismatch', difference))
	}
	return findings
}

const PUBLISHER = { topics: topics('cii', 'main'), bridge: { instance: 'main', version: '0.0.0' } }

/** Gives the messages of a sample's reading. */
export async function sampleMessages(output: CompiledOutput, sample: Sample): Promise<{ messages: Made[]; faults: string[] }> {
	const expression = output.expressions[sample.on]
	if (!expression) return { messages: [], faults: [`it has no "${sample.on}"`] }
	return await messagesOf(expression, scopeOf({ ...output, choice: { options: sample.options ?? {} } }, sample))
}

function scopeOf(output: ChosenOutput, { on, id, reading = {}, meter = {} }: Sample): object {
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
	if (messages.length !== sample.messages.length) return `${sample.messages.length} messages are expected, it gives ${messages.length}`
	for (const [place, { topic, payload, retain = false }] of sample.messages.entries()) {
		const got = messages[place]
		if (got?.topic !== topic) return `message ${place + 1} goes to ${got?.topic}, not to ${topic}`
		if (got.retain !== retain) return `the message on ${topic} has retain ${got.retain}`
		const isText = typeof payload !== 'object'
		const same = isText ? got.payload === String(payload) : isDeepStrictEqual(JSON.parse(got.payload), JSON.parse(JSON.stringify(payload)))
		if (!same) return `the message on ${topic} is ${got.payload.slice(0, 400)}`
	}
	return undefined
}

const NOW = '2026-01-01T00:00:00.000Z'
const HEAD = { schema: 'cii.reading/1', meter: 'house', id: 'house', time: '2026-01-01T00:00:00Z', time_source: 'meter' } as const

/** Makes up a reading and its meter, with all that is stated of them. */
function example(stated: Partial<Reading>, meter: MeterView['meter'] = {}): Last {
	const reading: Reading = { ...HEAD, received: NOW, session: NOW, seq: 0, auth: 'none', profile: 'sample@1.0.0', ...stated }
	const profile = { name: 'sample', label: reading.profile, title: 'Sample', interval: 10 }
	return { view: { name: reading.meter, meter, profile }, reading, state: reading }
}

/** Makes up a reading with every field: it shows which topics an output writes before there is a real one. */
export function fullExample(meter: string, id: string): Last {
	const values = Object.entries(fields).map(([name, { kind }]) => [name, kind === 'number' ? 1 : kind === 'time' ? NOW : '1'])
	return example({ ...Object.fromEntries(values), meter, id })
}
