import type { Soon } from './pipeline.ts'

/** Does one thing after the other, at once while nothing has to be waited for, and is never stuck behind one that failed. */
export class InOrder {
	/** The work that must end before the next begins. */
	#pending: Promise<unknown> | undefined

	/** Whether nothing has to be waited for. */
	get isIdle(): boolean {
		return this.#pending === undefined
	}

	/** Does the work after all before it. */
	do<T>(work: () => Soon<T>): Soon<T> {
		const result = this.#pending === undefined ? work() : this.#pending.then(work)
		if (!(result instanceof Promise)) return result
		const done = () => {
			if (this.#pending === ended) this.#pending = undefined
		}
		const ended = result.then(done, done)
		this.#pending = ended
		return result
	}
}

/** Goes on with a value, at once or when it is there. */
export function after<T, R>(value: Soon<T>, next: (value: T) => R): Soon<R> {
	return value instanceof Promise ? value.then(next) : next(value)
}
