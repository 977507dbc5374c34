import type { Fault } from './fault.ts'

export const floodFaults: Fault[] = []
