/** Characters that one does not see, or that move what stands beside them: those of engine/text/visible.ts; line ends stay. */
const UNSEEN = /(?![\n\r\t])[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** Makes a text of elsewhere fit to be shown: what is unseen as an escape, and no more than so many characters. */
export function visible(text: string, most = Number.POSITIVE_INFINITY): string {
	const cut = text.length > most ? `${text.slice(0, most)}…` : text
	return cut.replace(UNSEEN, (char) =>
		[...Array(char.length).keys()].map((at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
	)
}

/** Reads JSON; all its texts and names are fit to be shown. Throws where it is not JSON. */
export function parsed(json: string, most?: number): unknown {
	return JSON.parse(json, (_, part: unknown) => {
		if (typeof part === 'string') return visible(part, most)
		if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
		return Object.fromEntries(Object.entries(part).map(([name, inner]) => [visible(name, most), inner]))
	})
}
