/** The line of a conversation. */
export type Line = {
	write(bytes: Uint8Array): void
	/** Changes the speed; undefined for a line without one (TCP), where the meter is asked to keep its speed. */
	setBaudRate: ((baudRate: number) => void) | undefined
	/** Takes bytes of the meter's answer. */
	answer(chunk: Uint8Array): void
	status(text: string): void
}

/** A conversation with a meter that waits to be asked, from `begin` to `end`. */
export type Session = { begin(): void; bytes(chunk: Uint8Array): void; end(): void }
