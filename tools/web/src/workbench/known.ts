import { signal } from '@preact/signals'
import { call } from '../api/client.ts'
import type { WorkbenchWords } from '../api/types.ts'

/** What the server knows of codes, fields and functions; undefined until it was asked. */
export const known = signal<WorkbenchWords | undefined>(undefined)

let isAsking = false

/** Asks the server for its words, once; after a failure the next call asks again. */
export function know(): void {
	if (known.value || isAsking) return
	isAsking = true
	call<WorkbenchWords>('workbench/words').then(
		(words) => {
			known.value = words
			isAsking = false
		},
		() => {
			isAsking = false
		},
	)
}

/** Gives the name of an OBIS code, full or short. */
export function labelOf(code: string): string | undefined {
	const short = code.replace(/^.*:/, '')
	return known.value?.codes.find((one) => one.code === code || one.code.replace(/^1-0:/, '') === (code.startsWith('1-') ? short : code))
		?.label
}
