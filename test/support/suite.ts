import { spawnSync } from 'node:child_process'
import { suite as uvuSuite } from 'uvu'

/** A test: its name is a sentence; one that does not end within its limit fails. */
export type Test = ((name: string, body: () => unknown) => void) & { run(): void; after(body: () => unknown): void }

/** A suite of uvu whose tests have a time limit each (10 s unless told otherwise). */
export function suite(name: string, { limit = 10_000 } = {}): Test {
	const inner = uvuSuite(name)
	const test = (title: string, body: () => unknown) => inner(title, () => within(limit, body))
	return Object.assign(test, { run: inner.run, after: (body: () => unknown) => inner.after(() => within(limit, body)) })
}

async function within(limit: number, body: () => unknown): Promise<void> {
	let timer: NodeJS.Timeout | undefined
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`no end after ${limit} ms`)), limit)
	})
	try {
		await Promise.race([body(), late])
	} finally {
		clearTimeout(timer)
	}
}

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
