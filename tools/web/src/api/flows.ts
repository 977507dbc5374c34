import type { Problem } from './types.ts'

/** What setting up, settings, log and telegrams ask of the server (schema/api.schema.json). */

export type Finding = {
	file: string
	line: number
	column: number
	code: string
	severity: 'error' | 'warning'
	message: string
	hint?: string
}
export type ConfigText = { text: string; etag: string; file?: string; exists: boolean; findings: Finding[]; undo?: string }
export type ConfigChange = { etag: string; applied: boolean; restarted?: boolean; meters?: string[]; undo?: string }
export type Port = {
	path: string
	device: string
	maker?: string
	product?: string
	serialNumber?: string
	usedBy?: string
	problem?: Problem
}
export type Keys = { encryption?: string; authentication?: string }
export type Transport = {
	kind: 'serial' | 'tcp' | 'mqtt'
	path?: string
	line?: string
	host?: string
	port?: number
	[key: string]: unknown
}
export type Tried = { line: string; bytes: number; frames: number; link?: string; text: string }
export type Proposal = {
	profile: string
	title: string
	sure: 'sure' | 'likely' | 'possible'
	why: string[]
	reading: Record<string, unknown>
	transport: Record<string, unknown>
	name: string
	keysWanted?: ('encryption' | 'authentication')[]
}
export type Probe = {
	id: string
	state: 'listening' | 'reading' | 'key-wanted' | 'unknown' | 'failed' | 'ended'
	line?: string
	tried: Tried[]
	text: string
	problem?: Problem
	proposals: Proposal[]
	seconds: number
	record?: boolean
}
export type HeardAdapter = {
	profile: string
	title: string
	device?: string
	topic: string
	messages: number
	transport: Record<string, unknown>
	reading?: Record<string, unknown>
	name: string
}
export type Heard = { id: string; state: 'listening' | 'ended' | 'failed'; text?: string; problem?: Problem; heard: HeardAdapter[] }
export type Broker = { url?: string; embedded?: { port?: number; host?: string }; username?: string; password?: string; ca?: string }
export type BrokerAnswer = { ok: boolean; text: string; problem?: Problem; protocol?: 4 | 5 }
export type NewMeter = {
	name: string
	title?: string
	fuse?: number
	profile: string
	transport: Record<string, unknown>
	keys?: Keys
	mqtt?: Broker
	outputs?: string[]
}
export type MeterChange = { title?: string | null; fuse?: number | null; enabled?: boolean; keys?: Keys }
export type OutputView = { name: string; title: string; description: string; enabled: boolean; status?: string; errors?: Finding[] }
export type ProfileEntry = {
	name: string
	title: string
	version?: string
	operator?: string
	country?: string
	kind: 'serial' | 'tcp' | 'mqtt' | 'capture'
	encrypted?: boolean
	samples: boolean
	source: 'built-in' | 'own'
}
export type TelegramEntry = {
	id: string
	received: string
	bytes: number
	outcome: 'reading' | 'rejected' | 'discarded'
	reason?: string
	detail?: string
}
export type Layer = 'link' | 'cipher' | 'application' | 'value'
export type Note = { at: number; length: number; text: string; layer?: Layer }
export type Stage = { stage: string; hex: string; notes: Note[] }
export type TelegramDetail = { stages: Stage[]; text: string; reading?: Record<string, unknown>; issues?: Record<string, unknown>[] }
export type ProcessAnswer = { process: { version: string; since: string; memory: number; cpu?: number } }
