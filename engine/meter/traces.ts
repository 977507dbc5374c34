import { randomUUID } from 'node:crypto'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys } from '../telegram/telegram.ts'
import { type MeterRecording, type RecordingState, type TelegramRow, Trace, type TracedLines, type TracedTelegram } from './trace.ts'

/** Recordings that are kept at once, and milliseconds until one that nobody fetched is gone. */
const [MAX_RECORDINGS, KEPT] = [4, 600_000]

/** The traces of all meters, and the recordings that were asked for. Made only where somebody can ask: the page is on. */
export class Traces {
	readonly #traces = new Map<string, Trace>()
	readonly #recordings = new Map<string, MeterRecording>()

	/** Returns the trace of a meter, which goes on with this profile and these keys over restarts of it. */
	of(meter: string, profile: CompiledProfile, keys: Keys): Trace {
		const trace = this.#traces.get(meter) ?? new Trace(profile)
		this.#traces.set(meter, trace)
		trace.open(profile, keys)
		return trace
	}

	/** Lists the last telegrams of a meter; undefined for one that does not run. */
	list(meter: string): TelegramRow[] | undefined {
		return this.#traces.get(meter)?.list()
	}

	/** Explains a telegram of a meter's list; undefined where it is not in the list. */
	explain(meter: string, id: string): TracedTelegram | undefined {
		return this.#traces.get(meter)?.explain(id)
	}

	/** Gives the last telegrams of a meter as a recording, with the keys that open them; undefined for a meter that does not run, or has none. */
	lines(meter: string): TracedLines | undefined {
		return this.#traces.get(meter)?.lines()
	}

	/** Begins a recording of a meter. Returns its id, or says that too many are kept already; undefined for a meter that does not run. */
	record(meter: string, seconds: number): { id: string } | { busy: string } | undefined {
		const trace = this.#traces.get(meter)
		if (!trace) return undefined
		for (const [id, { until }] of this.#recordings) if (until + KEPT < Date.now()) this.end(id)
		if (this.#recordings.size >= MAX_RECORDINGS)
			return { busy: `${MAX_RECORDINGS} recordings are kept already: download or delete one first` }
		const id = randomUUID()
		this.#recordings.set(id, trace.record(seconds))
		return { id }
	}

	/** Says how a recording stands; undefined for one that is gone. */
	recording(id: string): RecordingState | undefined {
		return this.#recordings.get(id)?.state()
	}

	/** Ends a recording and forgets it. Returns whether there was one. */
	end(id: string): boolean {
		this.#recordings.get(id)?.close()
		return this.#recordings.delete(id)
	}

	/** Forgets all other meters. */
	keep(names: string[]): void {
		for (const name of [...this.#traces.keys()]) if (!names.includes(name)) this.#traces.delete(name)
	}

	/** Ends all recordings, and forgets all meters. */
	close(): void {
		for (const id of [...this.#recordings.keys()]) this.end(id)
		this.#traces.clear()
	}
}
