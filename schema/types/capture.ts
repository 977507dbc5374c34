/* Generated from schema/capture.schema.json by `npm run types`. Do not edit. */

/**
 * This interface was referenced by `CaptureHeader`'s JSON-Schema
 * via the `definition` "Line".
 */
export type CaptureLine = CaptureBytes | CaptureMessage

/**
 * First line of a capture. Every further line is one of the definition Line.
 */
export interface CaptureHeader {
	/**
	 * Version of the format.
	 */
	capture: 1
	/**
	 * Which meter: operator, maker, model.
	 */
	meter: string
	/**
	 * Whence it is: repository, file and commit, or who recorded it when.
	 */
	source: string
	/**
	 * Licence of the source.
	 */
	license: string
	/**
	 * False: composed, not recorded; `note` says how. True by default.
	 */
	recorded?: boolean
	/**
	 * Remarks for readers: timing made up, ids replaced, …
	 */
	note?: string
	/**
	 * Line settings or topic of the recording.
	 */
	transport?: {}
	/**
	 * Keys that the source published for testing, as hex digits.
	 */
	testKeys?: {
		encryption?: string
		authentication?: string
	}
}
export interface CaptureBytes {
	/**
	 * Milliseconds since the start.
	 */
	t: number
	/**
	 * Bytes as they arrived.
	 */
	hex: string
}
export interface CaptureMessage {
	/**
	 * Milliseconds since the start.
	 */
	t: number
	/**
	 * MQTT topic.
	 */
	topic: string
	/**
	 * Payload as text.
	 */
	payload: string
	/**
	 * True: the broker had kept the message; it is no reading.
	 */
	retain?: boolean
}
