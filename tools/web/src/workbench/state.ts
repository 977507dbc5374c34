import { batch, signal } from '@preact/signals'
import { call } from '../api/client.ts'
import type { SourceGiven, TextEdit, WorkbenchAnswer, WorkbenchProfile, WorkbenchRequest } from '../api/types.ts'
import { sharing } from './sharing.ts'

/** The profile that is edited: its name ('' for none: the dialect is detected), and its text as it stands in the editor. */
export const name = signal('')
export const text = signal('')

/** The profile as the server has it: its text and tag when it was opened or saved last. */
export const opened = signal<WorkbenchProfile | undefined>(undefined)

/** Where the telegrams come from, and which of them is shown (undefined: the first that gives a reading). */
export const source = signal<SourceGiven | undefined>(undefined)
export const telegram = signal<number | undefined>(undefined)

/** An expression to evaluate on the telegram shown; '' for none. */
export const evaluated = signal('')

/** What the server made of all that, and whether it is being asked again. */
export const answer = signal<WorkbenchAnswer | undefined>(undefined)
export const asking = signal(false)
export const failure = signal<unknown>(undefined)

/** What somebody points at: a row (register), a field, or some bytes. All panes mark it. */
export type Pointed = { rows: number[]; fields: string[]; note?: { stage: number; note: number } }
export const pointed = signal<Pointed>({ rows: [], fields: [] })

/** A change that a click made: its name for people, and the text before and behind it. */
export type Made = { title: string; before: string; after: string }
/** The last of them: it can be taken back as long as the text is still the one that it made. */
export const made = signal<Made | undefined>(undefined)

/** The text that the answer is about: edits of the answer fit no other. */
export const answered = signal('')

/** The expression whose value the answer has. */
export const answeredExpression = signal('')

/** Replaces the text, as a keystroke does, and asks what comes of it. */
export function setText(next: string): void {
	if (next === text.value) return
	text.value = next
	ask()
}

/** Replaces the text by a click: `title` says what it does, and it can be taken back. */
export function change(next: string, title: string): void {
	if (next === text.value) return
	made.value = { title, before: text.value, after: next }
	setText(next)
}

/** Makes changes that the server suggested. Gives false, and does nothing, where the text is another by now than the one that it was asked about. */
export function edit(edits: readonly TextEdit[], title = ''): boolean {
	if (text.value !== answered.value) return false
	const last = [...edits].sort((one, other) => other.offset - one.offset)
	const next = last.reduce((now, { offset, length, text: put }) => now.slice(0, offset) + put + now.slice(offset + length), text.value)
	change(next, title)
	return true
}

/** Shows other telegrams. */
export function setSource(next: SourceGiven | undefined, n?: number): void {
	batch(() => {
		source.value = next
		telegram.value = n
	})
	ask()
}

/** Shows another telegram of the source. */
export function show(n: number): void {
	telegram.value = n
	ask()
}

/** Names this window to the server: a newer question of it takes the place of one that waits. */
const tab = Math.random().toString(36).slice(2)

let running: AbortController | undefined
let again = false

/** Asks the server; while it works on an answer, the latest question waits and those before it are dropped. */
export function ask(): void {
	if (running) again = true
	else void asked()
}

async function asked(): Promise<void> {
	const stop = new AbortController()
	running = stop
	asking.value = true
	const [about, expression] = [text.value, evaluated.value]
	try {
		const found = await call<WorkbenchAnswer>('workbench', { method: 'POST', body: question(), signal: stop.signal })
		if (!stop.signal.aborted)
			batch(() => {
				answer.value = sharing(found, answer.peek())
				answered.value = about
				answeredExpression.value = expression
				failure.value = undefined
			})
	} catch (reason) {
		if (!stop.signal.aborted) failure.value = reason
	}
	if (running !== stop) return
	running = undefined
	asking.value = again
	if (!again) return
	again = false
	void asked()
}

/** Gives the question about all that is shown now. */
export function question(): WorkbenchRequest {
	return {
		tab,
		...(name.value !== '' && { profile: { name: name.value, text: text.value } }),
		...(source.value && { source: source.value }),
		...(telegram.value !== undefined && { telegram: telegram.value }),
		...(evaluated.value !== '' && { evaluate: evaluated.value }),
		samples: name.value !== '',
	}
}

/** Forgets all: the view was left. */
export function close(): void {
	running?.abort()
	running = undefined
	again = false
	batch(() => {
		name.value = ''
		text.value = ''
		opened.value = undefined
		source.value = undefined
		telegram.value = undefined
		evaluated.value = ''
		answer.value = undefined
		answered.value = ''
		answeredExpression.value = ''
		made.value = undefined
		failure.value = undefined
		asking.value = false
		pointed.value = { rows: [], fields: [] }
	})
}
