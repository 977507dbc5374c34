import { hdlc } from './hdlc.ts'
import type { LinkName } from './link.ts'
import { p1 } from './p1.ts'

/** Tags of the APDUs that can begin a line: data-notification, general-glo-ciphering, general-block-transfer. */
const APDU_TAGS = [0x0f, 0xdb, 0xe0]

/**
 * Tells the link layer from the bytes: the one whose frames verify, else the one whose beginning it has.
 * Undefined when it is like none of them.
 */
export function detectLink(bytes: Uint8Array): LinkName | undefined {
	for (const [name, link] of [['hdlc', hdlc()] as const, ['p1', p1()] as const]) {
		if ([...link.push(bytes), ...link.idle()].some((event) => event.kind === 'frame')) return name
	}
	if (bytes[0] === 0xe6 && bytes[1] === 0xe7 && bytes[2] === 0x00) return 'llc'
	if (bytes[0] === 0x7e && ((bytes[1] ?? 0) & 0xf0) === 0xa0) return 'hdlc'
	if (/^\s*\/[A-Za-z]{3}/.test(String.fromCharCode(...bytes.subarray(0, 16)))) return 'p1'
	return APDU_TAGS.includes(bytes[0] ?? -1) ? 'raw' : undefined
}
