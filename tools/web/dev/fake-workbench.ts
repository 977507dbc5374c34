import { fromHex, hex } from '../../../engine/bytes/hex.ts'
import { explainTelegram } from '../../../engine/explain/telegram.ts'
import { packageRoot } from '../../../engine/files/package.ts'
import { testKeys } from '../../../engine/pipeline/replay.ts'
import { builtinProfiles, readLibrary } from '../../../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../../../engine/profile/profile.ts'
import { type Capture, partsOf, readCapture } from '../../../engine/transport/capture.ts'
import type { Telegrams } from '../../../engine/workbench/task.ts'
import type { CaptureLine } from '../../../schema/types/capture.ts'
import type { TelegramEntry } from '../src/api/types.ts'
import { type Route, Status } from './fake.ts'
import { type BenchScene, FakeBench } from './fake-bench.ts'

/** Telegrams of a meter that are kept. */
const KEPT = 20

type Sent = { id: string; received: string; line: CaptureLine & { hex: string } }

/** A meter that sends a recording again and again: one telegram every few seconds, the last ones of which are kept. */
class LiveMeter {
	readonly #name: string
	readonly #pause: number
	readonly #capture: Capture
	readonly #profile: CompiledProfile
	readonly #began: number

	/** `sample`: a recording of the profile; `seconds` between two telegrams. */
	constructor({ name = 'house', profile = 'aew-e450', sample = 'composed', seconds = 3 } = {}) {
		this.#name = name
		this.#pause = seconds * 1000
		this.#capture = readCapture(new URL(`meters/${profile}/${sample}.capture.jsonl`, packageRoot).pathname)
		const compiled = compileProfile(profile, readLibrary([builtinProfiles]))
		if (Array.isArray(compiled)) throw new Error(`${profile} has errors`)
		this.#profile = compiled
		this.#began = Date.now() - 4 * this.#pause
	}

	/** The last telegrams, for the workbench. */
	live(meter: string): Omit<Telegrams, 'isPrivate'> | undefined {
		if (meter !== this.#name) return undefined
		const sent = this.#sent()
		return { lines: sent.map(({ line }) => line), ids: sent.map(({ id }) => id), keys: testKeys(this.#capture) }
	}

	routes(): Route[] {
		const path = `meters/${this.#name}/telegrams`
		return [
			['GET', new RegExp(`^${path}$`), () => ({ telegrams: this.#sent().reverse().map(entryOf) })],
			[
				'GET',
				new RegExp(`^${path}/([^/]+)$`),
				({ match: [, id] }) => {
					const found = this.#sent().find((one) => one.id === id)
					if (!found) return new Status(404, { error: { code: 'gone', message: 'This telegram is no longer kept.' } })
					return explainTelegram(fromHex(found.line.hex) ?? new Uint8Array(0), this.#profile, testKeys(this.#capture))
				},
			],
		]
	}

	#sent(): Sent[] {
		const parts = partsOf(this.#capture).map((part) => hex(part))
		const count = Math.floor((Date.now() - this.#began) / this.#pause) + 1
		const first = Math.max(0, count - KEPT)
		return Array.from({ length: count - first }, (_, place): Sent => {
			const t = (first + place) * this.#pause
			const line = { t, hex: parts[(first + place) % parts.length] ?? '' }
			return { id: String(first + place + 1), received: new Date(this.#began + t).toISOString(), line }
		})
	}
}

const entryOf = ({ id, received, line }: Sent): TelegramEntry => ({ id, received, bytes: line.hex.length / 2, outcome: 'reading' })

/** The workbench over a meter that runs and a folder of its own. */
export function fakeWorkbench(scene: BenchScene = {}): { bench: FakeBench; routes: Route[] } {
	const meter = new LiveMeter()
	const bench = new FakeBench({ live: (name) => meter.live(name), ...scene })
	return { bench, routes: [...bench.routes(), ...meter.routes()] }
}
