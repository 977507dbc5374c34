import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { parseDocument } from '../../engine/document/parse.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { mergedText } from '../../tools/profile-text.ts'
import { scratch } from '../support/engine-of.ts'
import { run } from '../support/program.ts'
import { suite } from '../support/suite.ts'

const test = suite('profiles', { limit: 60_000 })
const folder = scratch('profiles')
test.after(folder.remove)
const cli = (...args: string[]) => run(args)

test('shows a profile with its parents merged, and the file and line of each part', () => {
	const { stdout, status } = cli('profiles', 'lg-e360')
	assert.is(status, 0)
	for (const line of [
		/"model": "E360",? +\/\/ profiles\/lg-e360\.json:8$/m,
		/"baudRate": 9600, +\/\/ profiles\/lg-e360\.json:9$/m,
		/"link": "hdlc", +\/\/ profiles\/common\/dlms-push\.json:8$/m,
		/"A": \{ "scaler": -2 \}, +\/\/ profiles\/common\/idis-p1\.json:8$/m,
		/"voltage_\*": \{.*\}, +\/\/ schema\/profile\.schema\.json:\d+, for all$/m,
		/"power_import": "obis\.`1\.7\.0`", +\/\/ schema\/reading\.schema\.json:\d+, by profiles\/common\/obis\.json:6$/m,
		/"apparent_power_limit": "obis\.`17\.0\.0 VA`", +\/\/ profiles\/common\/obis\.json:\d+$/m,
		/"samples": \["lg-e360"\], +\/\/ .*by default$/m,
	])
		assert.match(stdout, line)
})

test('shows what is a profile again, and gives the same', () => {
	const library = readLibrary([builtinProfiles])
	for (const name of profileNames(library)) {
		const profile = compileProfile(name, library)
		if (Array.isArray(profile)) throw new Error(name)
		const { value, findings } = parseDocument(name, mergedText(profile), 'profile')
		assert.equal(findings, [], name)
		const { samples: _samples, ...document } = JSON.parse(JSON.stringify(value))
		const { samples: _stated, ...merged } = profile.document
		assert.equal(document, merged, name)
	}
})

test('gives the merged profile alone as JSON, also of a fragment and of a user’s own', () => {
	writeFileSync(
		join(folder.path, 'mine.json'),
		JSON.stringify({ profile: 'mine', version: '1.0.0', title: 'Mine', extends: 'common/sml', expect: { frequency: null } }),
	)
	const { document } = JSON.parse(`{"document":${cli('profiles', 'mine', '--json', '--profiles', folder.path).stdout}}`)
	assert.equal([document.decoder.link, document.transport.baudRate, document.expect.frequency], ['sml', 9600, undefined])
	assert.match(cli('profiles', 'mine', '--profiles', folder.path).stdout, /"link": "sml",? .*common\/sml\.json:\d+/)
	assert.is(JSON.parse(cli('profiles', 'common/sml', '--json').stdout).decoder.application, 'sml')
})

test('suggests the name that was meant', () => {
	for (const [args, status, words] of [
		[['lg-e36'], 2, /there is no profile "lg-e36"; did you mean "lg-e360"\?/],
		[['nothing-like-it'], 2, /"cii2mqtt profiles" lists the names/],
		[['outputs/values'], 2, /there is no profile/],
		[['--json'], 2, /name it/],
		[['common/obis'], 1, /"decoder" is missing/],
	] as const) {
		const result = cli('profiles', ...args)
		assert.match(result.stderr, words)
		assert.equal([result.status, result.stdout], [status, ''])
	}
})

test.run()
