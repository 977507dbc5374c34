import { type JsonNode, type JsonTree, membersOf, type Place, unescaped } from './json-path.ts'

/** An expression in a text: the field that it fills, and its string. */
export type Written = { target: string; node: JsonNode }

/** Tells whether a place is an expression of the profile: a text in `transform`. */
export function expressionAt(place: Place): Written | undefined {
	const [section, target] = place.path
	if (place.role !== 'value' || section !== 'transform' || place.path.length !== 2 || typeof target !== 'string') return undefined
	return place.token?.kind === 'string' ? { target, node: place.token } : undefined
}

/** Lists all expressions of a text. */
export function expressionsOf(tree: JsonTree): Written[] {
	const transform = tree.root?.members.findLast(({ name }) => name === 'transform')?.value
	if (transform?.kind !== 'object') return []
	return [...membersOf(transform)].flatMap(({ member: { name, value } }) =>
		value?.kind === 'string' ? [{ target: String(name), node: value }] : [],
	)
}

/** Gives the expression's text, or the part of it that is selected. */
export function selectedExpression({ text }: JsonTree, { node }: Written, from: number, to: number): string {
	const [start, end] = [node.from + 1, node.isOpen ? node.to : node.to - 1]
	const isPart = from < to && from >= start && to <= end
	return unescaped(text.slice(isPart ? from : start, isPart ? to : end)).trim()
}

/** What belongs at a place of an expression. `from`, `to`: what a choice replaces; `isQuoted`: backquotes or quotes are there. */
export type Spot =
	| { kind: 'code'; name: string; from: number; to: number; isQuoted: boolean }
	| { kind: 'call'; from: number; to: number }
	| { kind: 'path'; name: string; steps: string[]; from: number; to: number }
	| { kind: 'name'; from: number; to: number }

/** Tells what belongs at a position in an expression, as the string is written; nothing in a text and behind a value. */
export function spotAt({ text }: JsonTree, { node }: Written, at: number): Spot | undefined {
	if (at <= node.from || (at >= node.to && !node.isOpen)) return undefined
	const before = text.slice(node.from + 1, at)
	const rest = text.slice(at, node.isOpen ? node.to : node.to - 1)
	const code = /\b(obis|registers|times)\.(`([^`"\\]*)|([\w*:-]*))$/.exec(before) ?? /(\$obis)\((\s*(?:\\"|')([^`"'\\]*))$/.exec(before)
	if (code) {
		const [, name = '', , quoted, plain = ''] = code
		const behind = quoted === undefined ? /^[\w*:-]*/ : /^[^`"'\\]*/
		const from = at - (quoted ?? plain).length
		return { kind: 'code', name, from, to: at + (behind.exec(rest)?.[0].length ?? 0), isQuoted: quoted !== undefined }
	}
	if (isInText(before)) return undefined
	const word = /^\w*/.exec(rest)?.[0].length ?? 0
	const call = /\$\w*$/.exec(before)
	if (call) return { kind: 'call', from: call.index + node.from + 1, to: at + word }
	const path = /\b(json|topic|channels)((?:\.(?:\w+|`[^`]*`|\\"[^"\\]*\\"))*)\.`?([\w:]*)$/.exec(before)
	if (path) {
		const steps = (path[2] ?? '').match(/\w+|`[^`]*`|\\"[^"\\]*\\"/g) ?? []
		return {
			kind: 'path',
			name: path[1] ?? '',
			steps: steps.map((step) => step.replace(/^(`|\\")|(`|\\")$/g, '')),
			from: at - (path[3] ?? '').length,
			to: at + word,
		}
	}
	const name = /(^|[^.\w`$])([A-Za-z]\w*)?$/.exec(before)
	return name ? { kind: 'name', from: at - (name[2] ?? '').length, to: at + word } : undefined
}

/** Whether a text within the expression is open: 'abc or \"abc. */
function isInText(before: string): boolean {
	let quote: string | undefined
	for (const [sign] of before.matchAll(/\\.|['`]/g))
		if (quote === undefined ? sign !== '\\\\' : sign === quote) quote = quote === undefined ? sign : undefined
	return quote !== undefined
}

/** Finds the word of an expression at a position: a code, a function or a name. */
export function wordAt(
	{ text }: JsonTree,
	{ node }: Written,
	at: number,
): { kind: 'code' | 'function' | 'name'; text: string; from: number; to: number } | undefined {
	const inner = text.slice(node.from + 1, node.to)
	for (const match of inner.matchAll(/`([^`"]*)`|\$obis\(\s*(?:\\"|')([^`"'\\]*)|\$(\w+)|(?<![.\w])([A-Za-z]\w*)/g)) {
		const from = node.from + 1 + match.index
		const to = from + match[0].length
		if (at < from || at > to) continue
		const [, quoted, asked, called, name] = match
		const code = quoted ?? asked
		if (code !== undefined) return { kind: 'code', text: code, from, to }
		return called === undefined ? { kind: 'name', text: name ?? '', from, to } : { kind: 'function', text: called, from, to }
	}
	return undefined
}
