import type { Decoder } from '../../schema/types/profile.ts'
import { hex, latin1 } from '../bytes/hex.ts'
import { hdlc, hdlcNotes } from './hdlc.ts'
import { iec62056, iecBegins, iecNotes } from './iec62056-21.ts'
import type { LinkLayer } from './link.ts'
import { llc } from './llc.ts'
import { mbus, mbusNotes } from './mbus.ts'
import { p1, p1Notes } from './p1.ts'
import { headerEnd, raw } from './raw.ts'
import { sml, smlNotes } from './sml.ts'

/** Link layers by their name in profiles. */
export type LinkName = Exclude<NonNullable<Decoder['link']>, 'auto'>

const none = () => []

/** Every link layer. Detection tries them in this order: those with a checksum first, the one that takes anything last. */
export const links: Record<LinkName, LinkLayer> = {
	hdlc: {
		open: hdlc,
		notes: hdlcNotes,
		check: 'FCS-16',
		begins: ([flag, format = 0]) => flag === 0x7e && (format & 0xf0) === 0xa0,
	},
	mbus: {
		open: mbus,
		notes: mbusNotes,
		check: 'checksum of 8 bits',
		begins: ([one, , , four]) => one === 0x68 && four === 0x68,
	},
	sml: {
		open: sml,
		notes: smlNotes,
		check: 'CRC-16',
		begins: (bytes) => hex(bytes.subarray(0, 8)) === '1B1B1B1B01010101',
	},
	p1: {
		open: p1,
		notes: p1Notes,
		check: 'CRC-16',
		begins: (bytes) => /^\s*\/[A-Za-z]{3}/.test(latin1(bytes.subarray(0, 16))),
	},
	'iec62056-21': {
		open: iec62056,
		notes: iecNotes,
		begins: iecBegins,
	},
	llc: { open: llc, notes: none, begins: ([one, two, three]) => one === 0xe6 && two === 0xe7 && three === 0x00 },
	// data-notification, general-glo-ciphering, general-block-transfer, a body alone
	raw: {
		open: raw,
		notes: none,
		begins: (bytes) => [0x0f, 0xdb, 0xe0, 0x01, 0x02].includes(bytes[0] ?? 0) || headerEnd(bytes) > 0,
	},
}
