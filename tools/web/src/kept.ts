/** The prefix of all that a browser remembers for this page. The page works as well where a browser remembers nothing (private mode). */
const PREFIX = 'cii2mqtt.'

/** Gives what was kept under a name. */
export function kept(name: string): string | undefined {
	try {
		return localStorage.getItem(PREFIX + name) ?? undefined
	} catch {
		return undefined
	}
}

/** Keeps a text under a name; undefined forgets it. */
export function keep(name: string, value: string | undefined): void {
	try {
		if (value === undefined) localStorage.removeItem(PREFIX + name)
		else localStorage.setItem(PREFIX + name, value)
	} catch {
		// It holds until the page is closed.
	}
}
