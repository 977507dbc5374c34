import type { Fault } from './fault.ts'

export const documentFaults: Fault[] = []
