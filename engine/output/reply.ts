import type { Evaluated, Plain } from '../jsonata/expression.ts'
import { type Decimals, jsonReply } from './json-reply.ts'

/** A reply as it is sent. */
export type Reply = { status: number; type: string; text: string }

/** The reply to a request, and what became of that: `refused` says why. Undefined: none is sent. */
export type Answered = { reply: Reply | undefined; kind: 'answered' | 'unavailable' | 'refused'; reason?: string; detail?: string }

const [JSON_TYPE, TEXT_TYPE] = ['application/json', 'text/plain']

/** Gives the plain value of an expression's result; undefined where there is none, or a fault. */
export const plainOf = (result: Evaluated): Plain | undefined => ('fault' in result ? undefined : result.value)

/** Gives the reply that an expression's result says; undefined for nothing. */
export function answeredBy(result: Evaluated, decimals: Decimals): Answered | undefined {
	if ('fault' in result)
		return { reply: { status: 500, type: TEXT_TYPE, text: '' }, kind: 'refused', reason: 'error', detail: result.fault }
	const { value } = result
	if (value === undefined) return undefined
	const { status, type, body, isRefused } = partsOf(value)
	if (!Number.isInteger(status) || status < 200 || status > 599)
		return { reply: { status: 500, type: TEXT_TYPE, text: '' }, kind: 'refused', reason: 'error', detail: `${status} is no status of HTTP` }
	const isText = typeof body === 'string'
	const text = body === undefined ? '' : isText ? body : jsonReply(body, decimals)
	const reply = { status, type: type ?? (isText ? TEXT_TYPE : JSON_TYPE), text }
	if (status < 400 && !isRefused) return { reply, kind: 'answered' }
	return status === 503 ? { reply, kind: 'unavailable' } : { reply, kind: 'refused', reason: 'request' }
}

const PARTS = ['status', 'type', 'body', 'refused']

/** Takes { status, type, body, refused } apart; anything else is a body. */
function partsOf(value: Plain): { status: number; type?: string; body?: Plain; isRefused: boolean } {
	if (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).every((key) => PARTS.includes(key))) {
		const { status = 200, type, body, refused } = value
		if (typeof status === 'number' && (body !== undefined || value.status !== undefined))
			return {
				status,
				isRefused: refused === true,
				...(typeof type === 'string' && /^[\w/.+-]{3,60}(; charset=[\w-]+)?$/.test(type) && { type }),
				...(body !== undefined && { body }),
			}
	}
	return { status: 200, body: value, isRefused: false }
}

/** Gives the texts of an object by their keys; of anything else none. */
export function textsOf(txt: Plain | undefined): Record<string, string> {
	if (typeof txt !== 'object' || Array.isArray(txt)) return {}
	return Object.fromEntries(Object.entries(txt).flatMap(([key, value]) => (typeof value === 'object' ? [] : [[key, String(value)]])))
}
