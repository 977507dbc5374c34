import { isIP } from 'node:net'

/** Names that cannot be registered in public, and so cannot be pointed at us from outside (RFC 6761, 6762, 8375; .internal: ICANN 2024). */
const LOCAL = /^[\w-]+$|^[\w.-]+\.(localhost|local|lan|home|internal|home\.arpa)$/

/** Tells whether a Host header names us: a foreign name may be pointed at our address to read us from a foreign page (DNS rebinding). */
export function isOurs(header: string, names: readonly string[]): boolean {
	const host = header
		.replace(/:\d+$/, '')
		.replace(/^\[(.*)\]$/, '$1')
		.toLowerCase()
	return isIP(host) !== 0 || LOCAL.test(host) || names.includes(host)
}

/** Tells whether a page's origin is this server by one of the names that it is called by in this request, or one of its public names. */
export function isFrom(origin: string, hosts: readonly string[], names: readonly string[]): boolean {
	if (!URL.canParse(origin)) return false
	const url = new URL(origin)
	return (url.host !== '' && hosts.includes(url.host)) || names.includes(url.hostname)
}
