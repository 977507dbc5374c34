import { Refused } from './api/client.ts'
import type { Finding } from './api/flows.ts'
import type { Problem } from './api/types.ts'
import { say, sayIf } from './words/words.ts'

/** Says what went wrong with a request, as a problem with what to do. */
export function problemOf(error: unknown): Problem {
	if (!(error instanceof Refused)) return { code: 'page', text: error instanceof Error ? error.message : String(error) }
	if (error.status === 0) return { code: 'unreachable', text: say('fail.unreachable'), hint: say('fail.unreachable.hint') }
	const { code, message: text, hint, params } = error
	if (error.status === 429 && sayIf(`problem.${code}`, params) === undefined)
		return { code: 'often', text: say('fail.often'), hint: hint ?? text }
	return { code, text, ...(hint !== undefined && { hint }), ...(params && { params }) }
}

/** Gives the findings of a refused document. */
export const findingsOf = (error: unknown): Finding[] => (error instanceof Refused ? error.findings.filter(isFinding) : [])

function isFinding(one: unknown): one is Finding {
	return typeof one === 'object' && one !== null && 'message' in one && 'line' in one && typeof one.line === 'number'
}
