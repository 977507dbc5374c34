import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { long } from '../support/long.ts'
import { root } from '../support/root.ts'
import { brokerFaults } from './brokers.ts'
import { byteFaults } from './bytes.ts'
import { clientFaults } from './clients.ts'
import { diskFaults } from './disks.ts'
import { documentFaults } from './documents.ts'
import { embeddedFaults } from './embedded.ts'
import { expressionFaults } from './expressions.ts'
import type { Fault } from './fault.ts'
import { fileFaults } from './files.ts'
import { floodFaults } from './floods.ts'
import { forgedFaults } from './forged.ts'
import { instanceFaults } from './instances.ts'
import { lineFaults } from './lines.ts'
import { portFaults } from './ports.ts'
import { processFaults } from './processes.ts'
import { telegramFaults } from './telegrams.ts'
import { valueFaults } from './values.ts'
import { workerFaults } from './workers.ts'

/**
 * `npm run test:faults -- [--only N,N] [--write]`: proves each row of the fault table and prints it with its figure; `--write` puts the table into
 * test/README.md. `npm run test:faults:short` leaves out rows that take long, and does less in others. Three processes share the work (`--lane`): rows that wait, beside each other; rows that only compute; and the others, one after the other. Ends
 * with 1 when a row does not hold.
 */
const { values } = parseArgs({ options: { only: { type: 'string' }, write: { type: 'boolean' }, lane: { type: 'string' } } })
const only = values.only?.split(',').map(Number)
/** They compute, without ports, timers and a look at the clock. */
const pure = [...byteFaults, ...telegramFaults, ...forgedFaults]
const attacks = [
	...clientFaults,
	...diskFaults,
	...instanceFaults,
	...embeddedFaults,
	...lineFaults,
	...expressionFaults,
	...documentFaults,
	...valueFaults,
	...floodFaults,
	...workerFaults,
]
const LANES = ['waits', 'pure']
const laneOf = (fault: Fault) => (fault.waits ? 'waits' : pure.includes(fault) ? 'pure' : undefined)
const faults = [...pure, ...portFaults, ...brokerFaults, ...fileFaults, ...processFaults, ...attacks].filter(
	({ number, long: late = false }) => only?.includes(number) ?? (long || !late),
)
const own = faults.filter((fault) => laneOf(fault) === values.lane)

type Row = Pick<Fault, 'number' | 'fault' | 'injected'> & { figure: string; outcome: 'holds' | 'fails' | 'cannot be shown' }

async function proved({ number, fault, injected, prove, cannot }: Fault): Promise<Row> {
	const row = { number, fault, injected }
	if (!prove) return { ...row, figure: `not shown here: ${cannot}`, outcome: 'cannot be shown' }
	const started = Date.now()
	try {
		const figure = await prove()
		process.stderr.write(`row ${number} holds, ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
		return { ...row, figure, outcome: 'holds' }
	} catch (error) {
		process.stderr.write(`row ${number} FAILS: ${(error as Error).stack}\n`)
		return { ...row, figure: `FAILS: ${(error as Error).message.split('\n')[0]}`, outcome: 'fails' }
	}
}

/** The rows of a lane, from its own process. */
function rowsOf(lane: string): Promise<Row[]> {
	if (!faults.some((fault) => laneOf(fault) === lane)) return Promise.resolve([])
	const words = [...process.execArgv, process.argv[1] ?? '', '--lane', lane, ...(values.only ? ['--only', values.only] : [])]
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
		let output = ''
		child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
		child.once('close', (code) => {
			if (output.startsWith('[')) resolve(JSON.parse(output) as Row[])
			else reject(new Error(`the lane ${lane} ended with ${code}: ${output}`))
		})
	})
}

// A promise that nobody waits for, or an error that nobody hears, ends the run (row 44).
process.on('unhandledRejection', (error) => {
	throw error
})

const beside = values.lane === undefined ? Promise.all(LANES.map(rowsOf)) : []
const rows: Row[] = []
if (values.lane === 'waits') rows.push(...(await Promise.all(own.map(proved))))
else for (const fault of own) rows.push(await proved(fault))
if (values.lane !== undefined) process.stdout.write(JSON.stringify(rows), () => process.exit(0))
else report([...rows, ...(await beside).flat()].sort((one, other) => one.number - other.number))

function report(rows: Row[]): never {
	const lines = rows.map(({ number, fault, injected, figure }) => `| ${number} | ${fault} | ${injected} | ${figure} |`)
	const table = ['| # | fault | injected | what was seen |', '| --- | --- | --- | --- |', ...lines].join('\n')
	const count = (wanted: Row['outcome']) => rows.filter(({ outcome }) => outcome === wanted).length
	console.log(`${table}\n\n${count('holds')} rows hold, ${count('fails')} do not, ${count('cannot be shown')} cannot be shown here`)
	if (values.write && !values.only && long) {
		const readme = `${root}test/README.md`
		const text = readFileSync(readme, 'utf8')
		writeFileSync(readme, text.replace(/(<!-- faults -->\n)[\s\S]*?(<!-- \/faults -->)/, `$1${table}\n$2`))
	}
	process.exit(count('fails') > 0 ? 1 : 0)
}
