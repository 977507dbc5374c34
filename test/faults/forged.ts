import type { Fault } from './fault.ts'

export const forgedFaults: Fault[] = []
