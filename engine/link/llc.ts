import { framer } from './framer.ts'
import type { Link } from './link.ts'

/**
 * LLC without HDLC (no-kamstrup-1ph-null-padding-35): E6 E7 00, then an APDU, up to the next silence.
 * The payload keeps the header; what comes before it is noise.
 */
export function llc(): Link {
	return framer((buffer, ended) => {
		const start = buffer.findIndex((byte, at) => byte === 0xe6 && buffer[at + 1] === 0xe7 && buffer[at + 2] === 0x00)
		if (start > 0) return { drop: start, reason: 'noise' }
		if (!ended) return 'wait'
		return start === 0 ? { take: buffer.length, payload: buffer } : { drop: buffer.length, reason: 'noise' }
	})
}
