import type { Receipt } from './receipts.ts'

/** A message to publish, QoS 1. */
export type OutMessage = {
	topic: string
	payload: string | Uint8Array
	retain: boolean
	/** MQTT 5 user properties. */
	properties?: Record<string, string>
	/** MQTT 5 content type: the payload is text then. */
	contentType?: string
	/** Seconds after which the broker forgets it (MQTT 5). */
	expiry?: number
	/** Called once it is acknowledged, refused or dropped; lost with the process. */
	settled?: () => void
}

/** An MQTT message as it arrived. `retain`: the broker had kept it from before; `properties`: of MQTT 5. */
export type Message = { topic: string; payload: Uint8Array; retain: boolean; properties?: Record<string, string> }

/** An MQTT message that came in. `properties`: MQTT 5 user properties; `receipt`: in a session that withholds acknowledgements. */
export type InMessage = { topic: string; payload: Uint8Array; retain: boolean; properties: Record<string, string>; receipt?: Receipt }
