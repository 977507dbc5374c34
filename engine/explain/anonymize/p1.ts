import { crcArc } from '../../bytes/crc.ts'
import { fromLatin1, latin1 } from '../../bytes/hex.ts'
import type { OpenFrame } from './frames.ts'
import type { Pseudonyms } from './pseudonyms.ts'

/** Gives the telegram with its ids replaced and its checksum right. */
export function p1Frame({ bytes }: OpenFrame, ids: Pseudonyms): Uint8Array {
	const [, body = '', crc = '', end = ''] = /^([\s\S]*!)([0-9A-Fa-f]*)([\s\S]*)$/.exec(ids.replaced(latin1(bytes))) ?? []
	return fromLatin1(body + (crc === '' ? '' : crcArc(fromLatin1(body)).toString(16).toUpperCase().padStart(4, '0')) + end)
}
