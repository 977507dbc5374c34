import type { Decoder } from '../../schema/types/profile.ts'

/** Link layers and applications as profiles name them. */
type Link = Exclude<NonNullable<Decoder['link']>, 'auto'>
type Application = Exclude<NonNullable<Decoder['application']>, 'json'>

/** Which applications stand on a link layer, the usual one first. */
export const CARRIES: Record<Link, readonly Application[]> = {
	hdlc: ['dlms', 'p1'],
	mbus: ['mbus', 'dlms'],
	sml: ['sml'],
	p1: ['p1'],
	'iec62056-21': ['iec62056-21'],
	llc: ['dlms'],
	raw: ['dlms', 'p1'],
}
