import { signal } from '@preact/signals'

/** Where we are: `#/history/house/day/2026-11-28?x=1` is `['history', 'house', 'day', '2026-11-28']` with `x`. */
export type Route = { parts: string[]; query: URLSearchParams }

export const route = signal<Route>(read())

function read(): Route {
	const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?')
	const parts = path.split('/').filter(Boolean)
	return { parts: parts.map(decoded), query: new URLSearchParams(query) }
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part)
	} catch {
		return part
	}
}

window.addEventListener('hashchange', () => {
	const before = route.value.parts[0]
	route.value = read()
	if (route.value.parts[0] !== before) window.scrollTo(0, 0)
})

/** Gives the address of a place in the page: `href('meter', name)`. */
export const href = (...parts: string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`

/** Goes to a place; `replace`: without a step in the browser's history. */
export const go = (parts: string[], { replace = false } = {}): void => goTo(href(...parts), { replace })

/** Goes to an address of the page (`#/…?…`); `replace`: without a step in the browser's history. */
export function goTo(target: string, { replace = false } = {}): void {
	if (!replace) {
		location.hash = target
		return
	}
	history.replaceState(null, '', target)
	route.value = read()
}
