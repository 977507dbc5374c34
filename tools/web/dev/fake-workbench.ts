import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fromHex } from '../../../engine/bytes/hex.ts'
import { explainTelegram } from '../../../engine/explain/telegram.ts'
import { packageRoot } from '../../../engine/files/package.ts'
import { testKeys } from '../../../engine/pipeline/replay.ts'
import { builtinProfiles, isFragment, profileNames, readLibrary } from '../../../engine/profile/library.ts'
import { compileProfile } from '../../../engine/profile/profile.ts'
import type { Keys } from '../../../engine/telegram/telegram.ts'
import { parseCapture, readCapture } from '../../../engine/transport/capture.ts'
import { analyse } from '../../../engine/workbench/analyse.ts'
import type { CaptureHeader, CaptureLine } from '../../../schema/types/capture.ts'
import type { SourceGiven, WorkbenchAnswer, WorkbenchProfile, WorkbenchRequest } from '../src/api/types.ts'
import { type Route, Status } from './fake.ts'

const library = readLibrary([builtinProfiles])
/** The meter that runs, the recording that it sends again and again, and seconds between two telegrams. */
const LIVE = { meter: 'house', profile: 'aew-e450', sample: 'composed', seconds: 3, kept: 20 }

/** Routes of the workbench over the profiles and recordings of the package; the engine's own code answers. */
export function workbenchRoutes(): Route[] {
	const live = liveTelegrams()
	return [
		['POST', /^workbench$/, ({ body }) => answer(body as WorkbenchRequest, live)],
		['GET', /^workbench\/profiles\/([^/]+)$/, ({ match: [, name = ''] }) => profileOf(name) ?? MISSING],
		[
			'GET',
			/^profiles$/,
			() => ({
				profiles: profileNames(library)
					.filter((name) => !isFragment(name))
					.map(entryOf),
			}),
		],
		[
			'GET',
			new RegExp(`^meters/${LIVE.meter}/telegrams$`),
			() => ({
				telegrams: live()
					.reverse()
					.map(({ id, received, line }) => ({ id, received, bytes: line.hex.length / 2, outcome: 'reading' })),
			}),
		],
		[
			'GET',
			new RegExp(`^meters/${LIVE.meter}/telegrams/([^/]+)$`),
			({ match: [, id] }) => {
				const found = live().find((one) => one.id === id)
				const profile = compileProfile(LIVE.profile, library)
				const { capture } = recordingOf(LIVE.profile, LIVE.sample) ?? {}
				if (!found || Array.isArray(profile) || !capture) return MISSING
				return explainTelegram(fromHex(found.line.hex) ?? new Uint8Array(0), profile, testKeys(capture))
			},
		],
	]
}

const MISSING = new Status(404, { error: { code: 'unknown', message: 'There is nothing of this name.' } })

type Live = { id: string; received: string; line: CaptureLine & { hex: string } }

/** The last telegrams of the meter that runs: one more every few seconds. */
function liveTelegrams(): () => Live[] {
	const began = Date.now() - 5 * LIVE.seconds * 1000
	const lines = recordingOf(LIVE.profile, LIVE.sample)?.capture.lines.flatMap((line) => ('hex' in line ? [line] : [])) ?? []
	return () => {
		const sent = Math.floor((Date.now() - began) / (LIVE.seconds * 1000)) + 1
		const first = Math.max(0, sent - LIVE.kept)
		return Array.from({ length: sent - first }, (_, place): Live => {
			const n = first + place
			const t = n * LIVE.seconds * 1000
			return { id: String(n + 1), received: new Date(began + t).toISOString(), line: { t, hex: lines[n % lines.length]?.hex ?? '' } }
		})
	}
}

const recordings = (name: string): string[] => {
	const folder = new URL(`meters/${name}/`, packageRoot)
	const files = existsSync(folder) ? readdirSync(folder) : []
	return files.flatMap((file) => (file.endsWith('.capture.jsonl') ? [file.slice(0, -'.capture.jsonl'.length)] : []))
}

function recordingOf(profile: string, sample: string) {
	if (!recordings(profile).includes(sample)) return undefined
	return { capture: readCapture(new URL(`meters/${profile}/${sample}.capture.jsonl`, packageRoot).pathname) }
}

function entryOf(name: string) {
	const { title = name } = JSON.parse(library.sources.get(name)?.text ?? '{}') as { title?: string }
	return { name, title, kind: 'serial', samples: recordings(name).length > 0, source: 'built-in' }
}

function profileOf(name: string): WorkbenchProfile | undefined {
	const source = library.sources.get(name)
	if (!source) return undefined
	return {
		name,
		text: readFileSync(source.file, 'utf8'),
		etag: '1',
		file: source.file,
		own: false,
		builtin: true,
		samples: recordings(name),
	}
}

type Found = { lines: CaptureLine[]; header?: CaptureHeader; keys: Keys; ids?: string[] }

/** The telegrams of a source, in a few of the forms that people paste. */
function found(source: SourceGiven, live: () => Live[]): Found {
	if ('meter' in source) {
		const all = live()
		const { capture } = recordingOf(LIVE.profile, LIVE.sample) ?? {}
		return { lines: all.map(({ line }) => line), ids: all.map(({ id }) => id), keys: capture ? testKeys(capture) : {} }
	}
	if ('sample' in source) return { lines: [], keys: {}, ...recordingOf(source.profile, source.sample)?.capture }
	const { text, topic = '', keys: given = {} } = source
	const keys = Object.fromEntries(Object.entries(given).map(([name, digits]) => [name, fromHex(digits)])) as Keys
	if (text.startsWith('{"capture"')) return { keys, ...parseCapture(source.name ?? 'text', text) }
	if (/^\s*[[{]/.test(text)) return { lines: [{ t: 0, topic, payload: text }], keys }
	const bytes = fromHex(text) ?? (/^[\w+/\s]+=*\s*$/.test(text) ? Buffer.from(text, 'base64') : Buffer.from(text.replace(/\r?\n/g, '\r\n')))
	return { lines: [{ t: 0, hex: Buffer.from(bytes).toString('hex') }], keys }
}

async function answer(
	{ profile, source, telegram, evaluate, samples = false }: WorkbenchRequest,
	live: () => Live[],
): Promise<WorkbenchAnswer> {
	const { ids, ...given } = source ? found(source, live) : { lines: [], keys: {}, ids: undefined }
	const n = source && 'id' in source && source.id !== undefined ? ids?.indexOf(source.id) : telegram
	const made = await analyse({
		...(profile && { draft: { ...profile, folder: builtinProfiles } }),
		library,
		...given,
		...(n !== undefined && n >= 0 && { telegram: n }),
		...(evaluate !== undefined && { evaluate }),
		samples,
		outputs: ['home-assistant', 'values', 'influx'],
	})
	for (const [place, row] of (made.telegrams ?? []).entries()) if (ids?.[place] !== undefined) row.id = ids[place]
	return made
}
