import type { Receipt } from './receipts.ts'

/** A message to publish, QoS 1. */
export type OutMessage = {
	topic: string
	payload: string | Uint8Array
	retain: boolean
	/** A retained message that holds for this connection: it is not sent on the next one, whether the broker had it or not. */
	once?: true
	/** MQTT 5 user properties. The object is not changed any more: messages of a topic may share it. */
	properties?: Readonly<Record<string, string>>
	/** MQTT 5 content type: the payload is text then. */
	contentType?: string
	/** Called once with whether the broker has accepted the message, or it was refused or dropped; not kept on disk. */
	settled?: (accepted: boolean) => void
}

/** An MQTT message that arrived. `retain`: the broker had kept it; `properties`: MQTT 5 user properties. */
export type Message = { topic: string; payload: Uint8Array; retain: boolean; properties?: Readonly<Record<string, string>> }

/** A message of a connection. `receipt`: in a session that withholds acknowledgements. */
export type InMessage = Message & { properties: Readonly<Record<string, string>>; receipt?: Receipt | undefined }
