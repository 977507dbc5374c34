import type { Fault } from './fault.ts'

export const expressionFaults: Fault[] = []
