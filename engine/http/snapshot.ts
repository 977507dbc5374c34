import type { Diagnostics } from '../../schema/types/diagnostics.ts'

/** What is known of a meter now. `state`: the latest of every field; it holds while the meter is `online`. */
export type Snapshot = {
	name: string
	title: string
	online: boolean
	state: Record<string, unknown>
	diagnostics: Diagnostics
}

/** The process as it is now. `outbox`: messages for the broker that wait, and that were dropped. */
export type Now = { connected: boolean; outbox: { waiting: number; dropped: number }; meters: Snapshot[] }
