import type { Problem } from '../../schema/types/api.ts'
import type { Finding } from '../document/finding.ts'

/** Why something was not done, by the status that HTTP has for it. */
const KINDS = { 404: 'unknown', 409: 'conflict', 412: 'changed', 422: 'invalid', 429: 'busy', 503: 'unavailable' } as const

type Status = keyof typeof KINDS

/** A request that is not done: why, and for a person what is wrong and what to do. Its own properties are what the page gets. */
export class Refusal {
	readonly refused: (typeof KINDS)[Status]
	readonly code: string
	readonly message: string
	declare readonly hint?: string
	/** Numbers and names in the message, for its translation. */
	declare readonly params?: NonNullable<Problem['params']>
	declare readonly findings?: Finding[]
	/** The config as it is now, and its name, where it has changed meanwhile. */
	declare readonly text?: string
	declare readonly etag?: string

	constructor(
		status: Status,
		{ code, text, hint, params }: Problem,
		more: { findings?: Finding[]; now?: { text: string; etag: string } } = {},
	) {
		const { findings, now } = more
		this.refused = KINDS[status]
		this.code = code
		this.message = text
		// Only what is there: it is sent as it is.
		Object.assign(this, {
			...(hint !== undefined && { hint }),
			...(params && { params }),
			...(findings && { findings }),
			...(now && { text: now.text, etag: now.etag }),
		})
	}

	/** The refusal as a problem. */
	get problem(): Problem {
		const { code, message, hint, params } = this
		return { code, text: message, ...(hint !== undefined && { hint }), ...(params && { params }) }
	}
}
