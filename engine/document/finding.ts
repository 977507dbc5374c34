import { findNodeAtLocation, type Node as JsonNode } from 'jsonc-parser'
import { concealed } from '../text/names.ts'
import { visible } from '../text/visible.ts'

/** One thing that is wrong in a file, with the place (lines and columns from 1) and what to do. */
export type Finding = {
	file: string
	line: number
	column: number
	code: string
	severity: 'error' | 'warning'
	message: string
	hint?: string
}

/** A file's text and its parsed tree. */
export type Document = { file: string; text: string; tree: JsonNode | undefined }

export type Path = (string | number)[]

/** What is wrong at a path of a document; `part`: whether the key or the value is meant, which is the default. */
export type Fault = [path: Path, code: string, message: string, hint?: string, part?: 'key' | 'value']

/** Makes a finding where a path stands: in a document, in a chain of profiles, or in the config that overlays them. */
export type Locate = (...fault: Fault) => Finding

/** Gives the place of a character offset: line and column from 1. */
export function place(text: string, offset: number): { line: number; column: number } {
	const before = text.slice(0, offset)
	const line = before.split('\n').length
	return { line, column: offset - before.lastIndexOf('\n') }
}

/** Gives the offset of the value at a path, or of its key; of the nearest parent that exists when it is missing. */
export function offsetOf(document: Document, path: Path, part: 'key' | 'value'): number {
	for (let length = path.length; length > 0; length--) {
		const node = document.tree && findNodeAtLocation(document.tree, path.slice(0, length))
		if (node) return part === 'key' && length === path.length ? (node.parent?.children?.[0]?.offset ?? node.offset) : node.offset
	}
	return document.tree?.offset ?? 0
}

/** Gives the offset in the file of a character inside a JSON string: escapes make the written text longer than the value. */
export function offsetInString(document: Document, path: Path, position: number): number {
	const start = offsetOf(document, path, 'value') + 1
	const characters = document.text.slice(start).match(/\\u.{4}|\\?./gs) ?? []
	return start + characters.slice(0, position).join('').length
}

/** Makes a finding at an offset of a document. What its words quote can forge nothing, and shows no key. */
export function finding(document: Document, offset: number, code: string, message: string, hint?: string): Finding {
	const shown = (text: string) => concealed(visible(text))
	const words = { message: shown(message), ...(hint !== undefined && { hint: shown(hint) }) }
	return { file: document.file, ...place(document.text, offset), code, severity: 'error', ...words }
}

/** Makes a finding where a path stands in a document, or the nearest parent of it that does. */
export function findingAt(document: Document, ...[path, code, message, hint, part = 'value']: Fault): Finding {
	return finding(document, offsetOf(document, path, part), code, message, hint)
}

/** Writes a finding in one line: `profiles/x.json:14:32 message (hint)`. */
export function findingText({ file, line, column, message, hint }: Finding): string {
	return `${visible(file)}:${line}:${column} ${message}${hint === undefined ? '' : ` (${hint})`}`
}
