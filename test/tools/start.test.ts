import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { scratch } from '../support/engine-of.ts'
import { evilBroker } from '../support/evil-broker.ts'
import { amount } from '../support/long.ts'
import { cli } from '../support/program.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('start', { limit: 60_000 })
const folder = scratch('start')
test.after(folder.remove)

const ROUNDS = amount(1, 7)

/** Seconds of processor time that node takes to its end with these arguments. */
function seconds(args: string[]): number {
	const times = execFileSync('sh', ['-c', '"$@" >/dev/null; times', 'sh', process.execPath, ...args], { cwd: root, encoding: 'utf8' })
	const [user = 0, system = 0] = [...(times.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
		([, m, s]) => Number(m) * 60 + Number(s),
	)
	return user + system
}

/** Seconds of processor time until `run` has subscribed to its meter's topic; Linux alone tells them of another process. */
async function untilSubscribed(): Promise<number> {
	let subscribed: (() => void) | undefined
	const broker = await evilBroker({
		answer(packet) {
			if (packet.cmd === 'subscribe' && packet.subscriptions.some(({ topic }) => topic.startsWith('tele/'))) subscribed?.()
			return undefined
		},
	})
	const meters = [{ name: 'a', profile: 'gplug', transport: { levels: { device: 'a' } } }]
	writeFileSync(`${folder.path}/config.json`, JSON.stringify({ mqtt: { url: broker.url }, meters }))
	const child = spawn(process.execPath, [cli, 'run', '--config', `${folder.path}/config.json`], { stdio: 'ignore' })
	await new Promise<void>((resolve) => {
		subscribed = resolve
	})
	const [, fields = ''] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')
	const ended = new Promise((resolve) => child.once('close', resolve))
	child.kill()
	await ended
	await broker.close()
	const [user, system] = fields.split(' ').slice(11, 13).map(Number)
	return ((user ?? 0) + (system ?? 0)) / 100
}

test('starts in a few times what Node itself takes', async () => {
	const empty: number[] = []
	const took: Record<string, number[]> = { '--help': [], validate: [], run: [] }
	for (let round = 0; round < ROUNDS; round++) {
		empty.push(seconds(['-e', '0']))
		took['--help']?.push(seconds([cli, '--help']))
		took.validate?.push(seconds([cli, 'validate', 'ekz-e450']))
		if (process.platform === 'linux') took.run?.push(await untilSubscribed())
	}
	// The least of each: others who are busy make all of it slower, and none faster.
	const node = Math.min(...empty)
	const ratio = (name: string) => Math.min(...(took[name] ?? []).map((one) => one / node))
	console.log(
		`node ${(1000 * node).toFixed(0)} ms of processor time; --help ${ratio('--help').toFixed(1)}, validate NAME ${ratio('validate').toFixed(1)}, run to its subscription ${ratio('run').toFixed(1)} times that`,
	)
	// 0.25 s, 0.5 s and 1 s on a machine where node takes 0.06 s.
	assert.ok(ratio('--help') <= 0.25 / 0.06, `--help: ${ratio('--help')}`)
	assert.ok(ratio('validate') <= 0.5 / 0.06, `validate: ${ratio('validate')}`)
	if (process.platform === 'linux') assert.ok(ratio('run') <= 1 / 0.06, `run: ${ratio('run')}`)
})

test.run()
