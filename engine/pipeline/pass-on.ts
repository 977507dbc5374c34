import type { Decoded } from '../decode/decoder.ts'
import type { Message } from '../mqtt/message.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { Input, type Refused } from './input.ts'
import type { Framed, Pipeline } from './pipeline.ts'

/** The outcomes of a reader: telegrams that go on, and refusals. */
export type Passed = Refused | Framed

const NOTHING = {}

/**
 * Makes one meter's pipeline as a reader has it: telegrams are framed, and passed on whole (`framed`), ciphered ones unopened. What is not a complete
 * telegram is rejected or discarded as everywhere. No key is used, and nothing is remembered but the count.
 */
export function framePipeline({ profile, seq: first }: { profile: CompiledProfile; seq: number }): Pipeline<Passed> {
	const input = new Input(profile, undefined)
	let seq = first

	function passedOn(decoded: Decoded[], received: number, topic?: string): Passed[] {
		return decoded.flatMap((item): Passed[] => {
			// That it is ciphered is all that is wrong with it: every block of it is there.
			if (!('telegram' in item) && !(item.kind === 'rejected' && item.reason === 'nokey')) return [item]
			const count = seq++
			// A further telegram of the same frame has its count, and no bytes of its own.
			return item.bytes.length === 0
				? []
				: [{ kind: 'framed', bytes: item.bytes, received, seq: count, ...(topic !== undefined && { topic }) }]
		})
	}

	/** A message of an adapter: JSON goes on as it is, bytes are framed. */
	function onMessage(message: Message, received: number): Passed[] {
		const { topic, payload } = message
		const admitted = input.admit(message, topic)
		if ('kind' in admitted) return [admitted]
		const bytes = input.bytesOf(payload, input.profile.document.transport.payload === 'hex')
		if ('kind' in bytes) return [bytes]
		if (!input.readsBytes) return [{ kind: 'framed', bytes, received, seq: seq++, topic }]
		return passedOn([...input.push(bytes), ...input.idle()], received, topic)
	}

	return {
		push: (chunk, received) => passedOn(input.push(chunk), received),
		message: onMessage,
		raw: (message) => [{ kind: 'rejected', reason: 'unknown', detail: 'a reader reads no raw messages', bytes: message.payload }],
		idle: (received) => passedOn(input.idle(), received),
		window: () => undefined,
		swap: (next, received) => passedOn(input.swap(next), received),
		restart: () => input.restart(),
		detected: () => input.detected(),
		count: () => seq,
		memory: () => NOTHING,
		frames: () => input.frames(),
	}
}
