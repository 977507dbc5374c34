import { readFileSync, writeFileSync } from 'node:fs'
import { brokerFaults } from './faults/brokers.ts'
import { byteFaults } from './faults/bytes.ts'
import type { Fault } from './faults/fault.ts'
import { fileFaults } from './faults/files.ts'
import { portFaults } from './faults/ports.ts'
import { processFaults } from './faults/processes.ts'
import { telegramFaults } from './faults/telegrams.ts'

/**
 * `npm run test:faults -- [--only N,N] [--write]`: proves each row of the fault table and prints it with its figure; `--write` puts the table into
 * test/README.md. Rows that wait run beside each other, those that work one after the other. Ends with 1 when a row does not hold.
 */
const args = process.argv.slice(2)
const only = args[args.indexOf('--only') + 1]?.split(',').map(Number)
const faults: Fault[] = [...byteFaults, ...telegramFaults, ...portFaults, ...brokerFaults, ...fileFaults, ...processFaults]
	.filter(({ number }) => !args.includes('--only') || only?.includes(number))
	.sort((one, other) => one.number - other.number)

type Result = { fault: Fault; figure: string; failed: boolean }

async function proved(fault: Fault): Promise<Result> {
	if (!fault.prove) return { fault, figure: `not shown here: ${fault.cannot}`, failed: false }
	const started = Date.now()
	try {
		const figure = await fault.prove()
		process.stderr.write(`row ${fault.number} holds, ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
		return { fault, figure, failed: false }
	} catch (error) {
		process.stderr.write(`row ${fault.number} FAILS: ${(error as Error).stack}\n`)
		return { fault, figure: `FAILS: ${(error as Error).message.split('\n')[0]}`, failed: true }
	}
}

// A promise that nobody waits for, or an error that nobody hears, ends the run (row 44).
process.on('unhandledRejection', (error) => {
	throw error
})

const results: Result[] = []
for (const fault of faults.filter(({ waits }) => !waits)) results.push(await proved(fault))
results.push(...(await Promise.all(faults.filter(({ waits }) => waits).map(proved))))
results.sort((one, other) => one.fault.number - other.fault.number)

const rows = results.map(({ fault, figure }) => `| ${fault.number} | ${fault.fault} | ${fault.injected} | ${figure} |`)
const table = ['| # | fault | injected | what was seen |', '| --- | --- | --- | --- |', ...rows].join('\n')
console.log(table)
const failed = results.filter((result) => result.failed).length
const cannot = results.filter(({ fault }) => !fault.prove).length
console.log(`\n${results.length - failed - cannot} rows hold, ${failed} do not, ${cannot} cannot be shown here`)

if (args.includes('--write') && !args.includes('--only')) {
	const readme = new URL('README.md', import.meta.url)
	const text = readFileSync(readme, 'utf8')
	writeFileSync(readme, text.replace(/(<!-- faults -->\n)[\s\S]*?(\n<!-- \/faults -->)/, `$1\n${table}\n$2`))
}
process.exit(failed > 0 ? 1 : 0)
