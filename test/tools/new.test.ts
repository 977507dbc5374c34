import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import * as assert from 'uvu/assert'
import { hex } from '../../engine/bytes/hex.ts'
import { sampleNames } from '../../engine/check/samples.ts'
import { replaySample } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { registerOf } from '../../engine/telegram/register.ts'
import { readCapture } from '../../engine/transport/capture.ts'
import { fields } from '../../schema/types/fields.ts'
import { guessScalers } from '../../tools/guess.ts'
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

test('makes of each capture a profile that is valid, and reads what the hand-written one reads', async () => {
	const library = readLibrary([builtinProfiles])
	for (const [place, file] of captures.entries()) {
		const name = `made-${place}`
		const status = await create(name, { from: `${root}meters/${file}`, dir: folder.path })
		// Values without codes, events, counters without a unit: nothing has a name yet.
		const nameless = /^(iskra-am550-slovenia|iskra-ie5|kaerntennetz|kaifa-ma304|energomera|lg-e450-submeters|wels-|wiener-netze)/.test(file)
		assert.is(status, nameless ? 1 : 0, file)
		if (nameless) continue
		const own = compileProfile(name, readLibrary([builtinProfiles, folder.path]))
		const hand = profileNames(library)
			.map((one) => compileProfile(one, library))
			.find((profile) => !Array.isArray(profile) && sampleNames(profile).includes(basename(dirname(file))))
		if (Array.isArray(own) || !hand || Array.isArray(hand)) throw new Error(`${file}: no valid profile`)
		const capture = readCapture(`${root}meters/${file}`)
		const readings = async (profile: typeof own) =>
			(await replaySample(profile, capture)).flatMap((outcome) => (outcome.kind === 'reading' ? [outcome.reading] : []))
		const [mine, theirs] = [await readings(own), await readings(hand)]
		assert.is(mine.length, theirs.length, file)
		for (const [nth, reading] of mine.entries()) {
			const other = theirs[nth]
			const wanted = { ...other } as Record<string, unknown>
			// Nothing in a Norwegian list says that its counters count 10 Wh.
			const told = file.startsWith('kamstrup-norway') ? compared.filter((field) => !field.startsWith('energy')) : compared
			for (const field of told) assert.is({ ...reading }[field as keyof typeof reading], wanted[field], `${file}: ${field}`)
			assert.is(reading.time, other?.time, file)
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

test('guesses the scalers of the meters that are known', () => {
	const list = (values: Record<string, number>) => [
		{
			kind: 'telegram' as const,
			application: 'dlms' as const,
			auth: 'none' as const,
			sequence: [],
			registers: Object.entries(values).map(([obis, raw]) => registerOf(obis, { kind: 'number', raw })),
		},
	]
	const scalers = (values: Record<string, number>) =>
		Object.fromEntries(guessScalers(list(values)).map(({ code, scaler, sure }) => [code, [scaler, sure]]))
	// E570 behind transformers: currents in A.
	assert.equal(
		scalers({
			'1-0:1.7.0': 258_874,
			'1-0:32.7.0': 229,
			'1-0:31.7.0': 400,
			'1-0:52.7.0': 230,
			'1-0:51.7.0': 390,
			'1-0:72.7.0': 231,
			'1-0:71.7.0': 380,
		}).A,
		[0, true],
	)
	// Omnipower: power factor of two digits.
	assert.equal(scalers({ '1-1:13.7.0': 83 }).power_factor, [-2, true])
	assert.equal(scalers({ '1-1:13.7.0': 941 }).power_factor, [-3, true])
	assert.equal(scalers({ '1-1:13.7.0': 0 }).power_factor, [-3, false])
	assert.equal(scalers({ '1-0:14.7.0': 4998 })['14.7.0'], [-2, true])
	assert.equal(guessScalers([]), [])
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

test('overwrites nothing, and says in one line what it cannot use', () => {
	writeFileSync(`${folder.path}/there.json`, '{}')
	writeFileSync(`${folder.path}/noise.capture.jsonl`, '{"capture":1,"meter":"x","source":"y","license":"z"}\n{"t":0,"hex":"00112233"}\n')
	mkdirSync(`${folder.path}/sub`)
	const from = 'meters/ekz-e450/vse-2026.capture.jsonl'
	const cases: [string[], number, RegExp][] = [
		[['there', '--from', from], 2, /there.json exists/],
		[['No Good', '--from', from], 2, /is no name for a profile/],
		[['fresh', '--from', `${folder.path}/noise.capture.jsonl`], 1, /no telegram could be read/],
		[['fresh', '--from', 'nowhere'], 1, /no such file|ENOENT/],
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
