import { createHash } from 'node:crypto'
import type { Keys } from '../telegram/telegram.ts'
import type { Totals } from '../transform/totals.ts'
import type { Counter } from './counter.ts'
import type { Deliveries, KeptDeliveries } from './deliveries.ts'
import type { Habits } from './habits.ts'

/**
 * The memory of a meter's telegrams, by which the next ones are judged. `proved`: its tags were right, and so many since were not; `keys`: those that
 * counter, habits and tags belong to; `delivered`: which of a reader's telegrams it has had.
 */
export type Memory = { counter?: Counter; totals?: Totals; habits?: Habits; proved?: number; keys?: string; delivered?: KeptDeliveries }

/** The memory as it holds under these keys: a meter that gets other keys starts its count over: telegrams under the old ones no longer open. */
export function underKeys({ counter, habits, proved, ...rest }: Memory, { encryption, authentication }: Keys): Memory {
	const hash = createHash('sha256')
	for (const key of [encryption, authentication]) hash.update(key ?? new Uint8Array(0)).update('|')
	const keys = hash.digest('hex').slice(0, 16)
	const isSame = rest.keys === keys
	return {
		...rest,
		keys,
		...(counter && isSame && { counter }),
		...(habits && isSame && { habits }),
		...(proved !== undefined && isSame && { proved }),
	}
}

/** Gives a memory with another counter, other totals and habits. */
export function remembered(
	{ keys, proved, delivered }: Memory,
	counter: Memory['counter'],
	totals: Memory['totals'],
	habits: Memory['habits'],
): Memory {
	const memory: Memory = {}
	if (keys !== undefined) memory.keys = keys
	if (delivered) memory.delivered = delivered
	if (counter) memory.counter = counter
	if (totals) memory.totals = totals
	if (habits) memory.habits = habits
	if (proved !== undefined) memory.proved = proved
	return memory
}

/** Gives a memory with other tags. */
export function withProved(memory: Memory, proved: number | undefined): Memory {
	if (memory.proved === proved) return memory
	const { proved: _before, ...rest } = memory
	return proved === undefined ? rest : { ...rest, proved }
}

/** Takes what an earlier process has kept. */
export function restored(memory: Memory = {}, before: Deliveries): Memory {
	before.import(memory.delivered)
	return memory
}

/** Counts a reader's telegram as delivered, also for the process that follows. */
export function counted(memory: Memory, before: Deliveries, ...telegrams: Parameters<Deliveries['add']>): Memory {
	before.add(...telegrams)
	return { ...memory, delivered: before.export() }
}
