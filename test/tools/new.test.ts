import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import * as assert from 'uvu/assert'
import { hex } from '../../engine/bytes/hex.ts'
import { replaySample } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { sampleNames } from '../../engine/profile/samples.ts'
import { readCapture } from '../../engine/transport/capture.ts'
import { fields } from '../../schema/types/fields.ts'
import { create } from '../../tools/new.ts'
import { telegram } from '../support/corpus.ts'
import { scratch } from '../support/engine-of.ts'
import { run } from '../support/program.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('new', { limit: 120_000 })
const folder = scratch('new')
test.after(folder.remove)

const cli = (...args: string[]) => run(args)
const captures = readdirSync(`${root}meters`, { recursive: true })
	.map(String)
	.filter((file) => file.endsWith('.capture.jsonl'))
const compared = Object.keys(fields).filter((name) => /^(power_(import|export|net)|energy|voltage|current)/.test(name))

/** Fields of which the bytes do not tell what the profile knows. */
const UNTOLD: Record<string, RegExp> = {
	'kamstrup-norway': /^energy/,
	// The sign stands in a status bit.
	'emh-ehz/absolute': /^power/,
	'honeywell-as2020': /^power/,
}
const untold = (file: string) => Object.entries(UNTOLD).find(([name]) => file.startsWith(name))?.[1]

test('makes of each capture a profile that is valid, and reads what the hand-written one reads', async () => {
	const library = readLibrary([builtinProfiles])
	const all = profileNames(library).map((name) => compileProfile(name, library))
	for (const [place, file] of captures.entries()) {
		const name = `made-${place}`
		const status = await create(name, { from: `${root}meters/${file}`, dir: folder.path })
		// Values without codes, events, counters without a unit: nothing has a name yet.
		const nameless =
			/^(ime-nemo|iskra-am550-slovenia|iskra-ie5|kaerntennetz|kaifa-ma304|energomera|lg-e450-submeters|wels-|wiener-netze)/.test(file)
		assert.is(status, nameless ? 1 : 0, file)
		if (nameless) continue
		const own = compileProfile(name, readLibrary([builtinProfiles, folder.path]))
		const hand = all.find((profile) => !Array.isArray(profile) && sampleNames(profile).includes(basename(dirname(file))))
		if (Array.isArray(own) || !hand || Array.isArray(hand)) throw new Error(`${file}: no valid profile`)
		const capture = readCapture(`${root}meters/${file}`)
		const readings = async (profile: typeof own) =>
			(await replaySample(profile, capture)).flatMap((outcome) => (outcome.kind === 'reading' ? [outcome.reading] : []))
		const [mine, theirs] = [await readings(own), await readings(hand)]
		assert.is(mine.length, theirs.length, file)
		for (const [nth, reading] of mine.entries()) {
			const other = theirs[nth]
			const wanted = { ...other } as Record<string, unknown>
			const told = compared.filter((field) => !untold(file)?.test(field))
			for (const field of told) assert.is({ ...reading }[field as keyof typeof reading], wanted[field], `${file}: ${field}`)
			assert.is(Date.parse(reading.time), Date.parse(other?.time ?? ''), file)
			// A number that only the profile knows to be the meter's.
			const known = !file.startsWith('kamstrup-omnipower') && !file.startsWith('sagemcom-xt211/')
			if (known && other?.id !== other?.meter) assert.is(reading.id, other?.id, file)
		}
	}
	const checked = cli('validate', '--format', 'json', folder.path)
	assert.is(checked.status, 0, checked.stdout.slice(0, 2000))
})

test('says where it guessed a scaler, and copies the capture with its expected readings', () => {
	const made = cli('new', 'guessed', '--from', 'meters/romande-energie-am550/vse-2026.capture.jsonl', '--dir', folder.path)
	assert.match(made.stdout, /most similar: (romande-energie|iskra)-am550\S* \(\w+: .*\): it gives the same/)
	const text = readFileSync(`${folder.path}/guessed.json`, 'utf8')
	assert.match(text, /\/\/ Guessed: 2347 is a voltage near 230 V × 10\.\n +"V": \{ "scaler": -1 \}/)
	assert.match(text, /\/\/ Guessed: P = 27 W and Σ U·I = 28 VA\.\n +"A": \{ "scaler": -2 \}/)
	assert.match(text, /\/\/ ASSUMED, check it: powers and counters/)
	for (const file of ['vse-2026.capture.jsonl', 'vse-2026.expected.json', 'README.md'])
		assert.ok(existsSync(`${folder.path}/guessed/${file}`), file)
})

test('begins with what decode takes: digits, base64, text and JSON become a recording', async () => {
	const { bytes } = telegram('ch-lg-e450-vse2026')
	for (const [name, content] of [
		['of-hex', Buffer.from(bytes).toString('hex').replace(/(..)/g, '$1 ')],
		['of-base64', Buffer.from(bytes).toString('base64')],
		['of-json', '{"power_w":1234.5,"total_kwh":88.123}'],
	] as const) {
		const from = `${folder.path}/${name}.txt`
		writeFileSync(from, content)
		assert.is(await create(name, { from, dir: folder.path, timezone: 'Europe/Zurich' }), 0, name)
		const { lines } = readCapture(`${folder.path}/${name}/${name}.capture.jsonl`)
		assert.is(lines.length, 1, name)
	}
})

test('shows the values of a list without codes, and says that they give no reading yet', () => {
	const capture = `${folder.path}/list.capture.jsonl`
	const frame = hex(telegram('no-kaifa-ma304h3e-list2').bytes)
	writeFileSync(capture, `{"capture":1,"meter":"x","source":"y","license":"z"}\n{"t":0,"hex":"${frame}"}\n`)
	const made = cli('new', 'list', '--from', capture, '--dir', folder.path)
	assert.is(made.status, 1)
	assert.match(made.stderr, /gives no reading yet/)
	const text = readFileSync(`${folder.path}/list.json`, 'utf8')
	assert.match(text, /\/\/ "sequence": \{\n +\/\/ "13": \[\n +\/\/ +"- =KFM_001", \/\/ "KFM_001"\n +\/\/ +"- digits\(16\)"/)
	// As an author goes on: uncomment it, name one value.
	const named = text
		.replace(/^( *)\/\/ ("sequence"|"13"| {2}"-|\]|\},)/gm, '$1$2')
		.replace('"- u32", // 948', '"1-0:1.7.0 u32", // 948')
		.replace('"link"', '"registers": { "*": { "scaler": 0 } }, "link"')
	writeFileSync(`${folder.path}/list.json`, named)
	const played = cli('replay', capture, '--profile', 'list', '--profiles', folder.path)
	assert.match(played.stdout, /"power_import":948/)
})

/** A capture of an adapter's messages, in a file. */
function recorded(name: string, rows: [t: number, topic: string, payload: string | object][]): string {
	const lines = rows.map(([t, topic, payload]) =>
		JSON.stringify({ t, topic, payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
	)
	writeFileSync(`${folder.path}/${name}.capture.jsonl`, ['{"capture":1,"meter":"x","source":"y","license":"z"}', ...lines, ''].join('\n'))
	return `${folder.path}/${name}.capture.jsonl`
}

/** The readings that a profile made of such a capture gives, without their heads, and its text. */
async function draft(name: string, rows: Parameters<typeof recorded>[1], ...more: string[]) {
	const capture = recorded(name, rows)
	const made = cli('new', name, '--from', capture, '--dir', folder.path, ...more)
	assert.is(made.status, 0, made.stderr)
	const compiled = compileProfile(name, readLibrary([builtinProfiles, folder.path]))
	if (Array.isArray(compiled)) throw new Error(compiled.map(({ message }) => message).join())
	const outcomes = await replaySample(compiled, readCapture(capture))
	const readings = outcomes.flatMap((outcome) => (outcome.kind === 'reading' ? [outcome.reading] : []))
	const values = readings.map((reading) => Object.fromEntries(Object.entries(reading).filter(([field]) => Object.hasOwn(fields, field))))
	return { text: readFileSync(`${folder.path}/${name}.json`, 'utf8'), values, readings }
}

const grid = (power: number, counter: number) => ({ Pi: power, Po: 0, Ei: counter, U1: 231, U2: 230.5, U3: 229, I1: 0.7, I2: 0.9, I3: 0.5 })

test('drafts a profile for JSON that no profile reads, and says what is guessed and how sure it is', async () => {
	const rows: [number, string, object][] = [0, 600_000].map((t, nth) => [
		t,
		'home/meter/state',
		{ time: `2026-11-28T10:${nth}0:00`, serial: 'LGZ123456', grid: grid(0.46, 12131.545 + nth * 0.077), wifi: { rssi: -61 } },
	])
	const { text, values, readings } = await draft('kilo', rows)
	assert.match(text, /\/\/ Guessed: its name \(Pi\); 0\.46 kW fits U·I = 484 VA.*\n +"power_import": "\$scale\(json\.grid\.Pi, 3\)"/)
	assert.match(text, /\/\/ Guessed: .*its size fits the power json\.grid\.Pi.*\n +"energy_import"/)
	assert.match(text, /\/\/ ASSUMED, check it: its name \(Po\); only zeros/)
	assert.match(text, /\/\/ Not used: json\.wifi\.rssi = -61/)
	const [first] = values
	assert.equal([first?.power_import, first?.power_export, first?.energy_import, first?.voltage_l3], [460, 0, 12131545, 229])
	// Local time without a zone is no time until somebody says the zone: no country is assumed.
	assert.not.match(text, /Europe/)
	assert.match(text, /json\.time is local time without its zone, so it is not used/)
	assert.equal([readings[0]?.time_source, readings[0]?.id], ['gateway', 'LGZ123456'])
	const told = await draft('told', rows, '--timezone', 'Europe/Helsinki')
	assert.is(told.readings[0]?.time, '2026-11-28T10:00:00+02:00')
	const refused = cli('new', 'wrong', '--from', recorded('wrong', rows), '--dir', folder.path, '--timezone', 'Europe/Nowhere')
	assert.equal(
		[refused.status, refused.stderr.trim()],
		[2, '--timezone: "Europe/Nowhere" is no timezone; an IANA name such as Europe/Zurich'],
	)
})

test('tells W from kW and Wh from kWh by U·I, by the slope of the counter, by units and by signs', async () => {
	const base = await draft(
		'base',
		[0, 600_000].map((t, nth) => [t, 'a/b', { grid: grid(460, 12_131_545 + nth * 77) }]),
	)
	assert.equal([base.values[0]?.power_import, base.values[0]?.energy_import], [460, 12131545])
	const slope = await draft('slope', [
		[0, 'p1/AB12/power', { ts: 1795853605, total: 1.23 }],
		[5, 'p1/AB12/energy', { ts: 1795853605, import: 34567.89 }],
		[600_000, 'p1/AB12/power', { ts: 1795854205, total: 1.25 }],
		[600_005, 'p1/AB12/energy', { ts: 1795854205, import: 34568.095 }],
	])
	assert.equal(
		slope.values.map(({ power_net, energy_import }) => [power_net, energy_import]),
		[
			[1230, 34567890],
			[1250, 34568095],
		],
	)
	assert.is(slope.readings[0]?.time, '2026-11-28T08:13:25Z')
	const plain = await draft('plain', [
		[0, 'haus/zaehler/Leistung', '-312'],
		[5, 'haus/zaehler/Bezug_kWh', '4817.203'],
		[9, 'haus/zaehler/Einspeisung_kWh', '102.5'],
		[12, 'haus/zaehler/status', 'online'],
		[10_000, 'haus/zaehler/Leistung', '280'],
		[10_004, 'haus/zaehler/Bezug_kWh', '4817.203'],
	])
	assert.equal(plain.values, [
		{ power_net: -312, energy_import: 4817203, energy_export: 102500 },
		{ power_net: 280, energy_import: 4817203 },
	])
	assert.match(plain.text, /"topic": "haus\/zaehler\/\+name", "merge": \{ "by": "name"/)
	const coded = await draft('coded', [
		[0, 'x/y/ONE', { value: 28, obis: '1.7.0' }],
		[5, 'x/y/TWO', { value: 482939, obis: '1.8.0' }],
		[9, 'x/y/THREE', { value: 5.5, unit: 'kW', name: 'x' }],
	])
	assert.equal([coded.values[0]?.power_import, coded.values[0]?.energy_import], [28, 482939])
	const pairs = await draft('pairs', [
		[0, 'a/b', { list: { '1-0:1.8.0': [5287.591, 'kWh'], '1-0:1.7.0': [2.87, 'kW'] }, total_gas_m3: 3.2 }],
	])
	assert.equal(pairs.values, [{ power_import: 2870, energy_import: 5287591 }])
})

test('decode shows the paths of unknown messages with their guesses', () => {
	const capture = recorded('shown', [[0, 'a/b', { grid: grid(0.46, 12131.545) }]])
	const [line] = cli('decode', '--json', capture)
		.stdout.trim()
		.split('\n')
		.map((text) => JSON.parse(text))
	assert.equal([line.ok, line.application, line.topic, line.telegrams], [true, 'json', 'a/b', 1])
	const power = line.values.find(({ path }: { path: string }) => path === 'json.grid.Pi')
	assert.equal([power.value, power.field, power.expression, power.sure], [0.46, 'power_import', '$scale(json.grid.Pi, 3)', true])
	const text = cli('decode', capture).stdout
	assert.match(text, /json\.grid\.Pi +0\.46 +→ power_import = \$scale\(json\.grid\.Pi, 3\) \(guessed: its name \(Pi\); 0\.46 kW fits U·I/)
	writeFileSync(`${folder.path}/payload.json`, JSON.stringify({ energy_in: 5.25, note: 'x' }))
	assert.match(
		cli('decode', `${folder.path}/payload.json`).stdout,
		/json\.energy_in +5\.25 +→ energy_import = \$scale\(json\.energy_in, 3\) \(ASSUMED/,
	)
	const empty = cli('decode', recorded('words', [[0, 'a/b', 'online']]))
	assert.match(empty.stdout, /its messages hold no JSON object and no plain number/)
	assert.is(empty.status, 1)
})

test('overwrites nothing, and says in one line what it cannot use', () => {
	writeFileSync(`${folder.path}/there.json`, '{}')
	writeFileSync(`${folder.path}/noise.capture.jsonl`, '{"capture":1,"meter":"x","source":"y","license":"z"}\n{"t":0,"hex":"00112233"}\n')
	mkdirSync(`${folder.path}/sub`)
	const from = 'meters/ekz-e450/vse-2026.capture.jsonl'
	const cases: [string[], number, RegExp][] = [
		[['there', '--from', from], 2, /there.json exists/],
		[['No Good', '--from', from], 2, /is no name for a profile/],
		[['fresh', '--from', `${folder.path}/noise.capture.jsonl`], 1, /no telegram could be read/],
		[['fresh', '--from', 'nowhere'], 1, /neither a file nor hex digits/],
		[['fresh', '--from', from, '--dir', `${folder.path}/none`], 2, /there is no folder/],
		[['fresh', '--from', 'meters'], 1, /meters is a folder/],
		[['fresh'], 2, /required option/],
	]
	for (const [args, status, words] of cases) {
		const result = cli('new', ...args, ...(args.includes('--dir') ? [] : ['--dir', folder.path]))
		assert.match(result.stderr, words)
		assert.is(result.status, status, args.join(' '))
	}
	assert.is(existsSync(`${folder.path}/fresh.json`), false, 'no partial file is left')
})

test.run()
