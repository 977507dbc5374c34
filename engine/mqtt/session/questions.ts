/** Filters in one packet at most: AWS IoT takes no more. */
export const TOGETHER = 8

/** A filter that a broker is asked for; `answered` gets whether it is granted. */
export type Asked = { filter: string; answered: (granted: boolean) => void }

type Question = { count: number; since: number; answered: (codes: Uint8Array) => void }

/** The questions about filters that a broker has not answered, by packet identifier. Time is counted in ticks of the caller. */
export class Questions {
	readonly #all = new Map<number, Question>()

	/** Notes a question about so many filters. */
	add(id: number, count: number, now: number, answered: Question['answered'] = () => undefined): void {
		this.#all.set(id, { count, since: now, answered })
	}

	has(id: number): boolean {
		return this.#all.has(id)
	}

	/** Takes an answer; gives in words what is wrong with it. `bare`: it has no codes, as an UNSUBACK of MQTT 3.1.1. */
	answer(id: number, codes: Uint8Array, bare: boolean): string | undefined {
		const asked = this.#all.get(id)
		if (!asked) return 'an answer that nobody asked for'
		if (codes.length !== (bare ? 0 : asked.count)) return `${codes.length} answers to ${asked.count} filters`
		this.#all.delete(id)
		asked.answered(codes)
		return undefined
	}

	/** Says in words what is overdue. */
	overdue(now: number, patience: number): string | undefined {
		const [oldest] = this.#all.values()
		return oldest && now - oldest.since >= patience ? `has not answered to a subscription for ${patience} s` : undefined
	}

	empty(): boolean {
		return this.#all.size === 0
	}
}
