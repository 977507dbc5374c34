import { fromHex, latin1 } from '../bytes/hex.ts'
import { autoDecoder } from '../decode/auto.ts'
import { type Decoded, type Decoder, decoder, decoderSettings } from '../decode/decoder.ts'
import type { Message } from '../mqtt/message.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { admission } from './accept.ts'
import { type Framed, MAX_MESSAGE, type Outcome, type Pipeline } from './pipeline.ts'

/** What a reader makes of bytes: telegrams that go on, and what does not. */
export type Passed = Exclude<Outcome, { kind: 'reading' }> | Framed

/**
 * One meter's pipeline as a reader has it: telegrams are framed, and passed on whole (`framed`), ciphered ones unopened. What is no complete telegram
 * is rejected or discarded as everywhere. No key is used, and nothing is remembered but the count.
 */
export function framing(settings: { profile: CompiledProfile; seq: number }): Pipeline<Passed> {
	let { profile, seq } = settings
	let bytesIn = openWithoutKeys(profile)
	let topics = admission(profile.document)
	let framesBefore = 0
	let messages = 0

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
		messages++
		const { topic, payload } = message
		const rejected = (reason: 'limit' | 'syntax', detail: string): Passed[] => [{ kind: 'rejected', reason, detail, bytes: payload }]
		const admitted = topics.admit(message)
		if ('kind' in admitted) return [admitted]
		if (payload.length > MAX_MESSAGE) return rejected('limit', `a message of ${payload.length} bytes; ${MAX_MESSAGE} are accepted`)
		if (!bytesIn) return [{ kind: 'framed', bytes: payload, received, seq: seq++, topic }]
		const bytes = profile.document.transport.payload === 'hex' ? fromHex(latin1(payload)) : payload
		if (!bytes) return rejected('syntax', `no hex digits: ${latin1(payload.subarray(0, 60))}`)
		return passedOn([...bytesIn.push(bytes), ...bytesIn.idle()], received, topic)
	}

	return {
		push: (chunk, received) => passedOn(bytesIn?.push(chunk) ?? [], received),
		message: onMessage,
		raw: (message) => [{ kind: 'rejected', reason: 'unknown', detail: 'a reader reads no raw messages', bytes: message.payload }],
		idle: (received) => passedOn(bytesIn?.idle() ?? [], received),
		swap(next, received) {
			const held = bytesIn?.resume() ?? new Uint8Array(0)
			framesBefore += bytesIn?.frames() ?? 0
			profile = next
			bytesIn = openWithoutKeys(next)
			topics = admission(next.document)
			return passedOn(bytesIn && held.length > 0 ? bytesIn.push(held) : [], received)
		},
		restart() {
			framesBefore += bytesIn?.frames() ?? 0
			bytesIn = openWithoutKeys(profile)
		},
		detected: () => bytesIn?.detected?.(),
		count: () => seq,
		memory: () => NOTHING,
		frames: () => messages + framesBefore + (bytesIn?.frames() ?? 0),
	}
}

const NOTHING = {}

/** The decoder of a profile that reads bytes, without keys; none where adapters' JSON is read. */
function openWithoutKeys({ document }: CompiledProfile): Decoder | undefined {
	const { link, application } = document.decoder
	if (application === 'json' || link === undefined) return undefined
	const { authenticationData: _published, ...section } = document.decoder
	// Whether it must be authenticated is for those to say who hold the keys.
	const settings = decoderSettings({ ...section, authentication: 'optional' }, {})
	if (link === 'auto') return autoDecoder(settings, application)
	return application && decoder({ link, application, ...settings })
}
