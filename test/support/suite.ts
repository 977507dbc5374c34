import { spawnSync } from 'node:child_process'
import { deadline } from './pace.ts'

/** Adds a test: its name is a sentence; one that does not end within its limit fails. */
export type Test = ((name: string, body: () => unknown) => void) & { run(): void; after(body: () => unknown): void }

/** The suites that were told to run, one after the other; `finished` waits for them. */
let running = Promise.resolve()
let pending = 0
export const finished = () => running

/** Makes a suite whose tests have a time limit each (10 s of a free machine unless told otherwise). Each test prints one line for the runner (tools/test.ts). */
export function suite(name: string, { limit = 10_000 } = {}): Test {
	const tests: { title: string; body: () => unknown }[] = []
	const afterwards: (() => unknown)[] = []
	async function all(): Promise<void> {
		for (const { title, body } of tests) {
			console.log(`begin ${title}`)
			const started = performance.now()
			const error = await outcome(limit, body)
			if (error === undefined) console.log(`pass  ${title} (${Math.round(performance.now() - started)} ms)`)
			else fail(`${name}: ${title}`, error)
		}
		for (const body of afterwards) {
			const error = await outcome(limit, body)
			if (error !== undefined) fail(`${name}: what comes after its tests`, error)
		}
		pending--
	}
	const test = (title: string, body: () => unknown) => void tests.push({ title, body })
	return Object.assign(test, {
		run() {
			pending++
			running = running.then(all)
		},
		after: (body: () => unknown) => void afterwards.push(body),
	})
}

/** Prints what failed, with what was expected and where. */
export function fail(title: string, error: unknown): void {
	process.exitCode = 1
	const { stack, details } = (error instanceof Error ? error : new Error(String(error))) as Error & { details?: string | false }
	console.log(`FAIL  ${title}\n${details ? `${details}\n` : ''}${stack?.replace(/^\s+at .*(node:|node_modules).*\n?/gm, '')}\n`)
}

/** What the body failed with, or undefined. */
function outcome(limit: number, body: () => unknown): Promise<unknown> {
	return new Promise((resolve) => {
		const cancel = deadline(limit, () => resolve(new Error(`no end after ${limit} ms`)))
		const end = (error: unknown) => {
			cancel()
			resolve(error)
		}
		;(async () => body())().then(
			() => end(undefined),
			(error: unknown) => end(error ?? new Error('failed with nothing')),
		)
	})
}

// A test that waits for what never comes, with nothing left that could wake it: it had no limit then.
process.on('exit', () => {
	if (pending > 0) fail('the process', new Error('it ended before its tests did'))
})

/**
 * Whether a program that a test needs is there. Where it is not, the test is skipped with a line that says so; CII_REQUIRE_TOOLS
 * (set by .ci/run) makes that a failure.
 */
export function need(program: string, what: string): boolean {
	if (spawnSync('sh', ['-c', `command -v ${program}`]).status === 0) return true
	if (process.env.CII_REQUIRE_TOOLS) throw new Error(`${program} is needed for ${what}`)
	console.log(`SKIPPED ${what}: ${program} is not installed`)
	return false
}
