import { abandon, noTransfer, type Transfer } from '../application/application.ts'
import { concat, own } from '../bytes/hex.ts'
import type { Rejected } from '../telegram/telegram.ts'

/** A sender on the line: the block transfer that it has begun, the bytes of its frames, and whether it has given a telegram. */
export type Sender = { readonly source: string; transfer: Transfer; pending: Uint8Array[]; isProven: boolean }

/** A transfer that was given up, and the bytes of its frames. */
export type GivenUp = Rejected & { bytes: Uint8Array }

/** An HDLC line has one meter; this many have never been on one. */
const MANY_SENDERS = 64
/** Bytes of frames of transfers that go on, of all senders. One transfer carries 16 KiB at most. */
const MAX_PENDING = 64 * 1024

/** No frames. Never written to. */
export const NONE: Uint8Array[] = []

/**
 * The block transfers of the senders on a line. Whoever sends may invent addresses: transfers are bounded in number and bytes, and the oldest end for the
 * newest, first those of senders that have never given a telegram.
 */
export class Senders {
	/** In the order in which they came. Those that have given a telegram stay: a table that grows and shrinks with each telegram is slow. */
	readonly #all = new Map<string, Sender>()
	/** Frames that are pending, and their bytes. */
	#frames = 0
	#bytes = 0

	/** Frames of transfers that go on. */
	get frames(): number {
		return this.#frames
	}

	/** Gives the sender with these addresses. */
	of(source: string): Sender {
		return this.#all.get(source) ?? { source, transfer: noTransfer, pending: NONE, isProven: false }
	}

	/** Sets the transfer of a sender, after a frame of it. `isPart`: the frame goes on with the transfer before it. Gives what had to end for it. */
	keep(sender: Sender, transfer: Transfer, frame: Uint8Array, isPart: boolean): GivenUp[] {
		if (!isPart) this.#release(sender)
		sender.transfer = transfer
		const goesOn = transfer !== noTransfer && !transfer.broken
		if (goesOn) {
			if (sender.pending === NONE) sender.pending = []
			sender.pending.push(own(frame))
			this.#frames++
			this.#bytes += frame.length
		}
		if (transfer !== noTransfer || sender.isProven) this.#all.set(sender.source, sender)
		else this.#all.delete(sender.source)
		return this.#bytes > MAX_PENDING || this.#all.size > MANY_SENDERS ? this.#bounded(sender) : []
	}

	/** Gives the bytes of all pending frames. */
	pending(): Uint8Array[] {
		return [...this.#all.values()].flatMap(({ pending }) => pending)
	}

	/** Gives up the transfers whose first frame has no more than so many bytes. */
	interrupt(bytes: number): GivenUp[] {
		const ended: GivenUp[] = []
		for (const sender of this.#all.values())
			if (sender.transfer !== noTransfer && bytes >= (sender.pending[0]?.length ?? 0)) ended.push(...this.#end(sender))
		return ended
	}

	/** Ends what is too much, but not the transfer of `latest`, unless it is too much alone. */
	#bounded(latest: Sender): GivenUp[] {
		const ended: GivenUp[] = []
		while (this.#all.size > MANY_SENDERS || this.#bytes > MAX_PENDING) {
			const isTooMuch = (sender: Sender) => sender !== latest && (this.#all.size > MANY_SENDERS || sender.pending.length > 0)
			const others = [...this.#all.values()].filter(isTooMuch)
			const first = others.find(({ isProven }) => !isProven) ?? others[0] ?? latest
			ended.push(...this.#end(first))
			this.#all.delete(first.source)
		}
		return ended
	}

	#end(sender: Sender): GivenUp[] {
		const reason = abandon(sender.transfer)
		const bytes = concat(sender.pending)
		this.#release(sender)
		sender.transfer = noTransfer
		if (!sender.isProven) this.#all.delete(sender.source)
		return reason ? [{ ...reason, bytes }] : []
	}

	/** Forgets the pending frames of a sender. */
	#release(sender: Sender): void {
		for (const { length } of sender.pending) this.#bytes -= length
		this.#frames -= sender.pending.length
		sender.pending = NONE
	}
}
