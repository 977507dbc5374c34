import { hdlc } from './hdlc.ts'
import type { Link, LinkName } from './link.ts'
import { llc } from './llc.ts'
import { p1 } from './p1.ts'
import { raw } from './raw.ts'

const links: Record<LinkName, () => Link> = { hdlc, p1, llc, raw }

/** A fresh decoder of the named link layer. */
export function openLink(name: LinkName): Link {
	return links[name]()
}
