import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { watchTopics } from '../support/broker.ts'
import { freePort, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { mutatedClients } from '../support/mutated-clients.ts'
import { count, type Fault, hold, sleep } from './fault.ts'
import { neighbour } from './neighbour.ts'
import { program } from './processes.ts'

const SCRIPT = fileURLToPath(import.meta.url).replace('embedded.', 'embedded-attacks.')

/** The same on the code before: aedes as it comes. Each stood until its attacker was gone, or published what he wrote, or held what he sent. */
const BEFORE =
	'before: its id 33 by WebSocket and 21 by TCP, one that reads nothing 103 to 178 (no reading in 8 s), a byte a second 206, 30,000 topics 9, sessions 6, floods 190, 44 and 23, retained 9 with 251 MB, packets of 200 MB 47 with 772 MB, frames 8; forged states were published'

/** Starts an attack in a process of its own. */
const attack = (name: string, port = 0, page = 0): ChildProcess => fork(SCRIPT, [name, String(port), String(page)], { stdio: 'inherit' })

async function ended(child: ChildProcess): Promise<void> {
	const end = new Promise((resolve) => child.once('exit', resolve))
	child.kill('SIGKILL')
	await end
}

/** The names of all attacks. */
async function attacks(): Promise<string[]> {
	const child = attack('list')
	const names = await new Promise<string[]>((resolve) => child.once('message', (message) => resolve(message as string[])))
	await ended(child)
	return names
}

const residentOf = (pid: number | undefined) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** A process with an embedded broker, a page and an adapter's topic, and the meter beside whose pace is measured. */
async function attacked() {
	const folder = scratch('embedded')
	const [port, page] = [await freePort(), await freePort()]
	const beside = await neighbour()
	const adapter = { name: 'adapter', profile: 'gplug', transport: { kind: 'mqtt' } }
	const running = program(folder.path, { mqtt: { embedded: { port } }, http: { port: page }, meters: [beside.entry, adapter] })
	await running.says('listens on')
	await beside.watch(`mqtt://127.0.0.1:${port}`)
	return {
		child: running.child,
		port,
		page,
		beside,
		async close(): Promise<void> {
			await beside.close()
			await running.stop('SIGKILL')
			folder.remove()
		},
	}
}

export const embeddedFaults: Fault[] = [
	{
		number: 50,
		fault: 'strangers at the embedded broker',
		injected: 'each kind of attack in turn, beside a meter that sends 50 telegrams a second',
		long: true,
		async prove() {
			const figures: string[] = []
			for (const name of process.env.CII_ATTACKS?.split(';') ?? (await attacks())) {
				const target = await attacked()
				const { beside, port, page, child } = target
				const calm = await beside.p99(amount(2000, 3000))
				const child2 = attack(name, port, page)
				// Those who do not read let the system's buffers fill first: some 10 MB.
				await sleep(amount(1000, 7000))
				const options = { connectTimeout: 2000 }
				const state = await Promise.race([
					watchTopics(`mqtt://127.0.0.1:${port}`, ['cii/+/state', 'cii/bridge/main/state'], options).catch(() => undefined),
					sleep(3000),
				])
				const under = await beside.p99(amount(3000, 5000))
				const resident = child.exitCode === null ? residentOf(child.pid) : Number.NaN
				await ended(child2)
				const forged = (state || undefined)?.seen.some(({ payload }) => payload === 'forged') ?? false
				figures.push(
					`${name}: ${(under / calm).toFixed(1)}${forged ? ', FORGED' : ''}, ${Math.round(resident)} MB${child.exitCode === null ? '' : `, ended ${child.exitCode}`}`,
				)
				process.stderr.write(`${figures.at(-1)} (${calm.toFixed(1)} ${under.toFixed(1)} ms)\n`)
				await (state || undefined)?.close()
				await target.close()
			}
			hold(!figures.some((figure) => /FORGED|ended/.test(figure)), figures.join('; '))
			return `p99 of the time between readings, as a ratio to no attack, and megabytes resident: ${figures.join('; ')}; ${BEFORE}`
		},
	},
	{
		number: 50.1,
		fault: 'mutated packets at the embedded broker',
		injected: 'bits flipped, pieces cut, doubled and put in, in each kind of packet, whole and byte by byte',
		async prove() {
			const { packets, closed, mistakes, megabytes } = await mutatedClients(amount(8000, 1_000_000))
			hold(mistakes.length === 0, mistakes[0] ?? '')
			return `${count(packets)} packets over ${count(closed)} connections: 0 uncaught errors, 0 exits, memory ${megabytes < 0 ? '' : '+'}${Math.round(megabytes)} MB from a quarter to the end`
		},
	},
]
