import { Hono } from 'hono'
import { getPath } from 'hono/utils/url'
import { Api, type ApiSettings, type Env } from './api.ts'
import { callerOf } from './caller.ts'
import type { PageFile } from './files.ts'
import { barrier } from './guard.ts'
import { HEADERS } from './headers.ts'
import { health } from './health.ts'
import { failure, refusal, value } from './reply.ts'
import { fileResponse, plainText, responseOf } from './response.ts'

export type AppSettings = ApiSettings & {
	/** The page's files; none where it is not built. */
	files(): ReadonlyMap<string, PageFile>
}

const NOT_BUILT = 'The page is not built here: "npm run build" makes it. The API is below api/, and there are health and metrics.\n'
/** Stands for the path of a proxy without its last stroke; no request has it. */
const UNENDED = '/.'
const PROGRAM = { 'WWW-Authenticate': 'Basic realm="cii2mqtt", charset="UTF-8"' }

/** Makes what answers all requests: the API, the page's files, /health and /metrics. */
export function app(settings: AppSettings): { hono: Hono<Env>; api: Api } {
	const { reach, log } = settings
	const within = (path: string) => {
		const { path: prefix } = reach()
		if (prefix === '') return path
		return path === prefix ? UNENDED : path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path
	}
	const hono = new Hono<Env>({ getPath: (request) => within(getPath(request)) })
	const api = new Api(settings)

	hono.use(async (c, next) => {
		const { headers, headersDistinct, socket } = c.env.incoming
		const { names, proxies } = reach()
		const caller = callerOf(socket.remoteAddress, headers, proxies)
		c.set('caller', caller)
		for (const [name, text] of Object.entries(HEADERS)) c.header(name, text)
		const { method, path } = c.req
		// Two names: a proxy may have looked at the other one.
		const hosts = headersDistinct.host?.length === 1 ? caller.hosts : []
		const stopped = barrier({ method, path, headers, caller: { ...caller, hosts }, names })
		if (stopped && path.startsWith('/api/')) return responseOf(c, failure(403, stopped))
		if (stopped) return plainText(c, 403, `${stopped.message} ${stopped.hint}\n`)
		await next()
		return undefined
	})

	api.mount(hono)
	mountOpen(hono, api, settings)
	// The relative addresses of the page need the last stroke.
	hono.get(UNENDED, (c) => c.redirect(`${reach().path}/`, 308))
	hono.get('*', (c) => {
		const files = settings.files()
		const file = files.get(c.req.path)
		if (file) return fileResponse(c, file)
		return plainText(c, files.size === 0 && c.req.path === '/' ? 503 : 404, files.size === 0 ? NOT_BUILT : 'Nothing is here.\n')
	})
	hono.all('*', (c) => responseOf(c, failure(405, { code: 'method', message: 'Only GET is answered here.' })))
	hono.onError((error, c) => {
		log.error(error, 'answering a request failed: please report this')
		return responseOf(c, failure(500, { code: 'failed', message: 'This failed.', hint: 'Please report it; the log says more.' }))
	})
	return { hono, api }
}

/** Adds the routes for programs outside of the API: open on this machine, elsewhere to those who may look. */
function mountOpen(hono: Hono<Env>, api: Api, { site }: AppSettings): void {
	const since = new Date(site.since).toISOString()
	hono.get('/health', async (c) => {
		const refused = await api.refusalToLook(c.env.incoming.headers, c.get('caller'))
		if (refused) return responseOf(c, { ...refusal(refused), headers: PROGRAM })
		const now = site.now()
		// A restart does not help a silent meter; it may help when the broker is away.
		return responseOf(c, value(health(now, site.version, since), now.connected ? 200 : 503))
	})
	hono.get('/metrics', async (c) => {
		const refused = await api.refusalToLook(c.env.incoming.headers, c.get('caller'))
		if (refused) return responseOf(c, { ...refusal(refused), headers: PROGRAM })
		// Most processes are never asked, and their start need not wait for it.
		const { metrics } = await import('./metrics.ts')
		const { type, body } = await metrics(site.now())
		return responseOf(c, { status: 200, content: { type, body } })
	})
}
