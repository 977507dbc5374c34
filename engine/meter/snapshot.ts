import type { Diagnostics } from '../../schema/types/diagnostics.ts'

/** A meter as it is known now. `state`: the latest of every field; it holds while the meter is `online`. */
export type Snapshot = {
	name: string
	title: string
	online: boolean
	state: Record<string, unknown>
	diagnostics: Diagnostics
}

/**
 * The process as it is now. `outbox`: messages for the broker that wait, that were dropped, and that the broker has put off; connections that ended
 * because the broker broke the rules, and messages of it that were not taken.
 */
export type Now = {
	connected: boolean
	outbox: { waiting: number; dropped: number; postponed: number; faults: number; skipped: number }
	meters: Snapshot[]
}
