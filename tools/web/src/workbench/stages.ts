import { computed } from '@preact/signals'
import type { Stage } from '../api/types.ts'
import { shown } from './point.ts'

/** Stages that are the same as before stay the same objects: a keystroke in the profile draws no byte again. */
let before: { text: string; stage: Stage }[] = []

/** The stages of the telegram that is shown. */
export const stages = computed<Stage[]>(() => {
	before = (shown.value?.stages ?? []).map((stage, place) => {
		const text = JSON.stringify(stage)
		const known = before[place]
		return known?.text === text ? known : { text, stage }
	})
	return before.map(({ stage }) => stage)
})
