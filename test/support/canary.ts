/** A key that tests use as a secret, and that no output may show. */
export const CANARY = 'C5A7EC0DEBADF00D5EC7E7CA9A57B00C'

/** A password with characters that end an address: no output may show what stands before, between or behind them. */
export const PASSWORD = 'Kanar1en@gezw1tscher/tr1llern?pfe1fen#vogelges4ng'

const bytes = Buffer.from(CANARY, 'hex')
/** As hex, hex with gaps, base64, a list of numbers, and the bytes themselves: enough of each to know it. */
const FORMS = [
	CANARY.slice(0, 20),
	[...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
	bytes.toString('base64').slice(0, 14),
	[...bytes.subarray(0, 6)].join(','),
	[...bytes.subarray(0, 6)].join(', '),
	bytes.subarray(0, 8).toString('latin1'),
	...PASSWORD.split(/[@/?#]/),
	Buffer.from(PASSWORD).toString('base64').slice(0, 14),
].map((form) => form.toLowerCase())

/** Whether the text shows one of the canaries, in any of its forms. */
export function canaryIn(text: string): boolean {
	const lower = text.toLowerCase()
	return FORMS.some((form) => lower.includes(form))
}
