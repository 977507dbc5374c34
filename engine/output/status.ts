import type { Logger } from 'pino'
import type { Connection } from '../mqtt/client.ts'
import type { Topics } from '../mqtt/topics.ts'

/** Says what became of each output of the config: in the log, and on its status topic. */
export class Statuses {
	readonly #known = new Map<string, { errors: string; status: 'active' | 'rejected' }>()
	readonly #connection: Pick<Connection, 'publish'>
	readonly #topics: Topics
	readonly #log: Logger

	constructor(connection: Pick<Connection, 'publish'>, topics: Topics, log: Logger) {
		this.#connection = connection
		this.#topics = topics
		this.#log = log
	}

	/** Says once what is wrong with an output, or that nothing is. */
	tell(output: string, errors: string[]): void {
		const before = this.#known.get(output)
		const text = errors.join('\n')
		if (before?.errors === text) return
		const status = errors.length === 0 ? 'active' : 'rejected'
		this.#known.set(output, { errors: text, status })
		for (const line of errors) this.#log.error(`output ${output}: ${line}`)
		if (errors.length === 0 && before) this.#log.info(`output ${output} is right again`)
		const payload = JSON.stringify({ output, status, errors })
		this.#connection.publish({ topic: this.#topics.output(output), payload, retain: true, contentType: 'application/json' })
	}

	/** Forgets the outputs that the config no longer has, and clears their status topics. */
	keep(isKept: (output: string) => boolean): void {
		for (const output of [...this.#known.keys()].filter((one) => !isKept(one))) {
			this.#known.delete(output)
			this.#connection.publish({ topic: this.#topics.output(output), payload: '', retain: true })
		}
	}

	list(): { output: string; status: 'active' | 'rejected' }[] {
		return [...this.#known].map(([output, { status }]) => ({ output, status }))
	}
}
