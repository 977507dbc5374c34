import { readdirSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { crcKermit, crcX25 } from '../../engine/bytes/crc.ts'
import { concat, fromHex, fromLatin1, hex, latin1 } from '../../engine/bytes/hex.ts'
import { plainDecoder } from '../../engine/decode/decoder.ts'
import { detect } from '../../engine/decode/detect.ts'
import { anonymize, type Recording } from '../../engine/explain/anonymize.ts'
import { replaySample, testKeys } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import type { Keys, Telegram } from '../../engine/telegram/telegram.ts'
import { readCapture } from '../../engine/transport/capture.ts'
import { corpus, keysOf } from '../support/corpus.ts'
import { hexBytes, mbusFrame, smlEntry, smlList, smlMessages, smlNothing, smlOctets, smlTransport, smlUnsigned } from '../support/craft.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('anonymize-dialects', { limit: 60_000 })
const SALT = 'the same each time'

type Case = { name: string; recording: Recording; keys: Keys; profile?: string }

const header = { capture: 1 as const, meter: 'x', source: 'y', license: 'z' }
const cases: Case[] = [
	...corpus.map((entry) => ({
		name: entry.id,
		recording: { header, lines: [{ t: 0, hex: hex(entry.bytes) }] },
		keys: keysOf(entry),
	})),
	...readdirSync(`${root}meters`)
		.flatMap((folder) =>
			readdirSync(`${root}meters`, { withFileTypes: true }).some((one) => one.name === folder && one.isDirectory())
				? readdirSync(`${root}meters/${folder}`).map((file) => `${folder}/${file}`)
				: [],
		)
		.filter((file) => file.endsWith('.capture.jsonl'))
		.map((file) => {
			const recording = readCapture(`${root}meters/${file}`)
			return { name: file, recording, keys: testKeys(recording), profile: file.split('/')[0] ?? '' }
		}),
]

const bytesOf = ({ lines }: Recording) => concat(lines.map((line) => ('hex' in line ? hexBytes(line.hex) : new Uint8Array(0))))
const NEW = new Set(['sml', 'mbus', 'iec62056-21'])

function telegramsOf(recording: Recording, keys: Keys): { link: string; telegrams: Telegram[] } | undefined {
	const bytes = bytesOf(recording)
	const found = bytes.length > 0 ? detect([bytes], keys) : undefined
	if (!found || !NEW.has(found.link)) return undefined
	const reader = plainDecoder(found, keys)
	const telegrams = [...reader.push(bytes), ...reader.idle()].flatMap((item) => ('telegram' in item ? [item.telegram] : []))
	return { link: found.link, telegrams }
}

/** What names a meter in a telegram, each as it is told. */
function idsOf(telegrams: Telegram[]): string[] {
	const ids = telegrams.flatMap(({ meterId = '', systemTitle = '', registers, records = [] }) => [
		meterId,
		systemTitle,
		...registers.flatMap(({ obis, value }) =>
			value.kind === 'text' && /(^|:)(0\.0\.\d|0\.0|C\.1(\.\d)?|96\.1\.\d+|42\.0\.0|9\.21)(\*|$)|^129-129:199\.130\.5/.test(obis)
				? [value.text]
				: [],
		),
		...records.flatMap(({ quantity, value }) => {
			if (!/Fabrication|Identification|Customer/.test(quantity ?? '')) return []
			return value.kind === 'number' ? [String(value.raw)] : value.kind === 'text' ? [value.text] : []
		}),
	])
	// Others say nothing, or stand in any telegram.
	return [...new Set(ids)].filter((id) => /[1-9]/.test(id) && id.length >= 7 && new Set(id.replace(/^0+/, '')).size >= 3)
}

/** An id in every form in which it could stand in a file: bytes as Latin-1. */
function formsOf(id: string): string[] {
	const forms = [id, id.toLowerCase(), hex(Buffer.from(id, 'latin1')), hex(Buffer.from(id, 'latin1')).toLowerCase()]
	const add = (bytes: Uint8Array | undefined) => {
		if (!bytes || bytes.length < 4 || bytes.filter((byte) => byte !== 0).length < 3) return
		for (const one of [bytes, Uint8Array.from(bytes).reverse()]) forms.push(latin1(one), hex(one), hex(one).toLowerCase())
	}
	const binary = (number: bigint) => add(fromHex(number.toString(16).padStart(number < 2n ** 32n ? 8 : 16, '0')))
	if (id.length % 2 === 0) add(fromHex(id))
	if (/^\d+$/.test(id)) {
		const digits = id.replace(/^0+/, '')
		if (digits.length >= 7) {
			forms.push(digits)
			add(fromHex(digits.padStart(digits.length + (digits.length % 2), '0')))
			if (digits.length < 19) binary(BigInt(digits))
		}
	}
	const octets = id.length >= 16 ? fromHex(id) : undefined
	if (octets) {
		add(octets.subarray(-4))
		const number = Buffer.from(octets).readUInt32BE(octets.length - 4)
		if (number > 1_000_000 && number < 100_000_000) forms.push(String(number))
	}
	return forms
}

/** All values that are no ids. */
const values = (telegrams: Telegram[], ids: string[]) => {
	const isId = (raw: number | bigint) => ids.some((id) => id.replace(/^0+/, '') === String(raw))
	return telegrams.map(({ registers, records, clock, device }) => [
		registers.map(({ obis, value }) => [
			obis,
			value.kind,
			value.kind === 'number' && !isId(value.raw) ? [String(value.raw), value.scaler, value.unit] : [],
		]),
		records?.map(({ value, ...rest }) => [
			rest,
			value.kind === 'number' && !isId(value.raw) && !/Customer|Password|Serial|Fabrication|Identification/i.test(rest.quantity ?? '')
				? String(value.raw)
				: value.kind,
		]),
		clock,
		device,
	])
}

/** Without what may differ. */
function bare(reading: object): unknown {
	return JSON.parse(
		JSON.stringify(reading, (key, value: unknown) => (['id', 'received', 'session', 'firmware', 'seq'].includes(key) ? undefined : value)),
	)
}

let looked = 0

for (const { name, recording, keys, profile } of cases) {
	const before = telegramsOf(recording, keys)
	if (!before) continue
	test(`keeps what ${name} says (${before.link}), and none of its ids in any form`, async () => {
		const made = anonymize(recording, keys, SALT)
		if (before.telegrams.length === 0) {
			assert.type(made, 'string')
			return
		}
		if (typeof made === 'string') throw new Error(made)
		const newKeys = made.header.testKeys ? testKeys(made) : keys
		const after = telegramsOf(made, newKeys)
		const ids = idsOf(before.telegrams)
		looked += ids.length
		assert.equal(values(after?.telegrams ?? [], idsOf(after?.telegrams ?? [])), values(before.telegrams, ids))
		// Every byte belongs to a frame whose checksum is right.
		const bytes = bytesOf(made)
		const found = detect([bytes], newKeys)
		if (!found) throw new Error('its dialect is gone')
		const reader = plainDecoder(found, newKeys)
		const items = [...reader.push(bytes), ...reader.idle()]
		assert.ok(
			items.every((item) => 'telegram' in item),
			JSON.stringify(items.filter((item) => !('telegram' in item)).map((item) => ('reason' in item ? item.reason : ''))),
		)
		const written = latin1(bytes) + JSON.stringify({ ...made.header, testKeys: undefined })
		const hexWritten = made.lines.map((line) => ('hex' in line ? line.hex : line.payload + line.topic)).join('')
		for (const id of ids)
			for (const form of formsOf(id)) {
				assert.not.ok(written.includes(form), `${id} as ${JSON.stringify(form)}`)
				if (form.length >= 8 && /^[0-9A-F]+$/.test(form)) assert.not.ok(hexWritten.includes(form), `${id} in the hex`)
			}
		assert.equal(anonymize(recording, keys, SALT), made, 'the same salt')
		const again = anonymize(made, newKeys, SALT)
		if (typeof again === 'string') throw new Error(again)
		assert.equal(
			values(telegramsOf(again, newKeys)?.telegrams ?? [], idsOf(telegramsOf(again, newKeys)?.telegrams ?? [])),
			values(before.telegrams, ids),
		)
		if (profile !== undefined) {
			const compiled = compileProfile(profile, readLibrary([builtinProfiles], [profile]))
			if (Array.isArray(compiled)) return
			const readingsOf = async (one: Recording) =>
				(await replaySample(compiled, one)).flatMap((outcome) => (outcome.kind === 'reading' ? [bare(outcome.reading)] : []))
			assert.equal(await readingsOf(made), await readingsOf(recording))
		}
	})
}

test('has looked for ids', () => assert.ok(looked > 60, `${looked}`))

const anonymized = (bytes: Uint8Array) => anonymize({ header, lines: [{ t: 0, hex: hex(bytes) }] }, {}, SALT)
function bytesMade(bytes: Uint8Array): Uint8Array {
	const made = anonymized(bytes)
	if (typeof made === 'string') throw new Error(made)
	return bytesOf(made)
}

test('replaces an id of the M-Bus alike as digits, as a number and as a text, and refuses encrypted records', () => {
	const id = hexBytes('78563412')
	const number = Buffer.alloc(4)
	number.writeUInt32LE(12_345_678)
	const text = Buffer.from('87654321', 'latin1')
	const frame = mbusFrame(
		concat([
			hexBytes('080172'),
			id,
			hexBytes('2423010255000000'),
			hexBytes('0C78'),
			id,
			hexBytes('0478'),
			number,
			hexBytes('0D7808'),
			text,
			hexBytes('04132A000000'),
		]),
	)
	const made = Buffer.from(bytesMade(frame))
	const [header, bcd, binary, letters] = [made.subarray(7, 11), made.subarray(21, 25), made.subarray(27, 31), made.subarray(34, 42)]
	const digits = Buffer.from(header).reverse().toString('hex')
	assert.match(digits, /^\d{8}$/)
	assert.not.equal(digits, '12345678')
	assert.is(bcd.toString('hex'), header.toString('hex'))
	assert.is(String(binary.readUInt32LE(0)), digits)
	assert.is([...letters.toString('latin1')].reverse().join(''), digits)
	assert.is(made.subarray(42, 48).toString('hex'), '04132a000000')
	assert.match(
		String(anonymized(mbusFrame(concat([hexBytes('080172'), id, hexBytes('24230102550000052F2F2F2F'), new Uint8Array(12)])))),
		/encrypted records cannot/,
	)
})

for (const crcOf of [crcX25, crcKermit])
	test(`replaces server ids, public keys and signatures of SML, and keeps doubled escape sequences (${crcOf.name})`, () => {
		const server = hexBytes('0A01454D480000BC614E')
		const key = Uint8Array.from({ length: 48 }, (_, place) => place * 5 + 3)
		const entries = [
			smlEntry('1-0:0.0.9', smlOctets(server)),
			smlEntry('129-129:199.130.5', smlOctets(key)),
			smlEntry('1-0:96.1.0', smlOctets(Buffer.from('1EMH0012345678'))),
			smlEntry('1-0:1.8.0', smlUnsigned(0x1b1b1b1b, 4), { unit: 30, scaler: -1 }),
		]
		const content = smlList(
			smlNothing,
			smlOctets(server),
			smlNothing,
			smlNothing,
			smlList(...entries),
			smlOctets(key.subarray(0, 24)),
			smlNothing,
		)
		const messages = latin1(smlMessages(content, server, 0x0701, crcOf))
		const ESCAPE = '\x1b'.repeat(4)
		const made = latin1(bytesMade(smlTransport(fromLatin1(messages.replace(ESCAPE, ESCAPE + ESCAPE)), undefined, undefined, crcOf)))
		for (const secret of [latin1(server), latin1(key.subarray(0, 16)), '12345678', latin1(server.subarray(6))])
			assert.not.ok(made.includes(secret))
		assert.ok(made.includes(ESCAPE + ESCAPE))
		// The last octets of the server id say the number that the text has.
		const number = Number(/1EMH00(\d{8})/.exec(made)?.[1])
		assert.is(Buffer.from(made, 'latin1').readUInt32BE(made.indexOf('EMH\0') + 4), number)
	})

test('leaves parity bits as they were, and makes the block check right', () => {
	const text = '/EMH5\\@01LZQJL0014F\r\n\x020.0.0(12345678)\r\n1.8.0(001234.5*kWh)\r\nC.1.0(12345678)\r\n!\r\n\x03'
	const plain = Buffer.from(text, 'latin1')
	const check = plain.subarray(plain.indexOf(2) + 1).reduce((sum, byte) => sum ^ byte, 0)
	const even = (byte: number) => ([...byte.toString(2)].filter((bit) => bit === '1').length % 2 === 0 ? byte : byte | 0x80)
	const made = bytesMade(Uint8Array.from([...plain, check], even))
	assert.ok(made.every((byte) => even(byte & 0x7f) === byte))
	const said = latin1(made.map((byte) => byte & 0x7f))
	assert.match(said, /0\.0\.0\((\d{8})\)\r\n1\.8\.0\(001234\.5\*kWh\)\r\nC\.1\.0\(\1\)/)
	assert.not.ok(said.includes('12345678'))
})

test.run()
