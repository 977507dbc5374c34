import type { CaptureLine } from '../../schema/types/capture.ts'
import { concat, hex } from '../bytes/hex.ts'
import { type Protocol, plainDecoder } from '../decode/decoder.ts'
import { type Detected, detect } from '../decode/detect.ts'
import { type LinkName, links } from '../decode/registry.ts'
import type { Link } from '../link/link.ts'
import type { Keys, Telegram } from '../telegram/telegram.ts'

/** Bytes that are kept of one line: three minutes of a meter that sends 1 kB a second, and more telegrams than anybody needs. */
const MAX_BYTES = 192 * 1024
/** Bytes of a part at most: a line may never be silent. */
const MAX_PART = 8 * 1024
/** Bytes that are looked at: the newest. */
const LOOKED_AT = 16 * 1024
/** Bytes without a frame that show a wrong setting of the line: twice the longest telegram. */
const ENOUGH = 4096

/** Bytes in which a frame that begins may only have been cut off: the longest telegram at the end of the time. */
const CUT_OFF = 600

/** Bytes between two silences; `t`: ms from the beginning to their first. */
export type Part = { t: number; bytes: Uint8Array }

/** The evidence from one line: its bytes in parts between silences, frames with a right checksum, and what is in them. */
export class Evidence {
	bytes = 0
	readonly lines: (CaptureLine & { hex: string })[] = []
	readonly #began: number
	readonly #framers: [LinkName, Link][]
	readonly #frames = new Map<LinkName, number>()
	readonly #parts: Part[] = []
	#open: Uint8Array[] = []
	#openAt = 0
	#openBytes = 0
	#kept = 0
	/** Bytes that have come when they were looked at last, and what was found. */
	#looked = 0
	#found: Detected | undefined

	/** `began`: ms since 1970. */
	constructor(began: number) {
		this.#began = began
		// A link layer without a checksum takes anything: its frames prove nothing.
		const checked = (Object.keys(links) as LinkName[]).filter((name) => links[name].check !== undefined)
		this.#framers = checked.map((name) => [name, links[name].open({ blockCheck: 'optional' })])
	}

	/** Takes bytes as they came. */
	take(chunk: Uint8Array, received: number): void {
		this.bytes += chunk.length
		for (const [name, framer] of this.#framers) this.#count(name, framer.push(chunk))
		if (this.#openBytes > MAX_PART) this.#close()
		const t = Math.max(0, Math.round(received - this.#began))
		if (this.#openBytes === 0) this.#openAt = t
		this.#open.push(Uint8Array.from(chunk))
		this.#openBytes += chunk.length
		if (this.#kept + chunk.length > MAX_BYTES) return
		this.#kept += chunk.length
		this.lines.push({ t, hex: hex(chunk) })
	}

	/** Ends a part: nothing came for a while. */
	silence(): void {
		if (this.#openBytes === 0) return
		for (const [name, framer] of this.#framers) this.#count(name, framer.idle())
		this.#close()
	}

	/** Frames with a right checksum, of the link layer that has the most; `link` is undefined without any. */
	frames(): { link?: LinkName; count: number } {
		const [best] = [...this.#frames].sort((one, other) => other[1] - one[1])
		return best ? { link: best[0], count: best[1] } : { count: 0 }
	}

	/** Gives the newest parts, which are looked at; the unfinished one among them. */
	parts(): Part[] {
		return this.#openBytes > 0 ? [...this.#parts, { t: this.#openAt, bytes: concat(this.#open) }] : [...this.#parts]
	}

	/** Gives the bytes of these parts. */
	chunks(): Uint8Array[] {
		return this.parts().map(({ bytes }) => bytes)
	}

	/** Tells what the bytes are; looks again only when more have come. */
	detected(keys: Keys): Detected | undefined {
		if (this.#looked !== this.bytes) this.#found = detect(this.chunks(), keys)
		this.#looked = this.bytes
		return this.#found
	}

	/** Forgets what was found: other keys show more. */
	again(): void {
		this.#looked = 0
	}

	/** Gives the telegrams of what is kept. */
	telegrams(protocol: Protocol, keys: Keys): Telegram[] {
		const reader = plainDecoder(protocol, keys)
		const items = this.chunks().flatMap((part) => [...reader.push(part), ...reader.idle()])
		return items.flatMap((item) => ('telegram' in item ? [item.telegram] : []))
	}

	/** Whether so many bytes came without a frame that the setting of the line must be wrong; `quiet`: they have ended. */
	refutes(quiet: boolean): boolean {
		if (this.frames().count > 0 || this.bytes === 0) return false
		if (this.bytes >= ENOUGH) return true
		return quiet && this.bytes >= 16 && this.detected({})?.verdict === undefined
	}

	/** How much it says: frames prove more than their beginnings, and these more than bytes. */
	get weight(): number {
		const begins = this.bytes > 0 && this.detected({}) !== undefined
		return this.frames().count * 1_000_000 + (begins ? 500_000 : 0) + this.bytes
	}

	/** Whether so little came that the setting of the line may be right all the same: nothing, or the beginning of a frame. */
	get isOpen(): boolean {
		return this.bytes === 0 || (this.bytes < CUT_OFF && this.detected({})?.verdict === 'begun')
	}

	#close(): void {
		this.#parts.push({ t: this.#openAt, bytes: concat(this.#open) })
		this.#open = []
		this.#openBytes = 0
		while (this.#parts.length > 1 && this.#parts.reduce((sum, { bytes }) => sum + bytes.length, 0) > LOOKED_AT) this.#parts.shift()
	}

	#count(name: LinkName, events: ReturnType<Link['push']>): void {
		const count = events.filter(({ kind }) => kind === 'frame').length
		if (count > 0) this.#frames.set(name, (this.#frames.get(name) ?? 0) + count)
	}
}
