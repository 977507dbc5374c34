import type { Diagnostics } from '../../schema/types/diagnostics.ts'
import type { ExtraField } from '../../schema/types/profile.ts'

/** A meter as it is known now. `state`: the latest of every field, also while it is not `online`: of an earlier process its counters, marked as old; empty before the first reading of all. */
export type Snapshot = {
	name: string
	/** The name for people: the config's title, or its name. */
	title: string
	profileTitle: string
	/** Where its bytes come from. */
	transport: string
	/** Seconds between two readings, as stated or learned. */
	interval: number
	online: boolean
	state: Record<string, unknown>
	diagnostics: Diagnostics
	/** Amperes that the connection carries on each phase. */
	fuse?: number
	/** Its time zone (IANA). */
	timezone?: string
	/** Fields of its own profile, with their units. */
	extra?: Record<string, ExtraField>
}
