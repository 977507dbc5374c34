import { levelsFit } from './filter.ts'
import type { InMessage } from './message.ts'

type Handler = (message: InMessage) => void

type Subscription = {
	levels: string[]
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
export type Asked = {
	subscribe(filter: string, identifier: number | undefined, answered: (granted: boolean) => void): void
	unsubscribe(filters: string[]): void
}

/** Milliseconds after which a filter without handlers ends: a port that reopens asks for it again at once, and some brokers confuse the two. */
const KEPT = 500

/** The filters of one connection, with the handlers of their messages. */
export type Subscriptions = ReturnType<typeof subscriptions>

/** Makes an empty list. `identified`: not in a session that outlives the process, as the next process may number its filters differently. */
export function subscriptions(broker: () => Asked | undefined, identified: boolean, refused: (filter: string) => void) {
	const all = new Map<string, Subscription>()
	let identifiers = 0

	function ask(filter: string, subscription: Subscription): void {
		const { identifier, waiting } = subscription
		const asked = broker()
		if (!asked) return
		subscription.state = 'asked'
		asked.subscribe(filter, identified ? identifier : undefined, (granted) => {
			if (subscription.state !== 'asked') return
			subscription.state = granted ? 'granted' : 'refused'
			if (!granted && !subscription.told) refused(filter)
			subscription.told = !granted
			for (const resolve of waiting.splice(0)) resolve()
		})
	}

	return {
		/** Adds a handler. Resolves when the broker has answered to the filter. */
		add(filter: string, handler: Handler): Promise<void> {
			const subscription: Subscription = all.get(filter) ?? {
				levels: filter.split('/'),
				identifier: ++identifiers,
				handlers: new Set(),
				state: 'new',
				told: false,
				waiting: [],
			}
			all.set(filter, subscription)
			subscription.handlers.add(handler)
			if (subscription.state === 'granted') return Promise.resolve()
			return new Promise((resolve) => {
				subscription.waiting.push(resolve)
				if (subscription.state !== 'asked') ask(filter, subscription)
			})
		},
		/** Removes a handler; the filter ends a moment after its last one. */
		remove(filter: string, handler: Handler): void {
			const handlers = all.get(filter)?.handlers
			handlers?.delete(handler)
			if (handlers?.size !== 0) return
			setTimeout(() => {
				if (all.get(filter)?.handlers.size !== 0) return
				all.delete(filter)
				broker()?.unsubscribe([filter])
			}, KEPT).unref()
		},
		/** Asks the broker for all filters, after each connect. */
		connected(): void {
			for (const [filter, subscription] of all) if (subscription.handlers.size > 0) ask(filter, subscription)
		},
		/** Asks again for the filters that were refused: access rules change, and quotas are free again. */
		again(): void {
			for (const [filter, subscription] of all)
				if (subscription.state === 'refused' && subscription.handlers.size > 0) ask(filter, subscription)
		},
		/** Forgets what the broker has granted. */
		disconnected(): void {
			for (const subscription of all.values()) Object.assign(subscription, { state: 'new', told: false })
		},
		/** Passes a message to the handlers of its filters. A broker sends it once for each filter that it fits; MQTT 5 says by `identifiers` for which. */
		deliver(message: InMessage, identifiers: number[] | undefined): void {
			const found = message.topic.split('/')
			for (const { identifier, levels, handlers } of all.values()) {
				if (identifiers ? identifiers.includes(identifier) : levelsFit(levels, found)) for (const handler of handlers) handler(message)
			}
		},
	}
}
