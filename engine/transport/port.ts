import type { MeterTransport } from '../../schema/types/config.ts'
import type { Transport as ProfileTransport } from '../../schema/types/profile.ts'
import type { Message } from '../mqtt/message.ts'

/** Where a meter is, which the config alone says: device or file, host and port, or a broker of its own. */
type Address = { [Key in 'path' | 'host' | 'port' | 'url']?: NonNullable<MeterTransport[Key]> }

/** A meter's input: how bytes come, as its profile says, and from where. */
export type Transport = ProfileTransport & Address

/** Events of a port. Times are ms since 1970. */
export type PortEvents = {
	/** Takes bytes; a promise resolves when they were worked on, where that is not at once. */
	bytes(chunk: Uint8Array, received: number): Promise<void> | undefined
	/** No bytes for the idle time after the last ones. */
	idle(received: number): void
	message(message: Message, received: number): void
	/** `open`, or in words why not; only when it changes. */
	status(text: string): void
	/** A recording starts, or starts again; its meter's times are shifted by `clockShift` ms. */
	restart(clockShift: number): void
}

/** A port that opens, and reopens until it is closed. */
export type Port = { close(): Promise<void> }

/** Passes on only texts that differ from the previous one. */
export function onChange(tell: (text: string) => void): (text: string) => void {
	let last: string | undefined
	return (text) => {
		if (text !== last) tell(text)
		last = text
	}
}

/** The line of a conversation. */
export type Line = {
	write(bytes: Uint8Array): void
	/** Changes the speed; undefined for a line without one (TCP), where the meter is asked to keep its speed. */
	setBaudRate: ((baudRate: number) => void) | undefined
	/** Takes bytes of the meter's answer. */
	answer(chunk: Uint8Array): Promise<void> | undefined
	status(text: string): void
}

/** A conversation with a meter that waits to be asked, from `begin` to `end`. */
export type Session = { begin(): void; bytes(chunk: Uint8Array): Promise<void> | undefined; end(): void }

/** Makes the conversation of a line; undefined for a meter that sends by itself. */
export type Converse = (line: Line) => Session | undefined
