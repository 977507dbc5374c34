import type {
	BrokerAnswer,
	BrokerFound,
	BrokerRequest,
	BrokerView,
	ConfigChange,
	ConfigText,
	Diagnostics,
	Draft,
	DraftRequest,
	Finding,
	Heard,
	HeardRequest,
	History,
	KeysGiven,
	LogEntry,
	MeterChange,
	MeterKind,
	NewMeter,
	OutputView,
	Port,
	Probe,
	ProbeRequest,
	Problem,
	ProfileEntry,
	ProfileSaved,
	SampleAccept,
	SampleAdd,
	SamplesChanged,
	Step,
	TelegramDetail,
	TelegramEntry,
	Totals,
	WorkbenchAnswer,
	WorkbenchProfile,
	WorkbenchRequest,
	WorkbenchWords,
} from '../../schema/types/api.ts'
import type { Snapshot } from '../meter/snapshot.ts'

/** Why something was not done: what is wrong with it, in words for a person, with what to do. */
export type Refusal = {
	/**
	 * `unknown`: there is no such thing; `invalid`: what was given is wrong; `changed`: somebody else has changed it meanwhile; `conflict`: it does not
	 * fit what is there; `busy`: too much runs already; `unavailable`: not here, or not now; `denied`: the one who asks may not.
	 */
	refused: 'unknown' | 'invalid' | 'changed' | 'conflict' | 'busy' | 'unavailable' | 'denied'
	/** One word, by which the page translates it. */
	code: string
	message: string
	hint?: string
	/** Numbers and names in the message, for its translation. */
	params?: Record<string, string | number>
	/** Seconds until it may be tried again. */
	wait?: number
	findings?: Finding[]
	/** `changed`: the config as it is now, and its tag. */
	text?: string
	etag?: string
}

/** A thing, or the reason why it is refused; at once or later. */
export type Given<Thing> = Thing | Refusal | Promise<Thing | Refusal>

/** The process as it is now. */
export type Now = {
	connected: boolean
	/**
	 * Messages for the broker that wait, that were dropped, and that the broker has put off; connections that ended because the broker broke the rules,
	 * and messages of it that were not taken.
	 */
	outbox: { waiting: number; dropped: number; postponed: number; faults: number; skipped: number }
	meters: Snapshot[]
	/** Meters of the config that do not run, and why. */
	missing: { name: string; title?: string; profile?: string; detail: string }[]
	/** Meters that the config has switched off. */
	off?: { name: string; title?: string; profile?: string }[]
	/** Where the broker is, without user and password, and why it is away. */
	broker?: Pick<BrokerView, 'url' | 'embedded' | 'detail'>
	/** The problems of the config, profiles or outputs. */
	problems?: Problem[]
}

/** Something has happened. A reading is named only: its values are asked for when somebody wants them. */
export type SiteEvent =
	| { kind: 'reading'; meter: string }
	| { kind: 'availability'; meter: string }
	| { kind: 'diagnostics'; message: Diagnostics }
	/** The list of meters, the broker or a problem has changed. */
	| { kind: 'meters' }
	| { kind: 'log'; entry: LogEntry }
	| { kind: 'setup'; progress: Probe | Heard }

/** A span of a meter's history; times are ms since 1970. */
export type HistoryQuery = { from: number; to: number; step: Step }

/** A recording that may be shared: its text, and a name for its file. */
export type Download = { name: string; text: string }

/** The door to the past that is kept. */
export type HistoryDoor = {
	bars(meter: string, query: HistoryQuery): Given<History>
	/** Undefined where nothing is kept of the meter yet. */
	totals(meter: string): Totals | undefined
	forget(meter: string): void | Promise<void>
}

/** The last telegrams of each meter. */
export type TelegramsDoor = {
	/** The latest first; undefined for a meter that does not run. */
	list(meter: string): TelegramEntry[] | undefined
	explain(meter: string, id: string): Given<TelegramDetail>
	/** Begins to record, and names the recording. */
	record(meter: string, seconds: number): Given<{ id: string }>
	/** The recording, anonymized; while it goes on, the seconds that remain. */
	recording(id: string): Given<{ remaining: number } | Download>
	endRecording(id: string): Given<unknown>
}

/** The config, and all changes of it. Each change is checked before it is written, and resolves when what runs is equal to it. */
export type ConfigDoor = {
	read(): Given<ConfigText>
	/** `etag`: of the text that the change was made of; undefined replaces whatever is there. */
	write(text: string, etag: string | undefined): Given<ConfigChange>
	/** `etag`: of the text that the change to take back has made; undefined takes back the last one, whoever made it. */
	undo(etag: string | undefined): Given<ConfigChange>
	addMeter(meter: NewMeter): Given<ConfigChange>
	changeMeter(name: string, change: MeterChange): Given<ConfigChange>
	removeMeter(name: string, history: boolean): Given<ConfigChange>
	switchOutput(name: string, enabled: boolean): Given<ConfigChange>
}

/** The door to the setup of a meter; nothing here changes the config. */
export type SetupDoor = {
	ports(): Given<{ ports: Port[] }>
	probe(request: ProbeRequest): Given<Probe>
	probed(id: string): Given<Probe>
	giveKeys(id: string, keys: KeysGiven): Given<Probe>
	/** The recording of an unknown meter, anonymized. */
	probeRecording(id: string): Given<Download>
	endProbe(id: string): Given<unknown>
	/** A broker on this machine; empty where none answers. */
	suggestBroker(): Given<BrokerFound>
	testBroker(request: BrokerRequest): Given<BrokerAnswer>
	listen(request: HeardRequest): Given<Heard>
	heard(id: string): Given<Heard>
	endListening(id: string): Given<unknown>
}

/** An answer that is written as it is sent. */
export type Ready = { bytes: Uint8Array }

/** The door to the workbench: what a profile makes of telegrams, and the user's own profiles. Nothing here touches what comes with the package. */
export type WorkbenchDoor = {
	analyse(request: WorkbenchRequest): Given<WorkbenchAnswer | Ready>
	words(): Given<WorkbenchWords | Ready>
	profile(name: string): Given<WorkbenchProfile>
	/** `etag`: of the text that is replaced, empty for a new file; undefined replaces whatever is there. */
	save(name: string, text: string, etag: string | undefined): Given<ProfileSaved>
	draft(request: DraftRequest): Given<Draft | Ready>
	addSample(name: string, sample: string, request: SampleAdd): Given<SamplesChanged>
	accept(name: string, request: SampleAccept): Given<SamplesChanged>
	zip(name: string, text: string): Given<{ name: string; bytes: Uint8Array }>
	kind(name: string): Given<MeterKind | Ready>
}

/**
 * All that the server shows, and all that it changes. It outlives what runs for one config: a door that is undefined is not there now, and its routes say so.
 */
export type Site = {
	readonly version: string
	/** Start of the process, ms since 1970. */
	readonly since: number
	/** True: all values are simulated. */
	readonly demo?: boolean
	now(): Now
	/** A meter that runs. */
	meter(name: string): Snapshot | undefined
	/** Calls the listener for each event from now on; it returns at once and never throws. Gives what ends that. */
	subscribe(listener: (event: SiteEvent) => void): () => void
	profiles(): ProfileEntry[]
	outputs(): OutputView[]
	readonly log: { recent(after: number, level: LogEntry['level']): LogEntry[] }
	readonly history: HistoryDoor | undefined
	readonly telegrams: TelegramsDoor | undefined
	readonly config: ConfigDoor | undefined
	readonly setup: SetupDoor | undefined
	readonly workbench: WorkbenchDoor | undefined
}
