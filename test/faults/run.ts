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
 * test/README.md. `npm run test:faults:short` leaves out rows that take long, and does less in others. Rows that wait run beside each other in a process of their own (`--waits`), meanwhile those that work one after the other. Ends
 * with 1 when a row does not hold.
 */
const { values } = parseArgs({ options: { only: { type: 'string' }, write: { type: 'boolean' }, waits: { type: 'boolean' } } })
const only = values.only?.split(',').map(Number)
const attacks = [
	...clientFaults,
	...diskFaults,
	...instanceFaults,
	...embeddedFaults,
	...lineFaults,
	...expressionFaults,
	...documentFaults,
	...forgedFaults,
	...valueFaults,
	...floodFaults,
	...workerFaults,
]
const faults = [...byteFaults, ...telegramFaults, ...portFaults, ...brokerFaults, ...fileFaults, ...processFaults, ...attacks].filter(
	({ number, waits = false, long: late = false }) => (only?.includes(number) ?? (long || !late)) && (!values.waits || waits),
)

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

/** The rows that wait, from their own process. */
function waiting(): Promise<Row[]> {
	const words = [...process.execArgv, process.argv[1] ?? '', '--waits', ...(values.only ? ['--only', values.only] : [])]
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
		let output = ''
		child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
		child.once('close', (code) => {
			if (output.startsWith('[')) resolve(JSON.parse(output) as Row[])
			else reject(new Error(`the rows that wait ended with ${code}: ${output}`))
		})
	})
}

// A promise that nobody waits for, or an error that nobody hears, ends the run (row 44).
process.on('unhandledRejection', (error) => {
	throw error
})

if (values.waits) {
	const rows = await Promise.all(faults.map(proved))
	process.stdout.write(JSON.stringify(rows), () => process.exit(0))
} else {
	const beside = faults.some(({ waits }) => waits) ? waiting() : Promise.resolve([])
	const rows: Row[] = []
	for (const fault of faults.filter(({ waits }) => !waits)) rows.push(await proved(fault))
	report([...rows, ...(await beside)].sort((one, other) => one.number - other.number))
}

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
