import { type ConnectionSettings, placeOf } from './settings.ts'

type ConnectionError = Error & { code?: unknown }

/** The causes that have a remedy, by code: numbers are MQTT return and reason codes, words those of Node. */
const REASONS: [codes: unknown[], reason: (place: string, settings: ConnectionSettings) => string][] = [
	[['ECONNREFUSED'], (place) => `no broker answers at ${place}: is it running, and is the port right?`],
	[['ENOTFOUND', 'EAI_AGAIN'], (place) => `the host name in ${place} is unknown: check mqtt.url`],
	[['ETIMEDOUT', 'EHOSTUNREACH'], (place) => `${place} cannot be reached: check the network and mqtt.url`],
	[
		[4, 5, 134, 135],
		(place, { username }) =>
			`${place} refuses user ${username === undefined ? '(none)' : `"${username}"`}: check mqtt.username and mqtt.password`,
	],
	[[2, 133], (place, { clientId }) => `${place} refuses the client id "${clientId}": set mqtt.clientId`],
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

/** Says whether a broker refuses the MQTT version: return code 1 of 3.1.1, reason code 132 of MQTT 5. */
export const refusesVersion = ({ code }: ConnectionError) => code === 1 || code === 132

/** Says in words why there is no connection, and what to do. */
export function reasonOf(error: ConnectionError, settings: ConnectionSettings): string {
	const place = placeOf(settings)
	const [, reason] = REASONS.find(([codes]) => codes.includes(error.code)) ?? []
	return reason?.(place, settings) ?? `${place}: ${error.message || String(error.code ?? 'connection failed')}`
}

/** Says in words why a broker ended a connection; an empty text where its reason code says nothing new. */
export function disconnectReason(reasonCode: number | undefined, settings: ConnectionSettings): string {
	// 142: session taken over (MQTT 5, 3.14.2.1).
	if (reasonCode !== 142) return ''
	return `another client is connected to ${placeOf(settings)} as "${settings.clientId}": set another "instance" for each process`
}
