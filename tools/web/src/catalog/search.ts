import type { ProfileEntry } from '../api/types.ts'

/** The part of a profile that a list of kinds shows and searches. */
export type KindEntry = Pick<
	ProfileEntry,
	'name' | 'title' | 'kind' | 'operator' | 'operators' | 'manufacturer' | 'model' | 'adapter' | 'country' | 'port'
> & {
	source?: ProfileEntry['source']
}

/** Makes a text comparable: small letters, without accents and marks. */
export const plainText = (text: string): string =>
	text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()

/** Gives the words by which a kind is found; `more`: its country in the reader's language, the name of its socket. */
export const wordsOf = (entry: KindEntry, more: readonly string[] = []): string =>
	plainText(
		[
			entry.name,
			entry.title,
			entry.manufacturer,
			entry.model,
			entry.adapter,
			entry.operator,
			...(entry.operators ?? []),
			entry.country,
			...more,
		]
			.filter(Boolean)
			.join(' '),
	)

/** Tells whether a kind with these words fits a search: each word of it begins one of its words. */
export const fits = (words: string, search: string): boolean => {
	const padded = ` ${words}`
	return plainText(search)
		.split(' ')
		.every((word) => word === '' || padded.includes(` ${word}`))
}
