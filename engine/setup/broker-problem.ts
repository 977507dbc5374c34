import { connect as connectTcp } from 'node:net'
import type { Problem } from '../../schema/types/api.ts'
import type { ConnectionSettings } from '../mqtt/settings.ts'
import { problemOf } from './problem.ts'

/** Says why there is no connection, and what to do, in words that fit a form: of a sentence that the connection told. */
export async function brokerProblem(
	sentence: string,
	{ url = '', username }: Pick<ConnectionSettings, 'url' | 'username'>,
): Promise<Problem> {
	const make = (code: string, hint?: string) => problemOf(code, sentence, hint)
	if (/refuses user/.test(sentence))
		return make(
			'broker-user',
			username === undefined ? 'The broker wants a user name and a password.' : 'Check the user name and the password.',
		)
	if (/not signed by a trusted authority/.test(sentence))
		return make('broker-tls', 'Give the certificate of the authority that signed the broker’s (a PEM file, often called ca.crt).')
	if (/is for another host name/.test(sentence)) return make('broker-tls', 'Use the name that stands in the certificate as address.')
	if (/certificate|TLS|SSL|ssl/.test(sentence)) return make('broker-tls')
	if (/host name in .* is unknown/.test(sentence))
		return make('broker-name', 'Check the spelling, or use the address in numbers (192.168.…).')
	if (/cannot be reached|does not answer|timed out/.test(sentence))
		return make('broker-route', 'Is the machine on, and in the same network? Does a firewall stand between?')
	if (/no broker answers/.test(sentence))
		return make('broker-refused', 'Is the broker running? The usual port is 1883, or 8883 with encryption (mqtts://).')
	const { hostname, port, protocol } = new URL(url || 'mqtt://localhost')
	if (await speaksHttp(hostname, Number(port) || 1883))
		return make('broker-http', `A web server answers there, not a broker: the usual port of MQTT is 1883.`)
	if (protocol === 'mqtt:' && /hangs up|closed the connection|sends/.test(sentence))
		return make('broker-other', 'Is it a broker, and is this its port? Where it wants encryption, the address begins with mqtts://.')
	return make('broker')
}

/** Whether a web server answers at a port. */
function speaksHttp(host: string, port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connectTcp({ host: host.replace(/^\[|\]$/g, ''), port })
		const end = (is: boolean) => {
			socket.destroy()
			resolve(is)
		}
		socket.setTimeout(1500, () => end(false))
		socket.once('connect', () => socket.write('GET / HTTP/1.0\r\n\r\n'))
		socket.once('data', (bytes: Buffer) => end(bytes.subarray(0, 5).toString('latin1') === 'HTTP/'))
		socket.once('error', () => end(false))
		socket.once('close', () => end(false))
	})
}
