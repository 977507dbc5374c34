import type { Disk } from './disk.ts'
import { POWERS } from './past.ts'
import { DAY } from './store.ts'
import type { Track } from './track.ts'

/** Packs that are deleted at once. */
const MOST = 20
/** Seconds of minutes that stay at the least: the quarter-hour that goes on is put together from them. */
const LEAST = 3600

/** Deletes what is older than the config wants it, one series a minute. */
export class Pruning {
	readonly #settings: { days: number; minuteDays: number }
	readonly #disk: Disk
	readonly #tracks: ReadonlyMap<string, Track>
	/** The series that are looked at next. */
	#queue: [meter: string, name: string][] = []

	constructor(settings: { days: number; minuteDays: number }, disk: Disk, tracks: ReadonlyMap<string, Track>) {
		this.#settings = settings
		this.#disk = disk
		this.#tracks = tracks
	}

	/** Looks at the next series; `now`: seconds since 1970. */
	step(now: number): void {
		this.#queue = this.#queue.length > 0 ? this.#queue : this.#all()
		const [meter, name] = this.#queue.shift() ?? []
		if (meter === undefined || name === undefined) return
		const { days, minuteDays } = this.#settings
		const isMinutes = name === 'minutes'
		const before = now - (isMinutes ? Math.max(minuteDays * DAY, LEAST) : days * DAY)
		const size = isMinutes ? POWERS.minutes : DAY
		const moved = this.#disk.read((store) => store.prune(meter, name, before, size, MOST), undefined)
		if (moved) this.#tracks.get(meter)?.counters.get(name)?.trim(moved.start, moved.first)
	}

	#all(): [string, string][] {
		return this.#disk.read(
			(store) => store.meters().flatMap((meter) => [...store.seriesOf(meter).keys()].map((name): [string, string] => [meter, name])),
			[],
		)
	}
}
