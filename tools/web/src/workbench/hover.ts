import { say } from '../words/words.ts'
import { expressionAt, wordAt } from './expression.ts'
import { codeNamed, inheritedAt, type Known, originOf, shownRow, shownValue } from './facts.ts'
import { written } from './insertion.ts'
import { type JsonTree, type Path, type Place, placeAt } from './json-path.ts'
import { descriptionOf, schemasAt, valuesOf } from './schema.ts'

/** What is known of a part of the text: a title in code, its value, and lines of text. */
export type Explanation = { from: number; to: number; title: string; value?: string | undefined; lines: string[]; isFault?: boolean }

/** Explains what stands at a position of a profile: a key, a value, a code, a function. Nothing where nothing is known. */
export function explanationAt(tree: JsonTree, at: number, known: Known): Explanation | undefined {
	const place = placeAt(tree, at)
	const { token } = place
	if (place.role === 'none' || !token) return undefined
	const expression = expressionAt(place)
	if (expression) {
		const word = wordAt(tree, expression, at)
		return word && explainedWord(word, known)
	}
	const around = { from: token.from, to: token.to }
	const explained = place.role === 'key' ? explainedKey(place, known) : explainedValue(tree, place, known)
	return explained && { ...around, ...explained }
}

type Part = Omit<Explanation, 'from' | 'to'>

function explainedWord(
	{ kind, text, from, to }: { kind: 'code' | 'function' | 'name'; text: string; from: number; to: number },
	known: Known,
): Explanation | undefined {
	if (kind === 'code') return { from, to, ...explainedCode(text, known) }
	const { names, functions } = known.words
	const called = kind === 'function' ? functions.find(({ name }) => name === text) : undefined
	if (called) return { from, to, title: called.signature, lines: [called.description] }
	const name = kind === 'name' ? names.find((one) => one.name === text) : undefined
	return name && { from, to, title: name.name, lines: [name.description] }
}

/** A code with its label, and its value in the telegram shown. */
function explainedCode(code: string, known: Known): Part {
	const found = codeNamed(known, code)
	const value = found?.row ? shownRow(found.row) : undefined
	const missing = found?.row ? [] : [say(known.answer?.shown ? 'editor.notSent' : 'editor.noTelegram')]
	return {
		title: code,
		value,
		lines: [...(found?.label === undefined ? [] : [found.label]), ...missing, ...(found?.row?.note === undefined ? [] : [found.row.note])],
	}
}

function explainedKey({ path }: Place, known: Known): Part | undefined {
	const { words } = known
	const name = String(path.at(-1))
	const [section] = path
	const field =
		(section === 'transform' || section === 'expect') && path.length === 2 ? words.fields.find((one) => one.name === name) : undefined
	if (field) {
		const result = known.answer?.shown?.fields.find(({ target }) => target === name)
		const value = result?.value === undefined ? undefined : shownValue(result.value, result.unit)
		const about = [field.obis, field.unit].filter(Boolean).join(' · ')
		return { title: name, value, lines: [field.label, ...(about === '' ? [] : [about]), ...faults(result)] }
	}
	const isCode = section === 'decoder' && path.length === 3 && path[1] !== 'sequence' && /\d\.\d/.test(name)
	if (isCode) return explainedCode(name, known)
	const schemas = schemasAt(words.schema, path)
	const description =
		descriptionOf(schemas) ?? words.names.find((one) => section === 'transform' && path.length === 2 && one.name === name)?.description
	const lines = [...(description === undefined ? [] : [description]), ...parentLines(path, known)]
	return lines.length === 0 ? undefined : { title: path.join('.'), lines }
}

const faults = (result: { fault?: string; issue?: string } | undefined): string[] =>
	[result?.fault, result?.issue].filter((text) => text !== undefined)

/** What the parents say in the place of a key. */
function parentLines(path: Path, known: Known): string[] {
	return inheritedAt(known, path)
		.filter((one) => one.path.length === path.length)
		.map((one) => say('editor.parent', { value: written(one.value), origin: originOf(one) ?? say('editor.default') }))
}

function explainedValue({ text }: JsonTree, { path, token }: Place, known: Known): Part | undefined {
	const raw = token ? text.slice(token.from, token.to) : ''
	const code = /^"((?:\d+-\d+:)?\d+\.\d+\.\d+(?:\*\d+)?)(?: [^"]*)?"/.exec(raw)?.[1]
	if (code !== undefined) return explainedCode(code, known)
	if (path[0] === 'extends') {
		const parent = known.words.profiles.find(({ name }) => JSON.stringify(name) === raw)
		return parent && { title: parent.name, lines: [parent.title].filter((title) => title !== '') }
	}
	const schemas = schemasAt(known.words.schema, path)
	const isListed = valuesOf(schemas).some(({ value, kind }) => kind === 'enum' && written(value) === raw)
	const description = descriptionOf(schemas)
	return isListed && description !== undefined ? { title: `${path.join('.')}: ${raw}`, lines: [description] } : undefined
}
