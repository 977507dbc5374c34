import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { hex } from '../bytes/hex.ts'
import { anonymize } from '../explain/anonymize.ts'
import { messageLine, recordingHeader, recordingText } from '../explain/recording.ts'
import { type ExplainedTelegram, explainTelegram } from '../explain/telegram.ts'
import type { Message } from '../mqtt/message.ts'
import type { Framed, Outcome } from '../pipeline/pipeline.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys } from '../telegram/telegram.ts'
import { visible } from '../text/visible.ts'
import type { Issue } from '../transform/expect.ts'
import type { PortEvents } from '../transport/port.ts'

/** A telegram in the list of the last ones. */
export type TelegramRow = {
	id: string
	received: string
	bytes: number
	outcome: 'reading' | 'rejected' | 'discarded'
	reason?: string
	detail?: string
}

/** A telegram byte by byte, with what became of it. */
export type TracedTelegram = ExplainedTelegram & { reading?: Reading; issues?: Issue[] }

/** A telegram that is kept. Its bytes are copied into room that is used again: `size` of them, of `length`. */
type Kept = {
	n: number
	received: number
	room: Uint8Array
	size: number
	length: number
	profile: CompiledProfile
	outcome: TelegramRow['outcome']
	reason: string | undefined
	detail: string | undefined
	reading: Reading | undefined
	issues: Issue[] | undefined
}

/** How a recording stands: it runs, for `remaining` seconds more, or has ended with a text to download or the reason why it has no text. */
export type RecordingState =
	| { state: 'recording'; remaining: number; pieces: number }
	| { state: 'done'; text: string; pieces: number }
	| { state: 'failed'; reason: string }

/** Telegrams that are kept of a meter, and bytes of each. */
const [MAX_TELEGRAMS, MAX_BYTES] = [20, 16_384]
/** Room for the bytes of a telegram that is kept although the telegram is shorter. */
const LEAST_ROOM = 512
/** Messages that are kept: some make one telegram together. */
const MAX_MESSAGES = 2 * MAX_TELEGRAMS
/** Bytes of a recording, and seconds that it lasts at most. */
const [MAX_RECORDED, MAX_SECONDS] = [1024 * 1024, 600]

type Line = (t: number) => CaptureLine

/** A message that is kept as it came; `id`: of the telegram that came of it, where one did. */
type KeptMessage = { received: number; message: Message; id: string }

/** The last telegrams of a meter as the lines of a recording, the oldest first, with their ids in the list, and the keys that open them. */
export type TracedLines = { lines: CaptureLine[]; ids: string[]; header: CaptureHeader; keys: Keys }

/** A recording of a meter: it ends at `until` (ms since 1970), or when somebody closes it. */
export type MeterRecording = { until: number; state(): RecordingState; close(): void }

/**
 * Remembers the last telegrams of one meter and what became of them, and records what its port gives when somebody asks. To take a telegram costs a copy
 * of its bytes; it is explained when somebody asks. The meter's keys are used for that and never come out.
 */
export class Trace {
	#profile: CompiledProfile
	#keys: Keys = {}
	readonly #kept: Kept[] = []
	readonly #messages: KeptMessage[] = []
	readonly #recorders = new Set<(line: Line, size: number, received: number) => void>()
	/** The place of the newest; where all places are taken, the oldest is behind it. */
	#last = -1
	#n = 0

	constructor(profile: CompiledProfile) {
		this.#profile = profile
	}

	/** Goes on with this profile and these keys of the meter. */
	open(profile: CompiledProfile, keys: Keys): void {
		this.#profile = profile
		this.#keys = keys
	}

	/** Takes what a telegram became. Where one reason discards bytes again and again, the last of them are kept. */
	outcome(outcome: Outcome | Framed, profile: CompiledProfile): void {
		const { kind, bytes } = outcome
		// A further telegram of the same frame has no bytes of its own.
		if (kind === 'framed' || (bytes.length === 0 && kind !== 'reading')) return
		this.#profile = profile
		const last = this.#kept[this.#last]
		const isSame = kind === 'discarded' && last?.outcome === 'discarded' && last.reason === outcome.reason
		if (!isSame) this.#last = this.#last + 1 === MAX_TELEGRAMS ? 0 : this.#last + 1
		let kept = this.#kept[this.#last]
		if (!kept) {
			kept = emptyOf(profile)
			this.#kept.push(kept)
		}
		kept.n = ++this.#n
		const message = this.#messages.at(-1)
		if (message) message.id = String(this.#n)
		kept.received = Date.now()
		kept.profile = profile
		kept.outcome = kind
		kept.reason = kind === 'reading' ? undefined : outcome.reason
		kept.detail = kind === 'rejected' ? outcome.detail : undefined
		kept.reading = kind === 'reading' ? outcome.reading : undefined
		kept.issues = kind === 'discarded' ? undefined : outcome.issues
		copy(bytes, kept)
	}

	/** Taps what a port tells: recordings get it as well. */
	tap(events: PortEvents): PortEvents {
		return {
			...events,
			bytes: (chunk, received) => {
				if (this.#recorders.size > 0) this.#record((t) => ({ t, hex: hex(chunk) }), 2 * chunk.length, received)
				return events.bytes(chunk, received)
			},
			message: (message, received) => {
				if (this.#recorders.size > 0) this.#record((t) => messageLine(t, message), 2 * message.payload.length, received)
				this.#keep(message, received)
				events.message(message, received)
			},
		}
	}

	/** Lists the last telegrams, the newest first. */
	list(): TelegramRow[] {
		const newestFirst = this.#kept.toSorted((one, other) => other.n - one.n)
		return newestFirst.map(({ n, received, length, outcome, reason, detail }) => ({
			id: String(n),
			received: new Date(received).toISOString(),
			bytes: length,
			outcome,
			...(reason !== undefined && { reason }),
			...(detail !== undefined && { detail: visible(detail) }),
		}))
	}

	/** Explains a telegram of the list; undefined for one that is gone. */
	explain(id: string): TracedTelegram | undefined {
		const kept = this.#kept.find(({ n }) => String(n) === id)
		if (!kept) return undefined
		return {
			...explainTelegram(kept.room.slice(0, kept.size), kept.profile, this.#keys),
			...(kept.reading && { reading: kept.reading }),
			...(kept.issues && kept.issues.length > 0 && { issues: kept.issues }),
		}
	}

	/** Gives the last telegrams as a recording: the messages of an adapter with their topics, else the bytes of each. Undefined before the first telegram. */
	lines(): TracedLines | undefined {
		const { transport, title = this.#profile.name } = this.#profile.document
		const header = recordingHeader(transport, title, 'cii2mqtt')
		const oldest = this.#kept.toSorted((one, other) => one.n - other.n)
		const began = (this.#messages[0] ?? oldest[0])?.received
		if (began === undefined) return undefined
		const rest = { header, keys: this.#keys }
		if (this.#messages.length > 0) {
			const lines = this.#messages.map(({ received, message }) => messageLine(received - began, message))
			return { ...rest, lines, ids: this.#messages.map(({ id }) => id) }
		}
		const lines = oldest.map(({ received, room, size }) => ({ t: received - began, hex: hex(room.subarray(0, size)) }))
		return { ...rest, lines, ids: oldest.map(({ n }) => String(n)) }
	}

	/** Records what the port gives for some seconds (600 at most), and 1 MB at most; what comes of it is anonymized. */
	record(seconds: number): MeterRecording {
		const lines: CaptureLine[] = []
		const begin = Date.now()
		const until = begin + 1000 * Math.min(Math.max(seconds, 1), MAX_SECONDS)
		let size = 0
		const add = (line: Line, length: number, received: number) => {
			size += length
			if (size <= MAX_RECORDED) lines.push(line(Math.max(0, received - begin)))
		}
		this.#recorders.add(add)
		const stop = () => void this.#recorders.delete(add)
		const timer = setTimeout(stop, until - begin).unref()
		let ended: RecordingState | undefined
		const end = (): RecordingState => {
			stop()
			if (lines.length === 0) return { state: 'failed', reason: 'nothing arrived in this time: the meter is silent' }
			const { transport, title = this.#profile.name } = this.#profile.document
			const made = anonymize({ header: recordingHeader(transport, title, 'cii2mqtt'), lines }, this.#keys)
			return typeof made === 'string'
				? { state: 'failed', reason: made }
				: { state: 'done', text: recordingText(made), pieces: made.lines.length }
		}
		return {
			until,
			state() {
				const remaining = Math.ceil((until - Date.now()) / 1000)
				if (!ended && remaining > 0 && size < MAX_RECORDED) return { state: 'recording', remaining, pieces: lines.length }
				ended ??= end()
				return ended
			},
			close() {
				clearTimeout(timer)
				stop()
			},
		}
	}

	/** Keeps a copy of a message: what came with it need not be kept. */
	#keep({ topic, payload, retain }: Message, received: number): void {
		if (payload.length > MAX_BYTES) return
		if (this.#messages.length >= MAX_MESSAGES) this.#messages.shift()
		this.#messages.push({ received, message: { topic, payload: payload.slice(), retain }, id: '' })
	}

	#record(line: Line, size: number, received: number): void {
		for (const add of this.#recorders) add(line, size, received)
	}
}

const NOTHING = new Uint8Array(0)

function emptyOf(profile: CompiledProfile): Kept {
	const none = { reason: undefined, detail: undefined, reading: undefined, issues: undefined }
	return { n: 0, received: 0, room: NOTHING, size: 0, length: 0, profile, outcome: 'discarded', ...none }
}

/** Copies the first bytes: a view of them would hold all that came with them. */
function copy(bytes: Uint8Array, kept: Kept): void {
	const { length } = bytes
	kept.length = length
	kept.size = Math.min(length, MAX_BYTES)
	if (kept.room.length < kept.size || kept.room.length > 4 * kept.size + LEAST_ROOM) kept.room = new Uint8Array(kept.size)
	kept.room.set(length > MAX_BYTES ? bytes.subarray(0, MAX_BYTES) : bytes)
}
