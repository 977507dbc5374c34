import { Queue } from './queue.ts'

/** Messages, and bytes of them, that are held before no more should come. A session hands over a thousand at once. */
const [MANY, MUCH] = [2000, 32 * 1024 * 1024]

/** The acknowledgement of a message, withheld until all readings of it are safe. */
export class Receipt {
	/** The packet identifier; 0 when its connection is lost. */
	id: number
	readonly bytes: number
	readonly #freed: () => void
	#holds = 1

	constructor(id: number, bytes: number, freed: () => void) {
		this.id = id
		this.bytes = bytes
		this.#freed = freed
	}

	/** Waits for one more `release`. */
	hold(): void {
		this.#holds++
	}

	/** Ends a hold; call it once for each, and once for the message itself. */
	release(): void {
		if (--this.#holds === 0) this.#freed()
	}

	get isFree(): boolean {
		return this.#holds <= 0
	}
}

/**
 * Acknowledges messages in the order of their arrival (MQTT 5, 4.6), each when nothing holds it any more. Messages of a lost connection keep their
 * place: one that is delivered again is acknowledged only after the readings of its first delivery are safe.
 */
export class Receipts {
	readonly #acknowledge: (id: number) => void
	readonly #tellFull: (full: boolean) => void
	readonly #queue = new Queue<Receipt>()
	#bytes = 0
	#isFull = false

	/** `full` is told when too much is held, and when that is over: a broker may hand over more than it was asked for, again after each reconnect. */
	constructor(acknowledge: (id: number) => void, full: (full: boolean) => void = () => undefined) {
		this.#acknowledge = acknowledge
		this.#tellFull = full
	}

	/** Takes a message by its packet identifier. It is held until its receipt is released. */
	take(id: number, bytes = 0): Receipt {
		const receipt = new Receipt(id, bytes, this.#release)
		this.#queue.push(receipt)
		this.#bytes += bytes
		this.#look()
		return receipt
	}

	/** Says whether so much is held that no more should come. */
	full(): boolean {
		return this.#isFull
	}

	/** Forgets the identifiers of a lost connection: the broker sends its messages again, with other ones. */
	lost(): void {
		this.#queue.each((receipt) => {
			receipt.id = 0
		})
	}

	readonly #release = (): void => {
		for (let first = this.#queue.at(); first?.isFree; first = this.#queue.at()) {
			this.#queue.shift()
			this.#bytes -= first.bytes
			if (first.id > 0) this.#acknowledge(first.id)
		}
		this.#look()
	}

	/** Tells when too much is held, and when half of it is gone. */
	#look(): void {
		const share = this.#isFull ? 0.5 : 1
		const isFull = this.#queue.size >= MANY * share || this.#bytes >= MUCH * share
		if (isFull === this.#isFull) return
		this.#isFull = isFull
		this.#tellFull(isFull)
	}
}
