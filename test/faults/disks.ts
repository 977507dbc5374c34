import type { Fault } from './fault.ts'

export const diskFaults: Fault[] = []
