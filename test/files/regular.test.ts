import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { findingText } from '../../engine/document/finding.ts'
import { entriesOf, readRegular } from '../../engine/files/regular.ts'
import { readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { readCapture } from '../../engine/transport/capture.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('regular files')
const folder = scratch('regular')
test.after(folder.remove)
const at = (name: string) => `${folder.path}/${name}`

/** What stands in the place of a file, and what is said of it. */
const THINGS: [string, (path: string) => void, RegExp][] = [
	['pipe', (path) => execFileSync('mkfifo', [path]), /it is not a file but a pipe/],
	['device', (path) => symlinkSync('/dev/zero', path), /it is not a file but a device/],
	['terminal', (path) => symlinkSync('/dev/ptmx', path), /it is not a file but a device/],
	['folder', (path) => mkdirSync(path), /a folder/],
	['circle', (path) => symlinkSync(path, path), /ELOOP/],
	['long', (path) => execFileSync('truncate', ['-s', '1G', path]), /it is longer than \d+ bytes/],
	// Regular by its mode, and endless or waiting by nature.
	...(process.platform === 'linux'
		? [['kernel', (path: string) => symlinkSync('/proc/kmsg', path), /./] as [string, (path: string) => void, RegExp]]
		: []),
]

test('reads regular files alone, as texts, captures and profiles', () => {
	mkdirSync(at('profiles'))
	for (const [name, put, said] of THINGS) {
		put(at(name))
		assert.throws(() => readRegular(at(name), 1000), said, name)
		if (name !== 'long') assert.throws(() => readCapture(at(name)), said, name)
		put(`${at('profiles')}/${name}.json`)
	}
	writeFileSync(at('text'), 'ä'.repeat(500))
	symlinkSync(at('text'), at('link'))
	assert.is(readRegular(at('link'), 1000), 'ä'.repeat(500))
	assert.throws(() => readRegular(at('link'), 999), /longer than 999 bytes/)
	const library = readLibrary([at('profiles')])
	for (const [name, , said] of THINGS) {
		const compiled = compileProfile(name, library)
		assert.match(Array.isArray(compiled) ? compiled.map(findingText).join() : 'valid', said)
	}
})

test('bounds what is read of one folder, but not what is asked for by name', () => {
	const own = at('many')
	mkdirSync(own)
	mkdirSync(`${own}/common`)
	for (let place = 0; place < 1700; place++) writeFileSync(`${own}/p-${place}.json`, '')
	for (let place = 0; place < 1700; place++) truncateSync(`${own}/p-${place}.json`, 65_000)
	for (let place = 0; place < 50; place++) writeFileSync(`${own}/Wrong ${place}\n.json`, '')
	writeFileSync(`${own}/z-mine.json`, '{ "extends": "z-parent" }')
	writeFileSync(`${own}/z-parent.json`, '{}')
	const { sources, unreadable } = readLibrary([own], ['z-mine'])
	assert.ok(sources.has('z-mine') && sources.has('z-parent'))
	assert.ok(sources.size > 1600 && sources.size < 1650, `${sources.size}`)
	assert.match(unreadable.at(-1) ?? '', /profiles are left out: 100 MB of a folder are read/)
	assert.match(unreadable.join(), /and 40 more files with such names/)
	assert.not.match(unreadable.join(), /\n/)
	assert.equal(entriesOf(own, 100, () => true).cut, true)
})

test.run()
