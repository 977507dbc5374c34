import { setImmediate } from 'node:timers/promises'
import { type Protocol, plainDecoder } from '../decode/decoder.ts'
import { testKeys } from '../pipeline/replay.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { samplesOf } from '../profile/samples.ts'
import { kindOf } from '../telegram/sequence.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { type Capture, partsOf, readCapture } from '../transport/capture.ts'

/** Recordings of a profile that are looked at, bytes of the longest file, and bytes of each that are decoded: some telegrams of any known meter. */
const [MOST, MAX_FILE, MAX_DECODED] = [8, 512 * 1024, 16 * 1024]
/** Lists of a line that are compared: a meter sends two or three. */
const MAX_LISTS = 6
/** The points for a list that a recording has in the same order, and for one that has its values in common with it. A field counts 10. */
const [SAME, COMMON] = [150, 100]
/** The points where line and recordings are both ciphered, or both not. */
const SEALED_ALIKE = 20

/** The content of a line: the lists of codes, or of kinds where no value has a code, and whether they are ciphered. */
export type Content = { lists: readonly (readonly string[])[]; isCiphered: boolean }

/** How like the recordings of a profile are to what came, in points of `rank`, and in words. */
export type Likeness = { points: number; why: string[] }

/** Gives what telegrams consist of, apart from their values: each list once. */
export function contentOf(telegrams: readonly Telegram[]): Content {
	const lists = new Map<string, string[]>()
	for (const telegram of telegrams) {
		const list = listOf(telegram)
		if (list.length > 0 && lists.size < MAX_LISTS) lists.set(list.join(), list)
	}
	return { lists: [...lists.values()], isCiphered: telegrams.some(({ auth }) => auth !== 'none') }
}

function listOf({ sent, sequence, registers }: Telegram): string[] {
	if (sent) return sent.map((one, place) => kindOf(sequence[place] ?? { kind: 'none' }, one))
	return registers.map(({ code, attribute }) => (attribute === 2 ? code.text : `${code.text}/${attribute}`))
}

/** Compares what came with the recordings of a profile, in slices; undefined where it has none that this protocol reads. */
export async function likeness(came: Content, profile: CompiledProfile, protocol: Protocol): Promise<Likeness | undefined> {
	const recorded: Content[] = []
	for (const capture of capturesOf(profile)) {
		// Each takes milliseconds: meters that run have their turn between.
		await setImmediate()
		const content = contentOf(telegramsOf(capture, protocol))
		if (content.lists.length > 0) recorded.push(content)
	}
	return recorded.length === 0 || came.lists.length === 0 ? undefined : compared(came, recorded)
}

/** Compares lists: each of those that came with the recorded one that is most like it. */
export function compared({ lists, isCiphered }: Content, recorded: readonly Content[]): Likeness {
	const known = recorded.flatMap((one) => one.lists)
	const pairs = lists.map((list) =>
		known.map((other) => likenessOf(list, other)).reduce((best, one) => (one.points > best.points ? one : best)),
	)
	const [longest] = lists.map((list, place) => ({ list, pair: pairs[place] })).sort((one, other) => other.list.length - one.list.length)
	const sealed = recorded.some((one) => one.isCiphered === isCiphered)
	const points = pairs.reduce((sum, pair) => sum + pair.points, 0) / Math.max(1, pairs.length) + (sealed ? SEALED_ALIKE : 0)
	const values = longest ? wordsOf(longest.list.length, longest.pair) : 'its recordings have other values'
	const ciphering = isCiphered ? (sealed ? ', ciphered as well' : ', and are not ciphered') : sealed ? '' : ', and are ciphered'
	return { points: Math.round(points), why: [`${values}${ciphering}`] }
}

type Pair = { points: number; common: number; isSame: boolean }

function likenessOf(list: readonly string[], other: readonly string[]): Pair {
	if (list.length === other.length && list.every((item, place) => item === other[place]))
		return { points: SAME, common: list.length, isSame: true }
	const common = inBoth(list, other)
	return { points: (COMMON * common) / (list.length + other.length - common), common, isSame: false }
}

/** Counts what two lists have in common; what stands twice counts twice. */
function inBoth(list: readonly string[], other: readonly string[]): number {
	const left = new Map<string, number>()
	for (const item of other) left.set(item, (left.get(item) ?? 0) + 1)
	return list.filter((item) => {
		const count = left.get(item) ?? 0
		left.set(item, count - 1)
		return count > 0
	}).length
}

function wordsOf(count: number, pair: Pair | undefined): string {
	if (pair?.isSame) return `its recordings have the same ${count === 1 ? 'value' : `${count} values`}`
	return `its recordings have ${pair?.common ?? 0} of the ${count} values`
}

/** Reads the recordings of a profile; one that cannot be read, or is long, says nothing. */
function* capturesOf(profile: CompiledProfile): Generator<Capture> {
	let files: string[] = []
	try {
		files = samplesOf(profile).map(({ capture }) => capture)
	} catch {
		return
	}
	for (const file of files.slice(0, MOST)) {
		try {
			yield readCapture(file, MAX_FILE)
		} catch {}
	}
}

function telegramsOf(capture: Capture, protocol: Protocol): Telegram[] {
	const reader = plainDecoder(protocol, testKeys(capture))
	const found: Telegram[] = []
	let room = MAX_DECODED
	for (const part of partsOf(capture)) {
		if (room <= 0) break
		const looked = part.subarray(0, room)
		room -= looked.length
		for (const item of [...reader.push(looked), ...reader.idle()]) if ('telegram' in item) found.push(item.telegram)
	}
	return found
}
