import type { Problem } from '../../schema/types/api.ts'

/** Makes a problem of a sentence such as `nothing listens at 10.0.0.1:3: is the bridge on?`: what is wrong, and behind the last colon what to do. */
export function problemOf(code: string, sentence: string, hint?: string): Problem {
	const text = sentence.replace(/; trying again$|; connecting again$/, '')
	const at = text.lastIndexOf(': ')
	if (hint !== undefined) return { code, text: sentenceOf(at > 0 ? text.slice(0, at) : text), hint }
	return at > 0 ? { code, text: sentenceOf(text.slice(0, at)), hint: sentenceOf(text.slice(at + 2)) } : { code, text: sentenceOf(text) }
}

/** Writes a text as a sentence; an address or a path keeps its first letter. */
function sentenceOf(text: string): string {
	const begun = /^[a-z]+(?![\w/:.@-])/.test(text) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text
	return /[.?!]$/.test(begun) ? begun : `${begun}.`
}

/** Writes a number with what it counts: `1 byte`, `2 bytes`. */
export const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

/** Names the problem of a port that cannot be used. */
export function codeOf(text: string): string {
	if (/no permission/.test(text)) return 'port-rights'
	if (/in use by/.test(text)) return 'port-busy'
	if (/there is no/.test(text)) return 'port-gone'
	return 'port'
}
