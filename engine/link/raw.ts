import { framer } from './framer.ts'
import type { Link } from './link.ts'

/** No link layer: what comes between two silences is one APDU. */
export function raw(): Link {
	return framer((buffer, { ended }) => (ended ? { take: buffer.length, payload: buffer } : 'wait'))
}
