import { fileURLToPath } from 'node:url'
import { decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import { e450Encrypted, inputOf, inTurn, sealedParts, sources } from './inputs.ts'
import { lastResult, type Measured, measure, median, ratio, type Task } from './measure.ts'
import { compiledTask, interpreterRate, outputTask, points, stages, wholeWay } from './tasks.ts'

/**
 * What a telegram takes from its bytes to JSON, by kind; each kind runs in a process of its own (`node kinds.js KIND [--quick]`), as a meter at home
 * does, and prints a `Result`. `mixed` is all kinds in one process.
 */

/** What one process measured. `ratio`: of the whole way to its fixed point. */
export type Result = { whole: Measured[]; stages: Measured[]; ratio?: number }

const quick = process.argv.includes('--quick')
const [ROUNDS, MILLISECONDS] = quick ? [7, 50] : [11, 100]

/** Every kind, by its name. */
export const kinds: Record<string, () => Result | Promise<Result>> = {
	e450Encrypted() {
		const source = e450Encrypted()
		const sealed = inTurn((meter, round) => sealedParts(source.apdu(meter, round), source.keys(meter)))
		return kindOf('e450Encrypted', points.decipher(sealed))
	},
	e450Plain: () => kindOf('e450Plain'),
	am550: () => kindOf('am550'),
	p1: () => kindOf('p1', points.dsmrParser(inputOf(sources.p1()).telegrams)),
	json: () => kindOf('json'),
	sml: () => kindOf('sml', points.openSml(inputOf(sources.sml()).telegrams)),
	transform: transforms,
	outputs() {
		const input = inputOf(sources.am550())
		const tasks = ['influx', 'rl-dsp', 'values', 'hackday'].map((name) => outputTask(name, input))
		return { whole: measure(tasks, 5, MILLISECONDS), stages: [] }
	},
	mixed() {
		const all = ['e450Encrypted', 'e450Plain', 'am550', 'p1', 'json', 'sml'] as const
		const tasks = all.map((name) => wholeWay(inputOf(sources[name]())))
		return { whole: measure(tasks, 5, MILLISECONDS), stages: [] }
	},
}

function kindOf(name: keyof typeof sources, point?: Task): Result {
	const input = inputOf(sources[name]())
	const whole = measure([wholeWay(input), ...(point ? [point] : [])], ROUNDS, MILLISECONDS)
	// Ratios alone are of interest in CI.
	const parts = quick ? [] : stages(input)
	const measured = parts.length > 0 ? measure(parts, 5, MILLISECONDS / 4) : []
	return { whole, stages: measured, ...(point && { ratio: ratio(whole[0], whole[1]) }) }
}

async function transforms(): Promise<Result> {
	const { profile, telegram } = sources.e450Plain()
	const settings = { ...decoderSettings(profile.document.decoder, {}), link: 'hdlc', application: 'dlms' } as const
	const [decoded] = decoder(settings).push(telegram(0, 0))
	if (!decoded || !('telegram' in decoded)) throw new Error(JSON.stringify(decoded))
	const task = compiledTask(decoded.telegram)
	const rounds: number[] = []
	let compiled: Measured | undefined
	let interpreted = 0
	for (let round = 0; round < ROUNDS; round++) {
		compiled = measure([task], 1, MILLISECONDS, round === 0 ? undefined : 1)[0]
		interpreted = await interpreterRate(decoded.telegram, MILLISECONDS)
		rounds.push((compiled?.perSecond ?? 0) / interpreted)
	}
	const interpreter = { name: 'the interpreter', perSecond: interpreted, rounds: [], p50: Number.NaN, p99: Number.NaN, bytes: Number.NaN }
	return { whole: compiled ? [compiled, interpreter] : [], stages: [], ratio: median(rounds) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const result = await kinds[process.argv[2] ?? '']?.()
	if (lastResult() === undefined) throw new Error('nothing was measured')
	process.stdout.write(JSON.stringify(result))
}
