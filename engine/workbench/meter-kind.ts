import { dirname, join, relative } from 'node:path'
import type { FieldInfo, MeterKind } from '../../schema/types/api.ts'
import type { CaptureHeader } from '../../schema/types/capture.ts'
import type { Finding } from '../document/finding.ts'
import { explainTelegram } from '../explain/telegram.ts'
import { readRegular } from '../files/regular.ts'
import { shownFields } from '../output/selection.ts'
import { replaySample, testKeys } from '../pipeline/replay.ts'
import type { Library } from '../profile/library.ts'
import { type CompiledProfile, compileProfile } from '../profile/profile.ts'
import { type Sample, samplesOf } from '../profile/samples.ts'
import { lineText } from '../profile/short-forms.ts'
import { visible } from '../text/visible.ts'
import { type Capture, readCapture } from '../transport/capture.ts'
import { configEntry } from './config-entry.ts'

/** Bytes of a README that are shown, and of a recording that is read; recordings that are explained. */
const [MAX_NOTES, MAX_CAPTURE, MAX_SAMPLES] = [64 * 1024, 4 * 1024 * 1024, 12]

type ShownSample = NonNullable<MeterKind['samples']>[number]
type Shown = { sample: ShownSample; header: CaptureHeader; capture: Capture; fields: FieldInfo[] }

/**
 * Tells all that a person wants to know of the kind of meter or adapter that a profile reads: what it is, how it is wired and asked, the fields that its
 * recordings show, and the first telegram of each byte by byte. Gives the findings of a profile that is wrong or does not exist.
 */
export async function meterKind(name: string, library: Library): Promise<MeterKind | Finding[]> {
	const profile = compileProfile(name, library)
	if (Array.isArray(profile)) return profile
	const samples = samplesOf(profile)
	const shown: Shown[] = []
	for (const sample of samples.slice(0, MAX_SAMPLES)) shown.push(...(await shownSample(profile, sample)))
	const fields = merged(shown.map((one) => one.fields))
	const notes = notesOf(samples)
	return {
		name,
		title: profile.document.title ?? name,
		...about(profile),
		...wired(profile),
		keys: keysOf(
			profile,
			shown.map(({ header }) => header),
		),
		parents: profile.chain.slice(1),
		...(notes !== undefined && { notes }),
		config: configEntry(
			profile,
			fields,
			shown.map(({ capture }) => capture),
		),
		fields,
		samples: shown.map(({ sample }) => sample),
	}
}

/** What it is: maker, model, adapter, operators. */
function about({ document }: CompiledProfile): Partial<MeterKind> {
	const { version, description, meter = {} } = document
	const { manufacturer, model, adapter, country, interface: socket, operator, operators = [], timezone } = meter
	const all = [...new Set([...(operator === undefined ? [] : [operator]), ...operators])]
	return defined({
		version,
		description,
		manufacturer,
		model,
		adapter,
		country,
		interface: socket,
		timezone,
		operators: all.length > 0 ? all : undefined,
	})
}

/** How it is connected: socket, line or topic, dialect, pace. */
function wired({ document }: CompiledProfile): Pick<MeterKind, 'kind'> & Partial<MeterKind> {
	const { transport, decoder, interval, meter = {} } = document
	const { kind, topic } = transport
	const hasLine = kind === 'serial' && (transport.baudRate !== undefined || transport.signOn !== undefined)
	const asked = transport.signOn !== undefined || transport.request !== undefined
	return {
		kind,
		...defined({
			port: meter.port,
			line: hasLine ? lineText({ baudRate: transport.signOn ? 300 : 9600, ...transport }) : undefined,
			topic: topic === undefined ? undefined : [topic].flat(),
			link: decoder.link,
			application: decoder.application,
			interval: transport.signOn?.interval ?? transport.request?.interval ?? interval,
		}),
		asked,
	}
}

/** Whether its telegrams are ciphered: needed where all recordings are, possible where some are or the protocol allows it. */
function keysOf({ document: { decoder } }: CompiledProfile, headers: CaptureHeader[]): NonNullable<MeterKind['keys']> {
	const sealed = headers.filter(({ testKeys: keys }) => keys?.encryption !== undefined)
	if (decoder.authenticationData !== undefined || (sealed.length > 0 && sealed.length === headers.length)) return 'needed'
	const mayBe = decoder.application === 'dlms' || decoder.link === 'raw' || decoder.link === 'auto'
	return sealed.length > 0 || mayBe ? 'possible' : 'none'
}

/** Explains the first telegram of a recording, with the reading it gives. Nothing for a recording that cannot be read, or gives none. */
async function shownSample(profile: CompiledProfile, { capture: file }: Sample): Promise<Shown[]> {
	let capture: Capture
	try {
		capture = readCapture(file, MAX_CAPTURE)
	} catch {
		return []
	}
	const outcomes = await replaySample(profile, capture)
	const readings = outcomes.flatMap((outcome) => (outcome.kind === 'reading' ? [outcome] : []))
	const [first] = readings
	if (!first) return []
	const keys = testKeys(capture)
	const { stages } = explainTelegram(first.bytes, profile, keys)
	const { received: _received, session: _session, seq: _seq, ...reading } = first.reading
	const { header } = capture
	const extras = profile.document.extra ?? {}
	return [
		{
			header,
			capture,
			fields: merged(readings.map((outcome) => shownFields({ ...outcome.reading }, {}, extras).map(fieldInfo))),
			sample: { sample: pathName(file), source: visible(header.source), license: visible(header.license), stages, reading },
		},
	]
}

/** The name of a recording for people: `ekz-e450/vse-2026`. */
const pathName = (file: string): string =>
	relative(dirname(dirname(file)), file)
		.replaceAll('\\', '/')
		.replace(/\.capture\.jsonl$/, '')

function fieldInfo({ name, unit, obis, label, class: quantity }: ReturnType<typeof shownFields>[number]): FieldInfo {
	return { name, unit, label, ...(obis !== '' && { obis }), ...(quantity !== '' && { class: quantity }) }
}

/** All fields of several lists, each once, in the order in which they come first. */
const merged = (lists: FieldInfo[][]): FieldInfo[] => [...new Map(lists.flat().map((field) => [field.name, field])).values()]

/** The README beside the recordings, where there is one. */
function notesOf(samples: Sample[]): string | undefined {
	const [first] = samples
	if (!first) return undefined
	try {
		return readRegular(join(dirname(first.capture), 'README.md'), MAX_NOTES)
	} catch {
		return undefined
	}
}

/** Leaves out what is undefined. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
		[K in keyof T]?: Exclude<T[K], undefined>
	}
}
