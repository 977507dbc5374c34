import { type Application, whole } from '../application/application.ts'
import { dlms } from '../application/dlms/dlms.ts'
import { iec62056 as iec62056Application } from '../application/iec62056-21.ts'
import { mbus as mbusApplication } from '../application/mbus/mbus.ts'
import { p1 as p1Application } from '../application/p1.ts'
import { sml as smlApplication } from '../application/sml.ts'
import { hex, latin1 } from '../bytes/hex.ts'
import { hdlc, hdlcNotes, hdlcOpening } from '../link/hdlc.ts'
import { iec62056, iecBegins, iecNotes } from '../link/iec62056-21.ts'
import type { LinkLayer } from '../link/link.ts'
import { llc } from '../link/llc.ts'
import { mbus, mbusLength, mbusNotes } from '../link/mbus.ts'
import { p1, p1Notes } from '../link/p1.ts'
import { headerEnd, raw } from '../link/raw.ts'
import { sml, smlNotes } from '../link/sml.ts'

/**
 * A dialect: how its bytes are framed, and the applications that its frames carry, the usual one first. `frames` says for people what a frame is.
 * The schema's names, detection, the command line and the tables of profiles/README.md follow from it (npm run types).
 */
type Dialect = LinkLayer & { frames: string; carries: Record<string, Application> }

/** A frame that has nothing of its own around what it carries. */
const bare = (bytes: Uint8Array) => [{ at: 0, length: bytes.length, text: 'no frame around it: all of it is what it carries' }]
const p1Text = whole(p1Application)

/** Every dialect by the name of its link layer. Detection tries them in this order: those with a checksum first, the one that takes anything last. */
const dialects = {
	hdlc: {
		frames: 'HDLC frames (IEC 62056-46), segments joined',
		open: hdlc,
		notes: hdlcNotes,
		opening: hdlcOpening,
		check: 'FCS-16',
		begins: ([flag, format = 0]) => flag === 0x7e && (format & 0xf0) === 0xa0,
		carries: { dlms, p1: p1Text },
	},
	mbus: {
		frames: 'wired M-Bus (EN 13757-2); the segments of its DLMS transport joined',
		open: mbus,
		notes: mbusNotes,
		length: mbusLength,
		check: 'checksum of 8 bits',
		begins: ([one, , , four]) => one === 0x68 && four === 0x68,
		carries: { mbus: whole(mbusApplication), dlms },
	},
	sml: {
		frames: 'SML transport version 1',
		open: sml,
		notes: smlNotes,
		check: 'CRC-16',
		begins: (bytes) => hex(bytes.subarray(0, 8)) === '1B1B1B1B01010101',
		carries: { sml: smlApplication },
	},
	p1: {
		frames: 'DSMR text from `/` to `!`, its checksum from version 4 on',
		open: p1,
		notes: p1Notes,
		check: 'CRC-16',
		begins: (bytes) => /^\s*\/[A-Za-z]{3}/.test(latin1(bytes.subarray(0, 16))),
		// Without a CRC the same lines may be a pushed readout of IEC 62056-21, which writes F in its codes.
		unlikely: (bytes) => /\d\*\d{1,3}\(/.test(latin1(bytes)) && !/![0-9A-Fa-f]{3}/.test(latin1(bytes)),
		carries: { p1: p1Text },
	},
	'iec62056-21': {
		frames: 'readouts of IEC 62056-21, pushed or asked for (`transport.signOn`); a block check where STX opens them',
		open: iec62056,
		notes: iecNotes,
		begins: iecBegins,
		carries: { 'iec62056-21': whole(iec62056Application) },
	},
	llc: {
		frames: 'an APDU behind `E6 E7 00`: to its declared length, or silence',
		open: llc,
		notes: bare,
		begins: ([one, two, three]) => one === 0xe6 && two === 0xe7 && three === 0x00,
		carries: { dlms },
	},
	raw: {
		frames: 'an APDU straight on the line (also P1 text that is ciphered): to its declared length, or silence',
		open: raw,
		notes: bare,
		// data-notification, general-glo-ciphering, general-block-transfer, a body alone
		begins: (bytes) => [0x0f, 0xdb, 0xe0, 0x01, 0x02].includes(bytes[0] ?? 0) || headerEnd(bytes) > 0,
		carries: { dlms, p1: p1Text },
	},
} satisfies Record<string, Dialect>

/** Link layers by their name in profiles. */
export type LinkName = keyof typeof dialects
type KeysOf<T> = T extends unknown ? keyof T : never
/** Applications that read bytes. */
export type ApplicationName = KeysOf<(typeof dialects)[LinkName]['carries']>

/** A link layer, and the applications on it by name, the usual one first. */
type LinkEntry = LinkLayer & { frames: string; carries: readonly ApplicationName[] }

const rows: [string, Dialect][] = Object.entries(dialects)

// Object.fromEntries and Object.keys know no names: the casts give back those of the table.
/** Every link layer by name, in the order of detection. */
export const links = Object.fromEntries(
	rows.map(([name, { carries, ...link }]): [string, LinkEntry] => [name, { ...link, carries: Object.keys(carries) as ApplicationName[] }]),
) as Readonly<Record<LinkName, LinkEntry>>

/** Every application by name. */
export const applications: Readonly<Record<ApplicationName, Application>> = Object.assign({}, ...rows.map(([, { carries }]) => carries))

/** Applications that read whole messages of an adapter, which have no frames. */
export const messageApplications = ['json', 'value'] as const

/** Tells whether an application reads whole messages, not bytes. */
export function readsMessages(application: string | undefined): application is (typeof messageApplications)[number] {
	return application === 'json' || application === 'value'
}
