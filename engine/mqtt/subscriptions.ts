import type { MqttClient } from 'mqtt'
import { levelsFit } from './filter.ts'
import type { InMessage } from './message.ts'

type Handler = (message: InMessage) => void

type Subscription = {
	filter: string
	levels: string[]
	/** The subscription identifier of MQTT 5. */
	identifier: number
	handlers: Set<Handler>
	granted: boolean
	/** Called when the broker has answered. */
	waiting: (() => void)[]
}

/** Milliseconds after which a filter without handlers ends: a port that reopens asks for it again at once, and aedes confuses the two. */
const KEPT = 500

/** The filters of one connection, with the handlers of their messages. */
export class Subscriptions {
	readonly #all = new Map<string, Subscription>()
	readonly #client: () => MqttClient
	readonly #identified: boolean
	readonly #refused: (filter: string) => void
	#identifiers = 0

	/** `identified`: not in a session that outlives the process, as the next process may number its filters differently. */
	constructor(client: () => MqttClient, identified: boolean, refused: (filter: string) => void) {
		this.#client = client
		this.#identified = identified
		this.#refused = refused
	}

	/** Adds a handler. Resolves when the broker has answered to the filter. */
	add(filter: string, handler: Handler): Promise<void> {
		const subscription = this.#all.get(filter) ?? this.#make(filter)
		subscription.handlers.add(handler)
		if (subscription.granted) return Promise.resolve()
		return new Promise((resolve) => {
			subscription.waiting.push(resolve)
			if (this.#client().connected) this.#ask(subscription)
		})
	}

	#make(filter: string): Subscription {
		const identifier = ++this.#identifiers
		const made = { filter, levels: filter.split('/'), identifier, handlers: new Set<Handler>(), granted: false, waiting: [] }
		this.#all.set(filter, made)
		return made
	}

	/** Removes a handler; the filter ends a moment after its last one. */
	remove(filter: string, handler: Handler): void {
		const handlers = this.#all.get(filter)?.handlers
		handlers?.delete(handler)
		if (handlers?.size !== 0) return
		const timer = setTimeout(() => {
			if (this.#all.get(filter)?.handlers.size !== 0) return
			this.#all.delete(filter)
			if (this.#client().connected) this.#client().unsubscribe(filter)
		}, KEPT)
		timer.unref()
	}

	/** Asks the broker for all filters, after each connect. */
	connected(): void {
		for (const subscription of this.#all.values()) if (subscription.handlers.size > 0) this.#ask(subscription)
	}

	/** Forgets what the broker has granted. */
	disconnected(): void {
		for (const subscription of this.#all.values()) subscription.granted = false
	}

	/**
	 * Passes a message to the handlers of its filters. A broker sends a message once for each filter that it fits, and with MQTT 5 `identifiers` says for
	 * which.
	 */
	deliver(message: InMessage, identifiers: number[] | undefined): void {
		const levels = message.topic.split('/')
		for (const subscription of this.#all.values()) {
			const fitting = identifiers ? identifiers.includes(subscription.identifier) : levelsFit(subscription.levels, levels)
			if (fitting) for (const handler of subscription.handlers) handler(message)
		}
	}

	#ask(subscription: Subscription): void {
		const { filter, identifier } = subscription
		const client = this.#client()
		const properties = client.options.protocolVersion === 5 && this.#identified && { properties: { subscriptionIdentifier: identifier } }
		client.subscribe(filter, { qos: 1, ...properties }, (error, grants) => {
			if (error && !client.connected) return
			if (error !== null || grants?.some(({ qos }) => qos >= 128)) this.#refused(filter)
			else subscription.granted = true
			for (const resolve of subscription.waiting.splice(0)) resolve()
		})
	}
}
