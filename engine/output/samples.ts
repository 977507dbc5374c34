import { isDeepStrictEqual } from 'node:util'
import type { Sample } from '../../schema/types/output.ts'
import type { Finding } from '../document/finding.ts'
import { topics } from '../mqtt/topics.ts'
import { type Made, messagesOf } from './messages.ts'
import type { CompiledOutput } from './output.ts'
import { bridgeScope, meterScope } from './scope.ts'

/** The head of a sample's reading, where it states none. */
const HEAD = {
	schema: 'cii.reading/1',
	meter: 'house',
	id: 'house',
	time: '2026-01-01T00:00:00Z',
	time_source: 'meter',
	received: '2026-01-01T00:00:00.000Z',
	session: '2026-01-01T00:00:00.000Z',
	seq: 0,
	auth: 'none',
	profile: 'sample@1.0.0',
}

/** Checks the samples of an output: gives a finding for each whose messages differ from those that it states. */
export async function checkOutput(output: CompiledOutput): Promise<Finding[]> {
	const findings: Finding[] = []
	if (output.document.samples.length === 0)
		findings.push(output.at(['samples'], 'sample/none', 'the output has no samples', 'one a trigger'))
	for (const [place, sample] of output.document.samples.entries()) {
		const difference = await differenceOf(output, sample)
		if (difference !== undefined) findings.push(output.at(['samples', place, 'messages'], 'sample/mismatch', difference))
	}
	return findings
}

/** Gives the messages of a sample's reading. */
export function sampleMessages(
	output: CompiledOutput,
	{ on, reading = {}, meter = {}, options = {} }: Sample,
): Promise<{ messages: Made[]; faults: string[] }> {
	const expression = output.expressions[on]
	if (!expression) return Promise.resolve({ messages: [], faults: [`it has no "${on}"`] })
	const choice = { options }
	const names = topics('cii', 'main')
	const bridge = { instance: 'main', version: '0.0.0' }
	if (on === 'bridge') return messagesOf(expression, bridgeScope(output, choice, names, bridge))
	const whole = { ...HEAD, ...reading }
	const view = { name: whole.meter, meter, profile: { name: 'sample', label: whole.profile, title: 'Sample', interval: 10 } }
	return messagesOf(expression, meterScope(output, choice, names, bridge, view, { reading: whole, state: whole }, on))
}

async function differenceOf(output: CompiledOutput, sample: Sample): Promise<string | undefined> {
	const { messages, faults } = await sampleMessages(output, sample)
	if (faults.length > 0) return faults.join('; ')
	if (messages.length !== sample.messages.length) return `${sample.messages.length} messages are expected, it gives ${messages.length}`
	for (const [place, { topic, payload, retain = false }] of sample.messages.entries()) {
		const got = messages[place]
		if (got?.topic !== topic) return `message ${place + 1} goes to ${got?.topic}, not to ${topic}`
		if (got.retain !== retain) return `the message on ${topic} has retain ${got.retain}`
		const same =
			typeof payload === 'object'
				? isDeepStrictEqual(JSON.parse(got.payload), JSON.parse(JSON.stringify(payload)))
				: got.payload === String(payload)
		if (!same) return `the message on ${topic} is ${got.payload.slice(0, 400)}`
	}
	return undefined
}
