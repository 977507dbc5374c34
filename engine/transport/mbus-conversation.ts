import type { Request } from '../../schema/types/profile.ts'
import { hex } from '../bytes/hex.ts'
import type { Frame, LinkEvent } from '../link/link.ts'
import { mbus } from '../link/mbus.ts'
import { called, judge, next, reset, selection } from './mbus-messages.ts'

/** Milliseconds until an answer begins, and between its parts: a meter takes 11 bit times and 50 ms (EN 13757-2, 5.7.2), bridges and adapters more. */
const ANSWER_LIMIT = 1000
/** Milliseconds for all of an answer: 261 bytes at 300 Bd take 9.6 s. Noise without end must not keep the others from their turn. */
const WHOLE_LIMIT = 15_000
/** The same where mostly nobody answers: a selection is cleared. */
const CLEARING = 300
/** Between an answer and the next message: 33 bit times at 2400 Bd are 14 ms, at 300 Bd 110 ms. */
const PAUSE = 120
/** How often a message is sent (EN 13757-2, 5.7.4). */
const ATTEMPTS = 3
/** Telegrams of one answer: a meter that never ends is cut off. */
const MOST_TELEGRAMS = 16

/** An acknowledgement, or a frame of the meter. */
type Answer = 'acknowledged' | Frame

/** A conversation with the meters of one M-Bus, while its line is open. `write` sends bytes to all of them. */
export class MbusConversation {
	readonly #write: (bytes: Uint8Array) => void
	#ended = false
	#link = mbus()
	/** Takes the answer that is waited for. */
	#heard: ((answer: Answer | undefined) => void) | undefined
	#give: (bytes: Uint8Array) => void = () => {}
	#timer: NodeJS.Timeout | undefined
	#end: NodeJS.Timeout | undefined
	#limit = ANSWER_LIMIT

	constructor(write: (bytes: Uint8Array) => void) {
		this.#write = write
	}

	/** Asks a meter for all its telegrams, and gives their bytes. Returns why nothing, or not all, was read; undefined when all is well. */
	async read(request: Request, give: (bytes: Uint8Array) => void): Promise<string | undefined> {
		this.#give = give
		await this.#exchange(reset(request), request.secondary === undefined ? ANSWER_LIMIT : CLEARING)
		if (request.secondary !== undefined && !(await this.#insist(selection(request), (answer) => answer === 'acknowledged')))
			return `no meter answers to ${called(request)}: is the number right, and is the meter on this bus?`
		let before = ''
		for (let count = 0; count < MOST_TELEGRAMS; count++) {
			let stranger: string | undefined
			// What another sends, late or for itself, does not keep this one from being heard.
			const isOwn = (one: Answer) => {
				if (one !== 'acknowledged') stranger = judge(one, request).stranger
				return one !== 'acknowledged' && stranger === undefined
			}
			const answer = await this.#insist(next(request, count), isOwn)
			if (answer === undefined || answer === 'acknowledged')
				return stranger !== undefined
					? `${called(request)} was asked, and ${stranger} answered: is each address on this bus there once?`
					: count === 0
						? `the meter at ${called(request)} does not answer: is the address right, and is the meter on this bus?`
						: `the meter at ${called(request)} sends its telegram ${count + 1} not`
			const { more } = judge(answer, request)
			// Behind the access number: one that does not know the frame count bit sends the same again.
			const records = hex(answer.payload.subarray(10))
			if (records === before) return undefined
			before = records
			give(answer.bytes)
			if (!more) return undefined
		}
		return undefined
	}

	/** Takes bytes from the line. */
	bytes(chunk: Uint8Array): void {
		for (const event of this.#link.push(chunk)) this.#take(event)
		if (this.#heard) this.#wait()
	}

	/** The line is gone: nothing more is sent, and nothing waited for. */
	end(): void {
		this.#ended = true
		this.#finish(undefined)
	}

	/** Sends a message until a fitting answer comes. */
	async #insist(message: Uint8Array, fits: (answer: Answer) => boolean): Promise<Answer | undefined> {
		for (let attempt = 0; attempt < ATTEMPTS && !this.#ended; attempt++) {
			const answer = await this.#exchange(message, ANSWER_LIMIT)
			if (answer !== undefined && fits(answer)) return answer
		}
		return undefined
	}

	async #exchange(message: Uint8Array, limit: number): Promise<Answer | undefined> {
		await new Promise((resolve) => setTimeout(resolve, PAUSE).unref())
		if (this.#ended) return undefined
		return new Promise((resolve) => {
			this.#heard = resolve
			this.#limit = limit
			clearTimeout(this.#end)
			this.#end = setTimeout(() => this.#finish(undefined), WHOLE_LIMIT).unref()
			this.#write(message)
			this.#wait()
		})
	}

	#wait(): void {
		clearTimeout(this.#timer)
		this.#timer = setTimeout(() => {
			for (const event of this.#link.idle()) this.#take(event)
			this.#finish(undefined)
		}, this.#limit).unref()
	}

	#take(event: LinkEvent): void {
		if (event.kind === 'frame') {
			// Converters without echo suppression give back what was sent: bit 6 of the control field says who sends.
			const control = event.bytes[event.bytes[0] === 0x10 ? 1 : 4] ?? 0
			if ((control & 0x40) === 0 && event.payload.length > 0) this.#finish(event)
		} else if (event.bytes.at(-1) === 0xe5 && this.#heard) this.#finish('acknowledged')
		else this.#give(event.bytes)
	}

	#finish(answer: Answer | undefined): void {
		clearTimeout(this.#timer)
		clearTimeout(this.#end)
		this.#heard?.(answer)
		this.#heard = undefined
	}
}
