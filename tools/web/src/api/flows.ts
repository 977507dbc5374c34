/** The server's types for setting up, settings, log and telegrams, by shorter names. */
export type {
	BrokerAnswer,
	BrokerFound,
	BrokerGiven as Broker,
	ConfigChange,
	ConfigText,
	DiagnosticsAnswer as ProcessAnswer,
	Finding,
	Heard,
	HeardAdapter,
	KeysGiven as Keys,
	MeterChange,
	NewMeter,
	Note,
	OutputView,
	Port,
	Probe,
	ProfileEntry,
	Proposal,
	Stage,
	TelegramDetail,
	TelegramEntry,
	TransportGiven as Transport,
	Tried,
} from './types.ts'

import type { Note } from './types.ts'

/** The layer that some bytes belong to. */
export type Layer = NonNullable<Note['layer']>
