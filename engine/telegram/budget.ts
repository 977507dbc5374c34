import { type Rejected, rejected } from './telegram.ts'

/** Values of one telegram. Most in the corpus: 169 (ch-iskra-am550-pushlist-2020), in text 390 (iec-de-iskra-mt174-history). A null takes one byte on the wire and many in memory. */
export const MAX_NODES = 4096
/** Bytes that one telegram may be copied into: texts, plaintext, joined blocks. The longest of the corpus takes 11,000; 16 KiB are held of a source. */
export const MAX_BYTES = 128 * 1024

/** The budget that reading one telegram has used so far; `refused` once it was too much. */
export type Budget = { nodes: number; bytes: number; refused?: Rejected }

/** A budget of which nothing is spent. */
export function newBudget(): Budget {
	return { nodes: 0, bytes: 0 }
}

/** Counts one more value. True when the telegram takes too much: `refused` (`limit`) says so from then on. */
export function spend(budget: Budget): boolean {
	if (isSpent(budget)) refuse(budget, rejected('limit', `more than ${MAX_NODES} values in one telegram`))
	else budget.nodes++
	return budget.refused !== undefined
}

/** Whether no further value may be read. */
export function isSpent({ nodes }: Budget): boolean {
	return nodes >= MAX_NODES
}

/** Counts bytes that a value is copied into, and gives them; an empty view, and `refused` (`limit`), when the telegram takes too many. */
export function copied(budget: Budget, bytes: Uint8Array): Uint8Array {
	return spendBytes(budget, bytes.length) ? bytes : bytes.subarray(0, 0)
}

/** Counts bytes that a value is copied into. Whether the telegram may still take them. */
export function spendBytes(budget: Budget, count: number): boolean {
	const fits = budget.bytes + count <= MAX_BYTES
	if (fits) budget.bytes += count
	else refuse(budget, rejected('limit', `more than ${MAX_BYTES} bytes in the values of one telegram`))
	return fits
}

/** Refuses the telegram; the first reason stays. */
export function refuse(budget: Budget, reason: Rejected): undefined {
	budget.refused ??= reason
}
