import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import type { Http } from '../../schema/types/config.ts'
import { packageRoot } from '../files/package.ts'
import type { Log } from '../log/log.ts'
import type { Broker } from '../mqtt/broker.ts'
import { Access } from './access.ts'
import type { Reach } from './api.ts'
import { app } from './app.ts'
import { callerOf, countedAs, proxiesOf } from './caller.ts'
import { type PageFile, pageFiles } from './files.ts'
import { barrier } from './guard.ts'
import { openPort } from './listen.ts'
import { addressOf, isOuter, outerHost } from './outer.ts'
import { httpServer, type Listening } from './server.ts'
import type { Site } from './site.ts'
import { notePage } from './whereabouts.ts'

export type WebsiteSettings = {
	/** `http` of the config. */
	http: Http
	site: Site
	/** Names the cookie. */
	instance: string
	/** Where passwords and sessions are kept; without it they end with the process. */
	accessFile: string | undefined
	/** The embedded broker that runs now, for WebSockets on /mqtt. */
	broker?: () => Broker | undefined
	/** The port may give way to the next free one. */
	anyPort?: boolean
	/** The built page; where the package has it, without this. */
	folder?: URL
	/**
	 * Shows a text to the person at the terminal, as it is: the link by which the first password is set. The log covers it, as others read the log.
	 */
	announce?(text: string): void
	log: Log
}

/** Milliseconds until a port that was taken is tried again. */
const RETRY = 5000
/** Milliseconds in which answers that are under way end: at the end of the process, and when the page moves to another port. */
const [GRACE, ANSWER] = [1000, 30_000]
/** Path on which the embedded broker takes WebSockets. */
const BROKER = '/mqtt'

/** The page, its API, /health and /metrics. It outlives what runs for one config. */
export class Website {
	readonly #settings: WebsiteSettings
	readonly #access: Access
	readonly #app: ReturnType<typeof app>
	#http: Http
	#reach: Reach
	#files: ReadonlyMap<string, PageFile>
	#server: Listening | undefined
	/** Servers whose port is closed, and that still answer. */
	readonly #old = new Set<Listening>()
	#address: string | undefined
	#unnote: (() => void) | undefined
	#retry: NodeJS.Timeout | undefined
	#isAnnounced = false
	#isClosed = false

	constructor(settings: WebsiteSettings) {
		const { http, site, instance, accessFile, log } = settings
		this.#settings = settings
		this.#http = http
		this.#reach = this.#reachOf(http)
		this.#files = this.#readFiles()
		this.#access = new Access({
			file: accessFile,
			tell: (text) => log.warn({ cause: 'access' }, text),
			ended: (session) => this.#app.api.events.end(session),
		})
		this.#app = app({ site, access: this.#access, instance, reach: () => this.#reach, files: () => this.#currentFiles(), log })
	}

	/** Gives the address to open in a browser, once the port is open. */
	get address(): string | undefined {
		return this.#address
	}

	/** Opens the port. Where it is taken the log says so, the meters go on, and it is tried again. */
	async open(): Promise<void> {
		if (this.#isClosed) return
		const { log, anyPort = false } = this.#settings
		const { host } = this.#http
		const answer = getRequestListener(this.#app.hono.fetch, { overrideGlobalObjects: false, errorHandler: unreadable })
		const server = httpServer({
			answer: (request, response) => void answer(request, response),
			countedAs: (address) => countedAs(address, this.#reach.proxies),
			upgrade: this.#upgrade,
		})
		try {
			const port = await openPort(server, this.#http, 8080, anyPort, 'http.port')
			// It was closed meanwhile.
			if (this.#isClosed) return await server.close(0)
			this.#server = server
			this.#address = addressOf(host, port, this.#reach.path)
			this.#unnote = notePage(this.#address)
			if (this.#retry) log.info(`the page is on ${this.#address}`)
			this.#retry = undefined
			this.#announce(port)
		} catch (error) {
			if (!this.#retry) log.error(`no page, /health and /metrics: ${(error as Error).message}. The meters are read; it is tried again`)
			this.#retry = setTimeout(() => void this.open(), RETRY).unref()
		}
	}

	/**
	 * Takes over `http` of a changed config: at once where only names, path or proxies differ, else on another port, to which browsers have to follow.
	 * Passwords and sessions go on, and are kept in `accessFile`.
	 */
	async settle(http: Http, accessFile: string | undefined): Promise<void> {
		this.#access.keepIn(accessFile)
		const before = this.#http
		if (http === before) return
		this.#http = http
		this.#reach = this.#reachOf(http)
		if (before.port === http.port && before.host === http.host) return
		clearTimeout(this.#retry)
		this.#retry = undefined
		const old = this.#leave()
		// The answer to the request that changed it goes out first.
		if (old) {
			this.#old.add(old)
			void old.close(ANSWER).then(() => this.#old.delete(old))
		}
		await this.open()
	}

	/** Closes the port, or tries it no more. */
	async close(): Promise<void> {
		this.#isClosed = true
		clearTimeout(this.#retry)
		const server = this.#leave()
		for (const old of this.#old) old.abort()
		await server?.close(GRACE)
		this.#access.close()
	}

	#leave(): Listening | undefined {
		const server = this.#server
		this.#server = undefined
		this.#address = undefined
		this.#unnote?.()
		this.#unnote = undefined
		this.#app.api.events.close()
		return server
	}

	/** A WebSocket of the embedded broker: for those who may look. */
	readonly #upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<number | undefined> => {
		const { names, proxies, path: prefix } = this.#reach
		const { headers, url = '' } = request
		const caller = callerOf(request.socket.remoteAddress, headers, proxies)
		const broker = this.#settings.broker?.()
		// Any page in the browser may open a WebSocket to us; it cannot hide its origin.
		if (barrier({ method: 'GET', path: '/api', headers, caller, names })) return 403
		const path = url.split('?')[0] ?? ''
		if (!broker || (path !== BROKER && path !== prefix + BROKER)) return 403
		if (await this.#app.api.refusalToLook(headers, caller)) return 401
		broker.take(request, socket, head)
		return undefined
	}

	#reachOf({ names = [], path = '', proxy = [] }: Http): Reach {
		const { proxies, wrong } = proxiesOf(proxy)
		if (wrong.length > 0) this.#settings.log.warn(`http.proxy: ${wrong.join(', ')} is not an address, nor a network such as 10.0.0.0/24`)
		return { names, path, proxies }
	}

	#readFiles(): ReadonlyMap<string, PageFile> {
		return pageFiles(this.#settings.folder ?? new URL('dist/web/', packageRoot))
	}

	/** The page may be built while we run. */
	#currentFiles(): ReadonlyMap<string, PageFile> {
		if (this.#files.size === 0) this.#files = this.#readFiles()
		return this.#files
	}

	/** Announces a link that sets the first password: a page that can be opened from elsewhere needs one. */
	#announce(port: number): void {
		const { host = '127.0.0.1', proxy = [] } = this.#http
		const { announce, log } = this.#settings
		const isOpen = isOuter(host)
		if (this.#isAnnounced || (!isOpen && proxy.length === 0)) return
		this.#isAnnounced = true
		if (!this.#access.isKept) log.warn("the page's password and sign-ins end with this process: set stateDir in the config to keep them")
		const token = this.#access.invite()
		if (token === undefined) return
		const address = addressOf(isOpen ? outerHost(host) : host, port, this.#reach.path)
		log.warn('no password is set for the page: from other machines nothing can be seen until one is')
		announce?.(`Set the page's password within 24 hours: ${address}/#token=${token}`)
	}
}

/** The answer to what cannot be read as a request. */
function unreadable(): Response {
	return new Response('{"error":{"code":"request","message":"This request cannot be read."}}', {
		status: 400,
		headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
	})
}
