import * as assert from 'uvu/assert'
import { fromLatin1, hex } from '../../engine/bytes/hex.ts'
import { plainDecoder } from '../../engine/decode/decoder.ts'
import { anonymize, type Recording } from '../../engine/explain/anonymize.ts'
import { testKeys } from '../../engine/pipeline/replay.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import { keysOf, telegram } from '../support/corpus.ts'
import { hexBytes } from '../support/craft.ts'
import { suite } from '../support/suite.ts'

const test = suite('anonymize')

const header = { capture: 1 as const, meter: 'x', source: 'y', license: 'z' }
const recording = (id: string): Recording => ({ header, lines: [{ t: 0, hex: hex(telegram(id).bytes) }] })
function done(made: Recording | string): Recording {
	if (typeof made === 'string') throw new Error(made)
	return made
}
/** The telegrams of a recording, read with the keys that it publishes. */
function read({ header: head, lines }: Recording, link: 'hdlc' | 'p1' = 'hdlc', keys = testKeys({ header: head, lines })): Telegram[] {
	const reader = plainDecoder({ link, application: link === 'p1' ? 'p1' : 'dlms' }, keys)
	return [...lines.flatMap((line) => ('hex' in line ? reader.push(hexBytes(line.hex)) : [])), ...reader.idle()].flatMap((item) =>
		'telegram' in item ? [item.telegram] : [],
	)
}
const numbers = (found: Telegram[]) =>
	found.flatMap(({ registers }) => registers.flatMap(({ obis, value }) => (value.kind === 'number' ? [`${obis} ${value.raw}`] : [])))
const all = ({ lines }: Recording) => lines.map((line) => ('hex' in line ? line.hex : `${line.topic} ${line.payload}`)).join('\n')

for (const id of [
	'ch-lg-e450-vse2026',
	'ch-lg-e450-quadrants-2022',
	'ch-lg-e450-mbus-extreg-2024',
	'ch-iskra-am550-vse2026',
	'ch-iskra-am550-obis-scaler-2023',
	'si-iskra-ece-list1-18',
]) {
	test(`keeps the values of ${id}, and not its ids`, () => {
		const before = read(recording(id))
		const made = done(anonymize(recording(id), {}))
		const after = read(made)
		assert.ok(before.length > 0)
		assert.equal(numbers(after), numbers(before))
		for (const { meterId } of before) if (meterId !== undefined) assert.not.ok(all(made).includes(hex(fromLatin1(meterId))), meterId)
		assert.is(after[0]?.meterId?.slice(0, 3).replace(/\d/g, '#'), before[0]?.meterId?.slice(0, 3).replace(/\d/g, '#'), 'the maker stays')
		assert.is(after[0]?.meterId?.length, before[0]?.meterId?.length)
	})
}

test('keeps a P1 telegram right, with its ids written as hex', () => {
	const made = done(anonymize(recording('p1-nl-iskra-am550-two-mbus'), {}))
	const [before] = read(recording('p1-nl-iskra-am550-two-mbus'), 'p1')
	const [after] = read(made, 'p1')
	assert.equal(numbers(after ? [after] : []), numbers(before ? [before] : []))
	assert.not.equal(after?.meterId, before?.meterId)
	assert.is(after?.meterId?.length, before?.meterId?.length)
})

test("closes ciphered telegrams anew under the published test keys, and never writes the meter's", () => {
	for (const id of ['at-lg-e450-flat-enc-1', 'dk-kamstrup-omnipower-enc-auth', 'ch-lg-e570-enc']) {
		const keys = keysOf(telegram(id))
		const before = read(recording(id), 'hdlc', keys)
		const made = done(anonymize(recording(id), keys))
		const after = read(made)
		assert.equal(numbers(after), numbers(before), id)
		assert.is(after[0]?.auth, before[0]?.auth)
		assert.not.equal(after[0]?.systemTitle, before[0]?.systemTitle)
		assert.is(after[0]?.systemTitle?.slice(0, 6), before[0]?.systemTitle?.slice(0, 6), 'the maker stays')
		const text = JSON.stringify(made).toUpperCase()
		for (const key of Object.values(keys)) if (key) assert.not.ok(text.includes(hex(key)), id)
		if (before[0]?.systemTitle) assert.not.ok(text.includes(before[0].systemTitle))
	}
	assert.match(String(anonymize(recording('ch-lg-e570-enc'), {})), /with their key only/)
	const wrong = { encryption: hexBytes('00'.repeat(16)), authentication: hexBytes('00'.repeat(16)) }
	assert.match(String(anonymize(recording('dk-kamstrup-omnipower-enc-auth'), wrong)), /cannot be opened/)
})

test('replaces the ids of messages in topic and payload by the same ones', () => {
	const line = {
		t: 0,
		topic: 'smartmeter/LGZ1030655933512/ACTIVE_POWER_P',
		payload: '{"value":1,"id":"LGZ1030655933512","timestamp":1629055611}',
	}
	const [made] = done(anonymize({ header, lines: [line] }, {})).lines
	if (!made || !('topic' in made)) throw new Error('no message')
	const id = made.topic.split('/')[1] ?? ''
	assert.match(id, /^LGZ\d{13}$/)
	assert.not.equal(id, 'LGZ1030655933512')
	assert.is(made.payload, `{"value":1,"id":"${id}","timestamp":1629055611}`)
})

test('replaces what names a household in messages, by its name or by the code beside it, and nothing else', () => {
	const payload = {
		unique_id: '4E6576657220676F6E6E612072756E2061726F756E64',
		meterNumber: 1118004892,
		wifi: { ssid: 'Casa Müller', rssi: -59, localip: '192.168.1.233' },
		billing: [
			{ obis: '8181C78206FF', value: 'Mustermann' },
			{ obis: '8181C78207FF', value: 'Nymphenburger Str. 20b, 80335 München' },
			{ obis: '0100000000FF', value: '1618004892' },
			{ obis: '0101010800FF', value: 3_668_312, unit: 'Wh' },
		],
		id: 0,
		timestamp: 1_629_055_611,
		energy_id: 12.5,
	}
	const line = { t: 0, topic: 'hub/5012345678/data', payload: JSON.stringify(payload) }
	const made = all(done(anonymize({ header, lines: [line] }, {})))
	for (const gone of [payload.unique_id, '1118004892', 'Casa', 'Mustermann', 'Nymphenburger', '1618004892', '5012345678'])
		assert.not.ok(made.includes(gone), gone)
	const after = JSON.parse(made.slice(made.indexOf('{'))) as typeof payload
	assert.equal([after.id, after.timestamp, after.energy_id, after.billing[3]], [0, payload.timestamp, 12.5, payload.billing[3]])
	assert.is(after.wifi.rssi, -59)
})

test('leaves out bytes that are no frame, and refuses what it cannot read', () => {
	const { bytes } = telegram('ch-lg-e450-vse2026')
	const made = done(anonymize({ header, lines: [{ t: 0, hex: `DEADBEEF${hex(bytes)}` }] }, {}))
	assert.not.ok(all(made).includes('DEADBEEF'))
	assert.match(String(anonymize({ header, lines: [{ t: 0, hex: '00112233' }] }, {})), /only frames of HDLC, M-Bus and SML/)
})

test('leaves out frames of a telegram that began before the recording', () => {
	const { bytes } = telegram('ch-lg-e450-vse2026')
	const ids = read(recording('ch-lg-e450-vse2026')).flatMap(({ meterId = '' }) => [hex(fromLatin1(meterId))])
	const tail = hex(bytes.subarray(-350))
	const made = done(anonymize({ header, lines: [{ t: 0, hex: tail + hex(bytes) }] }, {}))
	assert.is(
		made.lines.map((line) => ('hex' in line ? line.hex.length : 0)).reduce((sum, length) => sum + length, 0),
		bytes.length * 2,
	)
	assert.not.ok(ids.some((id) => all(made).includes(id)))
	assert.match(String(anonymize({ header, lines: [{ t: 0, hex: tail }] }, {})), /no whole telegram/)
})

test("replaces ids in the header's topic, and an adapter's hardware address everywhere", () => {
	const transport = { kind: 'mqtt' as const, topic: 'cii/LGZ1030655933512/+' }
	const line = { t: 0, topic: 'wm/AABB12CCDDEE/x', payload: '{"mac":"aa:bb:12:cc:dd:ee","v":1.25}' }
	const made = done(anonymize({ header: { ...header, transport }, lines: [line] }, {}))
	assert.not.match(JSON.stringify(made), /LGZ1030655933512|AABB12CCDDEE|aa:bb:12:cc:dd:ee/)
	assert.match(JSON.stringify(made), /"v\\":1\.25/)
})

test.run()
