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

/** Gives an address without user and password, for messages: all before its last `@`, however it is written. */
export function withoutPassword(url: string): string {
	return url.replace(/^(\s*[a-z][a-z0-9+.-]*:\/+)?.*@/is, '$1')
}

/** Says what is wrong with a broker's address: message and hint, without its password; undefined when nothing is. */
export function addressFault(text: string): [message: string, hint: string] | undefined {
	if (isAddress(text)) return undefined
	const shown = withoutPassword(text)
	if (shown === text || !isAddress(shown)) return [`"${shown}" is not the address of a broker`, 'mqtt://host:1883, with a port up to 65535']
	const hint = 'give them as mqtt.username and mqtt.password, or write / as %2F, # as %23, ? as %3F and % as %25'
	return ['user or password in this address have a character that ends them', hint]
}

function isAddress(text: string): boolean {
	try {
		const { hostname, username, password, pathname, search, hash } = new URL(text)
		decodeURIComponent(username + password)
		// An `@` behind the host was meant to stand before it.
		return hostname !== '' && !`${pathname}${search}${hash}`.includes('@')
	} catch {
		return false
	}
}
