import type { Choice, Choices } from './choices.ts'
import { distinct, literal, slot } from './choices.ts'
import { type Spot, spotAt, type Written } from './expression.ts'
import { codesOf, type Known, rowsOf, shownRow } from './facts.ts'
import type { JsonTree } from './json-path.ts'
import { levelsOf } from './levels.ts'

/** Names that are followed by a code in backquotes, or by a step. */
const CODED = ['obis', 'registers', 'times']
const STEPPED = ['json', 'topic', 'channels']

/** Gives what can be written at a position in an expression: codes, names, functions, and the paths of the message shown. */
export function expressionChoices(tree: JsonTree, expression: Written, at: number, known: Known): Choices | undefined {
	const spot = spotAt(tree, expression, at)
	if (!spot) return undefined
	const choices = distinct(choicesOf(tree, spot, known))
	return choices.length === 0 ? undefined : { from: spot.from, to: spot.to, typed: spot.from, isWord: spot.kind !== 'code', choices }
}

function choicesOf(tree: JsonTree, spot: Spot, known: Known): Choice[] {
	switch (spot.kind) {
		case 'code':
			return codeChoices(tree, spot, known)
		case 'call':
			return functionChoices(known)
		case 'path':
			return spot.name === 'topic'
				? levelsOf(tree, known).map((label) => ({ label, kind: 'name', template: label }))
				: stepChoices(spot, known)
		case 'name':
			return [...nameChoices(known), ...functionChoices(known).map((choice) => ({ ...choice, rank: -1 }))]
	}
}

function codeChoices({ text }: JsonTree, { name, to, isQuoted }: Extract<Spot, { kind: 'code' }>, known: Known): Choice[] {
	const form = name === 'registers' ? 'full' : 'short'
	const codes = name === '$obis' ? [...codesOf(known, 'short'), ...codesOf(known, 'full')] : codesOf(known, form)
	const wanted = name === 'times' ? codes.filter(({ row }) => row?.time !== undefined) : codes
	const end = name !== '$obis' && text[to] !== '`' ? '`' : ''
	return wanted.map(({ code, label, unit, row }) => ({
		label: code,
		kind: 'code',
		template: isQuoted ? literal(code) + end : `\`${literal(code)}\``,
		detail: [label, row ? shownRow(row) : unit].filter(Boolean).join(' · '),
		rank: row ? (row.fields.length === 0 ? 2 : 1) : 0,
	}))
}

const functionChoices = ({ words }: Known): Choice[] =>
	words.functions.map(({ name, signature, description }) => ({
		label: `$${name}`,
		kind: 'function',
		template: `$${name}(${slot()})`,
		detail: signature.slice(signature.indexOf('(')),
		info: description,
	}))

const nameChoices = ({ words }: Known): Choice[] =>
	words.names.map(({ name, description }) => {
		const template = CODED.includes(name) ? `${name}.\`${slot()}\`` : STEPPED.includes(name) ? `${name}.${slot()}` : name
		return { label: name, kind: 'name', template, info: description, again: template !== name }
	})

/** The next steps of a path in the message shown: of `json.z.`, `Pi`. */
function stepChoices({ name, steps }: Extract<Spot, { kind: 'path' }>, known: Known): Choice[] {
	const start = `${[name, ...steps].join('.')}.`
	return rowsOf(known).flatMap((row): Choice[] => {
		if (!row.key.startsWith(start)) return []
		const [step = '', ...more] = row.key.slice(start.length).split('.')
		if (step === '') return []
		const plain = /^[A-Za-z_]\w*$/.test(step) ? step : `\`${step}\``
		return [
			{
				label: step,
				kind: 'name',
				template: literal(plain),
				detail: more.length > 0 ? '…' : shownRow(row),
				rank: row.fields.length === 0 ? 1 : 0,
			},
		]
	})
}
