import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CURVES, curves } from './curves.ts'
import { idle } from './idle.ts'
import { kinds, type Result } from './kinds.ts'
import { latencies, shown } from './latency.ts'
import { KINDS, processes, QUICK, type Setup, USUAL } from './process.ts'
import { inScene, unable } from './scene.ts'

/**
 * `npm run bench [-- --json] [--quick] [--only PART,PART]`: a part is a kind of telegram from its bytes to JSON (kinds.ts), or measures whole processes. Ends
 * with 1 when a ratio is worse than what is held. tools/bench/README.md has all options, says what is compared, and has the last figures.
 */
const { values: options } = parseArgs({
	options: {
		json: { type: 'boolean', default: false },
		quick: { type: 'boolean', default: false },
		only: { type: 'string' },
		kinds: { type: 'string' },
		meters: { type: 'string' },
		roles: { type: 'string' },
		rounds: { type: 'string' },
		telegrams: { type: 'string' },
		flags: { type: 'string' },
		count: { type: 'string', default: '1000' },
		every: { type: 'string', default: '1000' },
		seconds: { type: 'string', default: '300' },
		curve: { type: 'string', default: Object.keys(CURVES).join(',') },
	},
})
const show = options.json ? () => undefined : (line: string) => console.log(line)

/** A ratio: of which part, and what is held. Beyond that something has become slower. */
type Ratio = { part: string; held: number; is: 'at least' | 'at most' }

/**
 * Half of what is given is held of rates, and of P1, whose telegrams make most garbage, a quarter: beside other work the collector has taken as much in
 * one run of six. Of costs, twice what is reached. README.md says what is promised.
 */
const RATIOS: Record<string, Ratio> = {
	e450_encrypted_of_decipher: { part: 'e450Encrypted', held: 0.06, is: 'at least' },
	p1_of_dsmr_parser: { part: 'p1', held: 0.2, is: 'at least' },
	sml_of_open_sml: { part: 'sml', held: 0.4, is: 'at least' },
	transform_of_interpreter: { part: 'transform', held: 50, is: 'at least' },
	process_p1_of_mqttjs: { part: 'process', held: 10, is: 'at most' },
	translator_p1_of_mqttjs: { part: 'process', held: 14, is: 'at most' },
}

/** Gives the ratios of a part, after it has shown what else it measures. */
const PARTS: Record<string, () => Record<string, number> | Promise<Record<string, number>>> = {
	...Object.fromEntries(Object.keys(kinds).map((kind) => [kind, () => ofKind(kind)])),
	process: ofProcesses,
}
/** Parts that only who asks for them gets: they take long. */
const ASKED: typeof PARTS = {
	latency: ofLatency,
	curves: () => whole(() => curves(options.curve.split(','), setup(), show)),
	idle: () => whole(() => idle(counted('seconds', options.seconds), setup().flags, show)),
}

const ratios: Record<string, number> = {}
try {
	const asked = options.only === undefined ? Object.keys(PARTS) : options.only.split(',')
	const all = { ...PARTS, ...ASKED }
	for (const part of asked) if (!all[part]) throw new Error(`there is no part ${part}; there are ${Object.keys(all).join(', ')}`)
	for (const part of asked) {
		if (options.json && options.only === undefined && !Object.values(RATIOS).some((ratio) => ratio.part === part)) continue
		Object.assign(ratios, await all[part]?.())
	}
	judge()
	console.log(JSON.stringify({ ratios }))
} catch (error) {
	console.error((error as Error).message)
	process.exitCode = 1
}
process.exit()

/** Says which ratios are worse than what is held. */
function judge(): void {
	for (const [name, value] of Object.entries(ratios)) {
		const { held, is } = RATIOS[name] ?? { held: value, is: 'at least' }
		if (is === 'at least' ? value >= held : value <= held) continue
		console.error(`${name} is ${value}, and ${is} ${held} is held`)
		process.exitCode = 1
	}
}

/** Measures one kind of telegram in a process of its own. */
function ofKind(kind: string): Record<string, number> {
	const args = ['--expose-gc', fileURLToPath(new URL('kinds.js', import.meta.url)), kind, ...(options.quick ? ['--quick'] : [])]
	const text = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
	const { whole, stages, ratio } = JSON.parse(text) as Result
	show(`\n${kind.padEnd(38)}  telegrams/s   p50 µs   p99 µs   bytes each`)
	for (const { name, perSecond, p50, p99, bytes } of [...whole, ...stages.map((stage) => ({ ...stage, name: `  ${stage.name}` }))])
		show(
			`${name.padEnd(38)} ${String(Math.round(perSecond)).padStart(12)} ${number(p50)} ${number(p99)} ${String(bytes ?? '').padStart(12)}`,
		)
	if (ratio !== undefined) show(`ratio ${ratio.toPrecision(3)}`)
	const [name] = Object.entries(RATIOS).find(([, { part }]) => part === kind) ?? []
	return name === undefined || ratio === undefined ? {} : { [name]: Number(ratio.toPrecision(3)) }
}

function number(value: number | null): string {
	return (value === null || Number.isNaN(value) ? '' : value.toFixed(1)).padStart(8)
}

function ofProcesses(): Promise<Record<string, number>> {
	return whole(async () => {
		const found = await processes(setup(), show)
		const named = { process_p1_of_mqttjs: found['run p1 100'], translator_p1_of_mqttjs: found['translate p1 100'] }
		return Object.fromEntries(Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
	})
}

function ofLatency(): Promise<Record<string, number>> {
	return whole(async () => {
		const found = await inScene((scene) => latencies(scene, counted('count', options.count), counted('every', options.every)))
		const { p50, p99 } = shown(found, show)
		return { latency_p50_of_bare: p50, latency_p99_of_bare: p99 }
	}, 'socat')
}

/** Measures whole processes; a machine that lacks something leaves that out, but for CI's. */
async function whole(measured: () => Promise<Record<string, number>>, ...programs: string[]): Promise<Record<string, number>> {
	const why = unable(...programs)
	if (why === undefined) return await measured()
	if (process.env.CII_REQUIRE_TOOLS) throw new Error(why)
	console.error(`SKIPPED: ${why}`)
	return {}
}

/** Reads the number of an option. */
function counted(option: string, text: string): number {
	const number = Number(text)
	if (Number.isInteger(number) && number > 0) return number
	throw new Error(`--${option} ${text}: give a whole number above 0`)
}

function setup(): Setup {
	const usual = options.quick ? QUICK : USUAL
	const { kinds: names, meters, roles, rounds, telegrams, flags } = options
	return {
		...usual,
		...(names !== undefined && { kinds: names === 'all' ? KINDS : names.split(',') }),
		...(meters !== undefined && { meters: meters.split(',').map((one) => counted('meters', one)) }),
		...(roles !== undefined && { roles: roles.split(',') }),
		...(rounds !== undefined && { rounds: counted('rounds', rounds) }),
		...(telegrams !== undefined && { telegrams: counted('telegrams', telegrams) }),
		...(flags !== undefined && { flags: flags.split(' ').filter(Boolean) }),
	}
}
