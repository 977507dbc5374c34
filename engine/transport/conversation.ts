/** What a conversation needs of the line. */
export type Line = {
	write(bytes: Uint8Array): void
	/** Changes the speed; undefined where the line has none (TCP): then the meter is asked to stay at the speed it has. */
	setBaudRate: ((baudRate: number) => void) | undefined
	/** Bytes that are the meter's answer. */
	answer(chunk: Uint8Array): void
	status(text: string): void
}

/** A conversation with a meter that waits to be asked, from `begin` to `end`. */
export type Session = { begin(): void; bytes(chunk: Uint8Array): void; end(): void }
