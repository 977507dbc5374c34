import { computed } from '@preact/signals'
import type { Stage } from '../api/types.ts'
import { shown } from './point.ts'

const NONE: Stage[] = []

/** The stages of the telegram that is shown: those that are the same as before are the same objects, so that a keystroke in the profile draws no byte again. */
export const stages = computed<Stage[]>(() => shown.value?.stages ?? NONE)
