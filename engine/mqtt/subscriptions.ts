import { FilterTree } from './filter-tree.ts'
import type { InMessage } from './message.ts'
import { type Asked, TOGETHER } from './session/questions.ts'

type Handler = (message: InMessage) => void

type Subscription = {
	filter: string
	/** The subscription identifier of MQTT 5. */
	identifier: number
	handlers: Set<Handler>
	/** What the broker of this connection says to it. */
	state: 'new' | 'asked' | 'granted' | 'refused'
	/** Its refusal was said. */
	told: boolean
	/** Called when the broker has answered. */
	waiting: (() => void)[]
}

/** A broker as it is asked, while there is a connection to it. */
export type Broker = {
	subscribe(asked: Asked[], identifier: number | undefined): void
	unsubscribe(filters: string[]): void
}

/** Milliseconds after which a filter without handlers ends: a port that reopens asks for it again at once, and some brokers confuse the two. */
const KEPT = 500

/** The filters of one connection, with the handlers of their messages. */
export class Subscriptions {
	readonly #broker: () => Broker | undefined
	readonly #isIdentified: boolean
	readonly #refused: (filter: string) => void
	readonly #all = new Map<string, Subscription>()
	readonly #tree = new FilterTree<Subscription>()
	readonly #byIdentifier = new Map<number, Subscription>()
	/** Those that the broker is about to be asked for. */
	readonly #due = new Set<Subscription>()
	#identifiers = 0

	/** `isIdentified`: not in a session that outlives the process, as the next process may number its filters differently. */
	constructor(broker: () => Broker | undefined, isIdentified: boolean, refused: (filter: string) => void) {
		this.#broker = broker
		this.#isIdentified = isIdentified
		this.#refused = refused
	}

	/** Adds a handler. Resolves when the broker has answered to the filter. */
	add(filter: string, handler: Handler): Promise<void> {
		const subscription = this.#all.get(filter) ?? this.#new(filter)
		subscription.handlers.add(handler)
		if (subscription.state === 'granted') return Promise.resolve()
		return new Promise((resolve) => {
			subscription.waiting.push(resolve)
			if (subscription.state === 'asked') return
			if (this.#due.size === 0) queueMicrotask(() => this.#ask())
			this.#due.add(subscription)
		})
	}

	/** Removes a handler; the filter ends a moment after its last one. */
	remove(filter: string, handler: Handler): void {
		const subscription = this.#all.get(filter)
		subscription?.handlers.delete(handler)
		if (subscription?.handlers.size !== 0) return
		setTimeout(() => {
			if (subscription.handlers.size !== 0 || this.#all.get(filter) !== subscription) return
			this.#all.delete(filter)
			this.#tree.delete(filter)
			this.#byIdentifier.delete(subscription.identifier)
			this.#broker()?.unsubscribe([filter])
		}, KEPT).unref()
	}

	/** Asks the broker for all filters, after each connect. */
	connected(): void {
		for (const subscription of this.#all.values()) this.#due.add(subscription)
		this.#ask()
	}

	/** Asks again for the filters that were refused: access rules change, and quotas are free again. */
	again(): void {
		for (const subscription of this.#all.values()) if (subscription.state === 'refused') this.#due.add(subscription)
		this.#ask()
	}

	/** Forgets what the broker has granted. */
	disconnected(): void {
		for (const subscription of this.#all.values()) Object.assign(subscription, { state: 'new', told: false })
	}

	/** Passes a message to the handlers of its filters. A broker sends it once for each filter that it fits; MQTT 5 says by `identifiers` for which. */
	deliver(message: InMessage, identifiers: number[] | undefined): void {
		if (!identifiers) for (const { handlers } of this.#tree.fitting(message.topic)) for (const handler of handlers) handler(message)
		else for (const one of identifiers) for (const handler of this.#byIdentifier.get(one)?.handlers ?? []) handler(message)
	}

	#new(filter: string): Subscription {
		const identifier = ++this.#identifiers
		const subscription: Subscription = { filter, identifier, handlers: new Set(), state: 'new', told: false, waiting: [] }
		this.#all.set(filter, subscription)
		this.#tree.set(filter, subscription)
		this.#byIdentifier.set(identifier, subscription)
		return subscription
	}

	/** Asks for what is due, several in a packet: a packet has one identifier. */
	#ask(): void {
		const due = [...this.#due].filter(({ handlers }) => handlers.size > 0)
		this.#due.clear()
		const broker = this.#broker()
		if (!broker) return
		const together = this.#isIdentified ? 1 : TOGETHER
		for (let from = 0; from < due.length; from += together) {
			const some = due.slice(from, from + together)
			for (const subscription of some) subscription.state = 'asked'
			const [first] = some
			broker.subscribe(
				some.map((one) => ({ filter: one.filter, answered: (granted) => this.#answered(one, granted) })),
				this.#isIdentified ? first?.identifier : undefined,
			)
		}
	}

	#answered(subscription: Subscription, granted: boolean): void {
		if (subscription.state !== 'asked') return
		subscription.state = granted ? 'granted' : 'refused'
		if (!granted && !subscription.told) this.#refused(subscription.filter)
		subscription.told = !granted
		for (const resolve of subscription.waiting.splice(0)) resolve()
	}
}
