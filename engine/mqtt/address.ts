import { isPath } from '../text/names.ts'

/** A broker's address, and the user that it names: the password is nowhere else. */
export type Address = { url: string; username?: string; password?: string }

/** Takes user and password out of a broker's url. A library that never sees them cannot show them in an error. */
export function addressOf(url: string): Address {
	const { protocol, host, pathname, search, username, password } = new URL(url)
	return {
		url: `${protocol}//${host}${pathname}${search}`,
		...(username !== '' && { username: decodeURIComponent(username) }),
		...(password !== '' && { password: decodeURIComponent(password) }),
	}
}

/** Scheme, host, port and a path of plain words. */
const PLACE = /^\s*([a-z][a-z0-9+.-]*:\/*)?([\w.-]+(?::\d*)?|\[[\da-f:.]+\](?::\d*)?)?(\/[\w./-]*)?([?#].*)?$/is

/** Gives an address for messages: its place alone, without user, password and what is asked for there; nothing of one that has more than that. */
export function withoutPassword(text: string): string {
	const scheme = schemeOf(text)
	// An @ behind the path may stand in a password before the host, or in a token behind it: nobody knows which part is which.
	const isMixed = /[/?#].*(@|%40)/s.test(text.slice(scheme.length))
	const place = isMixed ? null : PLACE.exec(bareOf(text))
	if (!place) return `${scheme}…`
	const [, begin = '', host = '', path = ''] = place
	return begin + host + (path === '/' || isPath(path) ? path : '')
}

const schemeOf = (text: string) => /^\s*[a-z][a-z0-9+.-]*:\/+/i.exec(text)?.[0] ?? ''
/** An address without all before its last @. */
const bareOf = (text: string) => (text.includes('@') ? schemeOf(text) + text.slice(text.lastIndexOf('@') + 1) : text)

/** Gives the address of a broker that the page may show: without user, password and query. Undefined for a text that is not an address. */
export function publicAddress(url: string): { url: string; origin: string } | undefined {
	if (!isAddress(url)) return undefined
	const { protocol, host, pathname } = new URL(url)
	return { url: `${protocol}//${host}${pathname}`, origin: `${protocol}//${host}` }
}

/** Says what is wrong with a broker's address: message and hint, without its password; undefined when nothing is. */
export function addressFault(text: string): [message: string, hint: string] | undefined {
	if (isAddress(text)) return undefined
	const shown = withoutPassword(text)
	if (!text.includes('@') || !isAddress(bareOf(text)))
		return [`"${shown}" is not the address of a broker`, 'mqtt://host:1883, with a port up to 65535']
	const hint = 'give them as mqtt.username and mqtt.password, or write / as %2F, # as %23, ? as %3F and % as %25'
	return ['user or password in this address have a character that ends them', hint]
}

function isAddress(text: string): boolean {
	try {
		const { protocol, hostname, username, password, pathname, search, hash } = new URL(text)
		decodeURIComponent(username + password)
		// An `@` behind the host was meant to stand before it, also one that is written as %40; only what is asked for by WebSocket may have that.
		const behind = pathname + hash + (/^wss?:$/.test(protocol) ? search.replace(/%40/g, '') : search)
		return /^[\w.-]+$|^\[[\da-f:.]+\]$/i.test(hostname) && !/@|%40/.test(behind)
	} catch {
		return false
	}
}
