import { existsSync, readFileSync, statSync } from 'node:fs'
import { concat, fromHex, hex } from '../engine/bytes/hex.ts'
import { type Pasted, pastedLines } from '../engine/explain/pasted.ts'
import { testKeys } from '../engine/pipeline/replay.ts'
import type { Keys } from '../engine/telegram/telegram.ts'
import { partsOf } from '../engine/transport/capture.ts'
import type { CaptureHeader, CaptureLine } from '../schema/types/capture.ts'

/** One input: its bytes (all, and in parts between silences) or messages, and the keys that a capture publishes for testing. */
export type Input = { bytes: Uint8Array; parts: Uint8Array[]; messages: Extract<CaptureLine, { topic: string }>[]; keys: Keys }

/** 10 MB: more than an hour of any meter. */
const MAX_INPUT = 10 * 1024 * 1024

let standardInput: Buffer | undefined

/**
 * Reads what `decode` was given: a file (hex text, base64, a P1 or IEC 62056-21 telegram as text, raw bytes, JSON of an adapter, a capture), `-` for standard
 * input, or hex digits themselves. Throws an Error that says what is wrong.
 */
export function readInput(argument: string): Input {
	return inputOf(readPasted(argument))
}

/** Reads the same as lines of a recording, from a file of `most` bytes. Throws an Error that says what is wrong. */
export function readPasted(argument: string, most = MAX_INPUT): Pasted {
	if (argument !== '-' && !existsSync(argument)) {
		const bytes = fromHex(argument)
		if (bytes && bytes.length > 0) return { lines: [{ t: 0, hex: hex(bytes) }] }
		throw new Error(`${argument.slice(0, 80)} is neither a file nor hex digits`)
	}
	if (argument !== '-' && statSync(argument).isDirectory()) throw new Error(`${argument} is a folder: name a file in it`)
	if (argument !== '-' && !statSync(argument).isFile()) throw new Error(`${argument} is no file`)
	if (argument !== '-' && statSync(argument).size > most) throw new Error(`${argument} is longer than ${most} bytes`)
	// Standard input can be read once only.
	if (argument === '-') standardInput ??= readFileSync(0)
	const content = argument === '-' && standardInput ? standardInput : readFileSync(argument)
	if (content.length > most) throw new Error(`${argument} is longer than ${most} bytes`)
	return pastedLines(content, argument)
}

/** A capture without a header, for what is none. */
const BARE: CaptureHeader = { capture: 1, meter: '', source: '', license: '' }

function inputOf({ header = BARE, lines }: Pasted): Input {
	const capture = { header, lines }
	const parts = partsOf(capture)
	return { bytes: concat(parts), parts, messages: lines.flatMap((line) => ('topic' in line ? [line] : [])), keys: testKeys(capture) }
}
