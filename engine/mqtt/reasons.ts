import { type ConnectionSettings, placeOf } from './settings.ts'

type ConnectionError = Error & { code?: unknown }

/** Says whether a broker refuses the MQTT version: return code 1 of 3.1.1, reason code 132 of MQTT 5. */
export const refusesVersion = ({ code }: ConnectionError) => code === 1 || code === 132

/** Says in words why there is no connection, and what to do. Numbers are MQTT return and reason codes, words those of Node. */
export function reasonOf(error: ConnectionError, settings: ConnectionSettings): string {
	const place = placeOf(settings)
	switch (error.code) {
		case 'ECONNREFUSED':
			return `no broker answers at ${place}: is it running, and is the port right?`
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return `the host name in ${place} is unknown: check mqtt.url`
		case 'ETIMEDOUT':
		case 'EHOSTUNREACH':
			return `${place} cannot be reached: check the network and mqtt.url`
		case 4:
		case 5:
		case 134:
		case 135:
			return `${place} refuses user ${settings.username === undefined ? '(none)' : `"${settings.username}"`}: check mqtt.username and mqtt.password`
		case 2:
		case 133:
			return `${place} refuses the client id "${settings.clientId}": set mqtt.clientId`
		case 'SELF_SIGNED_CERT_IN_CHAIN':
		case 'DEPTH_ZERO_SELF_SIGNED_CERT':
		case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
		case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
			return `the certificate of ${place} is not signed by a trusted authority: name its authority in mqtt.ca`
		case 'ECONNRESET':
			return `${place} hangs up${place.startsWith('mqtts') ? ': does this port speak TLS?' : ''}`
		case 'CERT_HAS_EXPIRED':
			return `the certificate of ${place} has expired: renew it at the broker`
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
			return `the certificate of ${place} is for another host name: use that name in mqtt.url, or set mqtt.servername`
		default:
			return `${place}: ${error.message || String(error.code ?? 'connection failed')}`
	}
}

/** Says in words why a broker ended a connection; an empty text where its reason code says nothing new. */
export function disconnectReason(reasonCode: number | undefined, settings: ConnectionSettings): string {
	// 142: session taken over (MQTT 5, 3.14.2.1).
	if (reasonCode !== 142) return ''
	return `another client is connected to ${placeOf(settings)} as "${settings.clientId}": set another "instance" for each process`
}
