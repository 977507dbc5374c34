import { readdirSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { concat, hex } from '../../engine/bytes/hex.ts'
import { type DraftQuestion, draftOf } from '../../engine/draft/draft.ts'
import { replaySample } from '../../engine/pipeline/replay.ts'
import { isFragment } from '../../engine/profile/library.ts'
import { readCapture } from '../../engine/transport/capture.ts'
import type { Draft } from '../../schema/types/api.ts'
import { frame, llc, notification, structure, text, u16, u32 } from '../support/craft.ts'
import { root } from '../support/root.ts'
import { compiled, library } from '../support/stripped.ts'
import { suite } from '../support/suite.ts'

const test = suite('draft', { limit: 60_000 })

async function draft(question: Omit<DraftQuestion, 'name'>): Promise<Draft> {
	const made = await draftOf({ name: 'mine', ...question }, library)
	if (typeof made === 'string') throw new Error(made)
	return made
}

test('begins with nothing: a profile that is valid, says what each part is for, and what is assumed', async () => {
	const { text, notes } = await draft({ from: 'empty' })
	assert.is(compiled('mine', text).document.meter?.timezone, 'Europe/Zurich')
	assert.is(text.match(/^ {2}\/\/ /gm)?.length, 5)
	assert.match(notes?.join() ?? '', /timezone Europe\/Zurich is assumed.*line 2400 8E1 is assumed/)
	const stated = await draft({ from: 'empty', timezone: 'Europe/Vienna' })
	assert.is(compiled('mine', stated.text).document.meter?.timezone, 'Europe/Vienna')
	assert.not.match(stated.notes?.join() ?? '', /timezone/)
})

test('begins with any profile and fragment: a child that is valid, and reads what its parent reads', async () => {
	const parents = [...library.sources.keys()].filter((name) => !name.startsWith('outputs/'))
	assert.ok(parents.length > 60)
	for (const parent of parents) {
		const { text } = await draft({ from: 'extends', extends: parent })
		const child = compiled('mine', text)
		assert.equal(child.chain.slice(0, 2), ['mine', parent])
		if (!isFragment(parent)) assert.is(child.document.title, compiled(parent, library.sources.get(parent)?.text ?? '').document.title)
	}
	const vienna = await draft({ from: 'extends', extends: 'dsmr', timezone: 'Europe/Vienna' })
	assert.is(compiled('mine', vienna.text).document.meter?.timezone, 'Europe/Vienna')
})

test('begins with a recording as new does, and names the profiles that read the same, with their reasons', async () => {
	const capture = readCapture(`${root}meters/romande-energie-am550/vse-2026.capture.jsonl`)
	const { text, notes = [], similar = [] } = await draft({ from: 'recording', capture })
	assert.ok((await replaySample(compiled('mine', text), capture)).some(({ kind }) => kind === 'reading'))
	assert.equal([similar[0]?.profile, similar[0]?.sure], ['romande-energie-am550', 'sure'])
	assert.match(similar[0]?.why.join() ?? '', /the telegram names Iskraemeco/)
	assert.match(notes.join('\n'), /^the timezone Europe\/Zurich is assumed[^\n]*\n\* is assumed: powers and counters/)
	const lists = await draft({ from: 'recording', capture: readCapture(`${root}meters/kaifa-ma304/lists.capture.jsonl`) })
	assert.equal([lists.similar?.[0]?.profile, lists.notes], ['kaifa-ma304', ['its lists have no codes: name the values at their places']])
	const adapter = await draft({ from: 'recording', capture: readCapture(`${root}meters/shelly-3em/composed.capture.jsonl`) })
	assert.equal(
		adapter.similar?.map(({ profile, sure }) => [profile, sure]),
		[['shelly-3em', 'likely']],
	)
})

test('begins with messages whose topic nobody has told: by the profile that reads them, or with a topic to be put right', async () => {
	const header = { capture: 1, meter: 'm', source: 's', license: 'CC0-1.0' } as const
	const capture = (payload: string) => ({ header, lines: [{ t: 0, topic: '', payload }] })
	const known = readCapture(`${root}meters/gplug/${readdirSync(`${root}meters/gplug`).find((file) => file.endsWith('.capture.jsonl'))}`)
	const [line] = known.lines
	const { similar = [] } = await draft({ from: 'recording', capture: capture(line && 'payload' in line ? line.payload : '') })
	assert.ok(similar.some(({ profile }) => profile === 'gplug'))
	const { text, notes = [] } = await draft({ from: 'recording', capture: capture('{"power_w":1234.5,"total_kwh":88.123}') })
	const made = compiled('mine', text)
	assert.match(String(made.document.transport.topic), /^[a-z]+\/[a-z]+$/)
	assert.match(notes.join(), /topic was not told/)
	assert.is((await replaySample(made, capture('{"power_w":1,"total_kwh":2}'))).length, 1)
})

const header = { capture: 1 as const, meter: 'x', source: 'y', license: 'z' }

test('writes no number of a meter into a profile, which others are to read', async () => {
	const body = structure(u32(8_412_337), u16(2314), u16(612), text('72913133'))
	const bytes = hex(frame(concat([llc, notification(body)])))
	const list = await draft({ from: 'recording', capture: { header, lines: [{ t: 0, hex: bytes }] } })
	assert.equal(list.notes?.at(-1), 'its lists have no codes: name the values at their places')
	assert.not.match(list.text, /72913133|sequence|samples/)
	const message = (t: number, name: string, payload: object) => ({
		t,
		topic: `kraxel/KX-00417/${name}`,
		payload: JSON.stringify({ sn: 'KX-00417', contract: 76543210, ...payload }),
	})
	const lines = [0, 10_000].flatMap((t) => [
		message(t, 'live', { net: { bezug_kW: 2.4 + t / 1e5, abgabe_kW: 0 } }),
		message(t + 10, 'totals', { counters: { in_Wh: 2_345_685 + t / 100, out_kWh: 98.765 } }),
	])
	const adapter = await draft({ from: 'recording', capture: { header, lines } })
	assert.not.match(adapter.text, /KX-00417|76543210/)
	assert.match(adapter.text, /"topic": "kraxel\/\+device\/\+name", "identity": "device"/)
	assert.match(adapter.text, /"power_export": "\$scale\(json\.net\.abgabe_kW, 3\)"/)
	const outcomes = await replaySample(compiled('mine', adapter.text), { header, lines })
	const [live, totals] = outcomes.flatMap((outcome) => (outcome.kind === 'reading' ? [outcome.reading] : []))
	assert.equal([live?.id, live?.power_import, live?.power_export], ['KX-00417', 2400, 0])
	assert.equal([totals?.id, totals?.energy_import, totals?.energy_export], ['KX-00417', 2_345_685, 98_765])
})

test('names no field by a word that it does not know, where another may be meant', async () => {
	const lines = [0, 10].map((t) => ({ t: t * 1000, topic: 'a/b', payload: JSON.stringify({ bezug_kW: 2.4 + t, zzz_kW: 0 }) }))
	const { text: made } = await draft({ from: 'recording', capture: { header, lines } })
	assert.match(made, /"power_import"/)
	assert.not.match(made, /"power_net"/)
})

test('says in words what it cannot begin with', async () => {
	const nothing = { header: { capture: 1, meter: 'm', source: 's', license: 'CC0-1.0' }, lines: [{ t: 0, hex: '00ff00ff' }] } as const
	const asked: [Partial<DraftQuestion>, RegExp][] = [
		[{ name: 'My meter' }, /"My meter" is no name for a profile: a-z, 0-9 and - only/],
		[{ name: 'dsmr' }, /there is a profile "dsmr"/],
		[{ name: 'a'.repeat(200) }, /is no name/],
		[{ timezone: 'Mars/Base' }, /"Mars\/Base" is no timezone/],
		[{ from: 'extends' }, /a child needs a parent/],
		[{ from: 'extends', extends: 'nosuch\n"' }, /^there is no profile "nosuch\\n"" to extend$/],
		[{ from: 'extends', extends: 'outputs/values' }, /"outputs\/values" is an output/],
		[{ from: 'recording' }, /a draft of a recording needs one/],
		[{ from: 'recording', capture: { header: { ...nothing.header }, lines: [...nothing.lines] } }, /no telegram could be read in it/],
	]
	for (const [question, words] of asked) assert.match(String(await draftOf({ name: 'mine', from: 'empty', ...question }, library)), words)
})

test('stays within what a profile may have, whatever is sent', async () => {
	const keys = (letter: string) => Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`${letter.repeat(700)}${at}`, at]))
	const header = { capture: 1, meter: 'm'.repeat(100_000), source: 's', license: 'CC0-1.0' } as const
	const lines = ['x', 'y', 'z'].map((letter, t) => ({ t, topic: 'a/b', payload: JSON.stringify({ ...keys(letter), power: 5 }) }))
	const { text } = await draft({ from: 'recording', capture: { header, lines } })
	assert.is(compiled('mine', text).document.transform?.power_net, 'json.power')
	assert.is(compiled('mine', text).document.title?.length, 200)
	const topic = { header, lines: [{ t: 0, topic: 'a/'.repeat(40_000), payload: '{"power":5}' }] }
	assert.match(String(await draftOf({ name: 'mine', from: 'recording', capture: topic }, library)), /fill more than the 65536 bytes/)
})

test('lets no name of a message end a comment', async () => {
	const evil = 'x\n  "transport": { "kind": "serial" }, //'
	const lines = [0, 1000, 2000].map((t) => ({ t, topic: 'a/b', payload: JSON.stringify({ [evil]: 5, [`${evil}power`]: 230 + t / 1000 }) }))
	const { text } = await draft({
		from: 'recording',
		capture: { header: { capture: 1, meter: 'm', source: 's', license: 'CC0-1.0' }, lines },
	})
	assert.is(compiled('mine', text).document.transport.kind, 'mqtt')
	for (const line of text.split('\n')) assert.not.match(line, /^ {2}"transport": \{ "kind": "serial"/)
})

test.run()
