import type { Request } from './replies.ts'

/** Parameters of a query that are read. */
const MAX_PARAMETERS = 32

/** Makes the request that expressions see, of what HTTP gives: its path with the query, and its body. */
export function requestOf(
	method: string,
	target: string,
	headers: Record<string, string>,
	text: string,
): Request & { method: string; path: string } {
	const [path = '/', search = ''] = split(target, '?')
	const query = Object.fromEntries([...new URLSearchParams(search)].slice(0, MAX_PARAMETERS))
	const body = bodyOf(text)
	return { method, path, query, headers, ...(text !== '' && { text }), ...(body !== undefined && { body }) }
}

function split(text: string, sign: string): string[] {
	const at = text.indexOf(sign)
	return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

/** Gives the JSON object or list that a text is; undefined for anything else. */
export function bodyOf(text: string): unknown {
	if (!/^\s*[{[]/.test(text)) return undefined
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}
