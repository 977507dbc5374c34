import type { Version } from './packets.ts'
import { PROPERTY, type Properties } from './properties.ts'

/** What a broker can do, as its CONNACK says. */
export type Limits = {
	/** Messages that may be on their way. */
	inFlight: number
	/** Bytes of the largest packet. */
	maximumPacket: number
	qos: 0 | 1
	/** It keeps retained messages. */
	retain: boolean
	/** It takes filters with + and #. */
	wildcards: boolean
	/** It takes numbers for subscriptions. */
	identifiers: boolean
	/** Seconds without a packet after which it gives this client up, where it says so itself; 0: never. */
	keepAlive: number | undefined
	/** The client id that it has chosen for an empty one. */
	clientId: string | undefined
}

/** Messages that are on their way at most: more wait in the outbox. */
const MAX_IN_FLIGHT = 100

/** Reads the limits of a broker; MQTT 3.1.1 has none. */
export function limitsOf({ values }: Properties, version: Version): Limits {
	const number = (code: number, otherwise: number) => {
		const value = values[code]
		return typeof value === 'number' ? value : otherwise
	}
	const keepAlive = number(PROPERTY.serverKeepAlive, 0)
	const clientId = values[PROPERTY.assignedClientId]
	return {
		inFlight: Math.min(MAX_IN_FLIGHT, number(PROPERTY.receiveMaximum, MAX_IN_FLIGHT)),
		maximumPacket: number(PROPERTY.maximumPacket, Number.POSITIVE_INFINITY),
		qos: number(PROPERTY.maximumQos, 1) === 0 ? 0 : 1,
		retain: number(PROPERTY.retainAvailable, 1) === 1,
		wildcards: number(PROPERTY.wildcards, 1) === 1,
		identifiers: version === 5 && number(PROPERTY.identifiers, 1) === 1,
		keepAlive: keepAlive === 0 ? undefined : keepAlive,
		clientId: typeof clientId === 'string' ? clientId : undefined,
	}
}
