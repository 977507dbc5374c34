import { indexOf } from '../bytes/hex.ts'
import { framer } from './framer.ts'
import type { Link } from './link.ts'

/**
 * LLC without HDLC (no-kamstrup-1ph-null-padding-35): E6 E7 00, then an APDU, up to the next silence.
 * The payload keeps the header; what comes before it is noise.
 */
export function llc(): Link {
	return framer((buffer, ended, _delimited, looked) => {
		const start = isHeader(buffer, 0) ? 0 : headerAt(buffer, Math.max(0, looked - 2))
		if (start > 0) return { drop: start, reason: 'noise' }
		if (!ended) return 'wait'
		return start === 0 ? { take: buffer.length, payload: buffer } : { drop: buffer.length, reason: 'noise' }
	})
}

const isHeader = (buffer: Uint8Array, at: number) => buffer[at] === 0xe6 && buffer[at + 1] === 0xe7 && buffer[at + 2] === 0x00

/** Where the first header stands, at or after `from`; -1 for nowhere. */
function headerAt(buffer: Uint8Array, from: number): number {
	for (let at = indexOf(buffer, 0xe6, from); at >= 0; at = indexOf(buffer, 0xe6, at + 1)) if (isHeader(buffer, at)) return at
	return -1
}
