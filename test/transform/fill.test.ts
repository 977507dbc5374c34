import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import * as assert from 'uvu/assert'
import { crcArc, crcX25 } from '../../engine/bytes/crc.ts'
import { type Decoded, type DecoderSettings, decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import { readsMessages } from '../../engine/decode/registry.ts'
import { testKeys } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../../engine/profile/profile.ts'
import { samplesOf } from '../../engine/profile/samples.ts'
import { type Register, registerOf, type Value } from '../../engine/telegram/register.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import type { Issue } from '../../engine/transform/expect.ts'
import { type FillContext, fill } from '../../engine/transform/fill.ts'
import { planOf } from '../../engine/transform/plan.ts'
import { type ReadingContext, readingOf } from '../../engine/transform/reading.ts'
import { type Scope, scopeOf } from '../../engine/transform/scope.ts'
import { parseCapture, partsOf } from '../../engine/transport/capture.ts'
import { amount } from '../support/long.ts'
import { suite } from '../support/suite.ts'

/** What goes from rows into slots is what the expressions give, each evaluated on the whole view of the telegram. */
const test = suite('fill', { limit: 120_000 })
const library = readLibrary([builtinProfiles])

const context: ReadingContext = {
	...{ timezone: 'Europe/Zurich', received: Date.UTC(2026, 9, 25, 0, 30), topic: {}, channel: {}, meter: 'm', id: 'm', profile: 'x@1' },
	...{ session: 0, seq: 0, clockShift: 0, live: false, expect: {} },
}

/** Every recording of bytes of the built-in profiles, with what its decoder is told. */
function* recordings(): Generator<{ name: string; profile: CompiledProfile; settings: DecoderSettings; parts: Uint8Array[] }> {
	for (const name of profileNames(library)) {
		const profile = compileProfile(name, library)
		if (Array.isArray(profile)) throw new Error(JSON.stringify(profile))
		const { link, application } = profile.document.decoder
		if (link === undefined || link === 'auto' || application === undefined || readsMessages(application)) continue
		for (const { capture } of samplesOf(profile)) {
			const recorded = parseCapture(capture, readFileSync(capture, 'utf8'))
			const settings = { ...decoderSettings(profile.document.decoder, testKeys(recorded)), link, application }
			yield { name: capture.split('/').slice(-2).join('/'), profile, settings, parts: partsOf(recorded) }
		}
	}
}

const named = ({ field, code, detail }: Issue) => `${field} ${code} ${detail}`

/** Values by field and issues, as slots and the expressions that are left give them. */
async function bySlots(telegram: Telegram, profile: CompiledProfile, own: FillContext) {
	const plan = planOf(profile.transform)
	const { values, issues } = await fill(telegram, plan, own)
	const entries = values.flatMap((value, at) => (value === undefined ? [] : [[plan.steps[at]?.target, value] as const]))
	plan.done(values)
	return { values: Object.fromEntries(entries), issues: issues.map(named).sort() }
}

/** The same, by evaluating every expression on the whole view. */
async function byExpressions(telegram: Telegram, profile: CompiledProfile, own: FillContext) {
	const scope: Scope = scopeOf(telegram, own)
	const values: Record<string, unknown> = {}
	const issues: Issue[] = []
	for (const [target, expression] of profile.transform) {
		const result = await expression.evaluate(scope)
		if ('fault' in result) issues.push({ field: target, code: 'expression', detail: result.fault })
		else if (result.value !== undefined) values[target] = result.value
		else
			for (const code of [...expression.codes, target]) {
				const reason = scope.withheld.get(code)
				if (reason) issues.push({ field: target, ...reason })
			}
	}
	return { values, issues: issues.map(named).sort() }
}

async function compare(decoded: Decoded, profile: CompiledProfile, name: string): Promise<number> {
	if (!('telegram' in decoded)) return 0
	const own = { ...context, channel: profile.document.decoder.channel ?? {} }
	const [slots, expressions] = [await bySlots(decoded.telegram, profile, own), await byExpressions(decoded.telegram, profile, own)]
	if (!isDeepStrictEqual(slots, expressions)) assert.equal(slots, expressions, name)
	return 1
}

test('fills fields of every recording with what their expressions give', async () => {
	let telegrams = 0
	for (const { name, profile, settings, parts } of recordings()) {
		const reader = decoder(settings)
		for (const part of parts)
			for (const decoded of [...reader.push(part), ...reader.idle()]) telegrams += await compare(decoded, profile, name)
	}
	assert.ok(telegrams > 60, String(telegrams))
})

/** Checksums of link layers over changed bytes, so that what is changed is not refused before it is read. */
const checked: Record<string, (bytes: Uint8Array) => Uint8Array> = {
	p1(bytes) {
		const end = bytes.lastIndexOf(0x21)
		const crc = crcArc(bytes, 0, end + 1)
			.toString(16)
			.toUpperCase()
			.padStart(4, '0')
		return Buffer.concat([bytes.subarray(0, end + 1), Buffer.from(`${crc}\r\n`)])
	},
	sml(bytes) {
		const crc = crcX25(bytes, 0, bytes.length - 2)
		bytes.set([crc & 0xff, crc >> 8], bytes.length - 2)
		return bytes
	},
	// One frame: the checksum of the whole stands before its closing flag.
	hdlc(bytes) {
		const crc = crcX25(bytes, 1, bytes.length - 3)
		bytes.set([crc & 0xff, crc >> 8], bytes.length - 3)
		return bytes
	},
}

/** What stands in the place of a byte: a neighbour, the ends, a digit; in short two of them in turn. */
const others = (byte: number, at: number) =>
	[byte ^ 1, byte ^ 0x80, 0x00, 0xff, 0x30 + ((byte + 3) % 10)]
		.filter((_, which) => (which + 5 - (at % 5)) % 5 < amount(2, 5))
		.filter((one) => one !== byte)

test('does so where any byte of a telegram is another', async () => {
	const counts = { recordings: 0, changed: 0, telegrams: 0 }
	for (const { name, profile, settings, parts } of recordings()) {
		const mend = checked[settings.link]
		const [first] = parts
		if (!mend || !first || first.length > 1500 || settings.keys.encryption) continue
		if (first.filter((byte) => byte === 0x7e).length !== 2 && settings.link === 'hdlc') continue
		counts.recordings++
		const reader = decoder(settings)
		for (let at = 0; at < first.length; at++)
			for (const byte of others(first[at] as number, at)) {
				const changed = mend(Uint8Array.from(first, (own, place) => (place === at ? byte : own)))
				counts.changed++
				for (const decoded of [...reader.push(changed), ...reader.idle()])
					counts.telegrams += await compare(decoded, profile, `${name}: byte ${at} is ${byte}`)
			}
	}
	assert.ok(counts.recordings > 10 && counts.changed > 5000 && counts.telegrams > 2000, JSON.stringify(counts))
})

const ekz = () => {
	const profile = compileProfile('ekz-e450', library)
	if (Array.isArray(profile)) throw new Error(JSON.stringify(profile))
	return profile
}
const telegram = (registers: Register[]): Telegram => ({ kind: 'telegram', application: 'dlms', auth: 'none', registers, sequence: [] })

test('withholds a value that is empty, unscaled or in a wrong unit, whatever came before', async () => {
	const profile = ekz()
	const watts = { kind: 'number', raw: 28, scaler: 0, unit: 'W' } as const
	const reading = async (second: Value) => {
		const said = telegram([registerOf('1-0:1.7.0', watts), registerOf('1-0:2.7.0', second)])
		const { reading: found, issues } = await readingOf(said, profile.transform, context)
		return [found?.power_import, found?.power_export, found?.power_net, issues.map(({ field, code }) => `${field}:${code}`).join()]
	}
	assert.equal(await reading(watts), [28, 28, 0, ''])
	assert.equal(await reading({ kind: 'number', raw: 28, unit: 'W' }), [28, undefined, undefined, 'power_export:unscaled'])
	assert.equal(await reading({ ...watts, unit: 'var' }), [28, undefined, undefined, 'power_export:unit'])
	assert.equal(await reading({ kind: 'none' }), [28, undefined, undefined, ''])
	assert.equal(await reading({ ...watts, raw: 30 }), [28, 30, -2, ''])
})

test('withholds a code that stands twice with different values, and takes one that is repeated', async () => {
	const profile = ekz()
	const power = (raw: number, code = '1-0:1.7.0') => registerOf(code, { kind: 'number', raw, scaler: 0, unit: 'W' })
	const reading = async (registers: Register[], channel = {}) => {
		const { reading: found, issues } = await readingOf(telegram([...registers, power(3, '1-0:2.7.0')]), profile.transform, {
			...context,
			channel,
		})
		return [found?.power_import, issues.map(({ code }) => code).join()]
	}
	assert.equal(await reading([power(5), power(5)]), [5, ''])
	assert.equal(await reading([power(5), power(6)]), [undefined, 'ambiguous'])
	assert.equal(await reading([power(5), power(6, '1-1:1.7.0')]), [undefined, 'ambiguous'])
	assert.equal(await reading([power(5), power(6, '1-1:1.7.0')], { '1.7.0': 1 }), [6, ''])
	assert.equal(await reading([power(5)], { '1.7.0': 1 }), [undefined, ''])
	assert.equal(await reading([power(5)]), [5, ''], 'nothing stays of the telegrams before')
})

test.run()
