/* Generated from schema/api.schema.json by `npm run types`. Do not edit. */

/**
 * The same in one word: the port is not open; no bytes arrive; bytes, and no frame among them; frames that our key does not open; frames that are rejected (the reason is under `rejected`); telegrams of which the profile maps nothing; telegrams that were there before.
 *
 * This interface was referenced by `Diagnostics`'s JSON-Schema
 * via the `definition` "Cause".
 */
export type Cause = 'port' | 'no-bytes' | 'no-frames' | 'key' | 'rejected' | 'not-mapped' | 'duplicate'
/**
 * Why something that arrived was not used. A closed list, the same in decode --json and here; `meter`, `profile` and `shard` are of a translator: a raw message of a meter that it does not know, whose profile it cannot use, or on the wrong shard.
 *
 * This interface was referenced by `Diagnostics`'s JSON-Schema
 * via the `definition` "Reason".
 */
export type Reason =
	| 'length'
	| 'fcs'
	| 'hcs'
	| 'sum'
	| 'crc'
	| 'bcc'
	| 'blocks'
	| 'nokey'
	| 'key'
	| 'tag'
	| 'replay'
	| 'duplicate'
	| 'suite'
	| 'syntax'
	| 'layout'
	| 'depth'
	| 'limit'
	| 'incomplete'
	| 'error'
	| 'noise'
	| 'unknown'
	| 'meter'
	| 'profile'
	| 'shard'
/**
 * Length of a bar.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Step".
 */
export type Step = 'minute' | 'quarter' | 'hour' | 'day' | 'month' | 'year'
/**
 * Where the telegrams come from.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SourceGiven".
 */
export type SourceGiven =
	| {
			meter: string
			/**
			 * The one to show, by its id in the list of the last telegrams.
			 */
			id?: string
	  }
	| {
			profile: string
			/**
			 * The name of the recording, without .capture.jsonl.
			 */
			sample: string
	  }
	| {
			text: string
			/**
			 * Of the file.
			 */
			name?: string
			/**
			 * The topic of JSON that was pasted.
			 */
			topic?: string
			keys?: KeysGiven
	  }

/**
 * The requests and answers of the API under /api: one definition for each. GET /api/openapi.json says which route uses which.
 */
export interface Api {}
/**
 * The rights of the caller here.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Session".
 */
export interface Session {
	/**
	 * Version of the process.
	 */
	version: string
	/**
	 * True: a password is needed from here.
	 */
	needed: boolean
	/**
	 * The right: nothing, look, or change all.
	 */
	rights: 'none' | 'look' | 'change'
	/**
	 * True: a password for changes is set.
	 */
	passwordSet: boolean
	/**
	 * True: a password for looking is set, too.
	 */
	lookSet?: boolean
	/**
	 * False: passwords and sessions end with the process, as the config has no stateDir.
	 */
	kept?: boolean
	/**
	 * True: all values are simulated.
	 */
	demo?: boolean
}
/**
 * The password: the one for changes, or the one for looking.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SignIn".
 */
export interface SignIn {
	password: string
}
/**
 * New passwords.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Passwords".
 */
export interface Passwords {
	/**
	 * For changes: 8 characters at least.
	 */
	change: string
	/**
	 * For looking only; null removes it, and without this it stays.
	 */
	look?: string | null
	/**
	 * The one-time link's token, where no password is set yet.
	 */
	token?: string
}
/**
 * Something that is wrong, and what to do.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Problem".
 */
export interface Problem {
	/**
	 * One word, by which the page translates it.
	 */
	code: string
	/**
	 * The fault, in English.
	 */
	text: string
	/**
	 * The advice on what to do.
	 */
	hint?: string
	/**
	 * Since when.
	 */
	since?: string
	/**
	 * Numbers and names in the text, for its translation.
	 */
	params?: {
		[k: string]: string | number
	}
}
/**
 * Why a request was not answered.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Failure".
 */
export interface Failure {
	/**
	 * The fault, and what to do.
	 */
	error: {
		/**
		 * One word.
		 */
		code: string
		/**
		 * The fault, in English.
		 */
		message: string
		/**
		 * The advice on what to do.
		 */
		hint?: string
		/**
		 * Numbers and names in the message, for its translation.
		 */
		params?: {
			[k: string]: string | number
		}
		/**
		 * The faults of a document.
		 */
		findings?: Finding[]
		/**
		 * 412: the config as it is now.
		 */
		text?: string
		/**
		 * 412: its tag.
		 */
		etag?: string
	}
}
/**
 * One thing that is wrong in a document.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Finding".
 */
export interface Finding {
	file: string
	line: number
	column: number
	code: string
	severity: 'error' | 'warning'
	message: string
	hint?: string
}
/**
 * A field of a reading.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "FieldInfo".
 */
export interface FieldInfo {
	/**
	 * Its name; `submeters.1.volume` of a sub-meter.
	 */
	name: string
	/**
	 * Its unit; empty where it has none.
	 */
	unit: string
	/**
	 * Its code C.D.E.
	 */
	obis?: string
	/**
	 * Its label, in English.
	 */
	label: string
	/**
	 * Its quantity in one word.
	 */
	class?: string
}
/**
 * A meter as it is known now.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "MeterView".
 */
export interface MeterView {
	/**
	 * Its name in the config and in topics.
	 */
	name: string
	/**
	 * Its name for people.
	 */
	title: string
	/**
	 * Profile and version: `ekz-e450@1.0.0`.
	 */
	profile: string
	/**
	 * The profile's title.
	 */
	profileTitle: string
	/**
	 * `waiting`: for its first reading, or the next; `silent`: for longer than it should; `stopped`: it does not run.
	 */
	status: 'online' | 'waiting' | 'silent' | 'stopped'
	/**
	 * Why it is silent, in one word.
	 */
	cause?: string
	problems: Problem[]
	/**
	 * Seconds between two readings, learned or stated.
	 */
	interval?: number
	/**
	 * When the last reading arrived.
	 */
	lastReading?: string
	/**
	 * Readings since the process began.
	 */
	readings: number
	/**
	 * Amperes that the connection carries on each phase.
	 */
	fuse?: number
	/**
	 * Its time zone (IANA).
	 */
	timezone?: string
	/**
	 * The medium that it measures.
	 */
	medium?: string
	/**
	 * As on cii/<meter>/state, also while it is silent. Counters that were read before the process began stand in it with their time in `times`, until they are read again; empty before the first reading of all.
	 */
	state: {
		[k: string]: unknown
	}
	fields: FieldInfo[]
}
/**
 * The connection to the broker.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "BrokerView".
 */
export interface BrokerView {
	connected: boolean
	/**
	 * Its address, without user and password.
	 */
	url?: string
	/**
	 * True: it runs in this process.
	 */
	embedded?: boolean
	/**
	 * Messages that wait for it.
	 */
	waiting: number
	/**
	 * Messages that were dropped because too many waited.
	 */
	dropped: number
	/**
	 * Why it is away.
	 */
	detail?: string
}
/**
 * All meters as they are known now.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "MeterList".
 */
export interface MeterList {
	meters: MeterView[]
	broker: BrokerView
	/**
	 * The problems of the process or its config.
	 */
	problems: Problem[]
	/**
	 * True: history is kept.
	 */
	history: boolean
	/**
	 * The time here.
	 */
	now: string
}
/**
 * A meter's reading, merged into its state.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ReadingEvent".
 */
export interface ReadingEvent {
	meter: string
	/**
	 * As on cii/<meter>/state.
	 */
	state: {
		[k: string]: unknown
	}
	problems?: Problem[]
}
/**
 * A meter is there, or no longer.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "AvailabilityEvent".
 */
export interface AvailabilityEvent {
	meter: string
	online: boolean
	/**
	 * Why it is silent, in one word.
	 */
	cause?: string
	problems: Problem[]
}
/**
 * The message on `cii/<meter>/diagnostics`: how much came in, and what became of it.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Diagnostics".
 */
export interface Diagnostics {
	schema: 'cii.diagnostics/1'
	/**
	 * The meter's name in the config; the instance in a translator's own.
	 */
	meter: string
	/**
	 * Profile and version that run now.
	 */
	profile: string
	/**
	 * When counting began.
	 */
	since: string
	/**
	 * State of the port: `open`, or why it is not.
	 */
	port: string
	/**
	 * Frames whose checksum was right, or JSON messages.
	 */
	frames: number
	/**
	 * Readings published.
	 */
	readings: number
	/**
	 * Bytes that arrived.
	 */
	bytes?: number
	/**
	 * Pieces that were no frame, by reason.
	 */
	discarded: {
		[k: string]: number
	}
	/**
	 * Frames that gave no telegram, by reason.
	 */
	rejected: {
		[k: string]: number
	}
	/**
	 * Fields that were left out, by `field:code`, and messages that an output did not give, by `output ‹name›`.
	 */
	issues: {
		[k: string]: number
	}
	/**
	 * The outputs that are asked for this meter, by their name.
	 */
	outputs?: {
		[k: string]: Asked
	}
	/**
	 * The last rejection in words.
	 */
	last_rejected?: string
	/**
	 * When the last reading was received.
	 */
	last_reading?: string
	/**
	 * Why there are no readings, while there are none.
	 */
	silence?: string
	cause?: Cause
}
/**
 * This interface was referenced by `Diagnostics`'s JSON-Schema
 * via the `definition` "Asked".
 */
export interface Asked {
	/**
	 * Requests that were answered with values.
	 */
	answered: number
	/**
	 * Requests that were answered with the device's error, since the values were absent or too old.
	 */
	unavailable: number
	/**
	 * Requests and connections that were refused, by reason: `request` (not understood, or a command), `path`, `method`, `size`, `slow`, `connections`, `rate`, `origin`, `error` (the expression failed).
	 */
	refused: {
		[k: string]: number
	}
}
/**
 * Events of GET /api/events, by name; each has its value as data.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Events".
 */
export interface Events {
	meters?: MeterList
	reading?: ReadingEvent
	availability?: AvailabilityEvent
	diagnostics?: Diagnostics
	log?: LogEntry
	/**
	 * How a probe stands, or what is heard.
	 */
	setup?: Probe | Heard
}
/**
 * A line of the log.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "LogEntry".
 */
export interface LogEntry {
	/**
	 * Its number, counting up.
	 */
	n: number
	/**
	 * When it was said.
	 */
	time: string
	level: 'info' | 'warn' | 'error'
	text: string
	/**
	 * The meter that it is about.
	 */
	meter?: string
}
/**
 * The findings so far of listening to a port.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Probe".
 */
export interface Probe {
	id: string
	state: 'listening' | 'reading' | 'key-wanted' | 'unknown' | 'failed' | 'ended'
	/**
	 * The line setting being tried.
	 */
	line?: string
	tried: Tried[]
	/**
	 * How it stands, in English.
	 */
	text: string
	problem?: Problem
	proposals: Proposal[]
	/**
	 * Since it began.
	 */
	seconds: number
	/**
	 * True: a recording can be shared.
	 */
	record?: boolean
}
/**
 * A line setting that was tried.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Tried".
 */
export interface Tried {
	line: string
	bytes: number
	frames: number
	/**
	 * The link layer of its frames.
	 */
	link?: string
	/**
	 * The observation, in English.
	 */
	text: string
}
/**
 * A profile that reads what arrives.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Proposal".
 */
export interface Proposal {
	profile: string
	title: string
	sure: 'sure' | 'likely' | 'possible'
	/**
	 * The reasons for it, in English.
	 */
	why: string[]
	/**
	 * The reading that it gives.
	 */
	reading: {
		[k: string]: unknown
	}
	/**
	 * The transport section for the config.
	 */
	transport: {
		[k: string]: unknown
	}
	/**
	 * A name to suggest.
	 */
	name: string
	/**
	 * Keys that it needs.
	 */
	keysWanted?: ('encryption' | 'authentication')[]
}
/**
 * The adapters heard so far.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Heard".
 */
export interface Heard {
	id: string
	state: 'listening' | 'ended' | 'failed'
	/**
	 * How it stands, in English.
	 */
	text?: string
	problem?: Problem
	heard: HeardAdapter[]
}
/**
 * An adapter that was heard.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "HeardAdapter".
 */
export interface HeardAdapter {
	profile: string
	title: string
	/**
	 * Its name in the topic.
	 */
	device?: string
	topic: string
	messages: number
	/**
	 * The transport section for the config.
	 */
	transport: {
		[k: string]: unknown
	}
	/**
	 * The reading that it gives.
	 */
	reading?: {
		[k: string]: unknown
	}
	/**
	 * A name to suggest.
	 */
	name: string
}
/**
 * The volume or energy that a sub-meter counted.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ChannelEnergy".
 */
export interface ChannelEnergy {
	/**
	 * m³
	 */
	volume?: number
	/**
	 * Wh
	 */
	energy?: number
	/**
	 * False: a part of the time is not known.
	 */
	complete?: false
}
/**
 * A span of time, with what was counted in it.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Bar".
 */
export interface Bar {
	/**
	 * Beginning.
	 */
	start: string
	/**
	 * End.
	 */
	end: string
	/**
	 * From the grid, Wh.
	 */
	import?: number
	/**
	 * Into the grid, Wh.
	 */
	export?: number
	/**
	 * The counts of sub-meters, by channel.
	 */
	channels?: {
		[k: string]: ChannelEnergy
	}
	/**
	 * Mean power of the quarter-hour with the most energy from the grid, W.
	 */
	peak?: number
	/**
	 * When that quarter-hour began.
	 */
	peakAt?: string
	/**
	 * Cost of what came from the grid.
	 */
	cost?: number
	/**
	 * Revenue for what went into the grid.
	 */
	revenue?: number
	/**
	 * False: a part of the time is not known.
	 */
	complete: boolean
}
/**
 * A time that is not known closer, with what was counted in it.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Gap".
 */
export interface Gap {
	/**
	 * Beginning.
	 */
	start: string
	/**
	 * End.
	 */
	end: string
	/**
	 * From the grid, Wh.
	 */
	import?: number
	/**
	 * Into the grid, Wh.
	 */
	export?: number
	/**
	 * The counts of sub-meters, by channel.
	 */
	channels?: {
		[k: string]: ChannelEnergy
	}
}
/**
 * The power in a minute or a quarter-hour, W, positive from the grid.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Powers".
 */
export interface Powers {
	/**
	 * Beginning.
	 */
	start: string
	/**
	 * Mean.
	 */
	power?: number
	/**
	 * Lowest.
	 */
	min?: number
	/**
	 * Highest.
	 */
	max?: number
}
/**
 * The history of a meter, bar by bar.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "History".
 */
export interface History {
	meter: string
	/**
	 * The timezone of days and months (IANA).
	 */
	timezone: string
	step: Step
	/**
	 * Beginning.
	 */
	from: string
	/**
	 * End.
	 */
	to: string
	/**
	 * The currency of cost and revenue (ISO 4217).
	 */
	currency?: string
	bars: Bar[]
	/**
	 * Gaps over the edge of a bar: their energy belongs to no single one.
	 */
	gaps: Gap[]
	powers?: Powers[]
}
/**
 * A day, month or year, with what was counted in it.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Sum".
 */
export interface Sum {
	/**
	 * Beginning.
	 */
	from: string
	/**
	 * End; absent while it goes on.
	 */
	to?: string
	/**
	 * From the grid, Wh.
	 */
	energy_import?: number
	/**
	 * Into the grid, Wh.
	 */
	energy_export?: number
	cost?: number
	revenue?: number
	/**
	 * ISO 4217.
	 */
	currency?: string
	/**
	 * Mean power of the quarter-hour with the most energy from the grid, W.
	 */
	peak_import?: number
	/**
	 * When that quarter-hour began.
	 */
	peak_time?: string
	/**
	 * False: a part of the time is not known.
	 */
	complete: boolean
	/**
	 * The counts of sub-meters, by channel.
	 */
	submeters?: {
		[k: string]: ChannelEnergy
	}
}
/**
 * The sums of a meter, as on cii/<meter>/totals.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Totals".
 */
export interface Totals {
	schema: 'cii.totals/1'
	meter: string
	/**
	 * As of.
	 */
	time: string
	today: Sum
	yesterday?: Sum
	month: Sum
	lastMonth?: Sum
	year?: Sum
}
/**
 * One of the last telegrams.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "TelegramEntry".
 */
export interface TelegramEntry {
	id: string
	/**
	 * When it arrived.
	 */
	received: string
	/**
	 * Its length.
	 */
	bytes: number
	outcome: 'reading' | 'rejected' | 'discarded'
	/**
	 * Why it was not used, in one word.
	 */
	reason?: string
	/**
	 * The same in words.
	 */
	detail?: string
}
/**
 * The last telegrams of a meter, the latest first.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "TelegramList".
 */
export interface TelegramList {
	telegrams: TelegramEntry[]
}
/**
 * The meaning of some bytes.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Note".
 */
export interface Note {
	/**
	 * Place of the first byte.
	 */
	at: number
	length: number
	text: string
	layer?: 'link' | 'cipher' | 'application' | 'value'
	/**
	 * The registers that these bytes became, by their place in the list.
	 */
	rows?: number[]
}
/**
 * Bytes at one step: as they arrived, opened, joined.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Stage".
 */
export interface Stage {
	stage: string
	hex: string
	notes: Note[]
}
/**
 * A telegram, explained.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "TelegramDetail".
 */
export interface TelegramDetail {
	stages: Stage[]
	/**
	 * The same as text, as `cii2mqtt decode` shows it.
	 */
	text: string
	/**
	 * The reading.
	 */
	reading?: {
		[k: string]: unknown
	}
	/**
	 * Items: A field that was left out.
	 */
	issues?: {
		[k: string]: unknown
	}[]
}
/**
 * How long to record.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "RecordingRequest".
 */
export interface RecordingRequest {
	seconds: number
}
/**
 * A recording that runs.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "RecordingStarted".
 */
export interface RecordingStarted {
	id: string
}
/**
 * The recording is not over yet.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "RecordingWait".
 */
export interface RecordingWait {
	/**
	 * Seconds.
	 */
	remaining: number
}
/**
 * A profile.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ProfileEntry".
 */
export interface ProfileEntry {
	name: string
	title: string
	version?: string
	operator?: string
	manufacturer?: string
	model?: string
	adapter?: string
	/**
	 * Operators that are known to use it.
	 */
	operators?: string[]
	/**
	 * The kind of its socket.
	 */
	port?: string
	country?: string
	kind: 'serial' | 'tcp' | 'mqtt' | 'capture'
	/**
	 * mqtt: where its messages are.
	 */
	topic?: string | string[]
	/**
	 * True: it needs a key.
	 */
	encrypted?: boolean
	/**
	 * True: recordings prove it.
	 */
	samples: boolean
	source: 'built-in' | 'own'
	status?: 'active' | 'rejected'
	errors?: Finding[]
}
/**
 * All profiles.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ProfileList".
 */
export interface ProfileList {
	profiles: ProfileEntry[]
}
/**
 * A convention that readings can be published by.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "OutputView".
 */
export interface OutputView {
	name: string
	title: string
	description: string
	enabled: boolean
	status?: string
	errors?: Finding[]
}
/**
 * All outputs.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "OutputList".
 */
export interface OutputList {
	outputs: OutputView[]
}
/**
 * Switches an output.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "OutputSwitch".
 */
export interface OutputSwitch {
	enabled: boolean
}
/**
 * The config as it is on disk: secrets stand in it by reference only.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigText".
 */
export interface ConfigText {
	text: string
	/**
	 * The tag of this text, for If-Match.
	 */
	etag: string
	/**
	 * Its path.
	 */
	file?: string
	/**
	 * False: there is no file yet.
	 */
	exists: boolean
	findings: Finding[]
	/**
	 * The change that undoing would take back.
	 */
	undo?: string
}
/**
 * The new text.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigEdit".
 */
export interface ConfigEdit {
	text: string
}
/**
 * The config was changed.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigChange".
 */
export interface ConfigChange {
	/**
	 * The tag of the text that is there now.
	 */
	etag: string
	/**
	 * True: what runs is equal to it.
	 */
	applied: boolean
	/**
	 * True: the connection or the page started again.
	 */
	restarted?: boolean
	/**
	 * Names of the meters that run now.
	 */
	meters?: string[]
	/**
	 * The change that undoing would take back.
	 */
	undo?: string
}
/**
 * A serial port.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Port".
 */
export interface Port {
	/**
	 * Its lasting name, by-id, where it has one.
	 */
	path: string
	/**
	 * Its device: /dev/ttyUSB0.
	 */
	device: string
	maker?: string
	product?: string
	serialNumber?: string
	/**
	 * The meter that uses it.
	 */
	usedBy?: string
	problem?: Problem
}
/**
 * All serial ports.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "PortList".
 */
export interface PortList {
	ports: Port[]
}
/**
 * Keys as the operator gave them: they go in and never come out.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "KeysGiven".
 */
export interface KeysGiven {
	/**
	 * 32 or 64 hex digits.
	 */
	encryption?: string
	/**
	 * 32 or 64 hex digits.
	 */
	authentication?: string
}
/**
 * Where the bytes or messages come from, as in the config.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "TransportGiven".
 */
export interface TransportGiven {
	kind: 'serial' | 'tcp' | 'mqtt'
	/**
	 * serial: the device.
	 */
	path?: string
	/**
	 * serial: `9600 8N1`.
	 */
	line?: string
	/**
	 * tcp: name or address.
	 */
	host?: string
	/**
	 * tcp: port.
	 */
	port?: number
	/**
	 * mqtt: a broker of its own.
	 */
	url?: string
	/**
	 * mqtt: where the messages are.
	 */
	topic?: string | string[]
	[k: string]: unknown
}
/**
 * Laid over the profile's transport, as in the config: a proposal's.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "MeterTransportGiven".
 */
export interface MeterTransportGiven {
	[k: string]: unknown
}
/**
 * The line to listen to.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ProbeRequest".
 */
export interface ProbeRequest {
	transport: TransportGiven
	keys?: KeysGiven
	/**
	 * Only this profile.
	 */
	profile?: string
}
/**
 * A broker: a `url`, or `embedded`.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "BrokerGiven".
 */
export interface BrokerGiven {
	url?: string
	/**
	 * A broker inside this process.
	 */
	embedded?: {
		port?: number
		host?: string
	}
	username?: string
	/**
	 * It goes in and never comes out.
	 */
	password?: string
	/**
	 * File of the certificate authority (PEM).
	 */
	ca?: string
}
/**
 * The broker to test; the config's without `mqtt`.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "BrokerRequest".
 */
export interface BrokerRequest {
	mqtt?: BrokerGiven
}
/**
 * The answer of the broker.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "BrokerAnswer".
 */
export interface BrokerAnswer {
	ok: boolean
	/**
	 * In English.
	 */
	text: string
	problem?: Problem
	/**
	 * MQTT 3.1.1 or 5.
	 */
	protocol?: 4 | 5
}
/**
 * The broker that answers on this machine, if one does.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "BrokerFound".
 */
export interface BrokerFound {
	url?: string
	wantsPassword?: boolean
}
/**
 * Where to listen for adapters, and how long.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "HeardRequest".
 */
export interface HeardRequest {
	mqtt?: BrokerGiven
	seconds?: number
}
/**
 * A meter to add.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "NewMeter".
 */
export interface NewMeter {
	/**
	 * Name in the topics.
	 */
	name: string
	/**
	 * Its name for people.
	 */
	title?: string
	/**
	 * Amperes.
	 */
	fuse?: number
	/**
	 * The meter's id, for meters that send none.
	 */
	id?: string
	profile: string
	transport: MeterTransportGiven
	keys?: KeysGiven
	mqtt?: BrokerGiven
	/**
	 * Outputs to switch on.
	 */
	outputs?: string[]
}
/**
 * The changes to a meter; null removes a setting.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "MeterChange".
 */
export interface MeterChange {
	/**
	 * Its name for people.
	 */
	title?: string | null
	/**
	 * Amperes.
	 */
	fuse?: number | null
	/**
	 * False: it is not read.
	 */
	enabled?: boolean
	profile?: string
	transport?: MeterTransportGiven
	keys?: KeysGiven
}
/**
 * The process.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ProcessView".
 */
export interface ProcessView {
	version: string
	/**
	 * When it began.
	 */
	since: string
	/**
	 * Bytes, resident.
	 */
	memory: number
	/**
	 * Share of one core that it used lately, 0 to 1.
	 */
	cpu?: number
}
/**
 * How the process and its meters are.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "DiagnosticsAnswer".
 */
export interface DiagnosticsAnswer {
	process: ProcessView
	broker: BrokerView
	meters: Diagnostics[]
}
/**
 * Lines of the log.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "LogEntries".
 */
export interface LogEntries {
	entries: LogEntry[]
}
/**
 * A profile as it is being written.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "DraftGiven".
 */
export interface DraftGiven {
	/**
	 * Its name: a-z, 0-9 and -.
	 */
	name: string
	/**
	 * Its text: JSON with comments.
	 */
	text: string
}
/**
 * A question of the workbench: what does this profile make of these telegrams?
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "WorkbenchRequest".
 */
export interface WorkbenchRequest {
	profile?: DraftGiven
	source?: SourceGiven
	/**
	 * The telegram to show, from 0; by default the first that gives a reading.
	 */
	telegram?: number
	/**
	 * An expression to evaluate on the telegram shown.
	 */
	evaluate?: string
	/**
	 * Any word that names the browser's tab: a newer question of it takes the place of one that waits.
	 */
	tab?: string
	/**
	 * True: the recordings of the profile are put through as well.
	 */
	samples?: boolean
}
/**
 * A value that the profile does not state itself.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Inherited".
 */
export interface Inherited {
	/**
	 * The keys down to it.
	 */
	path: (string | number)[]
	/**
	 * The value.
	 */
	value: number | string | boolean | unknown[] | {} | null
	/**
	 * The file that states it; absent for a default.
	 */
	file?: string
	line?: number
}
/**
 * A telegram, or bytes that are none, in the list.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "WorkbenchTelegram".
 */
export interface WorkbenchTelegram {
	/**
	 * Its place, from 0.
	 */
	n: number
	/**
	 * Milliseconds since the beginning.
	 */
	t: number
	bytes: number
	/**
	 * Of the message that it came in.
	 */
	topic?: string
	/**
	 * A meter: its id in the list of the last telegrams.
	 */
	id?: string
	outcome: 'reading' | 'rejected' | 'discarded'
	/**
	 * Why it was not used, in one word.
	 */
	reason?: string
	/**
	 * The same in words.
	 */
	detail?: string
	/**
	 * Fields that were left out.
	 */
	issues?: number
}
/**
 * A value that the telegram carries.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "RegisterRow".
 */
export interface RegisterRow {
	/**
	 * Its OBIS code, its place in a list without codes (`value 3`, from 1), its data record (`record 3`), or its path in a message (`json.z.Pi`).
	 */
	key: string
	/**
	 * What the code stands for.
	 */
	label?: string
	/**
	 * A value: number, text, true or false, several texts, or nothing.
	 */
	value: number | string | boolean | string[] | null
	/**
	 * The number as it was sent.
	 */
	raw?: string
	/**
	 * In SI, as expressions see it.
	 */
	unit?: string
	/**
	 * The power of ten.
	 */
	scaler?: number
	/**
	 * Who stated it; none: nobody, and the value is withheld.
	 */
	scalerFrom?: 'meter' | 'profile' | 'none'
	/**
	 * The kind of a value without a code, as decoder.sequence names it: `u32`.
	 */
	kind?: string
	/**
	 * The time beside it.
	 */
	time?: string
	/**
	 * The fields of the profile that use it.
	 */
	fields: string[]
	/**
	 * The rule of the profile that completes it.
	 */
	rule?: {
		path: (string | number)[]
		file?: string
		line?: number
	}
	/**
	 * More about it in words: a unit that does not belong to its code, twice in one telegram.
	 */
	note?: string
}
/**
 * An expression of the profile on the telegram shown.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "FieldResult".
 */
export interface FieldResult {
	/**
	 * The field.
	 */
	target: string
	expression: string
	/**
	 * Its value; absent when it gives none.
	 */
	value?: number | string | boolean | unknown[] | {} | null
	unit?: string
	label?: string
	/**
	 * Why it failed.
	 */
	fault?: string
	/**
	 * Why its value was left out.
	 */
	issue?: string
	/**
	 * True: the profile states it itself.
	 */
	own?: boolean
	/**
	 * The file that states it.
	 */
	file?: string
	line?: number
	/**
	 * The registers that it asks for, by their place in the list.
	 */
	rows?: number[]
	/**
	 * The readings of the recordings that have it.
	 */
	samples?: number
}
/**
 * A change of a text.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "TextEdit".
 */
export interface TextEdit {
	/**
	 * Characters before it.
	 */
	offset: number
	/**
	 * Characters that it replaces.
	 */
	length: number
	/**
	 * The new ones.
	 */
	text: string
}
/**
 * Something that the telegrams suggest, and what it would change in the profile.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Guess".
 */
export interface Guess {
	kind: 'scaler' | 'field' | 'sequence' | 'time' | 'timezone' | 'link'
	/**
	 * What it does, in English: `A: scaler -2`.
	 */
	title: string
	/**
	 * Numbers and names in the title, for its translation.
	 */
	params?: {
		[k: string]: string | number
	}
	/**
	 * The evidence, in English: `P = 500 W and Σ U·I = 510 VA`.
	 */
	reason: string
	/**
	 * False: it is assumed.
	 */
	sure: boolean
	/**
	 * The registers that it is about.
	 */
	rows?: number[]
	/**
	 * What it changes in the text, from its end to its beginning.
	 */
	edits: TextEdit[]
}
/**
 * A list of values without codes, and what the profile names in it.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SequenceList".
 */
export interface SequenceList {
	/**
	 * Its key in decoder.sequence, or the one to choose: `12`.
	 */
	key: string
	/**
	 * True: the profile has it.
	 */
	stated?: boolean
	/**
	 * Items: One place.
	 */
	places: {
		/**
		 * Its register.
		 */
		row?: number
		/**
		 * What was sent: `u32`.
		 */
		kind: string
		/**
		 * The value that the telegram shown has there, as it was sent: also where the profile gives it no code.
		 */
		value?: string
		/**
		 * The code that the profile gives it.
		 */
		code?: string
		/**
		 * What the profile says of it: `1-0:1.8.0 u32`.
		 */
		entry?: string
		/**
		 * False: what was sent is of another kind than the profile says.
		 */
		fits?: boolean
	}[]
}
/**
 * The messages of one output.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "OutputMessages".
 */
export interface OutputMessages {
	output: string
	/**
	 * Items: One message.
	 */
	messages: {
		topic: string
		payload: string
		retain?: boolean
	}[]
	faults?: string[]
}
/**
 * One telegram, whole: its bytes, values, reading and messages.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "WorkbenchShown".
 */
export interface WorkbenchShown {
	n: number
	stages: Stage[]
	/**
	 * The same as text, as `cii2mqtt decode` shows it.
	 */
	text?: string
	link?: string
	application?: string
	auth?: string
	meterId?: string
	time?: string
	/**
	 * Why it gave no reading.
	 */
	refused?: {
		reason: string
		detail: string
		/**
		 * Where.
		 */
		at?: {
			/**
			 * By its place in the list.
			 */
			stage: number
			at: number
			length?: number
		}
	}
	/**
	 * Its registers, in wire order.
	 */
	rows: RegisterRow[]
	/**
	 * The expressions of the profile.
	 */
	fields: FieldResult[]
	/**
	 * The reading.
	 */
	reading?: {
		[k: string]: unknown
	}
	/**
	 * Its fields that differ from the reading before.
	 */
	changed?: string[]
	/**
	 * Items: A field that was left out.
	 */
	issues?: {
		[k: string]: unknown
	}[]
	outputs?: OutputMessages[]
	guesses?: Guess[]
	sequences?: SequenceList[]
}
/**
 * A field of a reading that is not as expected.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SampleDifference".
 */
export interface SampleDifference {
	/**
	 * Which reading, from 1.
	 */
	reading: number
	field: string
	/**
	 * Absent: none was expected.
	 */
	expected?: number | string | boolean | unknown[] | {} | null
	/**
	 * Absent: there is none now.
	 */
	now?: number | string | boolean | unknown[] | {} | null
	/**
	 * Why there is none now.
	 */
	why?: string
}
/**
 * A recording of the profile, put through.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SampleResult".
 */
export interface SampleResult {
	/**
	 * Its name.
	 */
	sample: string
	/**
	 * Where it is.
	 */
	folder?: string
	/**
	 * True: it can be changed here.
	 */
	own?: boolean
	/**
	 * False: there are no expected readings yet.
	 */
	expected?: boolean
	readings: number
	wanted?: number
	differences: SampleDifference[]
	/**
	 * Differences that are not listed.
	 */
	more?: number
	/**
	 * Why it cannot be read.
	 */
	fault?: string
}
/**
 * What the profile makes of the telegrams.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "WorkbenchAnswer".
 */
export interface WorkbenchAnswer {
	/**
	 * As `cii2mqtt validate` gives them; file is empty for the text itself.
	 */
	findings: Finding[]
	inherited?: Inherited[]
	/**
	 * Items: A parent.
	 */
	parents?: {
		name: string
		file: string
	}[]
	telegrams?: WorkbenchTelegram[]
	/**
	 * By what the dialect was detected.
	 */
	detected?: string
	shown?: WorkbenchShown
	samples?: SampleResult[]
	/**
	 * Codes in the recordings that no field uses.
	 */
	unused?: string[]
	/**
	 * The expression that was asked for.
	 */
	evaluated?: {
		/**
		 * Absent: it gives nothing.
		 */
		value?: number | string | boolean | unknown[] | {} | null
		fault?: string
	}
	/**
	 * Why the telegrams cannot be read at all.
	 */
	fault?: string
	/**
	 * The time that it took.
	 */
	milliseconds?: number
}
/**
 * A profile to be edited.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "WorkbenchProfile".
 */
export interface WorkbenchProfile {
	name: string
	text: string
	/**
	 * The tag of this text; empty where there is no file yet.
	 */
	etag: string
	/**
	 * Its path.
	 */
	file?: string
	/**
	 * True: it stands in a folder of the user; false: it comes with the package, and saving makes a copy that takes its place.
	 */
	own: boolean
	/**
	 * True: one of this name comes with the package.
	 */
	builtin?: boolean
	/**
	 * The file that saving writes.
	 */
	target?: string
	/**
	 * The last version that was right.
	 */
	lastGood?: {
		at: string
		text: string
	}
	status?: 'active' | 'rejected' | 'unused'
	/**
	 * Meters that use it.
	 */
	usedBy?: string[]
	/**
	 * Names of its recordings.
	 */
	samples: string[]
}
/**
 * A profile to save.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ProfileSave".
 */
export interface ProfileSave {
	text: string
}
/**
 * The profile is saved.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ProfileSaved".
 */
export interface ProfileSaved {
	etag: string
	file: string
	/**
	 * active: the meters that use it run with it; rejected: they go on with the last good one; unused: it is right, and no meter uses it.
	 */
	status: 'active' | 'rejected' | 'unused'
	errors: Finding[]
	/**
	 * True: the folder was named in the config for the first time.
	 */
	configured?: boolean
}
/**
 * A profile to begin with.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "DraftRequest".
 */
export interface DraftRequest {
	name: string
	from: 'empty' | 'extends' | 'recording'
	/**
	 * The profile to extend.
	 */
	extends?: string
	source?: SourceGiven
	timezone?: string
}
/**
 * The text of a profile to begin with.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Draft".
 */
export interface Draft {
	name: string
	text: string
	/**
	 * What is assumed, and what to look at.
	 */
	notes?: string[]
	/**
	 * Items: A profile that reads the same.
	 */
	similar?: {
		profile: string
		title: string
		sure: 'sure' | 'likely' | 'possible'
		why: string[]
	}[]
}
/**
 * Telegrams to keep as a recording of the profile.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SampleAdd".
 */
export interface SampleAdd {
	source: SourceGiven
	/**
	 * Which of them; all by default.
	 *
	 * @maxItems 1000
	 */
	telegrams?: number[]
	/**
	 * The profile: expected is what it gives now.
	 */
	text: string
}
/**
 * Readings of now that become the expected ones.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SampleAccept".
 */
export interface SampleAccept {
	/**
	 * The profile.
	 */
	text: string
	/**
	 * Of which recordings; all by default.
	 *
	 * @maxItems 100
	 */
	samples?: string[]
}
/**
 * Recordings were written.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SamplesChanged".
 */
export interface SamplesChanged {
	files: string[]
	/**
	 * What was replaced in them.
	 */
	note?: string
}
/**
 * A contribution to download.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ZipRequest".
 */
export interface ZipRequest {
	/**
	 * The profile.
	 */
	text: string
}
/**
 * What an editor of profiles knows: schema, fields, functions, codes.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "WorkbenchWords".
 */
export interface WorkbenchWords {
	/**
	 * schema/profile.schema.json.
	 */
	schema: {
		[k: string]: unknown
	}
	fields: FieldInfo[]
	/**
	 * Items: A name that expressions see.
	 */
	names: {
		name: string
		description: string
	}[]
	/**
	 * Items: A function of expressions.
	 */
	functions: {
		name: string
		signature: string
		description: string
	}[]
	/**
	 * Items: An OBIS code.
	 */
	codes: {
		code: string
		label: string
		unit?: string
		field?: string
	}[]
	/**
	 * Items: A profile or fragment to extend.
	 */
	profiles: {
		name: string
		title: string
	}[]
}
/**
 * A kind of meter or adapter that a profile reads: all that a person wants to know of it.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "MeterKind".
 */
export interface MeterKind {
	name: string
	title: string
	version?: string
	description?: string
	manufacturer?: string
	model?: string
	adapter?: string
	country?: string
	interface?: string
	/**
	 * Operators that are known to use it.
	 */
	operators?: string[]
	kind: 'serial' | 'tcp' | 'mqtt' | 'capture'
	/**
	 * The kind of its socket, by which its drawing is chosen.
	 */
	port?: string
	/**
	 * The setting of the line: `2400 8E1`.
	 */
	line?: string
	topic?: string[]
	link?: string
	application?: string
	/**
	 * True: it must be asked.
	 */
	asked?: boolean
	/**
	 * Seconds between two telegrams.
	 */
	interval?: number
	/**
	 * Whether it is encrypted.
	 */
	keys?: 'none' | 'possible' | 'needed'
	timezone?: string
	parents: string[]
	/**
	 * The README of its recordings, as Markdown.
	 */
	notes?: string
	/**
	 * The entry for the config.
	 */
	config?: string
	/**
	 * The fields that its recordings show.
	 */
	fields: FieldInfo[]
	/**
	 * Items: A recording.
	 */
	samples?: {
		sample: string
		source?: string
		license?: string
		stages: Stage[]
		/**
		 * The reading.
		 */
		reading?: {
			[k: string]: unknown
		}
	}[]
}
