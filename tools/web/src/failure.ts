import { Refused } from './api/client.ts'
import type { Finding } from './api/flows.ts'
import type { Problem } from './api/types.ts'
import { say } from './words/words.ts'

/** Says what went wrong with a request, as a problem with what to do. */
export function problemOf(error: unknown): Problem {
	if (!(error instanceof Refused)) return { code: 'page', text: error instanceof Error ? error.message : String(error) }
	if (error.status === 0) return { code: 'unreachable', text: say('fail.unreachable'), hint: say('fail.unreachable.hint') }
	if (error.status === 429) return { code: 'often', text: say('fail.often'), hint: error.hint ?? error.message }
	return { code: error.code, text: error.message, ...(error.hint !== undefined && { hint: error.hint }) }
}

/** Gives the findings of a refused document. */
export const findingsOf = (error: unknown): Finding[] => (error instanceof Refused ? error.findings.filter(isFinding) : [])

function isFinding(one: unknown): one is Finding {
	return typeof one === 'object' && one !== null && 'message' in one && 'line' in one && typeof one.line === 'number'
}
