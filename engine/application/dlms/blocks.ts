import { berLength, type Cursor, note, pass, take, uint } from '../../bytes/cursor.ts'
import { concat, equal, own } from '../../bytes/hex.ts'
import { type Rejected, rejected } from '../../telegram/telegram.ts'
import { abandon, noTransfer, type Transfer } from '../application.ts'

/** The bytes that one sender may pile up. */
const MAX_TRANSFER = 16 * 1024
/** Bytes that a block counts as, at least: one that carries nothing takes place, too. */
const LEAST_BLOCK = 16

/** The effect of a block: the state that follows, the APDU it completed, and what was given up. */
export type Collected = { transfer: Transfer; apdu?: Uint8Array; rejected?: Rejected }

// E0 | L S wwwwww | block u16 | acknowledged u16 | BER length | data      (DLMS Green Book, general-block-transfer)
// L: last block; S: streaming; w: window.
/**
 * Reads a block (the cursor stands behind its tag E0) and adds it. Blocks are joined only in their order, each once:
 * two pushes carry the same list, so a patched one would look right and be wrong. A block that comes twice is passed over; anything else rejects the
 * transfer (`blocks`).
 */
export function collect(transfer: Transfer, c: Cursor): Collected {
	const from = c.at
	const last = (uint(c, 1) & 0x80) !== 0
	const number = uint(c, 2)
	pass(c, 2)
	const length = berLength(c)
	if (c.notes) note(c, from, `block ${number}${last ? ', the last' : ''}, of ${length} bytes`)
	const data = take(c, length)
	if (c.notes) note(c, c.at - data.length, "the block's data")
	if (c.short) return { transfer: noTransfer, rejected: rejected('length', 'the block ends early') }

	if (isEcho(transfer, number, data)) return { transfer, rejected: rejected('duplicate', `block ${number} came twice`) }
	const lost = number === 1 ? abandon(transfer) : undefined
	const current = number === 1 ? noTransfer : transfer
	if (current.broken) return { transfer: last ? noTransfer : current }
	if (number !== current.next) {
		const detail =
			current.next === 1 ? `block ${number} came without the blocks before it` : `block ${number} came where block ${current.next} was due`
		return { transfer: last ? noTransfer : { ...noTransfer, broken: true }, rejected: rejected('blocks', detail) }
	}
	const size = current.size + Math.max(data.length, LEAST_BLOCK)
	if (size > MAX_TRANSFER)
		return { transfer: { ...noTransfer, broken: true }, rejected: rejected('limit', `a block transfer of more than ${MAX_TRANSFER} bytes`) }
	const parts = current === noTransfer ? [] : current.parts
	parts.push(last ? data : own(data))
	const collected: Collected = last
		? { transfer: noTransfer, apdu: concat(parts) }
		: { transfer: { next: number + 1, parts, size, broken: false } }
	if (lost) collected.rejected = lost
	return collected
}

/** Whether the block is the one before it once more. */
function isEcho({ next, parts }: Transfer, number: number, data: Uint8Array): boolean {
	const before = parts.at(-1)
	return before !== undefined && number === next - 1 && equal(before, data)
}
