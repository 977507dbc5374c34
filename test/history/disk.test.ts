import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import libsql from 'libsql'
import * as assert from 'uvu/assert'
import { Disk } from '../../engine/history/disk.ts'
import { at, barsOf, type Clock, folder, historyIn, readingAt, removeFolders } from '../support/days.ts'
import { suite } from '../support/suite.ts'

const test = suite('history/disk', { limit: 20_000 })
test.after(removeFolders)

type Opened = Awaited<ReturnType<typeof historyIn>>

/** Adds readings each ten seconds, which count a Wh each (360 W). */
function live({ history }: Opened, clock: Clock, from: string, to: string, meters = 1): void {
	for (let time = at(from); time <= at(to); time += 10) {
		clock.time = time
		for (let meter = 0; meter < meters; meter++)
			history.add(readingAt(time, { meter: meter === 0 ? 'house' : `house${meter}`, energy_import: Math.floor(time / 10), power_net: 360 }))
	}
}

const amounts = ({ history }: Opened, from: string, to: string) => barsOf(history, from, to, 'hour').bars.map(({ import: taken }) => taken)

const mounts = spawnSync('sh', ['-c', 'd=$(mktemp -d) && mount -t tmpfs cii $d && umount $d && rmdir $d']).status === 0
if (!mounts) console.log('SKIPPED full and read-only disks: no right to mount')

if (mounts)
	test('goes on while the disk is full, tells it once, and misses nothing once there is room', async () => {
		const clock = { time: 0 }
		const path = folder()
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=600k', 'cii', path])
		try {
			const opened = await historyIn(path, clock)
			live(opened, clock, '2026-05-04T00:00:00Z', '2026-05-04T02:00:00Z')
			opened.history.flush()
			assert.equal(opened.told, [])
			try {
				writeFileSync(join(path, 'filler'), Buffer.alloc(1_000_000))
			} catch {
				// The disk is full.
			}
			// More than SQLite's log has room for.
			for (let hour = 2; hour < 23; hour++) {
				live(
					opened,
					clock,
					`2026-05-04T${String(hour).padStart(2, '0')}:00:10Z`,
					`2026-05-04T${String(hour + 1).padStart(2, '0')}:00:00Z`,
					60,
				)
				opened.history.flush()
			}
			assert.is(opened.told.length, 1, opened.told.join())
			assert.match(
				opened.told[0] ?? '',
				/main\.history\.db cannot be (written|read) \(.*(full|disk).*\): the meters are read and published/,
			)
			assert.equal(
				amounts(opened, '2026-05-04T00:00:00Z', '2026-05-04T23:00:00Z'),
				Array.from({ length: 23 }, () => 360),
			)
			rmSync(join(path, 'filler'))
			execFileSync('mount', ['-o', 'remount,size=100m', path])
			opened.history.close()
			const again = await historyIn(path, clock)
			assert.equal(
				amounts(again, '2026-05-04T00:00:00Z', '2026-05-04T23:00:00Z'),
				Array.from({ length: 23 }, () => 360),
			)
			again.history.close()
		} finally {
			execFileSync('umount', ['-l', path])
		}
	})

if (mounts)
	test('goes on while the disk is read-only, and tells it once', async () => {
		const clock = { time: 0 }
		const path = folder()
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'cii', path])
		try {
			const first = await historyIn(folder(), clock)
			live(first, clock, '2026-05-04T00:00:00Z', '2026-05-04T02:00:00Z')
			first.history.close()
			copyFileSync(first.file, join(path, 'main.history.db'))
			execFileSync('mount', ['-o', 'remount,ro', path])
			const opened = await historyIn(path, clock)
			live(opened, clock, '2026-05-04T02:00:10Z', '2026-05-04T04:00:00Z')
			opened.history.flush()
			opened.history.flush()
			assert.is(opened.told.length, 1, opened.told.join())
			assert.match(opened.told[0] ?? '', /main\.history\.db cannot be (opened|written|read) /)
			assert.equal(amounts(opened, '2026-05-04T03:00:00Z', '2026-05-04T04:00:00Z'), [360])
			opened.history.close()
		} finally {
			execFileSync('umount', ['-l', path])
		}
	})

test('goes on where the folder is not there yet, or a folder stands in the place of the file', async () => {
	const clock = { time: 0 }
	const path = join(folder(), 'state')
	const opened = await historyIn(path, clock)
	live(opened, clock, '2026-05-04T00:00:00Z', '2026-05-04T02:00:00Z')
	opened.history.flush()
	assert.equal(amounts(opened, '2026-05-04T00:00:00Z', '2026-05-04T02:00:00Z'), [360, 360])
	opened.history.close()
	assert.ok(existsSync(join(path, 'main.history.db')), opened.told.join())
	assert.equal(opened.told, [])

	const other = folder()
	mkdirSync(join(other, 'main.history.db'))
	const blocked = await historyIn(other, clock)
	live(blocked, clock, '2026-05-04T00:00:00Z', '2026-05-04T02:00:00Z')
	assert.equal(amounts(blocked, '2026-05-04T00:00:00Z', '2026-05-04T02:00:00Z'), [360, 360])
	assert.equal(blocked.told.length, 1)
	assert.match(blocked.told[0] ?? '', /cannot be opened \(it is no file\)/)
	blocked.history.close()
})

test('waits for no one who holds the file', async () => {
	const clock = { time: 0 }
	const path = folder()
	const opened = await historyIn(path, clock)
	live(opened, clock, '2026-05-04T00:00:00Z', '2026-05-04T02:00:00Z')
	opened.history.flush()
	const other = new libsql(opened.file)
	other.exec('BEGIN IMMEDIATE')
	live(opened, clock, '2026-05-04T02:00:10Z', '2026-05-04T03:00:00Z')
	const started = performance.now()
	opened.history.flush()
	assert.ok(performance.now() - started < 2000)
	assert.match(opened.told[0] ?? '', /cannot be written \(database is locked\)/)
	assert.equal(amounts(opened, '2026-05-04T00:00:00Z', '2026-05-04T03:00:00Z'), [360, 360, 360])
	other.exec('COMMIT')
	other.close()
	opened.history.close()
})

test('begins a new file where the one that is open was deleted', () => {
	const path = folder()
	const told: string[] = []
	let begun = 0
	const file = join(path, 'main.history.db')
	const disk = new Disk({ open: libsql, file, tell: (text) => told.push(text), begun: () => begun++ })
	disk.look()
	assert.equal([told, begun], [[], 0])
	for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
	disk.look()
	assert.equal([told.length, begun, existsSync(file)], [1, 1, true])
	assert.match(told[0] ?? '', /was deleted or replaced/)
	disk.close()
})

test('makes a file that others could read private', async () => {
	const clock = { time: at('2026-05-04T00:00:00Z') }
	const path = folder()
	const first = await historyIn(path, clock)
	first.history.close()
	chmodSync(first.file, 0o644)
	const again = await historyIn(path, clock)
	assert.is(statSync(first.file).mode & 0o777, 0o600)
	again.history.close()
})

test.run()
