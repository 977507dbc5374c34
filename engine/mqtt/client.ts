import { Socket } from 'node:net'
import mqtt, { MqttClient } from 'mqtt'
import { addressOf } from './address.ts'
import type { InMessage, OutMessage } from './message.ts'
import { type Answer, Outbox } from './outbox.ts'
import { disconnectReason, reasonOf, refusesVersion } from './reasons.ts'
import { type Receipts, receipts } from './receipts.ts'
import { type ConnectionSettings, clientOptions, placeOf } from './settings.ts'
import { type Subscriptions, subscriptions } from './subscriptions.ts'
import { within } from './within.ts'

/** A lasting connection: it sends published messages as soon as it has a broker. */
export type Connection = Pick<Client, keyof Client>

/** Milliseconds before the next attempt: doubled from the first to the last. */
const [FIRST_RETRY, LAST_RETRY] = [1000, 30_000]

/** Connects to a broker and stays connected, until it is closed. */
export function connect(settings: ConnectionSettings): Connection {
	return new Client(settings)
}

/** Tries MQTT 5 and 3.1.1 in turn until the broker has answered once: aedes and older mosquitto refuse MQTT 5 or hang up. */
class Client {
	readonly #settings: ConnectionSettings
	readonly #outbox: Outbox
	readonly #receipts: Receipts
	readonly #subscriptions: Subscriptions
	readonly #watchdog: NodeJS.Timeout
	#client: MqttClient
	#version: 4 | 5
	/** The broker has answered once: it speaks this version. */
	#spoken = false
	/** Says why the present attempt failed. */
	#cause = ''
	#retry = FIRST_RETRY
	#unconnectedSince = Date.now()
	#lastStatus = ''
	#closed = false

	constructor(settings: ConnectionSettings) {
		const { session, status, limits, spool, stream, rebuildAfter = 300_000 } = settings
		this.#settings =
			stream || settings.url === undefined ? settings : { ...addressOf(settings.url), ...settings, url: addressOf(settings.url).url }
		this.#version = stream ? 4 : 5
		this.#receipts = receipts((messageId) => {
			// MQTT.js acknowledges by itself or not at all: only its private method sends one packet.
			// biome-ignore lint/complexity/useLiteralKeys: it is declared private
			if (this.#client.connected) this.#client['_sendPacket']({ cmd: 'puback', messageId, reasonCode: 0 })
		})
		this.#outbox = new Outbox(
			(message) => this.#send(message),
			(text) => status(false, text),
			limits,
			spool,
		)
		this.#subscriptions = subscriptions(
			() => this.#client,
			session === undefined,
			(filter) => status(this.#client.connected, `the broker refuses the subscription ${filter}: check its access rules`),
		)
		this.#client = this.#start()
		this.#watchdog = setInterval(() => this.#watch(rebuildAfter), rebuildAfter / 10).unref()
	}

	publish(message: OutMessage): void {
		this.#outbox.add(message)
	}

	/** Passes on every message that fits the filter, and again after each reconnect. Resolves when the broker has first answered to the filter. */
	subscribe(filter: string, handler: (message: InMessage) => void): Promise<void> {
		return this.#subscriptions.add(filter, handler)
	}

	unsubscribe(filter: string, handler: (message: InMessage) => void): void {
		this.#subscriptions.remove(filter, handler)
	}

	/** Ends subscriptions that a session may have from an earlier process. */
	forget(filters: string[]): void {
		const client = this.#client
		if (client.connected) client.unsubscribe(filters)
		else client.once('connect', () => client.unsubscribe(filters))
	}

	/** Counts the messages that wait, and those that were dropped. */
	counts(): ReturnType<Outbox['counts']> {
		return this.#outbox.counts()
	}

	connected(): boolean {
		return this.#client.connected
	}

	/** Sends what waits (for at most 3 s) and disconnects. */
	async close(): Promise<void> {
		clearInterval(this.#watchdog)
		if (this.#client.connected) await this.#outbox.drain(3000)
		this.#closed = true
		// end() waits for acknowledgements that a dead broker never gives.
		await within(2000, (done) => this.#client.end(!this.#client.connected, done))
	}

	#start(): MqttClient {
		const { stream, url = '', session } = this.#settings
		const options = clientOptions(this.#settings, this.#version, this.#retry)
		const client = stream ? new MqttClient(stream, options) : mqtt.connect(url, options)
		this.#cause = ''
		client.on('connect', () => this.#onConnect())
		client.on('message', (topic, payload, { retain, qos, messageId = 0, properties = {} }) => {
			const receipt = session && qos === 1 ? this.#receipts.take(messageId) : undefined
			const userProperties = { ...(properties.userProperties as Record<string, string> | undefined) }
			const message: InMessage = { topic, payload, retain, properties: userProperties, ...(receipt && { receipt }) }
			const { subscriptionIdentifier: identifiers } = properties
			this.#subscriptions.deliver(message, identifiers === undefined ? undefined : [identifiers].flat())
			receipt?.done()
		})
		// An error keeps MQTT.js from acknowledging by itself.
		if (session) client.handleMessage = ({ qos }, next) => (qos === 1 ? next(new Error('acknowledged by its receipt')) : next())
		client.on('error', (error) => {
			this.#cause = reasonOf(error, this.#settings)
			if (refusesVersion(error) && !this.#spoken) this.#tryOtherVersion()
			else this.#say(false, this.#cause)
		})
		client.on('disconnect', ({ reasonCode }) => {
			this.#cause = disconnectReason(reasonCode, this.#settings) || this.#cause
		})
		client.on('close', () => this.#onClose())
		return client
	}

	#onConnect(): void {
		// Small packets would wait for the acknowledgement of those before them.
		const { stream, options } = this.#client
		if (stream instanceof Socket) stream.setNoDelay(true)
		this.#spoken = true
		this.#cause = ''
		this.#retry = FIRST_RETRY
		options.reconnectPeriod = this.#retry
		this.#say(true, `connected to ${placeOf(this.#settings)} (MQTT ${this.#version === 5 ? '5' : '3.1.1'})`)
		this.#subscriptions.connected()
		this.#outbox.connected()
	}

	#onClose(): void {
		this.#outbox.disconnected()
		this.#receipts.lost()
		if (this.#closed) return
		this.#retry = Math.min(this.#retry * 2, LAST_RETRY)
		this.#client.options.reconnectPeriod = this.#retry
		this.#subscriptions.disconnected()
		// A broker that hangs up before it answers may speak only the other version.
		if (this.#cause === '' && !this.#spoken) this.#tryOtherVersion()
		else this.#say(false, this.#cause || `${placeOf(this.#settings)} closed the connection; trying again`)
		this.#cause = ''
	}

	#tryOtherVersion(): void {
		this.#version = this.#settings.stream || this.#version === 5 ? 4 : 5
		this.#rebuild()
	}

	#watch(rebuildAfter: number): void {
		const now = Date.now()
		if (this.#client.connected) this.#unconnectedSince = now
		else if (!this.#closed && now - this.#unconnectedSince >= rebuildAfter) {
			this.#unconnectedSince = now
			this.#say(false, `no connection for ${Math.round(rebuildAfter / 1000)} s: a new client tries`)
			this.#rebuild()
		}
	}

	/** Replaces the client: MQTT.js can stop trying for good (zigbee2mqtt issue 33150). */
	#rebuild(): void {
		this.#client.removeAllListeners()
		this.#client.on('error', () => undefined)
		this.#client.end(true)
		this.#outbox.disconnected()
		this.#receipts.lost()
		this.#client = this.#start()
	}

	/** Resolves to the broker's answer; rejects when the connection is lost. */
	#send({ topic, payload, retain, properties, contentType }: OutMessage): Promise<Answer> {
		const more = this.#version === 5 && {
			properties: {
				...(properties && { userProperties: properties }),
				...(contentType !== undefined && { contentType, payloadFormatIndicator: true }),
			},
		}
		const client = this.#client
		return new Promise((resolve, reject) => {
			client.publish(topic, payload as string | Buffer, { qos: 1, retain, ...more }, (error) =>
				// An error while the connection stands is the broker's answer.
				error && !this.#client.connected ? reject(error) : resolve(error ? 'refused' : 'accepted'),
			)
		})
	}

	#say(connected: boolean, text: string): void {
		if (text !== this.#lastStatus && !this.#closed) this.#settings.status(connected, text)
		this.#lastStatus = text
	}
}
