import { type Document, type Finding, finding, offsetInString, offsetOf, type Path } from '../document/finding.ts'
import { compile, type Expression } from '../jsonata/expression.ts'
import type { Language } from '../jsonata/language.ts'

/** Compiles the expression that stands at a place of an output's file, in one text or a list of lines. Gives a finding for each fault. */
export function expressionAt(document: Document, path: Path, text: string | string[], language: Language): Expression | Finding[] {
	const expression = compile([text].flat().join('\n'), language)
	if (!Array.isArray(expression)) return expression
	const what = path.join('.')
	return expression.map(({ code, message, position, hint }) =>
		finding(document, offsetIn(document, path, text, position), code, `${what}: ${message}`, hint),
	)
}

/** Finds a character of an expression in the file: in the line that holds it. */
function offsetIn(document: Document, path: Path, text: string | string[], position: number): number {
	if (typeof text === 'string') return offsetInString(document, path, position)
	let left = position
	for (const [place, line] of text.entries()) {
		if (left <= line.length) return offsetInString(document, [...path, place], left)
		left -= line.length + 1
	}
	return offsetOf(document, path, 'value')
}
