import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { shownTelegram } from '../../../engine/explain/shown.ts'
import { explainTelegram } from '../../../engine/explain/telegram.ts'
import { packageRoot } from '../../../engine/files/package.ts'
import { replaySample, testKeys } from '../../../engine/pipeline/replay.ts'
import { builtinProfiles, isFragment, profileNames, readLibrary } from '../../../engine/profile/library.ts'
import { compileProfile } from '../../../engine/profile/profile.ts'
import { readCapture } from '../../../engine/transport/capture.ts'
import type { RegisterRow, WorkbenchAnswer, WorkbenchProfile, WorkbenchRequest } from '../src/api/types.ts'
import { type Route, Status } from './fake.ts'

const library = readLibrary([builtinProfiles])

/** Routes of the workbench over the profiles and recordings of the package. */
export function workbenchRoutes(): Route[] {
	return [
		['POST', /^workbench$/, ({ body }) => answer(body as WorkbenchRequest)],
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
	]
}

const MISSING = new Status(404, { error: { code: 'unknown', message: 'there is no profile of this name' } })

const samplesOf = (name: string): string[] => {
	const folder = new URL(`meters/${name}/`, packageRoot)
	const files = existsSync(folder) ? readdirSync(folder) : []
	return files.flatMap((file) => (file.endsWith('.capture.jsonl') ? [file.slice(0, -'.capture.jsonl'.length)] : []))
}

function entryOf(name: string) {
	const { title = name } = JSON.parse(library.sources.get(name)?.text ?? '{}') as { title?: string }
	return { name, title, kind: 'serial', samples: samplesOf(name).length > 0, source: 'built-in' }
}

function profileOf(name: string): WorkbenchProfile | undefined {
	const source = library.sources.get(name)
	if (!source) return undefined
	const text = readFileSync(source.file, 'utf8')
	return { name, text, etag: '1', file: source.file, own: false, builtin: true, samples: samplesOf(name) }
}

async function answer({ source, telegram }: WorkbenchRequest): Promise<WorkbenchAnswer> {
	if (!source || !('sample' in source)) return { findings: [] }
	const profile = compileProfile(source.profile, library)
	if (Array.isArray(profile)) return { findings: profile }
	const capture = readCapture(new URL(`meters/${source.profile}/${source.sample}.capture.jsonl`, packageRoot).pathname)
	const outcomes = (await replaySample(profile, capture)).flatMap((one) => (one.kind === 'reading' ? [one] : []))
	const n = telegram ?? 0
	const one = outcomes[n]
	const telegrams = outcomes.map(({ bytes }, place) => ({ n: place, t: place * 1000, bytes: bytes.length, outcome: 'reading' as const }))
	if (!one) return { findings: [], telegrams }
	const { link, application } = profile.document.decoder
	const { readings } = shownTelegram(link ?? '', one.telegram, profile.document.meter?.timezone)
	const used = (code: string) => [...profile.transform].flatMap(([target, { codes }]) => (codes.includes(code) ? [target] : []))
	const rows = Object.entries(readings).map(
		([key, { value, unit }]): RegisterRow => ({ key, value, ...(unit && { unit }), fields: used(key) }),
	)
	const { stages } = explainTelegram(one.bytes, profile, testKeys(capture))
	return {
		findings: [],
		telegrams,
		shown: { n, stages, rows, fields: [], reading: { ...one.reading }, ...(link && { link }), ...(application && { application }) },
	}
}
