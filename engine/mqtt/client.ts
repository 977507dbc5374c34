import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import mqtt, { type IClientOptions, MqttClient } from 'mqtt'
import { fitsLevels, partsOf } from './filter.ts'
import type { InMessage, OutMessage } from './message.ts'
import { type Limits, type Outbox, outbox } from './outbox.ts'
import { receipts } from './receipts.ts'
import type { Spool } from './spool.ts'

/** A connection that is kept up: whatever is published reaches the broker once there is one. */
export type Connection = {
	publish(message: OutMessage): void
	/** Gives every message that fits the filter; again after each reconnect. Resolves when the broker has confirmed the first time. */
	subscribe(filter: string, handler: (message: InMessage) => void): Promise<void>
	unsubscribe(filter: string, handler: (message: InMessage) => void): void
	/** Ends subscriptions that a session may have from an earlier process. */
	forget(filters: string[]): void
	counts: Outbox['counts']
	connected(): boolean
	/** Sends what waits (for at most 3 s) and says goodbye. */
	close(): Promise<void>
}

export type ConnectionSettings = {
	clientId: string
	will?: { topic: string; payload: string }
	/** A stream to the embedded broker; else `url`. */
	stream?: () => Duplex
	url?: string
	username?: string
	password?: string
	ca?: Buffer
	cert?: Buffer
	key?: Buffer
	servername?: string
	/** How much may wait for the broker, and where it waits on disk. */
	limits?: Limits
	spool?: Spool
	/** Milliseconds without a connection after which the client is thrown away and made anew: five minutes. */
	rebuildAfter?: number
	/**
	 * The broker keeps what comes for this client while it is away, for so many seconds, and hands over so many messages at once; each is acknowledged only
	 * when its receipt is released.
	 */
	session?: { expiry: number; receiveMaximum: number }
	/** What happens to the connection, in words, once a change. */
	status: (connected: boolean, text: string) => void
}

/** Seconds between two attempts: doubled from the first to the last. */
const [FIRST_RETRY, LAST_RETRY] = [1000, 30_000]

/** MQTT 5 first; brokers of 3.1.1 (aedes, older mosquitto) refuse it or hang up, and are asked in their own version, until one answers. */
export function connect(settings: ConnectionSettings): Connection {
	const handlers = new Map<string, Set<(message: InMessage) => void>>()
	const waitingSubscriptions = new Map<string, (() => void)[]>()
	let version: 4 | 5 = settings.stream ? 4 : 5
	let client: MqttClient
	let closed = false
	let lastStatus = ''
	/** A broker that has once answered speaks this version. */
	let spoken = false
	let subscriptions = 0
	const identifiers = new Map<string, number>()
	const granted = new Set<string>()
	let retry = FIRST_RETRY
	const pending = receipts((messageId) => {
		// MQTT.js acknowledges by itself, or lets it be (handleMessage with an error): then there is only its own way to send a packet.
		// biome-ignore lint/complexity/useLiteralKeys: it is declared private
		if (client.connected) client['_sendPacket']({ cmd: 'puback', messageId, reasonCode: 0 })
	})

	const box = outbox(
		({ topic, payload, retain, ...more }) =>
			new Promise((resolve, reject) => {
				const options = { qos: 1 as const, retain, ...(version === 5 && { properties: propertiesOf(more) }) }
				// An error while the connection stands is the broker's answer.
				client.publish(topic, payload as string | Buffer, options, (error) =>
					error && !client.connected ? reject(error) : resolve(!error),
				)
			}),
		(text) => settings.status(false, text),
		settings.limits,
		settings.spool,
	)

	function say(connected: boolean, text: string): void {
		if (text !== lastStatus && !closed) settings.status(connected, text)
		lastStatus = text
	}

	function start(): void {
		client = settings.stream ? new MqttClient(settings.stream, options()) : mqtt.connect(settings.url ?? '', options())
		let acknowledged = false
		let cause = ''
		client.on('connect', () => {
			// Small packets would wait for the acknowledgement of those before them: measured with tools/bench/fleet, 23 ms from its reader to the reading, and 2 ms without.
			const { stream } = client
			if (stream instanceof Socket) stream.setNoDelay(true)
			acknowledged = true
			spoken = true
			cause = ''
			retry = FIRST_RETRY
			client.options.reconnectPeriod = retry
			say(true, `connected to ${where(settings)} (MQTT ${version === 5 ? '5' : '3.1.1'})`)
			for (const filter of handlers.keys()) ask(filter)
			box.connected()
		})
		client.on('message', (topic, payload, packet) => {
			const { userProperties, subscriptionIdentifier } = packet.properties ?? {}
			const properties = { ...(userProperties as Record<string, string> | undefined) }
			// A broker sends a message once for each subscription that it fits, and MQTT 5 says for which.
			const wanted = subscriptionIdentifier === undefined ? undefined : [subscriptionIdentifier].flat()
			const receipt = settings.session && packet.qos === 1 ? pending.take(packet.messageId ?? 0) : undefined
			const message: InMessage = { topic, payload, retain: packet.retain, properties, ...(receipt && { receipt }) }
			const levels = topic.split('/')
			for (const [filter, listeners] of handlers) {
				const fitting = wanted ? wanted.includes(identifiers.get(filter) ?? -1) : fitsLevels(partsOf(filter), levels)
				if (fitting) for (const listener of listeners) listener(message)
			}
			receipt?.done()
		})
		if (settings.session)
			client.handleMessage = (packet, next) => (packet.qos === 1 ? next(new Error('acknowledged by its receipt')) : next())
		client.on('error', (error) => {
			cause = reasonOf(error, settings)
			if (unacceptableVersion(error) && !spoken) again()
			else say(false, cause)
		})
		client.on('disconnect', ({ reasonCode }) => {
			// 142: session taken over (MQTT 5, 3.14.2.1).
			if (reasonCode === 142)
				cause = `another client is connected to ${where(settings)} as "${settings.clientId}": give each process its own "instance"`
		})
		client.on('close', () => {
			box.disconnected()
			pending.lost()
			if (closed) return
			retry = Math.min(retry * 2, LAST_RETRY)
			client.options.reconnectPeriod = retry
			granted.clear()
			if (!acknowledged && cause === '' && !spoken) again()
			else say(false, cause || `${where(settings)} closed the connection; trying again`)
			acknowledged = false
			cause = ''
		})
	}

	/** The broker hung up before it answered: perhaps it speaks the other version only. */
	function again(): void {
		version = settings.stream || version === 5 ? 4 : 5
		rebuild()
	}

	/** Throws the client away and makes another: MQTT.js was seen to stop trying for good (zigbee2mqtt issue 33150). */
	function rebuild(): void {
		const old = client
		old.removeAllListeners()
		old.on('error', () => undefined)
		old.end(true)
		box.disconnected()
		pending.lost()
		start()
	}

	let unconnectedSince = Date.now()
	const rebuildAfter = settings.rebuildAfter ?? 300_000
	const watchdog = setInterval(() => {
		if (client.connected) unconnectedSince = Date.now()
		else if (!closed && Date.now() - unconnectedSince >= rebuildAfter) {
			unconnectedSince = Date.now()
			say(false, `no connection for ${Math.round(rebuildAfter / 1000)} s: a new client tries`)
			rebuild()
		}
	}, rebuildAfter / 10)
	watchdog.unref()

	function options(): IClientOptions {
		const { clientId, will, username, password, ca, cert, key, servername } = settings
		return {
			clientId,
			protocolVersion: version,
			clean: settings.session === undefined,
			...(settings.session &&
				version === 5 && {
					properties: { sessionExpiryInterval: settings.session.expiry, receiveMaximum: settings.session.receiveMaximum },
				}),
			keepalive: 30,
			connectTimeout: 10_000,
			reconnectPeriod: retry,
			reconnectOnConnackError: true,
			resubscribe: false,
			queueQoSZero: false,
			rejectUnauthorized: true,
			...(will && { will: { ...will, payload: Buffer.from(will.payload), qos: 1 as const, retain: true } }),
			...(username !== undefined && { username }),
			...(password !== undefined && { password }),
			...(ca && { ca }),
			...(cert && { cert }),
			...(key && { key }),
			...(servername !== undefined && { servername }),
		}
	}

	function ask(filter: string): void {
		// Not in a session that outlives this process: the next one may number them otherwise.
		const identifier = settings.session ? undefined : (identifiers.get(filter) ?? ++subscriptions)
		if (identifier !== undefined) identifiers.set(filter, identifier)
		const properties = version === 5 && identifier !== undefined && { properties: { subscriptionIdentifier: identifier } }
		client.subscribe(filter, { qos: 1, ...properties }, (error, grants) => {
			if (error && !client.connected) return
			const refused = error !== null || grants?.some(({ qos }) => qos >= 128)
			if (refused) settings.status(client.connected, `the broker refuses the subscription ${filter}: check its access rules`)
			else granted.add(filter)
			for (const resolve of waitingSubscriptions.get(filter) ?? []) resolve()
			waitingSubscriptions.delete(filter)
		})
	}

	start()
	return {
		publish: (message) => box.add(message),
		subscribe(filter, handler) {
			const listeners = handlers.get(filter) ?? new Set()
			listeners.add(handler)
			handlers.set(filter, listeners)
			if (granted.has(filter)) return Promise.resolve()
			return new Promise((resolve) => {
				waitingSubscriptions.set(filter, [...(waitingSubscriptions.get(filter) ?? []), resolve])
				if (client.connected) ask(filter)
			})
		},
		unsubscribe(filter, handler) {
			const listeners = handlers.get(filter)
			listeners?.delete(handler)
			if (listeners?.size !== 0) return
			handlers.delete(filter)
			// A port that is opened anew asks for the same filter in a moment; aedes would take the one for the other.
			const timer = setTimeout(() => {
				if (handlers.has(filter)) return
				granted.delete(filter)
				if (client.connected) client.unsubscribe(filter)
			}, 500)
			timer.unref()
		},
		forget(filters) {
			if (client.connected) client.unsubscribe(filters)
			else client.once('connect', () => client.unsubscribe(filters))
		},
		counts: box.counts,
		connected: () => client.connected,
		async close() {
			clearInterval(watchdog)
			if (client.connected) await box.drain(3000)
			closed = true
			// end() waits for acknowledgements that a dead broker never gives.
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, 2000)
				client.end(!client.connected, () => {
					clearTimeout(timer)
					resolve()
				})
			})
		},
	}
}

/** What MQTT 5 says beside the payload. */
function propertiesOf({ properties, contentType, expiry }: Omit<OutMessage, 'topic' | 'payload' | 'retain'>) {
	return {
		...(properties && { userProperties: properties }),
		...(contentType !== undefined && { contentType, payloadFormatIndicator: true }),
		...(expiry !== undefined && { messageExpiryInterval: expiry }),
	}
}

function where({ url, stream }: ConnectionSettings): string {
	return stream ? 'the embedded broker' : (url ?? '').replace(/\/\/[^@/]*@/, '//')
}

const unacceptableVersion = (error: Error) => 'code' in error && (error.code === 1 || error.code === 132)

/** What went wrong, and what to do. */
function reasonOf(error: Error & { code?: unknown }, settings: ConnectionSettings): string {
	const place = where(settings)
	switch (error.code) {
		case 'ECONNREFUSED':
			return `no broker answers at ${place}: is it running, and is the port right?`
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return `the name in ${place} is not known: check mqtt.url`
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
			return `the certificate of ${place} is signed by nobody that is trusted: name its authority in mqtt.ca`
		case 'ECONNRESET':
			return `${place} hangs up${place.startsWith('mqtts') ? ': does this port speak TLS?' : ''}`
		case 'CERT_HAS_EXPIRED':
			return `the certificate of ${place} has expired: renew it at the broker`
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
			return `the certificate of ${place} is for another name: use that name in mqtt.url, or set mqtt.servername`
		default:
			return `${place}: ${error.message || String(error.code ?? 'connection failed')}`
	}
}
