import type { Tariff } from '../../schema/types/config.ts'
import type { Known } from './attribute.ts'

/** The counters of a meter: of the meter itself, and of sub-meters by channel and quantity. */
export type Counters = { import?: Known | undefined; export?: Known | undefined; channels: Map<string, { volume?: Known; energy?: Known }> }

/** The data that bars are made of. `now`: seconds since 1970. */
export type Source = { meter: string; counters: Counters; zone: string; tariffs: readonly Tariff[]; now: number }
