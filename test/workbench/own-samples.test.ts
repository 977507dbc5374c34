import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { concat } from '../../engine/bytes/hex.ts'
import { comparable } from '../../engine/check/samples.ts'
import { testKeys } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { heardBy } from '../../engine/workbench/heard.ts'
import { newSample } from '../../engine/workbench/own-samples.ts'
import { telegramsIn } from '../../engine/workbench/pasted.ts'
import { isRefused } from '../../engine/workbench/refusal.ts'
import type { Telegrams } from '../../engine/workbench/task.ts'
import type { CaptureLine } from '../../schema/types/capture.ts'
import { lineOf, recordings } from '../support/bench.ts'
import { frame, llc, notification, obisOctets, octets, structure, u32 } from '../support/craft.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('own samples', { limit: 60_000 })
const folder = scratch('own-samples')
test.after(folder.remove)

const HEADER = { capture: 1, meter: 'm', source: 's', license: 'CC0-1.0' } as const

/** A profile of the user that reads what another reads. */
function childOf(parent: string) {
	const name = `mine-${parent}`
	writeFileSync(join(folder.path, `${name}.json`), JSON.stringify({ profile: name, version: '1.0.0', title: 'Mine', extends: parent }))
	const compiled = compileProfile(name, readLibrary([builtinProfiles, folder.path]))
	if (Array.isArray(compiled)) throw new Error(compiled[0]?.message)
	return compiled
}

/** Keeps each telegram of its own, and gives the readings that a sample of it has beside the one that the list shows. */
async function eachAlone(parent: string, telegrams: Telegrams): Promise<{ lines: CaptureLine[]; alone: object[]; shown: object }[]> {
	const profile = childOf(parent)
	const kept = []
	for (const [n, { reading }] of (await heardBy(profile, telegrams.lines, telegrams.keys)).entries()) {
		if (!reading) continue
		const made = await newSample(profile, `n${n}`, telegrams, [n])
		if (isRefused(made)) throw new Error(`${parent}, telegram ${n}: ${made.message}`)
		const [capture, expected] = made.files.map(({ text }) => text)
		const [, ...lines] = (capture ?? '').trim().split('\n')
		kept.push({
			lines: lines.map((line) => JSON.parse(line) as CaptureLine),
			alone: (JSON.parse(expected ?? '') as Parameters<typeof comparable>[0][]).map((one) => valuesOf(comparable(one))),
			shown: valuesOf(comparable(reading)),
		})
	}
	return kept
}

/** What a reading says of its telegram alone: not the id and time, which some telegrams have from those before. */
const valuesOf = ({ id: _id, time: _time, time_source: _source, issues: _issues, ...values }: Record<string, unknown>) => values

test('keeps one telegram of several messages with all of them, and with none of another', async () => {
	for (const { meter, lines, header } of recordings.filter(({ meter }) =>
		['esphome', 'vzlogger', 'shelly-3em', 'dsmr-reader'].includes(meter),
	)) {
		const kept = await eachAlone(meter, { lines, header, keys: testKeys({ header, lines }), isPrivate: false })
		assert.ok(kept.length > 0, meter)
		for (const { alone, shown } of kept) assert.equal(alone, [shown], meter)
	}
})

test('keeps one of several telegrams of a frame with the whole frame', async () => {
	const push = (power: number) => notification(structure(octets(obisOctets('1-0:1.7.0')), u32(power)))
	const line = lineOf(frame(concat([llc, push(3), push(4)])))
	const kept = await eachAlone('ekz-e450', { lines: [line], header: HEADER, keys: {}, isPrivate: false })
	assert.equal(
		kept.map(({ lines, alone }) => [lines, alone.length]),
		[
			[[line], 2],
			[[line], 2],
		],
	)
})

test('gives messages that were pasted without a topic one that the profile reads', async () => {
	const telegrams = telegramsIn({ text: '{"z":{"SMid":"00000001","Pi":0.5}}\n{"z":{"SMid":"00000001","Pi":0.6}}' })
	if (isRefused(telegrams)) throw new Error(telegrams.message)
	const kept = await eachAlone('gplug', { ...telegrams, header: HEADER })
	assert.equal(
		kept.map(({ alone, lines }) => [alone.length, lines.map((line) => 'topic' in line && line.topic)]),
		[
			[1, ['tele/device/SENSOR']],
			[1, ['tele/device/SENSOR']],
		],
	)
})

test.run()
