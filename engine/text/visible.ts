/** Characters that one does not see, or that move what stands beside them: controls (ESC, C1, LF), bidi marks, zero widths, tags, lone surrogates. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu
/** More marks than any letter carries run over the lines above and below. */
const PILED = /(?<=\p{M}{4})\p{M}/gu
const PLAIN = /^[ -~]*$/
/** What may be unseen: looked at on its own, since long texts have little of it. */
const OTHER = /[^ -~]+/g
/** Characters of the longest text that is shown. */
const MOST = 2000

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * Makes a text from elsewhere (a meter, a broker, a profile, a file's name) fit to be shown in a line: what is unseen is written as JSON escapes it, \n or
 * \u001b, and what is longer than `most` is cut. So it cannot forge a line, nor move or hide what stands beside it.
 */
export function visible(text: string, most = MOST): string {
	const cut = text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text
	return PLAIN.test(cut) ? cut : cut.replace(OTHER, escapedIn)
}

/** Does so in each line of a text whose line ends are our own, JSON among them: its values stay the same. `indent`: what later lines begin with. */
export const visibleLines = (text: string, indent = '') =>
	text
		.split('\n')
		.map((line) => visible(line, Number.POSITIVE_INFINITY))
		.join(`\n${indent}`)

const escapedIn = (part: string) => part.replace(UNSEEN, escaped).replace(PILED, escaped)

/** A character as JSON escapes it: one escape for each unit of UTF-16. */
function escaped(char: string): string {
	const units = [...Array(char.length).keys()].map((at) => char.charCodeAt(at).toString(16).padStart(4, '0'))
	return SHORT[char] ?? units.map((unit) => `\\u${unit}`).join('')
}
