import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { notePage, notesFolder, runningPage } from '../../engine/http/whereabouts.ts'
import { freePort, scratch } from '../support/engine-of.ts'
import { stretched } from '../support/pace.ts'
import { closeWebsites, PlaySite, websiteOf } from '../support/site.ts'
import { suite } from '../support/suite.ts'

const test = suite('whereabouts', { limit: 20_000 })
const before = process.env.TMPDIR
const places: { remove(): void }[] = []
test.after(async () => {
	await closeWebsites()
	if (before === undefined) delete process.env.TMPDIR
	else process.env.TMPDIR = before
	for (const { remove } of places) remove()
})

/** A place for notes that no other test has. */
function place(): string {
	const folder = scratch('whereabouts')
	places.push(folder)
	process.env.TMPDIR = folder.path
	return folder.path
}

test('finds the page that runs, as long as it does', async () => {
	place()
	assert.is(await runningPage(), undefined)
	const { website, url } = await websiteOf(new PlaySite())
	assert.is(await runningPage(), url)
	assert.is(readdirSync(notesFolder()).length, 1)
	await website.close()
	assert.is(await runningPage(), undefined)
	assert.not.ok(existsSync(notesFolder()), 'its note goes with it')
})

test('believes no note of a process that is gone, of a port that is another program’s, and of another form', async () => {
	place()
	const { website, url } = await websiteOf(new PlaySite())
	const gone = spawnSync(process.execPath, ['-e', '']).pid
	const note = (name: string, content: object | string) =>
		writeFileSync(join(notesFolder(), name), typeof content === 'string' ? content : JSON.stringify(content))
	const since = Date.now() + 1000
	note(`${gone}-1.json`, { pid: gone, address: url, since })
	note('1-2.json', { pid: process.pid, address: `http://127.0.0.1:${await freePort()}`, since })
	note('1-3.json', { pid: process.pid, address: 'http://evil.example/$(rm)', since })
	note('1-4.json', { pid: process.pid, address: 'javascript:alert(1)', since })
	note('1-5.json', 'nonsense')
	note('1-6.json', 'x'.repeat(5000))
	note('name.json', { pid: process.pid, address: 'http://127.0.0.1:1', since })
	assert.is(await runningPage(), url)
	assert.not.ok(readdirSync(notesFolder()).includes(`${gone}-1.json`), 'what is gone is cleared away')
	await website.close()
})

test('takes no answer without an end, and waits for many that do not answer as long as for one', async () => {
	place()
	const { website, url } = await websiteOf(new PlaySite())
	const endless = createServer((_, response) => {
		const more = () => {
			while (response.write(PIECE));
		}
		response.on('drain', more).on('error', () => undefined)
		more()
	})
	const silent = createServer(() => undefined)
	try {
		const ports = await Promise.all([endless, silent].map(listening))
		for (let n = 0; n < 12; n++) {
			const note = { pid: process.pid, address: `http://127.0.0.1:${ports[n % 2]}`, since: Date.now() + 1000 }
			writeFileSync(join(notesFolder(), `${n}-1.json`), JSON.stringify(note))
		}
		const began = performance.now()
		assert.is(await runningPage(), url)
		assert.ok(performance.now() - began < stretched(3000), 'it waits for one of them only')
	} finally {
		for (const server of [endless, silent]) {
			server.closeAllConnections()
			server.close()
		}
		await website.close()
	}
})

const PIECE = 'x'.repeat(64 * 1024)
const listening = (server: Server) =>
	new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

test('reads and writes no notes in a folder that others can write, or that is a link', async () => {
	const folder = place()
	mkdirSync(notesFolder(), { mode: 0o700 })
	chmodSync(notesFolder(), 0o777)
	notePage('http://127.0.0.1:8080')()
	const { website } = await websiteOf(new PlaySite())
	assert.equal(readdirSync(notesFolder()), [])
	writeFileSync(join(notesFolder(), '1-2.json'), JSON.stringify({ pid: process.pid, address: website.address, since: 1 }))
	assert.is(await runningPage(), undefined)
	place()
	symlinkSync(folder, notesFolder())
	const take = notePage('http://127.0.0.1:8080')
	assert.not.ok(readdirSync(folder).some((name) => name.endsWith('.json')))
	take()
	await website.close()
})

test.run()
