import { computed } from '@preact/signals'
import type { WorkbenchShown } from '../api/types.ts'
import { sharing } from './sharing.ts'
import { answer, type Pointed, pointed } from './state.ts'

let before: WorkbenchShown | undefined

/** The telegram that is shown, but for what could be written of it: the same object as long as nothing of it is another. */
export const shown = computed<WorkbenchShown | undefined>(() => {
	const now = answer.value?.shown
	if (now) {
		const { guesses: _, ...rest } = now
		before = sharing(rest, before)
	} else before = undefined
	return before
})

/** Where somebody points from: the other panes scroll to what is marked, this one stays. */
export type From = 'bytes' | 'results' | 'profile'
let last: { from: From; isMoved: boolean } = { from: 'profile', isMoved: false }
export const pointedFrom = (): From => last.from
/** Whether somebody has moved there; an answer about the same place moves nobody. */
export const isMoved = (): boolean => last.isMoved

/** Points at a meaning of bytes: what became of it is marked in all panes. */
export function pointNote(stage: number, note: number): void {
	const rows = shown.value?.stages[stage]?.notes[note]?.rows ?? []
	put('bytes', { rows, fields: fieldsOf(rows), note: { stage, note } })
}

/** Points at a register by its place in the list. */
export function pointRow(row: number): void {
	put('results', { rows: [row], fields: fieldsOf([row]), ...placeOf([row]) })
}

/** Points at a field of the reading. */
export function pointField(field: string, from: From = 'results'): void {
	const rows = shown.value?.fields.find(({ target }) => target === field)?.rows ?? rowsOf(field)
	put(from, { rows, fields: [field], ...placeOf(rows) })
}

/** Points at what a line of the profile is about. `moved`: the cursor came there, otherwise an answer tells more of its place. */
export function pointLine({ rows, fields }: Pointed, moved = true): void {
	put('profile', { rows, fields, ...placeOf(rows) }, moved)
}

function put(from: From, next: Pointed, moved = true): void {
	last = { from, isMoved: moved }
	pointed.value = sharing(next, pointed.peek())
}

const fieldsOf = (rows: number[]): string[] => [...new Set(rows.flatMap((row) => shown.value?.rows[row]?.fields ?? []))]
const rowsOf = (field: string): number[] => (shown.value?.rows ?? []).flatMap(({ fields }, row) => (fields.includes(field) ? [row] : []))

/** The bytes of a register: its value where that has bytes of its own, else the first that became it. */
function placeOf(rows: number[]): Pick<Pointed, 'note'> {
	const all = (shown.value?.stages ?? []).flatMap(({ notes }, stage) =>
		notes.flatMap((one, note) => (one.rows?.some((row) => rows.includes(row)) ? [{ stage, note, layer: one.layer }] : [])),
	)
	const found = all.find(({ layer }) => layer === 'value') ?? all[0]
	return found ? { note: { stage: found.stage, note: found.note } } : {}
}
