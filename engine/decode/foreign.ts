import { concat } from '../bytes/hex.ts'
import type { Protocol } from './decoder.ts'
import { detect } from './detect.ts'

/** Telnet's escape (RFC 854) and its commands WILL, WONT, DO and DONT. */
const [IAC, WILL, DONT] = [0xff, 0xfb, 0xfe]

/**
 * Says what bytes are in which a decoder finds no frame: those of a Telnet bridge, or of another protocol, with the profiles that `readers` gives for it.
 * Undefined where they look like nothing that is known.
 */
export function foreignTo(own: { link?: string }, bytes: Uint8Array, readers: (protocol: Protocol) => string[]): string | undefined {
	if (isTelnet(bytes))
		return 'the bridge speaks Telnet: it sends FF FB … and doubles each byte FF; set its port to raw TCP (ser2net: "raw" instead of "telnet")'
	const found = detect([bytes], {})
	if (!found || found.verdict === 'begun' || found.link === own.link) return undefined
	const names = readers(found)
	const shown = names.slice(0, MANY).join(', ') + (names.length > MANY ? ' …' : '')
	return `these bytes are ${found.application} in ${found.link} frames; profiles that read them: ${shown || 'none yet'}`
}

/** Profiles that are named. */
const MANY = 8

/** Tells Telnet by its negotiation, or by frames that come out when each FF FF is read as one. */
function isTelnet(bytes: Uint8Array): boolean {
	const command = bytes.findIndex((byte, at) => byte === IAC && isCommand(bytes[at + 1]) && (bytes[at + 2] ?? 255) < 50)
	if (command === 0) return true
	const plain = withoutTelnet(bytes)
	return plain.length < bytes.length && !isFramed(bytes) && isFramed(plain)
}

const isCommand = (byte = 0) => byte >= WILL && byte <= DONT
const isFramed = (bytes: Uint8Array) => {
	const found = detect([bytes], {})
	return found !== undefined && found.verdict !== 'begun'
}

/** Takes Telnet's commands out, and one of each two bytes FF. */
function withoutTelnet(bytes: Uint8Array): Uint8Array {
	const parts: Uint8Array[] = []
	let from = 0
	for (let at = 0; at < bytes.length - 1; at++) {
		if (bytes[at] !== IAC) continue
		const next = bytes[at + 1]
		if (next !== IAC && !isCommand(next)) continue
		parts.push(bytes.subarray(from, next === IAC ? at + 1 : at))
		at += next === IAC ? 1 : 2
		from = at + 1
	}
	return concat([...parts, bytes.subarray(from)])
}
