import type { Decoder } from '../../schema/types/profile.ts'
import { type Application, whole } from '../application/application.ts'
import { dlms } from '../application/dlms/dlms.ts'
import { iec62056 as iec62056Application } from '../application/iec62056-21.ts'
import { mbus as mbusApplication } from '../application/mbus/mbus.ts'
import { p1 as p1Application } from '../application/p1.ts'
import { sml as smlApplication } from '../application/sml.ts'
import { hex, latin1 } from '../bytes/hex.ts'
import { hdlc, hdlcNotes } from '../link/hdlc.ts'
import { iec62056, iecBegins, iecNotes } from '../link/iec62056-21.ts'
import type { LinkLayer } from '../link/link.ts'
import { llc } from '../link/llc.ts'
import { mbus, mbusNotes } from '../link/mbus.ts'
import { p1, p1Notes } from '../link/p1.ts'
import { headerEnd, raw } from '../link/raw.ts'
import { sml, smlNotes } from '../link/sml.ts'

/** Link layers by their name in profiles. */
export type LinkName = Exclude<NonNullable<Decoder['link']>, 'auto'>
/** Applications that read bytes; JSON messages have no frames. */
export type ApplicationName = Exclude<NonNullable<Decoder['application']>, 'json'>

const none = () => []

/** Every link layer. Detection tries them in this order: those with a checksum first, the one that takes anything last. `carries`: the usual application first. */
export const links: Record<LinkName, LinkLayer & { carries: readonly ApplicationName[] }> = {
	hdlc: {
		open: hdlc,
		notes: hdlcNotes,
		check: 'FCS-16',
		begins: ([flag, format = 0]) => flag === 0x7e && (format & 0xf0) === 0xa0,
		carries: ['dlms', 'p1'],
	},
	mbus: {
		open: mbus,
		notes: mbusNotes,
		check: 'checksum of 8 bits',
		begins: ([one, , , four]) => one === 0x68 && four === 0x68,
		carries: ['mbus', 'dlms'],
	},
	sml: {
		open: sml,
		notes: smlNotes,
		check: 'CRC-16',
		begins: (bytes) => hex(bytes.subarray(0, 8)) === '1B1B1B1B01010101',
		carries: ['sml'],
	},
	p1: {
		open: p1,
		notes: p1Notes,
		check: 'CRC-16',
		begins: (bytes) => /^\s*\/[A-Za-z]{3}/.test(latin1(bytes.subarray(0, 16))),
		carries: ['p1'],
	},
	'iec62056-21': { open: iec62056, notes: iecNotes, begins: iecBegins, carries: ['iec62056-21'] },
	llc: { open: llc, notes: none, begins: ([one, two, three]) => one === 0xe6 && two === 0xe7 && three === 0x00, carries: ['dlms'] },
	// data-notification, general-glo-ciphering, general-block-transfer, a body alone
	raw: {
		open: raw,
		notes: none,
		begins: (bytes) => [0x0f, 0xdb, 0xe0, 0x01, 0x02].includes(bytes[0] ?? 0) || headerEnd(bytes) > 0,
		carries: ['dlms', 'p1'],
	},
}

/** Every application. The first that understands a frame is taken where none is stated. */
export const applications: Record<ApplicationName, Application> = {
	dlms,
	mbus: whole(mbusApplication),
	p1: whole(p1Application),
	sml: smlApplication,
	'iec62056-21': whole(iec62056Application),
}
