import { concealed, named } from '../text/names.ts'
import { visible } from '../text/visible.ts'
import type { Answer } from './outbox.ts'
import { type ConnectionSettings, placeOf } from './settings.ts'

/** Why a connection ended. */
export type Down =
	/** It broke, the other end closed it, or the broker did not answer in time (`late`). */
	| { kind: 'closed'; error?: Error & { code?: unknown }; late?: true }
	/** The broker does not let this client in, or ended the connection: its reason code. */
	| { kind: 'refused' | 'dismissed'; code: number }
	/** It does not speak this version of MQTT. */
	| { kind: 'version' }
	/** It does what a broker must not do, or not what it must. */
	| { kind: 'fault'; text: string }

type ConnectionError = Error & { code?: unknown }

/** The causes that have a remedy, by code: numbers are MQTT return and reason codes, words those of Node. */
const REASONS: [codes: unknown[], reason: (place: string, settings: ConnectionSettings) => string][] = [
	[['ECONNREFUSED'], (place) => `no broker answers at ${place}: is it running, and is the port right?`],
	[['ENOTFOUND', 'EAI_AGAIN'], (place) => `the host name in ${place} is unknown: check mqtt.url`],
	[['ETIMEDOUT', 'EHOSTUNREACH'], (place) => `${place} cannot be reached: check the network and mqtt.url`],
	[
		[4, 5, 134, 135],
		(place, { username }) =>
			`${place} refuses user ${username === undefined ? '(none)' : named(username)}: check mqtt.username and mqtt.password`,
	],
	[[2, 133], (place, { clientId }) => `${place} refuses the client id ${named(clientId)}: set mqtt.clientId`],
	[
		['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
		(place) => `the certificate of ${place} is not signed by a trusted authority: name its authority in mqtt.ca`,
	],
	[['CERT_HAS_EXPIRED'], (place) => `the certificate of ${place} has expired: renew it at the broker`],
	[
		['ERR_TLS_CERT_ALTNAME_INVALID'],
		(place) => `the certificate of ${place} is for another host name: use that name in mqtt.url, or set mqtt.servername`,
	],
	[['ECONNRESET'], (place) => `${place} hangs up${place.startsWith('mqtts') ? ': does this port speak TLS?' : ''}`],
]

/** Says in words why there is no connection, and what to do. */
export function reasonOf(error: ConnectionError, settings: ConnectionSettings): string {
	const place = placeOf(settings)
	const [, reason] = REASONS.find(([codes]) => codes.includes(error.code)) ?? []
	return reason?.(place, settings) ?? `${place}: ${concealed(visible(error.message || String(error.code ?? 'connection failed'), 300))}`
}

/** Reason codes of MQTT 5 (2.4), as people say them; below 6 those of 3.1.1. */
const CODES: Record<number, string> = {
	0: 'no reason given',
	1: 'it does not speak this version of MQTT',
	3: 'it is not available',
	128: 'no reason given',
	129: 'a malformed packet',
	130: 'a protocol error',
	131: 'a reason of its own',
	135: 'not authorized',
	136: 'it is not available',
	137: 'it is busy',
	138: 'this client is banned',
	139: 'it shuts down',
	141: 'it has heard nothing for too long',
	144: 'a topic that it does not take',
	145: 'a packet identifier in use',
	147: 'too many messages at once',
	149: 'a packet that is too large',
	150: 'too many messages in a short time',
	151: 'a quota is used up',
	152: 'its operator ended it',
	153: 'a payload of the wrong form',
	154: 'it keeps no messages',
	155: 'it does not acknowledge messages',
	156: 'use another server',
	157: 'it has moved',
	159: 'too many connections in a short time',
}
/** Says a reason code in words. */
export const codeText = (code: number) => CODES[code] ?? `reason ${code}`

/** Says in words why a broker does not let this client in. */
function refusalOf(code: number, settings: ConnectionSettings): string {
	return reasonOf(Object.assign(new Error(`it refuses the connection: ${codeText(code)}`), { code }), settings)
}

/** Says in words why a connection ended; `answered`: the broker had let this client in. */
export function downText(reason: Down, answered: boolean, settings: ConnectionSettings): string {
	const place = placeOf(settings)
	switch (reason.kind) {
		case 'version':
			return `${place} speaks neither MQTT 5 nor 3.1.1`
		case 'refused':
			return refusalOf(reason.code, settings)
		case 'dismissed':
			// 142: session taken over (MQTT 5, 3.14.2.1).
			if (reason.code === 142)
				return `another client is connected to ${place} as ${named(settings.clientId)}: set another "instance" for each process`
			return `${place} closed the connection: ${codeText(reason.code)}; trying again`
		case 'fault':
			return `${place} ${reason.text}; connecting again`
		case 'closed':
			if (reason.error) return reasonOf(reason.error, settings)
			if (reason.late) return `${place} does not answer: is it a broker?`
			return answered
				? `${place} closed the connection; trying again`
				: `${place} closed the connection before it answered: is it a broker?`
	}
}

/** Reason codes of a message that the broker will never take: not authorized, topic, packet size, payload, retained, QoS. */
const FINAL = [135, 144, 149, 153, 154, 155]

/** Says what a broker's acknowledgement means; undefined for a code that does not exist (MQTT 5, 3.4.2.1). */
export function answerOf(code: number): Answer | undefined {
	// 16: accepted, and nobody has subscribed.
	if (code === 0 || code === 16) return 'accepted'
	if (code < 128) return undefined
	return FINAL.includes(code) ? 'refused' : 'later'
}
