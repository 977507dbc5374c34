import { readdirSync } from 'node:fs'
import { explainTelegram } from '../../../engine/explain/telegram.ts'
import { packageRoot } from '../../../engine/files/package.ts'
import { testKeys } from '../../../engine/pipeline/replay.ts'
import { readingPipeline } from '../../../engine/pipeline/translate.ts'
import { builtinProfiles, readLibrary } from '../../../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../../../engine/profile/profile.ts'
import type { Keys } from '../../../engine/telegram/telegram.ts'
import { partsOf, readCapture } from '../../../engine/transport/capture.ts'
import type { LogEntry } from '../src/api/types.ts'
import { type Route, Status } from './fake.ts'

/** Lines of a log as it is, of a house that starts. */
export const LINES: [level: LogEntry['level'], text: string, meter?: string][] = [
	['info', 'cii2mqtt 0.1.0 starts with 4 meters'],
	['info', 'profile house-e450@1.2.0, serial', 'house'],
	['info', 'serial is open', 'house'],
	['info', 'the line is detected: HDLC frames that carry DLMS', 'house'],
	['info', 'the first reading is published', 'house'],
	['warn', 'no reading for 60 s: no bytes since 14:02:11 from /dev/serial/by-id/usb-FTDI-if00', 'heat-pump'],
	['error', 'profiles/workshop.json:12:5 "powr_net" is not known here: did you mean "power_net"? 1.1.0 stays in use', 'workshop'],
	['info', 'readings arrive again', 'heat-pump'],
	[
		'warn',
		'refused: damaged on the way: the frame check sequence (FCS) is wrong: 134 bytes (fcs) (and 3 more of this cause that were left out)',
		'house',
	],
]

/** Makes the log of the fake server. */
export function logEntries(now = Date.now()): LogEntry[] {
	return LINES.map(([level, text, meter], place) => ({
		n: place + 1,
		time: new Date(now - (LINES.length - place) * 47_000).toISOString(),
		level,
		text,
		...(meter !== undefined && { meter }),
	}))
}

const OUTPUTS = [
	{ name: 'home-assistant', title: 'Home Assistant: MQTT device discovery', description: 'One retained message a meter.', enabled: false },
	{ name: 'values', title: 'One plain number a topic', description: 'cii/<meter>/values/<field>, retained.', enabled: false },
	{ name: 'influx', title: 'InfluxDB’s line protocol', description: 'influx/<meter>', enabled: false },
]

/** Routes of log, telegrams, outputs and signing in; telegrams are recordings of real meters, explained as the engine does. */
export async function flowRoutes(meter = 'lg-e570'): Promise<Route[]> {
	const telegrams = await recorded(meter)
	const outputs = OUTPUTS.map((output) => ({ ...output }))
	let recordedAt = 0
	return [
		['GET', /^log$/, () => ({ entries: logEntries() })],
		['GET', /^outputs$/, () => ({ outputs })],
		[
			'PUT',
			/^outputs\/([^/]+)$/,
			({ match, body }) => {
				const output = outputs.find(({ name }) => name === match[1])
				if (output) output.enabled = (body as { enabled: boolean }).enabled
				return { etag: '2', applied: true, undo: 'the output' }
			},
		],
		[
			'GET',
			/^profiles$/,
			() => ({ profiles: [{ name: 'ekz-e450', title: 'EKZ: Landis+Gyr E450', kind: 'serial', samples: true, source: 'built-in' }] }),
		],
		[
			'GET',
			/^diagnostics$/,
			() => ({ process: { version: '0.1.0', since: new Date(Date.now() - 259_200_000).toISOString(), memory: 71_303_168, cpu: 0.004 } }),
		],
		['GET', /^meters\/([^/]+)\/telegrams$/, () => ({ telegrams: telegrams.map(({ detail: _, ...row }) => row) })],
		['GET', /^meters\/([^/]+)\/telegrams\/([^/]+)$/, ({ match }) => telegrams.find(({ id }) => id === match[2])?.detail ?? GONE],
		[
			'POST',
			/^meters\/([^/]+)\/recording$/,
			() => {
				recordedAt = Date.now()
				return new Status(202, { id: 'r1' })
			},
		],
		[
			'GET',
			/^recordings\/r1$/,
			() => {
				const remaining = Math.ceil(6 - (Date.now() - recordedAt) / 1000)
				return remaining > 0 ? new Status(202, { remaining }) : '{"capture":1}\n{"t":0,"hex":"7E"}\n'
			},
		],
		['DELETE', /^recordings\/r1$/, () => ({})],
		[
			'POST',
			/^session$/,
			({ fake, body }) => {
				if ((body as { password: string }).password !== 'a good password')
					return new Status(401, { error: { code: 'password', message: 'this password is wrong' } })
				fake.session = { ...fake.session, rights: 'change' }
				return fake.session
			},
		],
		[
			'DELETE',
			/^session$/,
			({ fake }) => {
				fake.session = { ...fake.session, rights: 'none' }
				return fake.session
			},
		],
		[
			'POST',
			/^passwords$/,
			({ fake }) => {
				fake.session = { ...fake.session, rights: 'change', passwordSet: true }
				return fake.session
			},
		],
	]
}

const GONE = new Status(404, { error: { code: 'gone', message: 'no such telegram' } })

type Row = { id: string; received: string; bytes: number; outcome: 'reading' | 'rejected' | 'discarded'; reason?: string; detail: object }

/** Telegrams of a meter's recording, one of them without its key, one damaged. */
async function recorded(meter: string): Promise<Row[]> {
	const folder = new URL(`meters/${meter}/`, packageRoot)
	const file = readdirSync(folder).find((name) => name.endsWith('.capture.jsonl')) ?? ''
	const capture = readCapture(new URL(file, folder).pathname)
	const profile = compileProfile(meter, readLibrary([builtinProfiles]))
	if (Array.isArray(profile)) throw new Error(`${meter} is no profile`)
	const keys = testKeys(capture)
	const pipeline = readingPipeline({ name: 'house', id: 'house', profile, keys, session: 0, seq: 0 })
	const rows: Row[] = []
	for (const part of partsOf(capture)) {
		for (const outcome of [...(await pipeline.push(part, Date.now())), ...(await pipeline.idle(Date.now()))]) {
			if (outcome.kind !== 'reading') continue
			rows.push(rowOf(rows.length, outcome.bytes, profile, keys, { outcome: 'reading' }, outcome.reading))
		}
	}
	const [first] = rows
	const bytes = first ? Buffer.from((first.detail as { hex: string }).hex, 'hex') : Buffer.alloc(0)
	const damaged = Buffer.from(bytes)
	damaged[40] = (damaged[40] ?? 0) ^ 0xff
	rows.push(rowOf(rows.length, bytes, profile, {}, { outcome: 'rejected', reason: 'nokey' }))
	rows.push(rowOf(rows.length, damaged, profile, keys, { outcome: 'discarded', reason: 'fcs' }))
	return rows.reverse()
}

function rowOf(
	n: number,
	bytes: Uint8Array,
	profile: CompiledProfile,
	keys: Keys,
	outcome: Pick<Row, 'outcome' | 'reason'>,
	reading?: object,
): Row {
	const detail = { ...explainTelegram(bytes, profile, keys), ...(reading && { reading }), hex: Buffer.from(bytes).toString('hex') }
	return { id: String(n + 1), received: new Date(Date.now() - (12 - n) * 5000).toISOString(), bytes: bytes.length, ...outcome, detail }
}
