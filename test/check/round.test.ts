import fs, { mkdirSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { basename } from 'node:path'
import * as assert from 'uvu/assert'
import { checkRound } from '../../engine/check/round.ts'
import type { Known, Told } from '../../engine/check/task.ts'
import { builtinProfiles } from '../../engine/profile/library.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('round', { limit: 30_000 })
const folder = scratch('round')
test.after(folder.remove)

const own = `${folder.path}/profiles`
const PROFILES = 60

const write = (name: string, more: object = {}) =>
	writeFileSync(
		`${own}/${name}.json`,
		JSON.stringify({ profile: name, version: '1.0.0', title: 'x', extends: 'gplug', samples: [], ...more }),
	)

/** Runs a round, keeps what it learns, and gives which profiles were checked, and which files of the folder were opened. */
async function round(known: Map<string, Known>, profiles: string[] = []): Promise<{ checked: string[]; opened: string[] }> {
	const opened: string[] = []
	const checked: string[] = []
	const { openSync } = fs
	fs.openSync = (...args) => {
		if (String(args[0]).startsWith(own)) opened.push(basename(String(args[0]), '.json'))
		return openSync(...args)
	}
	syncBuiltinESMExports()
	const tell = (told: Told) => {
		if (told.kind === 'checked') checked.push(told.result.name)
		if (told.kind === 'checked') known.set(told.result.name, told.result.known)
		if (told.kind === 'unchanged') known.set(told.name, told.known)
	}
	try {
		await checkRound({ folders: [builtinProfiles, own], profiles, outputs: [], known }, tell, () => false)
	} finally {
		fs.openSync = openSync
		syncBuiltinESMExports()
	}
	return { checked: checked.sort(), opened: [...new Set(opened)].sort() }
}

/** Lets the files be so old that a change of them shows in their times. */
async function later<Result>(work: () => Promise<Result>): Promise<Result> {
	const { now } = Date
	Date.now = () => now() + 60_000
	try {
		return await work()
	} finally {
		Date.now = now
	}
}

test('reads the one profile that was edited, and checks those that depend on it', async () => {
	mkdirSync(own)
	for (let place = 0; place < PROFILES; place++) write(`p-${place}`)
	write('parent')
	write('child', { extends: 'parent' })
	write('orphan', { extends: 'absent' })
	const known = new Map<string, Known>()
	assert.is((await round(known)).checked.length, PROFILES + 3)
	// While they are young, their texts tell whether they are the same.
	assert.equal(await round(known), { checked: [], opened: [...known.keys()].sort() })
	assert.equal((await later(() => round(known))).checked, [])
	assert.equal(await later(() => round(known)), { checked: [], opened: [] })
	write('p-7', { title: 'y' })
	assert.equal(await later(() => round(known)), { checked: ['orphan', 'p-7'], opened: ['orphan', 'p-7'] })
	write('parent', { title: 'y' })
	assert.equal(await later(() => round(known)), {
		checked: ['child', 'orphan', 'parent'],
		opened: ['child', 'orphan', 'parent'],
	})
	write('absent')
	assert.equal((await later(() => round(known))).checked, ['absent', 'orphan'])
	assert.equal(await later(() => round(known, ['child'])), { checked: [], opened: ['child', 'parent'] })
})

test('takes no change for none where a file is written again within a moment', async () => {
	const known = new Map<string, Known>()
	await round(known)
	write('p-1', { title: 'a' })
	assert.equal((await round(known)).checked.includes('p-1'), true)
	write('p-1', { title: 'b' })
	assert.equal((await round(known)).checked.includes('p-1'), true)
})

test.run()
