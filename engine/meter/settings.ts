import type { Meter as MeterEntry } from '../../schema/types/config.ts'
import type { Diagnostics as DiagnosticsMessage } from '../../schema/types/diagnostics.ts'
import type { Protocol } from '../decode/decoder.ts'
import type { Log } from '../log/log.ts'
import type { Connection } from '../mqtt/client.ts'
import type { InMessage } from '../mqtt/message.ts'
import type { Memory } from '../pipeline/memory.ts'
import type { Outcome } from '../pipeline/pipeline.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys } from '../telegram/telegram.ts'
import type { Port } from '../transport/port.ts'
import type { PublicationSettings } from './publication.ts'
import type { Trace } from './trace.ts'

/** Where a translator gets a meter's telegrams from. The handler calls `done` once, when all that came of a telegram is safe; it never throws. */
export type RawSource = { open(meter: string, handler: (message: InMessage, done: () => void) => void): Port }

/** Hears what happens to meters, for the page: quickly, and without throwing. */
export type MeterWatch = {
	reading(meter: string): void
	availability(meter: string, online: boolean): void
	diagnostics(message: DiagnosticsMessage): void
}

export type ReadingOutcome = Extract<Outcome, { kind: 'reading' }>

export type MeterSettings = Pick<PublicationSettings, 'role' | 'topics' | 'output' | 'outputs'> & {
	/** For a translator. */
	raw: RawSource
	entry: MeterEntry
	profile: CompiledProfile
	keys: Keys
	/** Start of the process, ms since 1970. */
	session: number
	/** The seq of its first reading. */
	seq: number
	/** The memory of its earlier telegrams. */
	memory: Memory
	/** Keeps what is known after so many more readings. */
	remember(memory: Memory, readings: number): void
	/** Returns the connection that messages for this profile come from. */
	inputOf(profile: CompiledProfile): Connection
	/** Names the profiles that read a protocol. */
	readers(protocol: Protocol): string[]
	log: Log
	/** Keeps its last telegrams for people who look; only with the page. */
	trace?: Trace | undefined
	onReading: (outcome: ReadingOutcome, profile: CompiledProfile) => void
	watch?: MeterWatch | undefined
	/** Returns the counts of the outputs that are asked for a meter, where there are some. */
	asked?(meter: string): DiagnosticsMessage['outputs']
}
