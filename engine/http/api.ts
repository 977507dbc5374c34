import type { IncomingHttpHeaders } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, Hono } from 'hono'
import { generateCookie, getCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import { getPath } from 'hono/utils/url'
import type { Session } from '../../schema/types/api.ts'
import type { Log } from '../log/log.ts'
import type { Access } from './access.ts'
import { readJson, SMALL } from './body.ts'
import type { Caller, proxiesOf } from './caller.ts'
import { EventStream } from './events.ts'
import { HEADERS } from './headers.ts'
import { failure, refusal, unknown } from './reply.ts'
import { responseOf } from './response.ts'
import type { Ask, Route } from './route.ts'
import { eventsRoute, routes } from './routes.ts'
import { type Right, UNUSED } from './sessions.ts'
import type { Refusal, Site } from './site.ts'

/** How the server can be reached, which may change while it runs. */
export type Reach = { names: readonly string[]; path: string; proxies: ReturnType<typeof proxiesOf>['proxies'] }

export type Env = { Bindings: HttpBindings; Variables: { caller: Caller } }

export type ApiSettings = {
	site: Site
	access: Access
	/** Names the cookie: one instance's is not another's on the same machine. */
	instance: string
	reach(): Reach
	log: Log
}

/** The right of a caller, and the session that gives it. */
export type Rights = { right: Right | 'none'; session?: string; isNoted?: boolean; secret?: string }

const RANK: Record<Session['rights'], number> = { none: 0, look: 1, change: 2 }
const SIGN_IN: Refusal = { refused: 'denied', code: 'sign-in', message: 'This needs a password.', hint: 'Sign in: POST /api/session.' }
const LOOK_ONLY = { code: 'look-only', message: 'You may look, and not change.', hint: 'Sign in with the password for changes.' }
const FULL = { code: 'events-full', message: 'Too many look at this moment.', hint: 'Close the page where it is not needed.' }
const LONG: Refusal = {
	refused: 'busy',
	code: 'long',
	message: 'Another long span is being sent.',
	hint: 'Ask for a shorter one, or try again in some seconds.',
	wait: 5,
}

/** Answers what is below /api: each route to those who may. */
export class Api {
	readonly events: EventStream
	readonly #settings: ApiSettings
	readonly #cookie: string
	/** Whether an answer that takes long is under way. */
	#isBusy = false

	constructor(settings: ApiSettings) {
		this.#settings = settings
		this.#cookie = `cii2mqtt_${settings.instance}`
		const failed = (error: unknown) => settings.log.error(error, 'telling what happens failed: please report this')
		this.events = new EventStream(settings.site, (session) => settings.access.goesOn(session), failed)
	}

	/** Adds all routes, and refuses requests for anything else. */
	mount(hono: Hono<Env>): void {
		for (const route of routes) hono.on(route.method.toUpperCase(), `/api${route.path}`, (c) => this.#answer(c, route))
		for (const path of new Set(routes.map((route) => route.path))) {
			const methods = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase())
			const wrong = failure(405, { code: 'method', message: `Only ${methods.join(', ')} is answered here.` })
			hono.all(`/api${path}`, (c) => responseOf(c, { ...wrong, headers: { Allow: methods.join(', ') } }))
		}
		hono.all('/api/*', (c) => responseOf(c, unknown('route', 'Nothing is here.', 'GET /api/openapi.json lists all routes.')))
	}

	/** Finds what the one who asks may do. */
	rights(c: Context<Env>): Rights {
		const secret = getCookie(c, this.#cookie)
		return { ...this.#settings.access.rights(c.get('caller'), secret), ...(secret !== undefined && { secret }) }
	}

	async #answer(c: Context<Env>, route: Route): Promise<Response> {
		const { site, access } = this.#settings
		const rights = this.rights(c)
		const { right, secret, isNoted } = rights
		// The cookie of a session in use lives on.
		if (isNoted && secret !== undefined) this.#keep(c, secret)
		if (RANK[right] < RANK[route.right]) return responseOf(c, right === 'none' ? refusal(SIGN_IN) : failure(403, LOOK_ONLY))
		if (route === eventsRoute && right !== 'none' && c.req.method === 'GET') return this.#listen(c, { ...rights, right })
		const body = route.body ? await readJson(c.env.incoming, route.body.limit ?? SMALL) : { json: undefined }
		if ('status' in body) {
			const { status, ...fault } = body
			return responseOf(c, { ...failure(status, fault), headers: { Connection: 'close' } })
		}
		const ask: Ask = {
			site,
			access,
			caller: c.get('caller'),
			right,
			param: (name) => c.req.param(name) ?? '',
			query: (name) => c.req.query(name),
			header: (name) => c.req.header(name),
			secret,
			keep: (kept) => this.#keep(c, kept),
			json: body.json,
		}
		if (route.isLong?.(ask)) {
			if (this.#isBusy) return responseOf(c, refusal(LONG))
			this.#isBusy = !c.env.outgoing.closed
			// Until it is sent: one who does not read holds no more than this one.
			c.env.outgoing.once('close', () => {
				this.#isBusy = false
			})
		}
		return responseOf(c, await route.reply(ask))
	}

	#listen(c: Context<Env>, { right, session }: Rights & { right: Right }): Response | Promise<Response> {
		const { isLocal, isIngress } = c.get('caller')
		const log = c.req.query('log') === '1'
		if (log && right !== 'change') return responseOf(c, failure(403, LOOK_ONLY))
		if (!this.events.hasRoom) return responseOf(c, { ...failure(503, FULL), headers: { 'Retry-After': '30' } })
		const cookies = c.res.headers.getSetCookie()
		const headers = { ...HEADERS, 'Cache-Control': 'no-store', ...(cookies.length > 0 && { 'Set-Cookie': cookies.join() }) }
		this.events.open(c.env.outgoing, headers, { right, session: isLocal || isIngress ? undefined : session, log })
		return RESPONSE_ALREADY_SENT
	}

	/** Has the browser keep the secret of a session, or forget it: no script sees it, and no other page's request carries it. */
	#keep(c: Context<Env>, secret: string | undefined): void {
		const { isSecure, prefix } = c.get('caller')
		const { path } = this.#settings.reach()
		const isBelow = getPath(c.req.raw) !== c.req.path
		const maxAge = secret === undefined ? 0 : UNUSED / 1000
		const text = generateCookie(this.#cookie, secret ?? '', {
			httpOnly: true,
			sameSite: 'Strict',
			secure: isSecure,
			path: prefix || (isBelow ? path : '/'),
			maxAge,
		})
		c.header('Set-Cookie', text)
	}

	/** Refuses one who may not look: by a session, or as a program that signs in with each request (Basic), such as Prometheus. */
	async refusalToLook({ cookie = '', authorization }: IncomingHttpHeaders, caller: Caller): Promise<Refusal | undefined> {
		const { access } = this.#settings
		if (access.rights(caller, parse(cookie, this.#cookie)[this.#cookie]).right !== 'none') return undefined
		const found = authorization === undefined ? SIGN_IN : await access.basic(authorization, caller)
		return typeof found === 'string' ? undefined : found
	}
}
