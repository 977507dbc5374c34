import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { samplesOf } from '../../engine/check/samples.ts'
import { replaySample } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { readingOf } from '../../engine/transform/reading.ts'
import { noLayouts, scopeOf } from '../../engine/transform/scope.ts'
import { parseCapture } from '../../engine/transport/capture.ts'
import { suite } from '../support/suite.ts'

const test = suite('layout', { limit: 60_000 })
const library = readLibrary([builtinProfiles])
const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null)) as unknown

test('shows of every recorded telegram the same with a known list of codes as without', async () => {
	const counts = { telegrams: 0, byLayout: 0 }
	for (const name of profileNames(library)) {
		const profile = compileProfile(name, library)
		if (Array.isArray(profile)) throw new Error(JSON.stringify(profile))
		const layouts = noLayouts()
		for (const { capture } of samplesOf(profile).samples)
			for (const outcome of await replaySample(profile, parseCapture(capture, readFileSync(capture, 'utf8')))) {
				if (outcome.kind !== 'reading') continue
				const { telegram, context } = outcome
				const whole = scopeOf(telegram, context)
				// Once to make it known, once by it.
				scopeOf(telegram, context, layouts)
				const quick = scopeOf(telegram, context, layouts)
				counts.telegrams++
				if (Object.keys(quick.values.registers as object).length === 0 && Object.keys(whole.values.registers as object).length > 0)
					counts.byLayout++
				for (const part of ['obis', 'times', 'submeters', 'id', 'time', 'received', 'json', 'topic', 'records'])
					assert.equal(plain(quick.values[part]), plain(whole.values[part]), `${capture}: ${part}`)
				assert.equal([...quick.withheld.keys()], [...whole.withheld.keys()], capture)
				assert.equal([...quick.codes].sort(), Object.keys(whole.values.obis as object).sort(), capture)
			}
	}
	console.log(JSON.stringify(counts))
	assert.ok(counts.byLayout > counts.telegrams / 4, JSON.stringify(counts))
})

test('looks a telegram through again when a value of a known list is empty, unscaled or in a wrong unit', async () => {
	const profile = compileProfile('ekz-e450', library)
	if (Array.isArray(profile)) throw new Error(JSON.stringify(profile))
	const register = (obis: string, value: object) => ({
		obis,
		attribute: 2,
		value: { kind: 'number', raw: 28, scaler: 0, unit: 'W', ...value },
	})
	const said = (second: object) => ({
		kind: 'telegram' as const,
		application: 'dlms' as const,
		auth: 'none' as const,
		registers: [register('1-0:1.7.0', {}), register('1-0:2.7.0', second)] as never,
		sequence: [],
	})
	const context = {
		...{
			timezone: 'Europe/Zurich',
			received: 0,
			topic: {},
			channel: {},
			meter: 'm',
			id: 'm',
			profile: 'x',
			session: 0,
			seq: 0,
			clockShift: 0,
		},
		...{ expect: {}, clock: () => 0 },
	}
	const reading = async (second: object) => {
		const { reading: found, issues } = await readingOf(said(second), profile.transform, context)
		return [found?.power_import, found?.power_export, found?.power_net, issues.map(({ field, code }) => `${field}:${code}`).join()]
	}
	// The list is known from the first one on.
	assert.equal(await reading({}), [28, 28, 0, ''])
	assert.equal(await reading({ scaler: undefined }), [28, undefined, undefined, 'power_export:unscaled'])
	assert.equal(await reading({ unit: 'var' }), [28, undefined, undefined, 'power_export:unit'])
	assert.equal(await reading({ kind: 'none' }), [28, undefined, undefined, ''])
	assert.equal(await reading({ raw: 30 }), [28, 30, -2, ''])
})

test.run()
