import type { Fault } from './fault.ts'

export const valueFaults: Fault[] = []
