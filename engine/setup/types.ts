import type { Finding } from '../document/finding.ts'

/** What is wrong, for a person: `code` for programs and translations (with `params`), `text` what, `hint` what to do. */
export type Problem = { code: string; text: string; hint?: string; params?: Record<string, string | number> }

/** A serial device: the name that stays (by id, where there is one), and the one that the system gives it now. */
export type PortInfo = {
	path: string
	device: string
	maker?: string
	product?: string
	serialNumber?: string
	/** The meter that reads it. */
	usedBy?: string
	problem?: Problem
}

/** Where a probe listens. */
export type ProbeTransport =
	| { kind: 'serial'; path: string; line?: string }
	| { kind: 'tcp'; host: string; port: number }
	| { kind: 'mqtt'; topic: string; url?: string }

/** Keys as people write them: hex digits, with gaps or without. */
export type KeyTexts = { encryption?: string; authentication?: string }

/** What was heard with one setting of the line. */
export type Tried = { line: string; bytes: number; frames: number; link?: string; text: string }

/** A profile that reads what came, the reading that it gives, and what the config's entry needs. */
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

/** A probe as the page sees it. */
export type ProbeView = {
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

/** An adapter that was heard at a broker. */
export type Heard = {
	profile: string
	title: string
	device?: string
	topic: string
	messages: number
	transport: Record<string, unknown>
	reading?: Record<string, unknown>
	name: string
}

/** Listening at a broker, as the page sees it. */
export type HeardView = {
	id: string
	state: 'listening' | 'failed' | 'ended'
	text: string
	problem?: Problem
	heard: Heard[]
	seconds: number
}

/** A broker as people state it: `password` and `ca` as texts; an empty object of `embedded` is the broker of our own. */
export type BrokerChoice = {
	url?: string
	embedded?: { port?: number; host?: string }
	username?: string
	password?: string
	/** The authority's certificate: PEM, or the path of a file. */
	ca?: string
}

/** The result of a test of a broker. */
export type BrokerAnswer = { ok: boolean; text: string; problem?: Problem; protocol?: 4 | 5 }

/** A meter that is to be added. */
export type NewMeter = {
	name: string
	title?: string
	profile: string
	transport: Record<string, unknown>
	keys?: KeyTexts
	mqtt?: BrokerChoice
	outputs?: string[]
}

/** Changes of a meter; null removes. */
export type MeterChange = { title?: string | null; fuse?: number | null; enabled?: boolean; keys?: KeyTexts | null }

/** The config's text as it stands on disk. */
export type ConfigView = { text: string; etag: string; file?: string; exists: boolean; findings: Finding[]; undo?: string }

/** What became of a change of the config. */
export type ConfigChange = { etag: string; applied: boolean; restarted?: boolean; meters?: string[]; undo?: string }

/** A request that is not done: HTTP's status, and for a person what is wrong, and what to do. */
export class Refusal {
	readonly status: 400 | 404 | 409 | 412 | 422 | 429 | 503
	readonly problem: Problem
	readonly findings: Finding[] | undefined
	/** The config as it is now, where it has changed meanwhile. */
	readonly now: { text: string; etag: string } | undefined

	constructor(status: Refusal['status'], problem: Problem, more: { findings?: Finding[]; now?: { text: string; etag: string } } = {}) {
		this.status = status
		this.problem = problem
		this.findings = more.findings
		this.now = more.now
	}
}
