import type { Fault } from './fault.ts'

export const instanceFaults: Fault[] = []
