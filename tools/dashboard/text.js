/** Characters that one does not see, or that move what stands beside them: those of engine/text/visible.ts. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu
/** Characters of the longest text that is shown. */
const MOST = 500

/** Makes a text of a message fit to be shown: what is unseen as an escape, what is long cut. @param {string} text */
export function visible(text) {
	const cut = text.length > MOST ? `${text.slice(0, MOST)}…` : text
	return cut.replace(UNSEEN, (char) =>
		[...Array(char.length).keys()].map((at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
	)
}

/** Reads a message; all its texts and names are fit to be shown. Undefined for what is no object. @param {string} payload @returns {Record<string, any> | undefined} */
export function parsed(payload) {
	try {
		const value = JSON.parse(payload, (_, part) => {
			if (typeof part === 'string') return visible(part)
			if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
			return Object.fromEntries(Object.entries(part).map(([name, inner]) => [visible(name), inner]))
		})
		return typeof value === 'object' && value !== null ? value : undefined
	} catch {
		return undefined
	}
}
