import { resolve } from 'node:path'
import type { Duplex } from 'node:stream'
import type { BrokerAnswer, BrokerGiven } from '../../schema/types/api.ts'
import type { Config, Mqtt } from '../../schema/types/config.ts'
import type { LoadedConfig } from '../config/config.ts'
import { brokerSettings } from '../config/mqtt.ts'
import { MAX_FILE, readRegular } from '../files/regular.ts'
import type { Log } from '../log/log.ts'
import { addressFault, addressOf } from '../mqtt/address.ts'
import { broker } from '../mqtt/broker.ts'
import type { ConnectionSettings } from '../mqtt/settings.ts'
import { topics } from '../mqtt/topics.ts'
import { Refusal } from './refusal.ts'
import type { SecretFiles } from './secret-files.ts'

/** A connection without its name. */
export type BrokerConnection = Omit<ConnectionSettings, 'status' | 'clientId'>

/** The stream to the broker of our own that runs now, where one does. */
export type OwnBroker = (() => Duplex) | undefined

/** Only a status is ever told, and it is taken away. */
const silent: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => silent }

const [PORT, HOST] = [1883, '127.0.0.1']

/** Gives the connection to the config's own broker; undefined without a config. */
export function configuredBroker(loaded: LoadedConfig | undefined, own: OwnBroker): BrokerConnection | Refusal | undefined {
	if (!loaded) return undefined
	const { embedded } = loaded.config.mqtt
	if (embedded) return own ? { stream: own } : { url: `mqtt://${HOST}:${embedded.port ?? PORT}` }
	const settings = brokerSettings(loaded, topics(loaded.config.root ?? 'cii', loaded.config.instance ?? 'main'), silent)
	if (Array.isArray(settings))
		return new Refusal(
			422,
			{ code: 'config', text: 'The broker of the config cannot be used.', hint: settings[0]?.message ?? '' },
			{ findings: settings },
		)
	const { status: _status, clientId: _id, will: _will, ...connection } = settings
	return connection
}

/**
 * Gives the connection to a broker as a person states it. A password that is not given is the config's, where address and user are the same: a form does not know it.
 * Refuses what is no address, and a certificate that cannot be read.
 */
export function statedBroker(
	given: BrokerGiven,
	loaded: LoadedConfig | undefined,
	folder: string,
	own: OwnBroker,
): BrokerConnection | Refusal {
	if (given.embedded)
		return own && loaded?.config.mqtt.embedded ? { stream: own } : { url: `mqtt://${HOST}:${given.embedded.port ?? PORT}` }
	const address = addressFrom(given)
	if (address instanceof Refusal) return address
	const { url, username, password } = address
	const isKnown = loaded?.config.mqtt.url === url && loaded.config.mqtt.username === username
	if (isKnown && password === undefined && given.ca === undefined) return configuredBroker(loaded, own) ?? { url }
	const ca = given.ca === undefined ? undefined : certificate(given.ca, folder)
	if (ca instanceof Refusal) return ca
	return { url, ...(username !== undefined && { username }), ...(password !== undefined && { password }), ...(ca !== undefined && { ca }) }
}

/** Reads the address, and takes user and password out of it. */
function addressFrom(given: BrokerGiven): { url: string; username?: string; password?: string } | Refusal {
	const text = given.url?.trim() ?? ''
	const url = /^[a-z]+:\/\//i.test(text) ? text : `mqtt://${text}`
	const bad = (why: string, hint: string) => new Refusal(422, { code: 'broker-address', text: why, hint })
	if (text === '') return bad('The address of the broker is missing.', 'Such as mqtt://192.168.1.10:1883.')
	if (!/^(mqtts?|wss?):\/\//i.test(url))
		return bad('This is not the address of a broker.', 'It begins with mqtt:// or mqtts:// (encrypted), such as mqtt://192.168.1.10:1883.')
	const fault = addressFault(url)
	if (fault) return bad(`${fault[0].slice(0, 1).toUpperCase()}${fault[0].slice(1)}.`, fault[1])
	const address = addressOf(url)
	const username = given.username || address.username
	const password = given.password || address.password
	// A path without a meaning: the config reads as people write it.
	const plain = address.url.replace(/^(mqtts?:\/\/[^/]+)\/$/, '$1')
	return { url: plain, ...(username !== undefined && username !== '' && { username }), ...(password !== undefined && { password }) }
}

function certificate(text: string, folder: string): string | Refusal {
	const bad = (why: string) =>
		new Refusal(422, {
			code: 'broker-ca',
			text: why,
			hint: 'It is a text that begins with -----BEGIN CERTIFICATE-----, often in a file ca.crt.',
		})
	if (text.includes('-----BEGIN CERTIFICATE-----')) return text
	try {
		const content = readRegular(resolve(folder, text), MAX_FILE)
		return content.includes('-----BEGIN CERTIFICATE-----') ? content : bad('This file is not a certificate.')
	} catch {
		return bad('This is neither a certificate nor a file that can be read.')
	}
}

/** Makes the config's `mqtt` of a broker as a person states it: the password and a pasted certificate go into files. */
export function mqttOf(given: BrokerGiven, config: Config, secrets: SecretFiles): Mqtt | Refusal {
	if (given.embedded) {
		const { port = PORT, host = HOST } = given.embedded
		return { embedded: { ...(port !== PORT && { port }), ...(host !== HOST && { host }) } }
	}
	const address = addressFrom(given)
	if (address instanceof Refusal) return address
	const { url, username, password } = address
	const { mqtt: before } = config
	const isKnown = before.url === url && before.username === username
	const checked = given.ca === undefined ? undefined : certificate(given.ca, secrets.folder)
	if (checked instanceof Refusal) return checked
	const pasted = given.ca?.includes('-----BEGIN') ? secrets.path('broker-ca.pem', given.ca.trim()) : given.ca
	const ca = pasted ?? (isKnown ? before.ca : undefined)
	const secret = password === undefined ? (isKnown ? before.password : undefined) : secrets.reference('broker.password', password)
	return { url, ...(username !== undefined && { username }), ...(secret && { password: secret }), ...(ca !== undefined && { ca }) }
}

/** Tests the broker of our own: whether its port is free, or it is the one that runs already, by this config. */
export async function testEmbedded(
	{ port = PORT, host = HOST }: NonNullable<BrokerGiven['embedded']>,
	own: OwnBroker,
	loaded: LoadedConfig | undefined,
): Promise<BrokerAnswer> {
	const who = host === HOST ? 'programs on this machine' : 'other programs'
	const text = `A broker of its own: ${who} reach it at mqtt://${host === HOST ? 'localhost' : host}:${port}.`
	if (own && (loaded?.config.mqtt.embedded?.port ?? PORT) === port) return { ok: true, text, protocol: 4 }
	const tried = broker()
	try {
		await tried.listen(port, host)
		return { ok: true, text, protocol: 4 }
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException
		const why =
			code === 'EADDRINUSE'
				? `Port ${port} is taken: a broker may run on this machine already.`
				: `Port ${port} cannot be opened (${message}).`
		const hint =
			code === 'EADDRINUSE' ? `Use that one (mqtt://localhost:${port}), or choose another port.` : 'Choose another port, above 1024.'
		return { ok: false, text: why, problem: { code: 'port-taken', text: why, hint, params: { port } } }
	} finally {
		await tried.close()
	}
}
