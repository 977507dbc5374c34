import type { TextEdit } from '../../schema/types/api.ts'

/** Applies edits to a text; they come from its end to its beginning, so that the places before stay. */
export function edited(text: string, edits: readonly TextEdit[]): string {
	return edits.reduce((now, { offset, length, text: put }) => now.slice(0, offset) + put + now.slice(offset + length), text)
}
