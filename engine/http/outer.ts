import { networkInterfaces } from 'node:os'

type Door = { port?: number; host?: string; path?: string }

/** Names the address of a page on this machine; `host` without one is 127.0.0.1. */
export function addressOf(host = '127.0.0.1', port: number, path: string): string {
	const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
	return `http://${shown}:${port}${path}`
}

/** Tells whether other machines reach a server on this address. */
export const isOuter = (host: string): boolean => !/^(127\.|::1$|localhost$)/.test(host)

/** Names an address by which other machines of the house reach a server that listens on `host`. */
export function outerHost(host: string): string {
	if (host !== '0.0.0.0' && host !== '::') return host
	const all = Object.values(networkInterfaces()).flatMap((some) => some ?? [])
	return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? host
}

/** Names the page as other machines of the house reach it; undefined without a page, and for one that this machine alone reaches. */
export function outerPage(http: Door | undefined): string | undefined {
	if (!http) return undefined
	const { host = '127.0.0.1', port = 8080, path = '' } = http
	return isOuter(host) ? addressOf(outerHost(host), port, path) : undefined
}
