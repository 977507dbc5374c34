/* Generated from schema/diagnostics.schema.json by `npm run types`. Do not edit. */

/**
 * The same in one word: the port is not open; no bytes arrive; bytes, and no frame among them; frames that our key does not open; frames that are rejected (the reason is under `rejected`); telegrams of which the profile maps nothing; telegrams that were there before.
 *
 * This interface was referenced by `Diagnostics`'s JSON-Schema
 * via the `definition` "Cause".
 */
export type Cause = 'port' | 'no-bytes' | 'no-frames' | 'key' | 'rejected' | 'not-mapped' | 'duplicate'
/**
 * Why something that arrived was not used. A closed list, the same in decode --json and here; `meter`, `profile` and `shard` are of a translator: a raw message of a meter that it does not know, whose profile it cannot use, or on the wrong shard.
 *
 * This interface was referenced by `Diagnostics`'s JSON-Schema
 * via the `definition` "Reason".
 */
export type Reason =
	| 'length'
	| 'fcs'
	| 'hcs'
	| 'sum'
	| 'crc'
	| 'bcc'
	| 'blocks'
	| 'nokey'
	| 'key'
	| 'tag'
	| 'replay'
	| 'duplicate'
	| 'suite'
	| 'syntax'
	| 'layout'
	| 'depth'
	| 'limit'
	| 'incomplete'
	| 'error'
	| 'noise'
	| 'unknown'
	| 'meter'
	| 'profile'
	| 'shard'

/**
 * The message on `cii/<meter>/diagnostics`: how much came in, and what became of it.
 */
export interface Diagnostics {
	schema: 'cii.diagnostics/1'
	/**
	 * The meter's name in the config; the instance in a translator's own.
	 */
	meter: string
	/**
	 * Profile and version that run now.
	 */
	profile: string
	/**
	 * When counting began.
	 */
	since: string
	/**
	 * State of the port: `open`, or why it is not.
	 */
	port: string
	/**
	 * Frames whose checksum was right, or JSON messages.
	 */
	frames: number
	/**
	 * Readings published.
	 */
	readings: number
	/**
	 * Bytes that arrived.
	 */
	bytes?: number
	/**
	 * Pieces that were no frame, by reason.
	 */
	discarded: {
		[k: string]: number
	}
	/**
	 * Frames that gave no telegram, by reason.
	 */
	rejected: {
		[k: string]: number
	}
	/**
	 * Fields that were left out, by `field:code`, and messages that an output did not give, by `output ‹name›`.
	 */
	issues: {
		[k: string]: number
	}
	/**
	 * The outputs that are asked for this meter, by their name.
	 */
	outputs?: {
		[k: string]: Asked
	}
	/**
	 * The last rejection in words.
	 */
	last_rejected?: string
	/**
	 * When the last reading was received.
	 */
	last_reading?: string
	/**
	 * Why there are no readings, while there are none.
	 */
	silence?: string
	cause?: Cause
}
/**
 * This interface was referenced by `Diagnostics`'s JSON-Schema
 * via the `definition` "Asked".
 */
export interface Asked {
	/**
	 * Requests that were answered with values.
	 */
	answered: number
	/**
	 * Requests that were answered with the device's error, since the values were absent or too old.
	 */
	unavailable: number
	/**
	 * Requests and connections that were refused, by reason: `request` (not understood, or a command), `path`, `method`, `size`, `slow`, `connections`, `rate`, `origin`, `error` (the expression failed).
	 */
	refused: {
		[k: string]: number
	}
}
