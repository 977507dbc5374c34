import * as assert from 'uvu/assert'
import type { Question } from '../../engine/draft/asked.ts'
import { edited } from '../../engine/draft/edits.ts'
import { guessesOf } from '../../engine/draft/guesses.ts'
import type { AdapterMessage } from '../../engine/draft/layout.ts'
import { numbersOf } from '../../engine/draft/numbers.ts'
import { replaySample } from '../../engine/pipeline/replay.ts'
import type { CompiledProfile } from '../../engine/profile/profile.ts'
import { registerOf } from '../../engine/telegram/register.ts'
import { parseEntry, Sequences } from '../../engine/telegram/sequence.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import { readCapture } from '../../engine/transport/capture.ts'
import type { Guess } from '../../schema/types/api.ts'
import type { Profile } from '../../schema/types/profile.ts'
import { aloneText, compiled, library, type Recording, shipped } from '../support/stripped.ts'
import { suite } from '../support/suite.ts'

const test = suite('guesses', { limit: 120_000 })
const all = shipped()
/** Each recording once, with the first profile that has it. */
const recordings = [...new Map(all.flatMap(({ profile, recordings: own }) => own.map((one) => [one.file, { profile, ...one }]))).values()]

const asked = ({ telegrams, messages, parts }: Recording, profile: CompiledProfile, text: string): Question => ({
	telegrams,
	messages,
	parts,
	profile,
	text,
	rows: [],
	library,
})

/** How many guesses were right, wrong, or about what the shipped profile leaves out. */
class Hits {
	readonly counts: Record<string, number> = {}
	readonly wrong: string[] = []

	add({ sure }: Guess, how: 'right' | 'wrong' | 'more', what: string): void {
		const key = `${sure ? 'sure' : 'assumed'}, ${how}`
		this.counts[key] = (this.counts[key] ?? 0) + 1
		if (sure && how !== 'right') this.wrong.push(what)
	}
}

const short = (file: string) => file.split('/').slice(-2).join('/')

test('makes no sure guess that a shipped profile says otherwise, or says already', () => {
	for (const { profile, recordings: own } of all) {
		const text = library.sources.get(profile.name)?.text ?? ''
		for (const recording of own) {
			const made = guessesOf(asked(recording, profile, text)).filter(({ sure }) => sure)
			assert.equal(made, [], `${short(recording.file)}: ${made.map(({ title, reason }) => `${title} (${reason})`).join('; ')}`)
		}
	}
})

test('guesses the scalers of all meters whose profile states them, and is sure of none that is wrong', () => {
	const hits = new Hits()
	for (const recording of recordings) {
		const { profile, telegrams, file } = recording
		const text = aloneText(profile, ({ decoder }) => delete decoder?.registers)
		const bare = compiled(profile.name, text)
		const sequences = new Sequences(profile.document.decoder.sequence ?? {})
		const named = telegrams.map((telegram) => sequences.name(telegram)).filter((one): one is Telegram => one.kind === 'telegram')
		for (const guess of guessesOf(asked(recording, bare, text))) {
			if (guess.kind !== 'scaler') continue
			const after = compiled(profile.name, edited(text, guess.edits))
			const scalers = ({ document }: CompiledProfile, telegram: Telegram) =>
				numbersOf(telegram, document.decoder.registers ?? {}).map(({ scaler }) => scaler)
			const told = named.flatMap((telegram) => {
				const [before, mine, theirs] = [bare, after, profile].map((one) => scalers(one, telegram))
				return (mine ?? []).flatMap((scaler, at) => (scaler === before?.[at] || theirs?.[at] === undefined ? [] : [scaler === theirs[at]]))
			})
			if (told.length > 0) hits.add(guess, told.every(Boolean) ? 'right' : 'wrong', `${short(file)}: ${guess.title} (${guess.reason})`)
		}
	}
	assert.equal(hits.wrong, [])
	// Currents come with a power whose scaler nobody states here: they are sure once that is written.
	assert.ok((hits.counts['sure, right'] ?? 0) >= 15, JSON.stringify(hits.counts))
	assert.ok((hits.counts['assumed, right'] ?? 0) >= 5 * (hits.counts['assumed, wrong'] ?? 0), JSON.stringify(hits.counts))
	console.log(`scalers: ${JSON.stringify(hits.counts)}`)
})

test('names the places of lists without codes, and is sure of none that is wrong', () => {
	const hits = new Hits()
	for (const recording of recordings) {
		const { profile, telegrams, file } = recording
		const lists = Object.entries(profile.document.decoder.sequence ?? {})
		if (lists.length === 0) continue
		const text = aloneText(profile, ({ decoder }) => delete decoder?.sequence)
		for (const guess of guessesOf(asked(recording, compiled(profile.name, text), text))) {
			if (guess.kind !== 'sequence') continue
			const after = compiled(profile.name, edited(text, guess.edits))
			for (const [key, entries] of Object.entries(after.document.decoder.sequence ?? {})) {
				const fits = (own: (string | null)[], telegram: Telegram) => new Sequences({ [key]: own }).name(telegram).kind === 'telegram'
				const telegram = telegrams.find((one) => one.sent?.length === entries.length && fits(entries, one))
				assert.ok(telegram, `${short(file)}: ${guess.title} fits no telegram`)
				const theirs =
					lists.find(
						([own, named]) => new Sequences({ [own]: named }).name(telegram).kind === 'telegram' && named.length === entries.length,
					)?.[1] ?? []
				for (const [place, entry] of entries.entries()) {
					const code = codeOf(entry)
					if (code !== undefined)
						hits.add(
							guess,
							code === codeOf(theirs[place] ?? null) ? 'right' : 'wrong',
							`${short(file)}: ${guess.title}, place ${place + 1}: ${code}`,
						)
				}
			}
		}
	}
	assert.equal(hits.wrong, [])
	// Of most recordings with such lists there is one telegram, which shows no voltage for sure.
	assert.ok((hits.counts['sure, right'] ?? 0) >= 5, JSON.stringify(hits.counts))
	assert.ok((hits.counts['assumed, right'] ?? 0) >= 10 * (hits.counts['assumed, wrong'] ?? 0), JSON.stringify(hits.counts))
	console.log(`places: ${JSON.stringify(hits.counts)}`)
})

function codeOf(entry: string | null): string | undefined {
	const parsed = entry === null ? {} : parseEntry(entry)
	return typeof parsed === 'string' ? undefined : parsed.code
}

/** A field that every telegram has: readings of two profiles stand side by side. */
const MARK = { 'extra.mark': 'received' }
/** What shipped profiles leave out on purpose: values that the meter sends, and nobody trusts. */
const LEFT_OUT = /^(eon-hungary\/.* power_factor|emh-ehz\/absolute.* power_absolute|amsreader\/.* current_l2)/

test('names the fields of all meters and adapters, and is sure of none whose value is wrong', async () => {
	const hits = new Hits()
	for (const recording of recordings) {
		const { profile, file } = recording
		const strip = (own: Profile) => {
			own.transform = { ...MARK }
		}
		const text = aloneText(profile, strip)
		const marked = compiled(
			profile.name,
			aloneText(profile, (own) => {
				own.transform = { ...own.transform, ...MARK }
			}),
		)
		const guesses = guessesOf(asked(recording, compiled(profile.name, text), text)).filter(
			({ kind }) => kind === 'field' || kind === 'time',
		)
		for (const isSure of [true, false]) {
			// All of one sort at once, as if a person had clicked each.
			const some = guesses.filter(({ sure, params }) => sure === isSure && !/^(id|extra)/.test(String(params?.field ?? '')))
			const transform = Object.assign(
				{},
				...some.map((guess) => compiled(profile.name, edited(text, guess.edits)).document.transform),
			) as Record<string, string>
			const after = compiled(
				profile.name,
				aloneText(profile, (own) => {
					own.transform = { ...transform, ...MARK }
				}),
			)
			const [mine, theirs] = [await readings(after, file), await readings(marked, file)]
			for (const field of Object.keys(transform)) {
				const guess = some.find(({ params }) => params?.field === field) ?? some[0]
				const pairs = mine.flatMap((reading, at) => (reading[field] === undefined ? [] : [[reading[field], theirs[at]?.[field]]]))
				if (!guess || pairs.length === 0) continue
				const isRight = pairs.every(([own, other]) => other === undefined || JSON.stringify(own) === JSON.stringify(other))
				const isMore = pairs.every(([, other]) => other === undefined)
				const what = `${short(file)} ${field}: ${guess.reason}`
				if (!LEFT_OUT.test(what)) hits.add(guess, isMore ? 'more' : isRight ? 'right' : 'wrong', what)
			}
		}
	}
	assert.equal(hits.wrong, [])
	assert.ok((hits.counts['sure, right'] ?? 0) >= 900, JSON.stringify(hits.counts))
	assert.ok((hits.counts['assumed, right'] ?? 0) >= 10 * (hits.counts['assumed, wrong'] ?? 0), JSON.stringify(hits.counts))
	console.log(`fields: ${JSON.stringify(hits.counts)}`)
})

async function readings(profile: CompiledProfile, file: string): Promise<Record<string, unknown>[]> {
	const outcomes = await replaySample(profile, readCapture(file))
	return outcomes.flatMap((outcome) => (outcome.kind === 'reading' ? [{ ...outcome.reading }] : []))
}

test('makes none again that is taken, and its edits never make a profile worse', () => {
	for (const recording of new Map(recordings.map((one) => [one.profile.name, one])).values()) {
		const { profile } = recording
		let text = aloneText(profile, (own) => {
			own.transform = {}
			delete own.decoder?.registers
			delete own.decoder?.sequence
			delete own.meter?.timezone
		})
		let made = compiled(profile.name, text)
		const seen = new Set<string>()
		for (let steps = 0; steps < 40; steps++) {
			const guesses = guessesOf(asked(recording, made, text))
			const next = guesses.find(({ sure, title }) => sure && !seen.has(title)) ?? guesses.find(({ title }) => !seen.has(title))
			if (!next) break
			for (const { title } of guesses) assert.not.ok(seen.has(title), `${short(recording.file)}: ${title} comes again`)
			seen.add(next.title)
			const [first, ...rest] = next.edits
			assert.ok(first && rest.every((edit, at) => edit.offset + edit.length <= (next.edits[at]?.offset ?? 0)), next.title)
			text = edited(text, next.edits)
			made = compiled(profile.name, text)
		}
	}
})

test('names rows, with figures for the evidence', () => {
	const recording = recordings.find(({ file }) => file.includes('romande-energie-am550/vse-2026'))
	if (!recording) throw new Error('the recording is missing')
	const text = aloneText(recording.profile, ({ decoder }) => delete decoder?.registers)
	const [telegram] = recording.telegrams
	const rows = telegram?.registers.map(({ obis }) => obis) ?? []
	const made = guessesOf({ ...asked(recording, compiled(recording.profile.name, text), text), rows })
	const volts = made.find(({ title }) => title === 'V: scaler -1')
	assert.equal(
		volts?.rows?.map((row) => rows[row]),
		rows.filter((code) => /:(32|52|72)\.7\.0$/.test(code)),
	)
	assert.match(volts?.reason ?? '', /^\d+ is a voltage near 230 V × 10$/)
	assert.equal(volts?.params, { code: 'V', scaler: -1 })
	assert.is(volts?.sure, true)
})

test('finds a scaler of the profile that the telegrams contradict', () => {
	const recording = recordings.find(({ file }) => file.includes('romande-energie-am550/vse-2026'))
	if (!recording) throw new Error('the recording is missing')
	const text = aloneText(recording.profile, ({ decoder }) => {
		if (decoder) decoder.registers = { ...decoder.registers, V: { scaler: 0 } }
	})
	const made = guessesOf(asked(recording, compiled(recording.profile.name, text), text))
	const wrong = made.find(({ kind, sure }) => kind === 'scaler' && sure)
	assert.is(wrong?.title, 'V: scaler -1')
	assert.is(compiled(recording.profile.name, edited(text, wrong?.edits ?? [])).document.decoder.registers?.V?.scaler, -1)
})

const EMPTY = '{ "profile": "x", "version": "0.1.0", "title": "x" }'

test('begins an adapter from its messages, and a meter from its dialect, for a text that says nothing yet', () => {
	const messages: AdapterMessage[] = [
		{ t: 0, topic: 'house/meter', payload: '{"power":{"value":0.46,"unit":"kW"},"U1":231}' },
		{ t: 1000, topic: 'house/meter', payload: '{"power":{"value":0.47,"unit":"kW"},"U1":230}' },
	]
	const [first] = guessesOf({ telegrams: [], messages, text: EMPTY, rows: [] })
	const begun = edited(EMPTY, first?.edits ?? [])
	assert.equal(JSON.parse(begun).transport, { kind: 'mqtt', topic: 'house/meter' })
	const fields = guessesOf({ telegrams: [], messages, text: begun, rows: ['json.power.value', 'json.power.unit', 'json.U1'] })
	const power = fields.find(({ params }) => params?.field === 'power_net')
	assert.equal([power?.rows, power?.sure], [[0], true])
	const text = edited(begun, power?.edits ?? [])
	const wrong = text.replace('$scale(json.power.value, 3)', 'json.power.value')
	const [scale] = guessesOf({ telegrams: [], messages, text: wrong, profile: compiled('x', wrong), rows: [] }).filter(
		({ kind }) => kind === 'scaler',
	)
	assert.equal([scale?.sure, edited(wrong, scale?.edits ?? [])], [true, text])
	assert.is(compiled('x', text).document.transform?.power_net, '$scale(json.power.value, 3)')
	const detected = { link: 'hdlc', application: 'dlms', reason: '1 frame of hdlc, understood by dlms', verdict: 'understood' } as const
	const [link] = guessesOf({ telegrams: [], messages: [], text: EMPTY, rows: [], detected })
	assert.equal(JSON.parse(edited(EMPTY, link?.edits ?? [])).decoder, { link: 'hdlc', application: 'dlms' })
	assert.is(link?.sure, true)
})

/** Telegrams of a meter that sends numbers without scalers, one a row. */
const unscaled = (rows: Record<string, number>[]): Telegram[] =>
	rows.map((row) => ({
		kind: 'telegram',
		application: 'dlms',
		auth: 'none',
		sequence: [],
		registers: Object.entries(row).map(([code, raw]) => registerOf(code, { kind: 'number', raw })),
	}))
const RULES =
	'{ "profile": "x", "version": "0.1.0", "title": "x", "transport": { "kind": "serial" }, "decoder": { "link": "hdlc", "application": "dlms", "registers": { "W": { "scaler": 0 }, "Wh": { "scaler": 0 } } }, "transform": { "*": "obis" } }'

test('tells the scaler of a counter by its rise, once the telegrams are many enough', () => {
	// 3600 W for 10 s are 10 Wh: this counter counts hundreds of them.
	const times = Array.from({ length: 300 }, (_, at) => at * 10_000)
	const rows = times.map((_, at) => ({ '1-0:1.7.0': 3600, '1-0:1.8.0': 5000 + Math.floor(at / 10) }))
	const made = (many: number) =>
		guessesOf({ telegrams: unscaled(rows.slice(0, many)), messages: [], times, text: RULES, profile: compiled('x', RULES), rows: [] })
	assert.equal(
		made(300).map(({ title, sure }) => [title, sure]),
		[['1.8.0: scaler 2', true]],
	)
	assert.is(compiled('x', edited(RULES, made(300)[0]?.edits ?? [])).document.decoder.registers?.Wh?.scaler, 2)
	assert.equal(made(15), [])
})

test('is not sure of currents where the power may be small beside them', () => {
	const phase = (raw: number) => ({ '1-0:32.7.0': 230, '1-0:31.7.0': raw })
	const currents = (rows: Record<string, number>[]) =>
		guessesOf({ telegrams: unscaled(rows), messages: [], text: RULES, profile: compiled('x', RULES), rows: [] })
			.filter(({ params }) => params?.code === 'A')
			.map(({ title, sure }) => [title, sure])
	assert.equal(currents([{ '1-0:1.7.0': 2200, ...phase(970) }]), [['A: scaler -2', true]])
	assert.equal(currents([{ '1-0:1.7.0': 700, ...phase(970) }]), [['A: scaler -2', false]])
	assert.equal(currents([{ '1-0:1.7.0': 20, ...phase(9) }]), [['A: scaler -2', false]])
	// One telegram in which more power flows than the smaller scaler could carry tells it for all.
	assert.equal(
		currents([
			{ '1-0:1.7.0': 200, ...phase(970) },
			{ '1-0:1.7.0': 2200, ...phase(980) },
		]),
		[['A: scaler -2', true]],
	)
})

test('is not sure of what fits a power or a voltage whose own scaler is assumed', () => {
	const bare = RULES.replace('"W": { "scaler": 0 }, ', '')
	const made = (text: string, rows: Record<string, number>[], times?: number[]) =>
		guessesOf({ telegrams: unscaled(rows), messages: [], text, profile: compiled('x', text), rows: [], ...(times && { times }) })
			.filter(({ sure }) => sure)
			.map(({ title }) => title)
	// 2.2 kW in units of 10 W; and a grid of 110 V, whose voltages may be tens or tenths of it.
	const tens = { '1-0:1.7.0': 223, '1-0:32.7.0': 230, '1-0:31.7.0': 970 }
	assert.equal(made(bare, [tens]), ['V: scaler 0'])
	assert.equal(made(RULES, [{ '1-0:1.7.0': 247, '1-0:32.7.0': 1100, '1-0:31.7.0': 225 }]), [])
	// Hundredths, or a small one in thousandths.
	assert.equal(made(RULES, [{ '1-0:13.7.0': 95 }]), [])
	assert.equal(made(RULES, [{ '1-0:13.7.0': 950 }]), ['power_factor: scaler -3'])
	const times = Array.from({ length: 300 }, (_, at) => at * 10_000)
	const counted = times.map((_, at) => ({ '1-0:1.7.0': 3600, '1-0:1.8.0': 5000 + Math.floor(at / 10) }))
	assert.equal(made(bare, counted, times), [])
	assert.equal(made(RULES, counted, times), ['1.8.0: scaler 2'])
})

test('is not sure of kW where the currents may be in mA', () => {
	const made = (json: object) => {
		const messages: AdapterMessage[] = [{ t: 0, topic: 'house/meter', payload: JSON.stringify(json) }]
		const text = EMPTY.replace(' }', ', "transport": { "kind": "mqtt", "topic": "house/meter" }, "decoder": { "application": "json" } }')
		return guessesOf({ telegrams: [], messages, text, rows: [] }).flatMap(({ sure, params }) =>
			sure && /^(power|current)/.test(String(params?.field)) ? [params?.field] : [],
		)
	}
	assert.equal(made({ power: 4368, voltage_l1: 230, current_l1: 19_000 }), [], 'W and mA fit like kW and A')
	assert.equal(made({ '1.7.0': 38, '32.7.0': 230, '31.7.0': 168 }), [])
	assert.equal(made({ power: 4.368, voltage_l1: 230, current_l1: 19 }), ['power_net', 'current_l1'])
	assert.equal(made({ power: 4368, voltage_l1: 230, current_l1: 19.1 }), ['power_net', 'current_l1'])
})

test('says nothing about a text that cannot be changed safely', () => {
	const [recording] = recordings
	if (!recording) throw new Error('there is no recording')
	for (const text of ['', '{', '[]', '{ "decoder": 5 }', '{ "extends": "missing" }', '{ "a": 1, "a": 2 }'])
		assert.equal(guessesOf({ ...asked(recording, recording.profile, text), profile: undefined }), [], text)
})

test('takes no line of a comment or a key from what a stranger sends, and is done soon', () => {
	const evil = 'x\n  "transport": {"kind":"capture"}, // `'
	const keys = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`${evil}${at} power W`, at]))
	const messages = Array.from({ length: 2000 }, (_, t) => ({ t, topic: `a/${evil}/${t % 50}`, payload: JSON.stringify(keys) }))
	const sent = Array.from({ length: 4000 }, (_, at) => ({ type: 'u32', bytes: Uint8Array.of(0, 0, 9, at % 256) }))
	const telegram: Telegram = {
		kind: 'telegram',
		application: 'dlms',
		auth: 'none',
		registers: [],
		sequence: sent.map((_, raw) => ({ kind: 'number', raw: 2250 + (raw % 9) })),
		sent,
	}
	const small = { ...telegram, sent: sent.slice(0, 250), sequence: telegram.sequence.slice(0, 250) }
	const text =
		'{ "profile": "x", "version": "0.1.0", "title": "x", "transport": { "kind": "mqtt", "topic": "a/#" }, "decoder": { "application": "json" }, "transform": {} }'
	const began = performance.now()
	const made = guessesOf({
		telegrams: [...Array(300).fill(telegram), ...Array(300).fill(small)],
		messages,
		text,
		profile: compiled('x', text),
		rows: [],
		library,
	})
	assert.ok(performance.now() - began < 5000, `${performance.now() - began} ms`)
	assert.ok(made.length > 0 && made.length <= 150)
	for (const { title, reason, edits } of made) {
		assert.not.match(`${title}${reason}`, /\n/)
		assert.is(JSON.parse(edited(text, edits)).transport.kind, 'mqtt')
	}
})

test.run()
