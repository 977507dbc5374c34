import type { FieldResult } from '../api/types.ts'
import { say } from '../words/words.ts'
import { shownValue } from './facts.ts'

/** Gives what stands behind an expression: its value with unit, or why there is none; nothing where it gives nothing. */
export function resultOf({ value, unit, fault, issue }: FieldResult): { text: string; kind: 'value' | 'fault' } | undefined {
	if (fault !== undefined) return { text: fault, kind: 'fault' }
	if (issue !== undefined) return { text: value === undefined ? issue : `${shownValue(value, unit)} · ${issue}`, kind: 'fault' }
	return value === undefined ? undefined : { text: shownValue(value, unit), kind: 'value' }
}

/** Says the value of the expression that was asked for, in one line. */
export function evaluatedText(evaluated: { value?: unknown; fault?: string }, unit?: string): { text: string; isFault: boolean } {
	if (evaluated.fault !== undefined) return { text: evaluated.fault, isFault: true }
	return evaluated.value === undefined
		? { text: say('editor.nothing'), isFault: false }
		: { text: shownValue(evaluated.value, unit), isFault: false }
}
