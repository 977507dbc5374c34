/** What the server says and takes (schema/api.schema.json). */

export type Rights = 'none' | 'look' | 'change'
export type Session = { version: string; needed: boolean; rights: Rights; passwordSet: boolean; demo?: boolean }
export type Problem = { code: string; text: string; hint?: string; since?: string; params?: Record<string, string | number> }
export type Status = 'online' | 'waiting' | 'silent' | 'stopped'
export type Field = { name: string; unit: string; obis?: string; label: string; class?: string }
export type State = Record<string, unknown>
export type MeterView = {
	name: string
	title: string
	profile: string
	profileTitle: string
	status: Status
	cause?: string
	problems: Problem[]
	interval?: number
	lastReading?: string
	readings: number
	fuse?: number
	timezone?: string
	medium?: string
	state: State
	fields: Field[]
}
export type BrokerView = { connected: boolean; url?: string; embedded?: boolean; waiting: number; dropped: number; detail?: string }
export type MeterList = { meters: MeterView[]; broker: BrokerView; problems: Problem[]; history: boolean; now: string }
export type Step = 'minute' | 'quarter' | 'hour' | 'day' | 'month' | 'year'
export type Channels = Record<string, { volume?: number; energy?: number }>
export type Bar = {
	start: string
	end: string
	import?: number
	export?: number
	channels?: Channels
	peak?: number
	peakAt?: string
	cost?: number
	revenue?: number
	complete: boolean
}
export type Gap = { start: string; end: string; import?: number; export?: number; channels?: Channels }
export type Powers = { start: string; power?: number; min?: number; max?: number }
export type History = {
	meter: string
	timezone: string
	step: string
	from: string
	to: string
	currency?: string
	bars: Bar[]
	gaps: Gap[]
	powers?: Powers[]
}
export type Sum = {
	from: string
	to?: string
	energy_import?: number
	energy_export?: number
	cost?: number
	revenue?: number
	currency?: string
	peak_import?: number
	peak_time?: string
	complete: boolean
	submeters?: Channels
}
export type Totals = {
	schema: 'cii.totals/1'
	meter: string
	time: string
	today: Sum
	yesterday?: Sum
	month: Sum
	lastMonth?: Sum
	year?: Sum
}
export type LogEntry = { n: number; time: string; level: 'info' | 'warn' | 'error'; text: string; meter?: string }
export type ReadingEvent = { meter: string; state: State; problems?: Problem[] }
export type AvailabilityEvent = { meter: string; online: boolean; cause?: string; problems: Problem[] }
export type ApiError = { code: string; message: string; hint?: string; findings?: unknown[] }
