import type { Explain } from '../bytes/cursor.ts'
import type { Budget } from '../telegram/budget.ts'
import { type Rejected, rejected, type Telegram } from '../telegram/telegram.ts'
import type { CipherSettings } from './cipher.ts'

/** The settings of an application. */
export type ApplicationSettings = CipherSettings & {
	/** The budget of this frame. */
	budget: Budget
	/** Takes down what the bytes mean. */
	explain?: Explain | undefined
}

/**
 * A transfer in several frames that has begun: the number that must come next, and what came (`parts`, which the transfer that follows goes on with) and
 * takes so much (`size`). `broken`: waiting for the next first block.
 */
export type Transfer = { next: number; parts: Uint8Array[]; size: number; broken: boolean }

/** No transfer under way. */
export const noTransfer: Transfer = { next: 1, parts: [], size: 0, broken: false }

/** The outcomes of a frame's payload, and the transfer that goes on after it. */
export type Applied = { outcomes: (Telegram | Rejected)[]; transfer: Transfer }

/** Reads the payload of one frame; `transfer` is what earlier frames of the same sender began. */
export type Application = (payload: Uint8Array, transfer: Transfer, settings: ApplicationSettings) => Applied

/** An application whose telegrams each stand in one frame. */
export function whole(read: (payload: Uint8Array, settings: ApplicationSettings) => Telegram | Rejected): Application {
	return (payload, _transfer, settings) => ({ outcomes: [read(payload, settings)], transfer: noTransfer })
}

/** Says which transfer is lost when nothing more comes for it: a rejection (`blocks`), or nothing when none was under way. */
export function abandon(transfer: Transfer): Rejected | undefined {
	if (transfer.parts.length === 0) return undefined
	return rejected('blocks', `the block transfer ended after block ${transfer.next - 1}, before its last block`)
}
