import { spawnSync } from 'node:child_process'

/** One row of the fault table (facts/faults.md, section 4): what is broken on purpose, and what must come of it. */
export type Fault = {
	number: number
	fault: string
	injected: string
	/** Proves it, and gives the figure that was measured; rejects with what did not hold. */
	prove?: () => string | Promise<string>
	/** Why it cannot be shown here. */
	cannot?: string
	/** It waits more than it works: it may run beside others. */
	waits?: boolean
	/** It takes long and cannot be shortened: `npm run test:long` only. */
	long?: boolean
}

/** Rejects what does not hold, in words. */
export function hold(condition: boolean, text: string): asserts condition {
	if (!condition) throw new Error(text)
}

/** `1,234,567`. */
export const count = (number: number) => number.toLocaleString('en-US')

/** Milliseconds that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
	const started = performance.now()
	await work()
	return performance.now() - started
}

/** The value below which a share of the values lies. */
export function quantile(values: number[], share: number): number {
	return [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0
}

/** Whether this machine lets us do what the shell's words do: namespaces and mounts need rights that a container may not have. */
export const able = (words: string) => spawnSync('sh', ['-c', words], { stdio: 'ignore' }).status === 0

export const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
