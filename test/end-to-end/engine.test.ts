import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import * as assert from 'uvu/assert'
import { parseConfig, readConfig } from '../../engine/config/config.ts'
import { findingText } from '../../engine/document/finding.ts'
import { type Engine, startEngine } from '../../engine/engine.ts'
import { readings, type Watcher, watchTopics } from '../support/broker.ts'
import { settle, stretched } from '../support/pace.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'
import { invalid } from '../support/valid.ts'

const test = suite('engine', { limit: 40_000 })

const meters = `${root}meters/`
const profiles = `${root}profiles/`
const folder = mkdtempSync(join(tmpdir(), 'cii-engine-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

const capture = (path: string, more = {}) => ({ kind: 'capture', path: `${meters}${path}`, loop: true, speed: 100, pause: 3000, ...more })
const ekz = (more = {}) => ({ name: 'house', profile: 'ekz-e450', transport: capture('ekz-e450/vse-2026.capture.jsonl', more) })

type Setup = { engine: Engine; watcher: Watcher; log: string[] }

/** An engine with an embedded broker on a free port and a client that sees all topics. */
async function start(config: object, body: (setup: Setup) => Promise<void>, file?: string): Promise<void> {
	const log: string[] = []
	const logger = pino({ base: null }, { write: (line: string) => void log.push(line) })
	if (file) writeFileSync(file, JSON.stringify(config))
	const loaded = file ? readConfig(file) : parseConfig(join(folder, 'config.json'), JSON.stringify(config))
	if (Array.isArray(loaded)) throw new Error(loaded.map(findingText).join('\n'))
	const engine = await startEngine({ config: loaded, log: logger, ...(file && { file }) })
	if (Array.isArray(engine)) throw new Error(engine.map(findingText).join('\n'))
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, '#')
	try {
		await body({ engine, watcher, log })
	} finally {
		await watcher.close()
		await engine.close()
	}
}
const embedded = { mqtt: { embedded: { port: 0 } } }

/** A folder with a copy of the built-in profiles' files named, to be edited. */
function ownProfiles(...names: string[]): string {
	const own = mkdtempSync(join(folder, 'profiles-'))
	mkdirSync(join(own, 'common'))
	for (const name of names) cpSync(join(profiles, `${name}.json`), join(own, `${name}.json`))
	return own
}
const status = ({ seen }: Watcher, profile: string) =>
	seen.filter(({ topic }) => topic === `cii/bridge/main/profiles/${profile}`).map(({ payload }) => JSON.parse(payload))

test('publishes every topic of a meter, valid and with the right retain flags', () =>
	start({ ...embedded, meters: [{ ...ekz(), raw: true }] }, async ({ engine, watcher }) => {
		await watcher.until((seen) => seen.some(({ topic }) => topic.startsWith('cii/raw/')), 'raw bytes')
		const [reading] = readings(watcher.seen, 'house')
		assert.is(invalid('reading', reading), '')
		assert.is(reading.id, 'LGZ1030653520967')
		assert.is(reading.time, '2026-05-04T11:39:21+02:00')
		assert.equal([reading.power_import, reading.energy_import, reading.voltage_l1, reading.current_l1], [28, 482939, 236, 0.09])

		// A client that comes later gets the retained ones, and no reading.
		const late = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/#')
		await late.until(
			(seen) => ['state', 'availability', 'info', 'diagnostics'].every((kind) => seen.some(({ topic }) => topic === `cii/house/${kind}`)),
			'retained topics',
		)
		const kept = (topic: string) => late.seen.find((message) => message.topic === topic && message.retain)?.payload
		assert.is(kept('cii/bridge/main/state'), 'online')
		assert.is(kept('cii/house/availability'), 'online')
		assert.is(kept('cii/house/reading'), undefined)
		assert.is(invalid('reading', JSON.parse(kept('cii/house/state') ?? '')), '')
		assert.is(invalid('diagnostics', JSON.parse(kept('cii/house/diagnostics') ?? '')), '')
		const info = JSON.parse(kept('cii/house/info') ?? '')
		assert.equal(
			info.fields.find(({ name }: { name: string }) => name === 'power_import'),
			{ name: 'power_import', unit: 'W', obis: '1.7.0', label: 'Active power from the grid', class: 'power' },
		)
		assert.is(info.manufacturer, 'Landis+Gyr')
		assert.equal(JSON.parse(kept('cii/bridge/main/info') ?? '').meters, [{ name: 'house', profile: 'ekz-e450@1.0.0' }])
		assert.equal(JSON.parse(kept('cii/bridge/main/profiles/ekz-e450') ?? ''), { profile: 'ekz-e450', status: 'active', errors: [] })
		await late.close()
		assert.match(watcher.seen.find(({ topic }) => topic.startsWith('cii/raw/'))?.topic ?? '', /^cii\/raw\/\d{4}\/house$/)
	}))

test('merges two lists into the state, with the times of the older', () =>
	start(
		{
			...embedded,
			meters: [{ name: 're', profile: 'romande-energie-e450', transport: capture('romande-energie-e450/two-lists.capture.jsonl') }],
		},
		async ({ watcher }) => {
			await watcher.until((seen) => readings(seen, 're').length >= 4, 'four readings')
			await watcher.until(
				(seen) => seen.some(({ topic, payload }) => topic === 'cii/re/state' && payload.includes('21:19:05')),
				'the last state',
			)
			const state = JSON.parse(
				watcher.seen.filter(({ topic, payload }) => topic === 'cii/re/state' && payload.includes('"time":"2025-04-28T21:19:05')).at(-1)
					?.payload ?? '',
			)
			assert.is(invalid('reading', state), '')
			assert.equal([state.power_import, state.energy_import_t1], [228, 132179])
			assert.equal(state.times, {
				energy_import_t1: '2025-04-28T21:19:00+02:00',
				energy_import_t2: '2025-04-28T21:19:00+02:00',
				energy_export_t1: '2025-04-28T21:19:00+02:00',
				energy_export_t2: '2025-04-28T21:19:00+02:00',
			})
			const tariffs = readings(watcher.seen, 're').find((reading) => reading.energy_import_t1 !== undefined)
			assert.is(tariffs.power_import, undefined, 'a reading is one telegram, exactly')
		},
	))

// ---

test('takes over an edited profile, refuses a broken one, and loses no telegram', () => {
	const own = ownProfiles('ekz-e450')
	const file = join(own, 'ekz-e450.json')
	const good = JSON.parse(readFileSync(file, 'utf8'))
	return start({ ...embedded, profiles: [own], meters: [ekz({ speed: 10, pause: 50 })] }, async ({ watcher, log }) => {
		await watcher.until((seen) => readings(seen, 'house').length >= 2, 'readings')
		writeFileSync(file, JSON.stringify({ ...good, version: '1.1.0', transform: { 'extra.double': 'obis.`1.7.0` * 2' } }, undefined, 2))
		await watcher.until((seen) => readings(seen, 'house').some((reading) => reading.extra?.double === 56), 'the edit')
		assert.is(readings(watcher.seen, 'house').at(-1).profile, 'ekz-e450@1.1.0')

		writeFileSync(file, '{\n  "profile": "ekz-e450",\n  "extends": "common/lg-e450",\n  "transform": { "power_imprt": "1" }\n}')
		await watcher.until(() => status(watcher, 'ekz-e450').at(-1)?.status === 'rejected', 'the rejection')
		const [error] = status(watcher, 'ekz-e450').at(-1).errors
		assert.ok(error.file.endsWith('ekz-e450.json') && error.line >= 1 && error.column >= 1)
		assert.ok(
			status(watcher, 'ekz-e450')
				.at(-1)
				.errors.some(({ hint }: { hint: string }) => hint === 'did you mean "power_import"?'),
		)
		assert.ok(log.some((line) => line.includes('power_imprt')))
		const before = readings(watcher.seen, 'house').length
		await watcher.until((seen) => readings(seen, 'house').length >= before + 3, 'readings by the last good profile')
		assert.is(readings(watcher.seen, 'house').at(-1).extra.double, 56)

		// One that contradicts its samples is refused too.
		writeFileSync(file, JSON.stringify({ ...good, transform: { power_import: 'obis.`1.7.0` * 10' } }))
		await watcher.until(() => status(watcher, 'ekz-e450').at(-1)?.errors[0]?.code === 'sample/mismatch', 'the sample')
		writeFileSync(file, JSON.stringify(good))
		await watcher.until(() => status(watcher, 'ekz-e450').at(-1)?.status === 'active', 'the original')

		const counts = readings(watcher.seen, 'house').map(({ seq }) => seq)
		assert.equal(
			counts,
			Array.from({ length: counts.length }, (_, i) => (counts[0] ?? 0) + i),
			'every reading, once',
		)
	})
})

test('reads the last bytes of a telegram with a profile that came in between', () => {
	const own = ownProfiles('ekz-e450')
	const file = join(own, 'ekz-e450.json')
	const good = JSON.parse(readFileSync(file, 'utf8'))
	const tcp = createServer()
	return new Promise<void>((resolve, reject) => {
		tcp.on('connection', (socket) => {
			const bytes = Buffer.from(
				readFileSync(`${meters}ekz-e450/vse-2026.capture.jsonl`, 'utf8')
					.split('\n')
					.slice(1)
					.filter(Boolean)
					.map((line) => JSON.parse(line).hex)
					.join(''),
				'hex',
			)
			socket.write(bytes.subarray(0, 300))
			socket.on('error', () => undefined)
			Object.assign(tcp, { rest: () => socket.write(bytes.subarray(300)) })
		})
		tcp.listen(0, '127.0.0.1', () => {
			const { port } = tcp.address() as { port: number }
			start(
				{
					...embedded,
					profiles: [own],
					meters: [{ name: 'house', profile: 'ekz-e450', transport: { kind: 'tcp', host: '127.0.0.1', port, idle: 20000 } }],
				},
				async ({ engine, watcher }) => {
					await settle(300)
					// Another decoder section: a new decoder takes over what the old one held.
					writeFileSync(file, JSON.stringify({ ...good, version: '2.0.0', decoder: { registers: { '91.7.0': { scaler: -2 } } } }))
					await engine.reload()
					assert.is(readings(watcher.seen, 'house').length, 0)
					;(tcp as unknown as { rest(): void }).rest()
					await watcher.until((seen) => readings(seen, 'house').length === 1, 'the telegram')
					assert.is(readings(watcher.seen, 'house')[0].profile, 'ekz-e450@2.0.0')
					assert.is(readings(watcher.seen, 'house')[0].energy_import, 482939)
				},
			).then(resolve, reject)
		})
	}).finally(() => tcp.close())
})

test('survives every way in which editors save, with one reload each', () => {
	const own = ownProfiles('ekz-e450')
	const file = join(own, 'ekz-e450.json')
	const good = JSON.parse(readFileSync(file, 'utf8'))
	const text = (version: string) => JSON.stringify({ ...good, version })
	return start({ ...embedded, profiles: [own], meters: [ekz({ speed: 10, pause: 50 })] }, async ({ watcher }) => {
		const now = (version: string) =>
			watcher.until((seen) => readings(seen, 'house').some((reading) => reading.profile === `ekz-e450@${version}`), version)
		await now('1.0.0')
		// In two halves.
		const halves = text('1.0.1')
		writeFileSync(file, halves.slice(0, 60))
		await sleep(60)
		writeFileSync(file, halves)
		await now('1.0.1')
		// Written beside and renamed over.
		writeFileSync(join(own, '.tmp'), text('1.0.2'))
		renameSync(join(own, '.tmp'), file)
		await now('1.0.2')
		// Deleted, then written anew.
		unlinkSync(file)
		await settle(500)
		writeFileSync(file, text('1.0.3'))
		await now('1.0.3')
		// A link that is swapped for another.
		writeFileSync(join(own, 'a.txt'), text('1.0.4'))
		symlinkSync(join(own, 'a.txt'), join(own, 'link'))
		renameSync(join(own, 'link'), file)
		await now('1.0.4')
		assert.equal(
			status(watcher, 'ekz-e450').filter(({ status }) => status === 'rejected'),
			[],
		)
	})
})

test('keeps a deleted profile for two seconds, then goes back to the built-in one', () => {
	const own = ownProfiles('ekz-e450')
	const file = join(own, 'ekz-e450.json')
	const good = JSON.parse(readFileSync(file, 'utf8'))
	writeFileSync(join(own, 'mine.json'), JSON.stringify({ ...good, profile: 'mine', samples: [] }))
	writeFileSync(file, JSON.stringify({ ...good, version: '9.0.0' }))
	return start(
		{
			...embedded,
			profiles: [own],
			meters: [ekz({ speed: 10, pause: 50 }), { ...ekz({ speed: 10, pause: 50 }), name: 'other', profile: 'mine' }],
		},
		async ({ watcher, log }) => {
			await watcher.until((seen) => readings(seen, 'house').length > 0 && readings(seen, 'other').length > 0, 'both')
			assert.ok(log.some((line) => line.includes('shadows')))
			unlinkSync(file)
			unlinkSync(join(own, 'mine.json'))
			const before = [readings(watcher.seen, 'house').length, readings(watcher.seen, 'other').length]
			await sleep(1500)
			for (const [place, meter] of ['house', 'other'].entries()) {
				assert.ok(readings(watcher.seen, meter).length > (before[place] ?? 0), 'the last good one still runs')
			}
			assert.is(readings(watcher.seen, 'house').at(-1).profile, 'ekz-e450@9.0.0', 'the shadowed one is not taken at once')
			await watcher.until((seen) => readings(seen, 'house').some(({ profile }) => profile === 'ekz-e450@1.0.0'), 'the built-in profile')
			await watcher.until((seen) => seen.filter(({ topic }) => topic === 'cii/other/availability').at(-1)?.payload === 'offline', 'its end')
			assert.is(status(watcher, 'mine').at(-1).status, 'rejected')
		},
	)
})

test('starts, changes and stops meters when the config is edited, and keeps the old config when the new one is wrong', () => {
	const own = mkdtempSync(join(folder, 'config-'))
	const file = join(own, 'cii2mqtt.json')
	const config = { ...embedded, meters: [ekz()] }
	return start(
		config,
		async ({ watcher, log }) => {
			await watcher.until((seen) => readings(seen, 'house').length > 0, 'the first meter')
			writeFileSync(file, JSON.stringify({ ...config, meters: [ekz(), { ...ekz(), name: 'second', id: 'X1' }] }))
			await watcher.until((seen) => readings(seen, 'second').length > 0, 'the second meter')
			writeFileSync(file, JSON.stringify({ ...config, meters: [{ ...ekz(), nam: 'x' }] }))
			for (let tries = 0; tries < stretched(50) && !log.some((line) => line.includes('not taken over')); tries++) await sleep(100)
			assert.ok(log.some((line) => line.includes('not taken over') && line.includes('unknown key')))
			writeFileSync(file, JSON.stringify({ ...config, meters: [{ ...ekz(), name: 'second' }] }))
			await watcher.until(
				(seen) => seen.some(({ topic, payload }) => topic === 'cii/house/state' && payload === ''),
				'the first meter to be cleared',
			)
			const before = readings(watcher.seen, 'second').length
			await watcher.until((seen) => readings(seen, 'second').length > before, 'the second to go on')
			// It was started anew (another id), and its count goes on: session and seq tell readings apart.
			const counts = readings(watcher.seen, 'second').map(({ seq }) => seq)
			assert.equal(
				counts,
				Array.from({ length: counts.length }, (_, i) => i),
			)
			// A folder that the config names only now is watched from now on.
			const late = ownProfiles('ekz-e450')
			writeFileSync(file, JSON.stringify({ ...config, profiles: [late], meters: [{ ...ekz(), name: 'second' }] }))
			await watcher.until(() => status(watcher, 'ekz-e450').length > 0 && log.some((line) => line.includes('second')), 'the folder')
			await settle(600)
			const good = JSON.parse(readFileSync(join(late, 'ekz-e450.json'), 'utf8'))
			writeFileSync(join(late, 'ekz-e450.json'), JSON.stringify({ ...good, version: '3.0.0' }))
			await watcher.until((seen) => readings(seen, 'second').some(({ profile }) => profile === 'ekz-e450@3.0.0'), 'the edit')
		},
		file,
	)
})

// ---

test('keeps a meter running whose edited entry names a profile that does not exist', () => {
	const own = mkdtempSync(join(folder, 'unknown-'))
	const file = join(own, 'cii2mqtt.json')
	const config = { ...embedded, meters: [ekz()] }
	return start(
		config,
		async ({ watcher, log }) => {
			await watcher.until((seen) => readings(seen, 'house').length > 0, 'the meter')
			const start = watcher.seen.length
			writeFileSync(file, JSON.stringify({ ...config, meters: [{ ...ekz(), profile: 'ekz-e45' }] }))
			const said = (text: string) => log.some((line) => line.includes(text))
			for (let tries = 0; tries < stretched(50) && !said('it goes on as before'); tries++) await sleep(100)
			assert.ok(said('meter house: its profile ekz-e45 cannot be used: it goes on as before, with ekz-e450@1.0.0'), log.join(''))
			assert.ok(said('did you mean \\"ekz-e450\\"?'))
			const before = readings(watcher.seen, 'house').length
			await watcher.until((seen) => readings(seen, 'house').length > before, 'it to go on')
			assert.not.ok(
				watcher.seen.slice(start).some(({ topic }) => topic === 'cii/house/availability'),
				'it was online all the time',
			)
			writeFileSync(file, JSON.stringify({ ...config, meters: [{ ...ekz(), profile: 'aew-e450' }] }))
			await watcher.until((seen) => readings(seen, 'house').some(({ profile }) => profile.startsWith('aew-e450@')), 'the right one')
		},
		file,
	)
})

test('refuses a config whose output would be its own input', async () => {
	const loaded = parseConfig(
		join(folder, 'loop.json'),
		JSON.stringify({
			...embedded,
			meters: [{ name: 'loop', profile: 'ekz-e450', transport: { kind: 'mqtt', topic: 'cii/+meter/reading', payload: 'bytes' } }],
		}),
	)
	if (Array.isArray(loaded)) throw new Error('valid')
	const engine = await startEngine({ config: loaded, log: pino({ enabled: false }) })
	assert.match(
		Array.isArray(engine) ? findingText(engine[0] as never) : '',
		/this input reads cii\/\+\/reading, and .* is written by this process/,
	)
})

test('says that a port is taken, and ends what it had begun', async () => {
	const taken = createServer()
	await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
	const { port } = taken.address() as { port: number }
	const loaded = parseConfig(join(folder, 'taken.json'), JSON.stringify({ mqtt: { embedded: { port } }, meters: [] }))
	if (Array.isArray(loaded)) throw new Error('valid')
	const message = await startEngine({ config: loaded, log: pino({ enabled: false }) }).then(
		() => 'started',
		(error: Error) => error.message,
	)
	assert.match(message, new RegExp(`port ${port} is in use by another program`))
	const other = await startEngine({ config: loaded, log: pino({ enabled: false }), anyPort: true })
	if (Array.isArray(other)) throw new Error('valid')
	assert.ok((other.port ?? 0) > port)
	await other.close()
	taken.close()
})

test('runs the other meters when one cannot be used, and says why', () =>
	start(
		{
			...embedded,
			meters: [
				ekz(),
				{ name: 'none', profile: 'no-such' },
				{ ...ekz(), name: 'key', keys: { encryption: { $env: 'NO_SUCH_KEY' } } },
				{ ...ekz(), name: 'file', transport: capture('nowhere.jsonl') },
			],
		},
		async ({ watcher, log }) => {
			await watcher.until((seen) => readings(seen, 'house').length > 0, 'the good meter')
			for (const text of ['there is no profile', 'the environment has no NO_SUCH_KEY', 'no such file'])
				assert.ok(
					log.some((line) => line.includes(text)),
					`${text}\n${log.join('')}`,
				)
		},
	))

test('says goodbye: meters and bridge are offline', async () => {
	let late: Watcher | undefined
	await start({ ...embedded, meters: [ekz()] }, async ({ engine, watcher }) => {
		await watcher.until((seen) => readings(seen, 'house').length > 0, 'a reading')
		late = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, ['cii/house/availability', 'cii/bridge/main/state'])
	})
	assert.equal(
		late?.seen.slice(-2).map(({ payload }) => payload),
		['offline', 'offline'],
	)
	await late?.close()
})

test.run()
