import type { Diagnostics } from '../../schema/types/diagnostics.ts'

/** A meter as it stands: `state` holds the latest of every field while it is `online`. */
export type Snapshot = {
	name: string
	title: string
	online: boolean
	state: Record<string, unknown>
	diagnostics: Diagnostics
}
