import type { ValidateFunction } from 'ajv'
import type { Session } from '../../schema/types/api.ts'
import type { Access } from './access.ts'
import { misshapen } from './body.ts'
import type { Caller } from './caller.ts'
import { type Reply, refusal } from './reply.ts'
import type { Site } from './site.ts'

/** A request, and what its route needs to answer it. */
export type Ask = {
	site: Site
	access: Access
	caller: Caller
	right: Session['rights']
	/** The part of the path of this name. */
	param(name: string): string
	query(name: string): string | undefined
	header(name: string): string | undefined
	/** The secret of the session, from its cookie. */
	secret: string | undefined
	/** Has the browser keep the secret of a session, or forget it. */
	keep(secret: string | undefined): void
	/** The body as JSON. */
	json: unknown
}

/** A part of a query. */
export type QueryPart = { description: string; schema: object; required?: true }

/** A route of the API: how it is answered, and all that its description says. */
export type Route = {
	method: 'get' | 'post' | 'put' | 'delete'
	/** Below /api, with parts such as `:name`. */
	path: string
	/** The right that a caller needs. */
	right: Session['rights']
	summary: string
	/** Its body: a definition of schema/api.schema.json. */
	body?: { name: string; limit?: number }
	query?: Record<string, QueryPart>
	/** Its answers by status: a definition of schema/api.schema.json, a type of content, or nothing. */
	answers: Record<number, { value?: string; types?: string[]; description?: string }>
	/** Tells a request whose answer takes long to make: only one of those is under way at a time. */
	isLong?(ask: Ask): boolean
	reply(ask: Ask): Reply | Promise<Reply>
}

/** Makes the part of a route that takes a body: it is answered only when the body has its form. */
export function taking<Name extends string, Body>(
	name: Name,
	check: ValidateFunction<Body>,
	reply: (ask: Ask, body: Body) => Reply | Promise<Reply>,
	limit?: number,
): Pick<Route, 'body' | 'reply'> {
	return {
		body: { name, ...(limit !== undefined && { limit }) },
		reply(ask) {
			const { json } = ask
			return check(json) ? reply(ask, json) : refusal(misshapen(check))
		},
	}
}

/** Makes a reply of a part of the site that may not be there. */
export function through<Door>(door: (site: Site) => Door | undefined, what: string) {
	const away = refusal({ refused: 'unavailable', code: 'not-here', message: `${what} is not possible here.` })
	return <Rest extends unknown[]>(reply: (door: Door, ask: Ask, ...rest: Rest) => Reply | Promise<Reply>) =>
		(ask: Ask, ...rest: Rest): Reply | Promise<Reply> => {
			const found = door(ask.site)
			return found === undefined ? away : reply(found, ask, ...rest)
		}
}

/** Gives the tag of the text that a request is about (If-Match); undefined for any. */
export function matchOf(ask: Ask): string | undefined {
	const match = ask.header('if-match')
	return match === '*' ? undefined : match?.replace(/^(W\/)?"(.*)"$/, '$2')
}

const FAILURE = { value: 'Failure' }

/** Lists all answers of a route: its own, and those that its right and its body bring along. */
export function answersOf({ answers, right, body }: Route): Route['answers'] {
	return {
		...answers,
		...(right !== 'none' && { 401: FAILURE }),
		...(right === 'change' && { 403: FAILURE }),
		...(body && { 400: FAILURE, 413: FAILURE, 415: FAILURE, 422: FAILURE }),
	}
}
