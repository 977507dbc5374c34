/**
 * What may be shown of a text that stands where a name is wanted. People write a key where the name of its file or variable belongs: such a text is
 * shown only if it looks like a name.
 */

/** Keys as digits, with gaps or without. */
const DIGITS = /(?:[0-9A-Fa-f]{2}[ :-]?){15,}[0-9A-Fa-f]{1,2}/g
/** User and password of an address, to the last @, as they may have any character; and what stands behind its path: tokens are given there. */
const USER = /([a-z][a-z0-9+.-]*:\/\/).*@/gis
const QUERY = /([a-z][a-z0-9+.-]*:\/\/[^\s"?#]*)[?#][^\s"]*/gi

/** Covers what looks like a key, and what an address has beside its place. */
export function concealed(text: string): string {
	return text.replace(DIGITS, '(digits that are not shown)').replace(USER, '$1').replace(QUERY, '$1')
}

/** Tells digits and letters that nobody would choose as a word: hex, base32, base64. */
function isKeyLike(word: string): boolean {
	if (/[0-9A-Fa-f]{16}/.test(word) || word.length > 40) return true
	const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(word)).length
	return word.length >= 12 && (kinds === 3 || (kinds === 2 && /\d[A-Za-z]+\d/.test(word)))
}

const hasKey = (text: string, between: RegExp) => text.length > 256 || text.split(between).some(isKeyLike)

/** Tells a name, as people give it to a meter, a key of JSON or a user. */
export const isName = (text: string) => /^[\w$][\w$ .@/*:-]*$/.test(text) && text.length <= 64 && !hasKey(text, /[ ._@/$*:-]/)

/** Tells the name of a variable of the environment. */
export const isVariable = (text: string) => /^[A-Z_][A-Z0-9_]*$/.test(text) && text.length <= 64 && !hasKey(text, /_/)

/** Tells a file's path: it begins as a path does, or ends as a file's name does. */
export const isPath = (text: string) =>
	/^[\w./\\:~ -]+$/.test(text) &&
	(/^(\/|\.{1,2}[/\\]|~|[A-Za-z]:\\)/.test(text) || /\.[A-Za-z]{1,8}$/.test(text)) &&
	!hasKey(text, /[./\\:~ _-]/)

/** Gives a name in quotation marks, or other words where it does not look like one. */
export const named = (text: string, instead = '(not shown: it does not look like a name)') => (isName(text) ? `"${text}"` : instead)
