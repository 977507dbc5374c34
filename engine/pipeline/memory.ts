import { createHash } from 'node:crypto'
import type { Keys } from '../telegram/telegram.ts'
import type { Totals } from '../transform/totals.ts'
import type { Counter } from './counter.ts'
import type { Deliveries, KeptDeliveries } from './deliveries.ts'

/** The memory of a meter's telegrams, by which the next ones are judged. `keys`: the keys that the counter belongs to; `delivered`: which of a reader's it has had. */
export type Memory = { counter?: Counter; totals?: Totals; keys?: string; delivered?: KeptDeliveries }

/** The memory as it holds under these keys: a meter that gets other keys starts its count over: telegrams under the old ones no longer open. */
export function underKeys({ counter, ...rest }: Memory, { encryption, authentication }: Keys): Memory {
	const hash = createHash('sha256')
	for (const key of [encryption, authentication]) hash.update(key ?? new Uint8Array(0)).update('|')
	const keys = hash.digest('hex').slice(0, 16)
	return { ...rest, keys, ...(counter && rest.keys === keys && { counter }) }
}

/** Gives a memory with another counter and other totals. */
export function remembered({ keys, delivered }: Memory, counter: Memory['counter'], totals: Memory['totals']): Memory {
	const memory: Memory = {}
	if (keys !== undefined) memory.keys = keys
	if (delivered) memory.delivered = delivered
	if (counter) memory.counter = counter
	if (totals) memory.totals = totals
	return memory
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
