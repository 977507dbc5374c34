import { concat } from '../../bytes/hex.ts'
import { type Protocol, plainDecoder } from '../../decode/decoder.ts'
import { links } from '../../decode/registry.ts'
import type { Keys, Telegram } from '../../telegram/telegram.ts'

/** A general block transfer of more frames is nothing that a meter pushes. */
const MAX_FRAMES = 64

/** A frame: its bytes, and what it carries. */
export type OpenFrame = { bytes: Uint8Array; payload: Uint8Array }

/** Finds the frames in bytes. */
export function openFrames(bytes: Uint8Array, link: Protocol['link']): OpenFrame[] {
	const reader = links[link].open({ blockCheck: 'optional' })
	return [...reader.push(bytes), ...reader.idle()].flatMap((event) =>
		event.kind === 'frame' ? [{ bytes: Uint8Array.from(event.bytes), payload: Uint8Array.from(event.payload) }] : [],
	)
}

/** Gives the frames that make up telegrams, without those between them: what begins in mid-telegram is never looked into. */
export function wholeTelegrams(frames: OpenFrame[], protocol: Protocol, keys: Keys): OpenFrame[] {
	const reader = plainDecoder(protocol, keys)
	let group: OpenFrame[] = []
	return frames.flatMap((frame) => {
		group = [...group, frame].slice(-MAX_FRAMES)
		const items = reader.push(frame.bytes)
		// A readout without block check ends with silence; to a transfer of blocks silence is an end, too.
		if (protocol.link === 'iec62056-21') items.push(...reader.idle())
		if (!items.some((item) => 'telegram' in item)) return []
		const from = group.findIndex((_, first) => isWhole(group.slice(first), protocol, keys))
		const found = from < 0 ? [] : group.slice(from)
		group = []
		return found
	})
}

/** Whether frames on their own give telegrams, and nothing else. */
function isWhole(frames: OpenFrame[], protocol: Protocol, keys: Keys): boolean {
	const items = itemsOf(concat(frames.map(({ bytes }) => bytes)), protocol, keys)
	return items.length > 0 && items.every((item) => 'telegram' in item)
}

/** Reads the telegrams in bytes. */
export const telegramsIn = (bytes: Uint8Array, protocol: Protocol, keys: Keys): Telegram[] =>
	itemsOf(bytes, protocol, keys).flatMap((item) => ('telegram' in item ? [item.telegram] : []))

function itemsOf(bytes: Uint8Array, protocol: Protocol, keys: Keys) {
	const reader = plainDecoder(protocol, keys)
	return [...reader.push(bytes), ...reader.idle()]
}
