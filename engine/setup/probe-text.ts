import type { Problem, Proposal, Tried } from '../../schema/types/api.ts'
import type { Detected } from '../decode/detect.ts'
import type { Keys } from '../telegram/telegram.ts'
import type { Evidence } from './evidence.ts'
import type { Ciphered } from './keys.ts'
import { counted } from './problem.ts'
import type { Place } from './proposals.ts'

/** Says what came with one setting of the line. */
export function triedWith(line: string, evidence: Evidence, keys: Keys, isOver: boolean, isBridge = false): Tried {
	const { link: framed, count } = evidence.frames()
	const detected = evidence.bytes > 0 ? evidence.detected(keys) : undefined
	const link = framed ?? (detected?.verdict === 'begun' ? undefined : detected?.link)
	return { line, bytes: evidence.bytes, frames: count, ...(link && { link }), text: triedText(evidence, detected, isOver, isBridge) }
}

function triedText(evidence: Evidence, detected: Detected | undefined, isOver: boolean, isBridge: boolean): string {
	const { link, count } = evidence.frames()
	if (evidence.bytes === 0) return isOver ? 'nothing came' : 'listening'
	const bytes = counted(evidence.bytes, 'byte')
	if (detected?.verdict === 'understood') return `${bytes}, ${count > 0 ? counted(count, 'frame') : 'telegrams'} of ${detected.link}`
	if (detected?.verdict === 'recognized')
		return `${bytes}, ${count > 0 ? counted(count, 'frame') : 'telegrams'} of ${detected.link}, encrypted or not understood`
	if (link) return `${bytes}, ${counted(count, 'frame')} of ${link}`
	if (detected?.verdict === 'begun') return `${bytes}, frames of ${detected.link} begin and are damaged`
	return isOver ? `${bytes}, no frames${isBridge ? '' : ': not this setting'}` : `${bytes}, no frames yet`
}

/** Says that a key is wanted, and which. */
export function keyText({ digits, tagged }: Ciphered): string {
	const second = tagged ? ' With the authentication key as well, forged telegrams are noticed.' : ''
	return `The telegrams are encrypted: the encryption key of ${digits} digits is wanted. The grid operator gives it to its customers.${second}`
}

/** Says how many profiles read the telegrams. */
export function readText(proposals: readonly Proposal[], telegrams: number): string {
	const [first] = proposals
	if (!first) return `${counted(telegrams, 'telegram')}, and no profile reads the values.`
	return `${counted(telegrams, 'telegram')} read: ${first.title}${proposals.length > 1 ? `, or ${proposals.length - 1} more` : ''}.`
}

/** Says that nothing is known of what came. */
export function unknownText(telegrams: number, detected: Detected | undefined): string {
	const what =
		telegrams > 0
			? `Telegrams came (${detected?.application ?? ''}), and no profile reads their values.`
			: `Frames came (${detected?.link ?? ''}), and their content is not known.`
	return `${what} ${SHARE}`
}

const SHARE = 'Share the recording, and a profile can be made of it.'

/** Bytes of which nothing can be told. */
const FEW = 64

/** Says what is known of bytes of which nothing is understood, and why that may be. */
export function strangeText(evidence: Evidence, { kind }: Place): string {
	const detected = evidence.detected({})
	if (evidence.bytes < FEW)
		return `Only ${counted(evidence.bytes, 'byte')} came, and nothing in them is known: a loose cable gives such, or the meter sends seldom: try again. ${SHARE}`
	if (detected?.verdict === 'begun')
		return `Frames of ${detected.link} begin, and none is whole: the cable may be damaged or too long, or another line disturbs it. ${SHARE}`
	const bytes = evidence.chunks().flatMap((chunk) => [...chunk])
	const readable = bytes.filter((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d)).length
	if (readable > 0.95 * bytes.length) return `Text came, and nothing in it is known: this meter speaks something new. ${SHARE}`
	const bridge = kind === 'tcp' ? 'the bridge may be set to another speed or parity than the meter, ' : ''
	return `Bytes came, and nothing in them is known: ${bridge}the cable may be damaged or inverted, or this meter speaks something new. ${SHARE}`
}

/** Nothing came, with any setting. */
export function nothingCame({ kind }: Place): Problem {
	if (kind === 'tcp') {
		const hint =
			'Is the meter connected to the bridge, and its customer interface switched on? Some send once in a minute, or more seldom: try again.'
		return { code: 'no-bytes', text: 'The bridge answers, and sends nothing.', hint }
	}
	const hint =
		'Is the cable in the right socket, and the customer interface switched on? With many meters the grid operator does that on request. An optical head must sit on the right spot.'
	return { code: 'no-bytes', text: 'Nothing came, with any setting of the line.', hint }
}
