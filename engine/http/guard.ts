import type { IncomingHttpHeaders } from 'node:http'
import { visible } from '../text/visible.ts'
import type { Caller } from './caller.ts'
import { isFrom, isOurs } from './hosts.ts'

type Question = { method: string; path: string; headers: IncomingHttpHeaders; caller: Caller; names: readonly string[] }

/** Why a request is not answered at all, whoever asks. */
export type Barrier = { code: 'host' | 'origin'; message: string; hint: string }

/**
 * Stops what a foreign page lets a browser ask: by a name of its own that it points at us, by a form, a script, an image, or an event stream. A browser cannot
 * hide where a request comes from; who does not say it is no browser, and has nothing of its user to misuse.
 */
export function barrier({ method, path, headers, caller, names }: Question): Barrier | undefined {
	// Home Assistant has checked its own names, which are no names of ours.
	const strange = caller.isIngress ? undefined : caller.hosts.find((host) => !isOurs(host, names))
	if (strange !== undefined || caller.hosts.length === 0)
		return {
			code: 'host',
			message: `This server is not known as ${visible(strange ?? '', 80)}.`,
			hint: 'Add the name to http.names in the config.',
		}
	const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = headers
	const isForeign =
		(origin !== undefined && !isFrom(origin, caller.hosts, names)) || !['same-origin', 'none', undefined].includes(site as string)
	// A link elsewhere may lead to the page.
	const isLink = origin === undefined && mode === 'navigate' && method === 'GET' && !path.startsWith('/api')
	if (!isForeign || isLink) return undefined
	return {
		code: 'origin',
		message: `This request comes from another page${origin === undefined ? '' : ` (${visible(origin, 80)})`}.`,
		hint: 'Open the page itself. Behind a reverse proxy, add its public name to http.names in the config.',
	}
}
