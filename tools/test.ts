import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { canaryIn } from '../test/support/canary.ts'

/**
 * `npm test [-- PART ...]`: runs every *.test.ts below test/ (whose name has one of the parts) in a process of its own, two at a time, and alone what has a
 * deadline to meet.
 * Fails when a test fails, when a file runs no test, when a file takes longer than its limit, and when its output shows the secret key of the tests. The last line counts:
 * `N passed, N failed`.
 */
const FILE_LIMIT = 300_000
/** Milliseconds from its last line to its end: a test that failed may leave open what it had begun. */
const END_LIMIT = 20_000
const AT_ONCE = 2
/** What takes longest begins first, so that nothing long is left alone at the end. */
const LONG = ['tools/cli.test.ts', 'end-to-end/recipes.test.ts', 'end-to-end/fleet.test.ts', 'tools/validate.test.ts']
/** What is not measured beside others: the start of a thousand meters. */
const ALONE = ['end-to-end/scale.test.ts']
const folder = fileURLToPath(new URL('../test/', import.meta.url))
const parts = process.argv.slice(2)
const files = readdirSync(folder, { recursive: true })
	.map(String)
	.filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
	.filter((name) => parts.length === 0 || parts.some((part) => name.includes(part)))
const total = { passed: 0, failed: 0, skipped: 0 }

if (files.length === 0) {
	console.error(`no test file in ${folder} has ${parts.join(' or ')} in its name`)
	total.failed++
}
const others = files.filter((file) => !ALONE.includes(file) && !LONG.includes(file))
const together = [...LONG.filter((file) => files.includes(file)), ...others]
await Promise.all(
	Array.from({ length: AT_ONCE }, async () => {
		for (let file = together.shift(); file !== undefined; file = together.shift()) report(file, await run(file))
	}),
)
for (const file of files) if (ALONE.includes(file)) report(file, await run(file))
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exitCode = total.failed > 0 ? 1 : 0

type Run = { code: number | null; output: string; seconds: number; timedOut: boolean }

function run(file: string): Promise<Run> {
	const started = Date.now()
	return new Promise((resolve) => {
		const child = spawn(process.execPath, ['--import', 'tsx', `${folder}${file}`], { stdio: ['ignore', 'pipe', 'pipe'] })
		let output = ''
		let timedOut = false
		const within = (milliseconds: number) =>
			setTimeout(() => {
				timedOut = true
				child.kill('SIGKILL')
			}, milliseconds)
		let timer = within(FILE_LIMIT)
		const take = (chunk: Buffer) => {
			output += chunk.toString()
			if (!/^ *Duration: /m.test(chunk.toString())) return
			clearTimeout(timer)
			timer = within(END_LIMIT)
		}
		for (const stream of [child.stdout, child.stderr]) stream.on('data', take)
		child.on('close', (code) => {
			clearTimeout(timer)
			resolve({ code, output, seconds: (Date.now() - started) / 1000, timedOut })
		})
	})
}

function report(file: string, { code, output, seconds, timedOut }: Run): void {
	const number = (label: string) => Number(new RegExp(`${label}:\\s+(\\d+)`).exec(output)?.[1] ?? 0)
	const [all, passed] = [number('Total'), number('Passed')]
	const skips = output.match(/^SKIPPED .*$/gm) ?? []
	const problem = timedOut
		? `no end after ${FILE_LIMIT / 1000} s, or ${END_LIMIT / 1000} s after its last line`
		: all === 0 && skips.length === 0
			? 'ran no test'
			: canaryIn(output)
				? 'its output shows the secret key of the tests'
				: code !== 0 && passed === all
					? `ended with code ${code}`
					: undefined
	const failed = all - passed + (problem ? 1 : 0)
	total.passed += passed
	total.failed += failed
	total.skipped += skips.length
	console.log(
		`${failed > 0 ? 'FAIL' : 'ok  '} ${file.padEnd(28)} ${String(passed).padStart(4)} passed ${seconds.toFixed(1).padStart(6)} s${problem ? `  ${problem}` : ''}`,
	)
	for (const skip of skips) console.log(`     ${skip}`)
	if (failed > 0 && !canaryIn(output)) console.log(output)
}
