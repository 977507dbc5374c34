import type { CaptureLine } from '../../schema/types/capture.ts'
import type { Telegrams } from './task.ts'

type Live = Omit<Telegrams, 'isPrivate'>

/** Telegrams that are held, at most: the one that was asked for longest ago goes. */
const MOST = 8

/** The lines of a telegram; `age`: milliseconds that the last of them was older than the newest of its meter, at the time `at`. */
type One = { lines: CaptureLine[]; age: number; at: number }

/** Telegrams of meters that somebody looks at: each stays when its meter's list of the last ones has moved on. */
export class Held {
	readonly #held = new Map<string, One>()

	/** Gives a meter's last telegrams, with the one of the id before them where it is no longer among them. */
	with(meter: string, id: string, live: Live): Live {
		const key = JSON.stringify([meter, id])
		const place = live.ids?.indexOf(id) ?? -1
		const now = Date.now()
		if (place >= 0) {
			const begin = (live.ids?.slice(0, place).findLastIndex((one) => one !== '') ?? -1) + 1
			const lines = live.lines.slice(begin, place + 1)
			this.#hold(key, { lines, age: (live.lines.at(-1)?.t ?? 0) - (lines.at(-1)?.t ?? 0), at: now })
			return live
		}
		const held = this.#held.get(key)
		const [oldest, newest] = [live.lines[0], live.lines.at(-1)]
		if (!held || !oldest || !newest) return live
		this.#hold(key, held)
		const [first, last] = [held.lines[0], held.lines.at(-1)]
		const length = (last?.t ?? 0) - (first?.t ?? 0)
		// Times count from the oldest line, which is one of this telegram now.
		const shift = length + Math.max(1, held.age + (now - held.at) - (newest.t - oldest.t))
		const later = live.lines.map((line) => ({ ...line, t: line.t - oldest.t + shift }))
		const earlier = held.lines.map((line) => ({ ...line, t: line.t - (first?.t ?? 0) }))
		const ids = held.lines.map((_, at) => (at === held.lines.length - 1 ? id : ''))
		return { ...live, lines: [...earlier, ...later], ids: [...ids, ...(live.ids ?? [])] }
	}

	#hold(key: string, one: One): void {
		this.#held.delete(key)
		this.#held.set(key, one)
		for (const [oldest] of this.#held) {
			if (this.#held.size <= MOST) break
			this.#held.delete(oldest)
		}
	}
}
