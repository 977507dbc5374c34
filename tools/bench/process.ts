import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import mqtt from 'mqtt'
import { hex } from '../../engine/bytes/hex.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { freePort } from '../../test/support/engine-of.ts'
import { startMosquitto } from '../../test/support/mosquitto.ts'
import { e450Encrypted, type Input, inputs } from './inputs.ts'
import { lines, publishBare, town } from './town.ts'

/**
 * `npm run bench:process [-- --kinds p1,sml] [--meters 100] [--rounds 5] [--roles run,translate] [--json]`: what a telegram costs the whole process, from
 * the line to a real mosquitto, in CPU and in terms of bare MQTT.js that publishes the same payload to the same broker in the same round.
 */
const { values: options } = parseArgs({
	options: {
		kinds: { type: 'string', default: 'p1' },
		meters: { type: 'string', default: '100' },
		rounds: { type: 'string', default: '5' },
		roles: { type: 'string', default: 'run,translate' },
		telegrams: { type: 'string', default: '16000' },
		flags: { type: 'string', default: '' },
		json: { type: 'boolean' },
		bare: { type: 'string' },
	},
})
const [ROUNDS, TELEGRAMS] = [Number(options.rounds), Number(options.telegrams)]
/** A meter's values may rise as fast as they are sent here, and its clock may stand still. */
const EXPECT = { time: null, 'energy_*': { maxPower: 1e12 } }

/** CPU µs a telegram, of the thread that runs JavaScript and of V8's others; megabytes resident; telegrams a second. */
type Cost = { main: number; others: number; resident: number; perSecond: number }

const median = (values: number[]) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN

const whole = ({ main: own, others }: Cost) => own + others

/** CPU µs so far, of the main thread and of all others of a process. Linux counts in hundredths of a second. */
function cpuOf(pid: number): { main: number; others: number } {
	let [main, others] = [0, 0]
	for (const task of readdirSync(`/proc/${pid}/task`)) {
		const fields = readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
		const used = (Number(fields[11]) + Number(fields[12])) * 10_000
		if (task === String(pid)) main += used
		else others += used
	}
	return { main, others }
}

const residentOf = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000

/** Measures what a process takes while `work` does so many telegrams. */
async function costOf(pid: number, telegrams: number, work: () => Promise<void>): Promise<Cost> {
	const [before, started] = [cpuOf(pid), performance.now()]
	await work()
	const [after, seconds] = [cpuOf(pid), (performance.now() - started) / 1000]
	return {
		main: (after.main - before.main) / telegrams,
		others: (after.others - before.others) / telegrams,
		resident: residentOf(pid),
		perSecond: telegrams / seconds,
	}
}

function program(words: string[], flags: string[] = []): { child: ChildProcess; pid: number; stop(): Promise<void> } {
	const child = spawn(process.execPath, [...flags, ...words], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
	const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
	return {
		child,
		pid: child.pid ?? 0,
		stop() {
			child.kill('SIGTERM')
			return gone
		},
	}
}

const cli = fileURLToPath(new URL('../cli.js', import.meta.url))

/** Writes the config of so many meters, which are read by TCP or, of a translator, from the broker. */
function configOf(folder: string, url: string, root: string, input: Input, meters: number, ports: number[]): string {
	const entries = Array.from({ length: meters }, (_, meter) => {
		const keys = Object.entries(input.meters[meter % input.meters.length] ?? {}).map(([use, key]) => {
			const file = `${use}-${meter}.key`
			writeFileSync(join(folder, file), hex(key as Uint8Array), { mode: 0o600 })
			return [use, { $file: file }]
		})
		return {
			name: `m${meter}`,
			profile: input.profile.name,
			expect: EXPECT,
			...(ports.length > 0 && { transport: { kind: 'tcp', host: '127.0.0.1', port: ports[meter] } }),
			...(keys.length > 0 && { keys: Object.fromEntries(keys) }),
		}
	})
	const file = join(folder, `${root}.json`)
	const translate = ports.length === 0 && { role: 'translate' }
	writeFileSync(file, JSON.stringify({ mqtt: { url }, root, instance: root, ...translate, meters: entries }))
	return file
}

/** The n-th telegram of a meter: the telegrams of an input stand in rounds of its meters. */
function telegramOf({ telegrams, meters }: Input, meter: number, round: number): Uint8Array {
	return telegrams[(round * meters.length + (meter % meters.length)) % telegrams.length] as Uint8Array
}

async function measureRun(
	folder: string,
	url: string,
	input: Input,
	meters: number,
	round: number,
): Promise<{ cost: Cost; payload: string }> {
	const far = await lines(meters, (meter, at) => telegramOf(input, meter, at))
	const root = `run${round}`
	const one = program(
		[cli, 'run', '--config', configOf(folder, url, root, input, meters, far.ports)],
		options.flags.split(' ').filter(Boolean),
	)
	const readers = await town(url, root, () => far.write())
	while (far.connected() < meters) await new Promise((resolve) => setTimeout(resolve, 50))
	await new Promise((resolve) => setTimeout(resolve, 500))
	await readers.run(TELEGRAMS / 2)
	const cost = await costOf(one.pid, TELEGRAMS, () => readers.run(TELEGRAMS))
	await one.stop()
	await readers.close()
	far.close()
	return { cost, payload: readers.last() }
}

async function measureTranslator(
	folder: string,
	url: string,
	input: Input,
	meters: number,
	round: number,
): Promise<{ cost: Cost; payload: string }> {
	const root = `translate${round}`
	const names = topics(root, root)
	const reader = await mqtt.connectAsync(url, { protocolVersion: 5 })
	const one = program([cli, 'run', '--config', configOf(folder, url, root, input, meters, [])], options.flags.split(' ').filter(Boolean))
	const session = new Date().toISOString()
	let [at, seq] = [0, 0]
	const readers = await town(url, root, () => {
		if (at === meters) [at, seq] = [0, seq + 1]
		const userProperties = { received: new Date().toISOString(), session, seq: String(seq), profile: input.profile.label }
		reader.publish(names.raw(`m${at}`), Buffer.from(telegramOf(input, at++, seq)), { qos: 1, properties: { userProperties } })
	})
	await new Promise((resolve) => setTimeout(resolve, 2500))
	await readers.run(TELEGRAMS / 2)
	const cost = await costOf(one.pid, TELEGRAMS, () => readers.run(TELEGRAMS))
	await one.stop()
	await readers.close()
	await reader.endAsync(true)
	return { cost, payload: readers.last() }
}

async function measureBare(url: string, payload: string): Promise<Cost> {
	const one = program([fileURLToPath(import.meta.url), '--bare', url])
	const said = (): Promise<unknown> => new Promise((resolve) => one.child.once('message', resolve))
	await said()
	const publish = (count: number) => {
		one.child.send({ payload, count })
		return said().then(() => undefined)
	}
	await publish(TELEGRAMS)
	const cost = await costOf(one.pid, TELEGRAMS, () => publish(TELEGRAMS))
	await one.stop()
	return cost
}

if (options.bare !== undefined) {
	const client = await mqtt.connectAsync(options.bare)
	process.on('message', ({ payload, count }: { payload: string; count: number }) =>
		publishBare(client, 'bare/m0/reading', payload, count).then(() => process.send?.('done')),
	)
	process.send?.('ready')
} else {
	await main()
}

function inputOf(kind: string): Input {
	const all: Record<string, () => Input> = {
		e450Encrypted: () => e450Encrypted().input,
		...Object.fromEntries(Object.entries(inputs()).map(([name, input]) => [name, () => input])),
	}
	const found = all[kind]
	if (!found) throw new Error(`there is no kind ${kind}; there are ${Object.keys(all).join(', ')}`)
	return found()
}

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'cii-bench-'))
	const port = await freePort()
	const settings = [
		`listener ${port} 127.0.0.1`,
		'allow_anonymous true',
		'max_queued_messages 0',
		'max_inflight_messages 1000',
		'set_tcp_nodelay true',
	]
	writeFileSync(join(folder, 'mosquitto.conf'), `${process.getuid?.() === 0 ? 'user root\n' : ''}${settings.join('\n')}\n`)
	const mosquitto = await startMosquitto(join(folder, 'mosquitto.conf'), [port])
	const url = `mqtt://127.0.0.1:${port}`
	const ratios: Record<string, number> = {}
	try {
		for (const kind of options.kinds.split(',')) {
			const input = inputOf(kind)
			for (const meters of options.meters.split(',').map(Number)) {
				const costs: Record<string, Cost[]> = {}
				const took = (name: string, cost: Cost) => (costs[name] = [...(costs[name] ?? []), cost])
				for (let round = 0; round < ROUNDS; round++) {
					const place = join(folder, `${kind}-${meters}-${round}`)
					mkdirSync(place)
					let payload = ''
					for (const role of options.roles.split(',')) {
						const measured = await (role === 'run' ? measureRun : measureTranslator)(place, url, input, meters, round)
						took(role, measured.cost)
						payload = measured.payload
					}
					took('bare MQTT.js', await measureBare(url, payload))
				}
				report(`${kind}, ${meters} meters`, costs, ratios)
			}
		}
	} finally {
		await mosquitto.stop()
		rmSync(folder, { recursive: true, force: true })
	}
	console.log(JSON.stringify({ ratios }))
	process.exit()
}

function report(title: string, costs: Record<string, Cost[]>, ratios: Record<string, number>): void {
	const bare = costs['bare MQTT.js'] ?? []
	if (!options.json) console.log(`\n${title.padEnd(28)} CPU µs   main others    MB  telegrams/s  of bare MQTT.js`)
	for (const [name, rounds] of Object.entries(costs)) {
		const of = median(rounds.map((cost, round) => whole(cost) / whole(bare[round] ?? cost)))
		if (name !== 'bare MQTT.js') ratios[`${name} ${title}`] = Number(of.toPrecision(3))
		const cell = (pick: (cost: Cost) => number, width: number) => median(rounds.map(pick)).toFixed(0).padStart(width)
		if (!options.json)
			console.log(
				`${name.padEnd(28)} ${cell(whole, 6)} ${cell(({ main: own }) => own, 6)} ${cell(({ others }) => others, 6)} ${cell(({ resident }) => resident, 5)} ${cell(({ perSecond }) => perSecond, 12)} ${of.toFixed(2).padStart(16)}`,
			)
	}
}
