import { fromLatin1, latin1 } from '../../bytes/hex.ts'
import { hexText } from '../../telegram/identity.ts'
import type { OpenFrame } from './frames.ts'
import type { Pseudonyms } from './pseudonyms.ts'

const [STX, ETX] = [0x02, 0x03]
/** Codes under which ids stand: the meter's address and numbers, an owner's, heat meters' (9.20, 9.21). */
const ID_SET =
	/((?<=^|[^\d.:A-Z-])(?:\d{1,3}-\d{1,3}:)?(?:0\.0(?:\.\d{1,2})?|C\.1(?:\.\d{1,2})?|96\.1(?:\.\d{1,3})?|42\.0(?:\.0)?|9\.2[01])(?:[*&]\d{1,3})?)((?:\([^()]*\))+)/g
const LIKE_ID = /[A-Z]{3}\d{8,}/g
/** An id as hex, two digits to a character; eight digits are a number of their own. */
const HEX_ID = /^(?:3[0-9]|[2-7][0-9A-Fa-f]){8,}$/

/** Takes note of the ids of a readout. */
export function iecIds({ bytes }: OpenFrame, ids: Pseudonyms): void {
	replaced(latin1(bytes.map((byte) => byte & 0x7f)), ids)
}

/** Gives the readout with its ids replaced, its parity bits as they were and its block check right. */
export function iecFrame({ bytes }: OpenFrame, ids: Pseudonyms): Uint8Array {
	const etx = bytes.findLastIndex((byte) => (byte & 0x7f) === ETX)
	const isChecked = etx >= 0 && etx === bytes.length - 2
	// The block check may be any character: it is no text.
	const text = latin1(bytes.subarray(0, isChecked ? etx + 1 : bytes.length).map((byte) => byte & 0x7f))
	const made = fromLatin1(ids.replaced(replaced(text, ids)))
	const stx = made.indexOf(STX)
	const check = isChecked ? [made.subarray(stx + 1).reduce((sum, byte) => sum ^ byte, 0)] : []
	const parity = parityOf(bytes)
	return Uint8Array.from([...made, ...check], parity)
}

/** How the eighth bit is set. */
function parityOf(bytes: Uint8Array): (byte: number) => number {
	if (bytes.every((byte) => byte < 0x80)) return (byte) => byte
	const isOdd = bytes.every((byte) => ones(byte) === 1)
	return (byte) => (ones(byte) === (isOdd ? 1 : 0) ? byte : byte | 0x80)
}

/** Bits that are set, modulo 2. */
function ones(byte: number): number {
	let bits = byte ^ (byte >> 4)
	bits ^= bits >> 2
	bits ^= bits >> 1
	return bits & 1
}

function replaced(text: string, ids: Pseudonyms): string {
	return text
		.replace(ID_SET, (_, code: string, groups: string) => code + groups.replace(/[^()]+/g, (id) => otherOf(id, ids)))
		.replace(LIKE_ID, (id) => ids.text(id))
}

function otherOf(id: string, ids: Pseudonyms): string {
	if (!HEX_ID.test(id)) return ids.text(id)
	ids.text(hexText(id))
	return ids.replaced(id)
}
