import type { Problem } from '../../schema/types/api.ts'
import type { Finding } from '../document/finding.ts'

/** Why something is not done: plain data, which goes from one thread to another, and which the page's server answers with. */
export type Refused = {
	refused: 'unknown' | 'invalid' | 'changed' | 'conflict' | 'busy' | 'unavailable'
	/** One word, by which the page translates it. */
	code: string
	message: string
	hint?: string
	params?: NonNullable<Problem['params']>
	findings?: Finding[]
	/** `changed`: the text as it is now, and its tag. */
	text?: string
	etag?: string
}

/** Makes a refusal of its kind, a word and a sentence. */
export const refused = (kind: Refused['refused'], code: string, message: string, more: Partial<Refused> = {}): Refused => ({
	refused: kind,
	code,
	message,
	...more,
})

/** Tells a refusal from a thing. */
export const isRefused = (thing: unknown): thing is Refused => typeof thing === 'object' && thing !== null && 'refused' in thing

/** Refuses because of a problem. */
export const because = (kind: Refused['refused'], { code, text, hint, params }: Problem): Refused =>
	refused(kind, code, text, { ...(hint !== undefined && { hint }), ...(params && { params }) })
