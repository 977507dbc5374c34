import type { Failure } from '../../schema/types/api.ts'
import type { Given, Ready, Refusal } from './site.ts'

/** The answer to a request. */
export type Reply = {
	status: number
	/** JSON. */
	value?: object
	/** Anything else, with its type; `name`: it is saved as a file of this name. */
	content?: { type: string; body: string | Uint8Array; name?: string }
	headers?: Record<string, string>
}

/** The status of each refusal. */
const STATUS: Record<Refusal['refused'], number> = {
	unknown: 404,
	invalid: 422,
	changed: 412,
	conflict: 409,
	busy: 429,
	unavailable: 503,
	denied: 401,
}

/** Tells a refusal from what was asked for. */
export const isRefusal = (thing: unknown): thing is Refusal => typeof thing === 'object' && thing !== null && 'refused' in thing

/** Answers with a value. */
export const value = (thing: object, status = 200): Reply => ({ status, value: thing })

/** Answers that it is done. */
export const done: Reply = { status: 204 }

/** Answers with the thing asked for, or with the reason why it is refused. */
export async function given<Thing extends object>(thing: Given<Thing>, status = 200): Promise<Reply> {
	const found = await thing
	return isRefusal(found) ? refusal(found) : value(found, status)
}

/** Answers with a thing that may be written already, or with the reason why it is refused. */
export async function ready(thing: Given<object | Ready>): Promise<Reply> {
	const found = await thing
	if (isRefusal(found) || !('bytes' in found)) return given(found)
	return { status: 200, content: { type: 'application/json; charset=utf-8', body: found.bytes } }
}

/** Answers that something was done, or why it was not. */
export async function doneOr(thing: Given<unknown>): Promise<Reply> {
	const found = await thing
	return isRefusal(found) ? refusal(found) : done
}

/** Answers why something was not done. */
export function refusal({ refused, wait, ...error }: Refusal): Reply {
	const headers = wait === undefined ? {} : { headers: { 'Retry-After': String(wait) } }
	return { ...failure(STATUS[refused], error), ...headers }
}

/** Answers what is wrong with a request. */
export const failure = (status: number, error: Failure['error']): Reply => ({ status, value: { error } })

/** Answers that there is no such thing. */
export const unknown = (code: string, message: string, hint?: string): Reply =>
	failure(404, { code, message, ...(hint !== undefined && { hint }) })
