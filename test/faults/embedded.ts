import type { Fault } from './fault.ts'

export const embeddedFaults: Fault[] = []
