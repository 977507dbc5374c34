import { visible } from '../visible.ts'

/** Characters of a title that are shown. */
const MAX_TITLE = 200

/** Gives the title that the text of a profile states, as it may be shown; undefined while it has none. */
export function titleIn(json: string): string | undefined {
	const [, quoted] = /"title"\s*:\s*("(?:[^"\\\n]|\\.)*")/.exec(json) ?? []
	try {
		return quoted === undefined ? undefined : visible(String(JSON.parse(quoted)), MAX_TITLE)
	} catch {
		return undefined
	}
}
