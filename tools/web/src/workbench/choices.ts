/** Something to choose at a place of the text. `template`: what is written, with `${…}` where the cursor goes; `again`: more can be chosen there. */
export type Choice = {
	label: string
	kind: 'key' | 'value' | 'code' | 'field' | 'function' | 'name' | 'null'
	template: string
	detail?: string | undefined
	info?: string | undefined
	rank?: number
	again?: boolean
}

/**
 * What can be chosen, and what of the text it replaces; `typed`: where the part begins that it is compared with; `isWord`: behind a point something
 * else fits.
 */
export type Choices = { from: number; to: number; typed: number; isWord: boolean; choices: Choice[] }

/** Makes a text fit for a template: its braces are no places for the cursor. */
export const literal = (text: string): string => text.replace(/[{}]/g, (brace) => `\\${brace}`)

/** A place for the cursor, with a text that is selected there. Digits alone would be its number. */
export const slot = (text = ''): string => (/^\d+$/.test(text) ? `\${1:${text}}` : `\${${literal(text)}}`)

/** Keeps the first of each label. */
export function distinct(choices: readonly Choice[]): Choice[] {
	const labels = new Set<string>()
	return choices.filter(({ label }) => !labels.has(label) && labels.add(label))
}
