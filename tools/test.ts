import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { canaryIn } from '../test/support/canary.ts'
import { deadline } from '../test/support/pace.ts'
import { root } from '../test/support/root.ts'

/**
 * `npm test [-- PART ...] [--long] [--built]`: builds, unless that is done, then runs every *.test.ts below test/ (whose path has one of the parts). The pure ones come first, in one process;
 * each of the others has a process of its own, four at a time (at first one of them a file that mostly waits, one that looks at pages), and what measures the machine runs alone. `--long`: the full amount where a test does
 * less otherwise (test/support/long.ts), and the files that take long.
 * Fails when a test fails, when a file runs no test, when a file takes longer than its limit, and when its output shows the secret key of the tests.
 * The last line counts: `N passed, N failed`.
 */
const FILE_LIMIT = process.argv.includes('--long') ? 9_000_000 : 300_000
/** Milliseconds from its last test to its end: a test that failed may leave open what it had begun. */
const END_LIMIT = 20_000
/** Folders whose tests need no port, no broker and no program. */
const PURE = /^(bytes|link|telegram|application|decode|jsonata|document|transform|profile|pipeline|check|config)\/|^[^/]*$/
/** Of the pure ones, those that take longest: last, so that what is quick shows at once. */
const LAST = ['link/iec62056-21.test.ts', 'jsonata/compile.test.ts', 'decode/fuzz.test.ts', 'transform/fill.test.ts']
/** Of the others, those that take longest: first, so that nothing long is left alone at the end. */
const FIRST = ['end-to-end/fleet.test.ts', 'tools/new.test.ts', 'tools/validate.test.ts', 'end-to-end/mosquitto.test.ts']
/** Those that wait for lines and clocks, and take less than a third of a processor: they run one after the other beside the rest, the longest first. */
const WAITING = [
	'end-to-end/recipes.test.ts',
	'transport/ports.test.ts',
	'end-to-end/idle.test.ts',
	'transport/sign-on.test.ts',
	'meter/said.test.ts',
	'transport/bus.test.ts',
	'end-to-end/engine.test.ts',
	'end-to-end/answer.test.ts',
	'answer/limits.test.ts',
]
/** Those that look at pages: the longest first, one browser at a time until the other lanes are done. */
const BROWSING = [
	...['bench', 'workbench', 'editor', 'kind'].map((name) => `tools/web/${name}.test.ts`),
	...['flows', 'page', 'setup', 'workbench', 'script', 'page-live', 'remembered', 'history-page'].map(
		(name) => `end-to-end/${name}.test.ts`,
	),
]
/** Those that only `--long` runs, or whoever names them: what they show in full, others show in short, and CI has eight minutes. */
const LONG = [
	...['bench', 'workbench', 'kind'].map((name) => `tools/web/${name}.test.ts`),
	'tools/docs.test.ts',
	'end-to-end/history-page.test.ts',
	'end-to-end/fleet.test.ts',
	'history/kill-engine.test.ts',
	'setup/proposals.test.ts',
	'workbench/hostile.test.ts',
]
/** What is not measured beside others: the start of a thousand meters. */
const ALONE = ['end-to-end/scale.test.ts']

const words = process.argv.slice(2).filter((word) => word !== '--')
const parts = words.filter((word) => !word.startsWith('--'))
const files = readdirSync(`${root}test`, { recursive: true })
	.map(String)
	.filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
	.filter((name) => (parts.length === 0 ? words.includes('--long') || !LONG.includes(name) : parts.some((part) => name.includes(part))))
	.sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
const total = { passed: 0, failed: 0, skipped: 0 }
const running = new Set<ChildProcess>()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.once(signal, () => {
		for (const child of running) kill(child)
		process.exit(1)
	})

/** Where a file stands in the order of its kind. */
function rank(file: string): number {
	return FIRST.includes(file) ? FIRST.indexOf(file) - FIRST.length : LAST.indexOf(file) + 1
}

if (!words.includes('--built')) build()
if (files.length === 0) {
	console.error(`no test file below test/ has ${parts.join(' or ')} in its path`)
	total.failed++
}
const pure = files.filter((file) => PURE.test(file))
const waiting = WAITING.filter((file) => files.includes(file))
const browsing = BROWSING.filter((file) => files.includes(file))
const others = files.filter((file) => !PURE.test(file) && ![...ALONE, ...WAITING, ...BROWSING].includes(file))
async function lane(queue: string[]): Promise<void> {
	for (let file = queue.shift(); file !== undefined; file = queue.shift()) await inOneProcess([file])
}
// A lane that has nothing left helps the others.
await Promise.all(
	[inOneProcess(pure).then(() => lane(others)), lane(others), lane(waiting), lane(browsing)].map((one) =>
		one.then(() => lane(waiting)).then(() => lane(browsing)),
	),
)
for (const file of files) if (ALONE.includes(file)) await inOneProcess([file])
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exitCode = total.failed > 0 ? 1 : 0

/** Compiles engine, tools and tests into dist/. What does not compile is a failure; the tests run nevertheless. */
function build(): void {
	try {
		execFileSync('npm', ['run', '-s', 'build:test'], { cwd: root, stdio: 'inherit' })
	} catch {
		console.log('FAIL the build')
		total.failed++
	}
}

/** Runs files one after the other in one process. When one of them is late or ends the process, the rest has a new one. */
async function inOneProcess(rest: string[]): Promise<void> {
	let left = rest
	while (left.length > 0) {
		const done = await runProcess(left)
		left = left.slice(Math.max(1, done))
	}
}

type Run = { file: string; lines: string[]; started: number; ended: boolean }

/** Runs files in a process group of its own, reports each, and gives how many were reported. */
function runProcess(batch: string[]): Promise<number> {
	const paths = batch.map((file) => file.replace(/\.ts$/, '.js'))
	// The shell leads the session, so that no terminal which a test opens becomes its own and ends it with a hangup.
	const command = [process.execPath, '--enable-source-maps', `${root}dist/test/support/in-turn.js`, ...paths]
	const child = spawn('sh', ['-c', '"$@"; exit $?', 'sh', ...command], {
		stdio: ['ignore', 'pipe', 'pipe'],
		cwd: root,
		detached: true,
		env: { ...process.env, ...(words.includes('--long') && { CII_TEST_LONG: '1' }) },
	})
	running.add(child)
	let done = 0
	let failed = false
	let problem: string | undefined
	let run: Run = begin()
	let cancel = limit(FILE_LIMIT)
	function begin(): Run {
		return { file: batch[done] ?? '', lines: [], started: Date.now(), ended: false }
	}
	function limit(milliseconds: number): () => void {
		return deadline(milliseconds, () => {
			problem = run.ended ? `no end ${milliseconds / 1000} s after its last test` : `no end after ${milliseconds / 1000} s`
			kill(child)
		})
	}
	function take(line: string): void {
		if (line.startsWith('file  ')) {
			if (!run.ended) return
			report(run)
			done++
			run = begin()
			cancel()
			cancel = limit(FILE_LIMIT)
		} else if (line.startsWith('end   ')) {
			run.ended = true
			cancel()
			cancel = limit(END_LIMIT)
		} else {
			failed ||= line.startsWith('FAIL  ')
			run.lines.push(line)
		}
	}
	for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', take)
	return new Promise((resolve) => {
		child.once('close', (code) => {
			cancel()
			running.delete(child)
			// What a test started and left behind.
			kill(child)
			report(run, problem ?? (run.ended && (code === 0 || failed) ? undefined : `ended with code ${code}`))
			resolve(done + 1)
		})
	})
}

/** Ends a process and all that it started. */
function kill({ pid }: ChildProcess): void {
	try {
		if (pid !== undefined) process.kill(-pid, 'SIGKILL')
	} catch {
		// It has ended.
	}
}

/** Prints a line for a file, with its output when it failed, and adds to the total. */
function report({ file, lines, started }: Run, problem?: string): void {
	const those = (word: string) => lines.filter((line) => line.startsWith(word))
	const [passed, failures, skips] = [those('pass  ').length, those('FAIL  ').length, those('SKIPPED ')]
	const output = lines.join('\n')
	const last = problem === undefined ? undefined : those('begin ').at(-1)?.slice(6)
	const trouble =
		(problem !== undefined && `${problem}${last === undefined ? '' : `; its last test: ${last}`}`) ||
		(passed + failures + skips.length === 0 && 'ran no test') ||
		(canaryIn(output) && 'its output shows the secret key of the tests')
	const failed = failures + (trouble ? 1 : 0)
	total.passed += passed
	total.failed += failed
	total.skipped += skips.length
	const seconds = ((Date.now() - started) / 1000).toFixed(1)
	console.log(
		`${failed > 0 ? 'FAIL' : 'ok  '} ${file.padEnd(32)} ${String(passed).padStart(4)} passed ${seconds.padStart(6)} s${trouble ? `  ${trouble}` : ''}`,
	)
	for (const skip of skips) console.log(`     ${skip}`)
	if (failed > 0 && !canaryIn(output)) console.log(lines.filter((line) => !line.startsWith('begin ')).join('\n'))
}
