/** Characters that one does not see, or that move what stands beside them: controls (ESC, C1, LF), bidi marks, zero widths, tags, lone surrogates. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu
const PLAIN = /^[ -~]*$/
/** More marks than any letter carries run over the lines above and below. */
const PILED = /(?<=\p{M}{4})\p{M}/gu
/** Characters of the longest text that is shown. */
const MOST = 2000

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * Makes a text from elsewhere (a meter, a broker, a profile, a file's name) fit to be shown in a line of text: what is unseen is written as an escape,
 * such as \n or \u001b, and what is longer than `most` is cut. It cannot forge a line, nor move or hide what stands beside it.
 */
export function printable(text: string, most = MOST): string {
	const cut = text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text
	return PLAIN.test(cut) ? cut : cut.replace(UNSEEN, escaped).replace(PILED, escaped)
}

/** Does so with each line of a text whose lines are our own; those after the first are indented, so that none passes for a line of ours. */
export function printableLines(text: string, most = MOST): string {
	return text
		.split('\n')
		.map((line) => printable(line, most))
		.join('\n    ')
}

/** Writes what is unseen in JSON as its escapes: the values stay the same. */
export function printableJson(json: string): string {
	return PLAIN.test(json) ? json : json.replace(UNSEEN, (char) => (char === '\n' || char === '\t' ? char : units(char)))
}

function escaped(char: string): string {
	const code = char.codePointAt(0) ?? 0
	return SHORT[char] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : units(char))
}

/** The character as JSON escapes it: one escape for each unit of UTF-16. */
const units = (char: string) =>
	[...Array(char.length).keys()].map((at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
