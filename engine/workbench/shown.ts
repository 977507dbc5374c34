import type { WorkbenchShown } from '../../schema/types/api.ts'
import type { Decoder as DecoderSection } from '../../schema/types/profile.ts'
import { json } from '../application/json.ts'
import { concat } from '../bytes/hex.ts'
import { type Decoded, decoder } from '../decode/decoder.ts'
import { shownTelegram } from '../explain/shown.ts'
import { decodedOf, type Stage } from '../explain/stages.ts'
import { type ExplainedBytes, explainBytes, explainedStage, opened, settingsFor } from '../explain/telegram.ts'
import { telegramText } from '../explain/text.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { REASONS, refusalText } from '../telegram/reasons.ts'
import type { Keys, Telegram } from '../telegram/telegram.ts'
import { isoTime } from '../telegram/zone.ts'
import { visible } from '../text/visible.ts'
import { scopeOf } from '../transform/scope.ts'
import type { ScopeContext } from '../transform/shown.ts'
import { fieldsOf, type View } from './fields.ts'
import type { Heard } from './heard.ts'
import { markRefusal } from './refused.ts'
import { type Rows, rowsOf } from './rows.ts'

/** What a telegram is shown by: the profile, or else the decoder that its bytes tell, and the meter's keys. */
export type Reader = { profile: CompiledProfile | undefined; section: DecoderSection; keys: Keys }

/** A telegram whole, and the view that expressions have of it: undefined where nothing of it can be read. */
export type Shown = { shown: WorkbenchShown; view: View | undefined; rows: Rows; telegram: Telegram | undefined }

/** Further telegrams of one frame that are looked through for the one that is shown. */
const MAX_IN_FRAME = 64

/** Shows telegram `n` of a list: its bytes stage by stage, its rows, what the profile's expressions make of it, its reading; a refused one up to where it was read. */
export async function shownOf(list: readonly Heard[], n: number, reader: Reader): Promise<Shown> {
	const heard = list[n] as Heard
	const { profile, section, keys } = reader
	const explained = heard.isMessage ? messageOf(heard) : ofFrame(list, n, section, keys)
	const { item, stages } = explained
	const telegram = item && ('telegram' in item ? item.telegram : item.kind === 'rejected' ? item.read : undefined)
	const context = heard.context ?? contextOf(profile)
	const view = telegram && { telegram, context, scope: scopeOf(telegram, context) }
	const sent = telegram && !heard.isMessage ? asSent(explained.bytes, explained.place, section, keys) : undefined
	const rows = view ? rowsOf({ ...view, sent, profile }) : { rows: [], places: new Map() }
	const at = heard.outcome === 'reading' ? undefined : markRefusal(stages, heard, item)
	const fields = profile ? await fieldsOf(profile, view, rows, heard) : []
	shareFields(stages, rows)
	const toRows = (of: unknown[]) => of.flatMap((made) => rows.places.get(made) ?? [])
	const time = telegram?.clock && (isoTime(telegram.clock, context.timezone, context.received) ?? telegram.clock.local)
	const shown: WorkbenchShown = {
		n,
		stages: stages.map((stage) => explainedStage(stage, toRows)),
		...(telegram && { text: textOf(telegram, explained.link, context, profile) }),
		...(explained.link !== undefined && { link: explained.link }),
		...(telegram && { application: telegram.application, auth: telegram.auth }),
		...(telegram?.meterId !== undefined && { meterId: visible(telegram.meterId, 200) }),
		...(time !== undefined && { time }),
		...(heard.outcome !== 'reading' && { refused: { ...refusalOf(heard), ...(at && { at }) } }),
		rows: rows.rows,
		fields,
		...(heard.reading && { reading: { ...heard.reading } }),
		...(heard.issues.length > 0 && { issues: heard.issues.map((issue) => ({ ...issue })) }),
	}
	const changed = changedIn(list, n)
	if (changed) shown.changed = changed
	return { shown, view, rows, telegram }
}

/** Gives rows that the same bytes became the same fields: a data record, and the register of its code. */
function shareFields(stages: readonly Stage[], { rows, places }: Rows): void {
	for (const { of } of stages.flatMap(({ notes }) => notes)) {
		if (!of || of.length < 2) continue
		const same = of.flatMap((made) => rows[places.get(made) ?? -1] ?? [])
		const fields = [...new Set(same.flatMap((row) => row.fields))]
		for (const row of same) if (row.key.startsWith('record ')) row.fields = fields
	}
}

/** A telegram as `cii2mqtt decode` shows it. */
function textOf(telegram: Telegram, link = 'message', { timezone }: ScopeContext, profile: CompiledProfile | undefined): string {
	return telegramText(profile?.label ?? 'telegram', shownTelegram(link, telegram, timezone), profile)
}

/** Says why something gave no reading, in one word and in words, of which `most` characters are shown. */
export function refusalOf({ reason = 'unknown', detail, bytes }: Heard, most?: number): { reason: string; detail: string } {
	const known = reason in REASONS ? (reason as keyof typeof REASONS) : 'unknown'
	return { reason, detail: visible(refusalText({ reason: known, detail: detail ?? `${bytes.length} bytes` }), most) }
}

/** What bytes were explained to, and the item of it that is shown: its place among those of the same bytes. */
type Found = ExplainedBytes & { bytes: Uint8Array; place: number; item: Decoded | undefined }

function messageOf({ bytes, telegram }: Heard): Found {
	const { stages } = explainBytes(bytes, { application: 'json' }, {})
	const read = telegram ?? json(bytes)
	const item: Decoded = read.kind === 'telegram' ? { telegram: read, bytes } : { ...read, bytes }
	return { link: undefined, stages, told: [item], bytes, place: 0, item }
}

/** The frame of telegram `n`, explained. One of several of a frame has no bytes of its own: it stands beside the one that has them. */
function ofFrame(list: readonly Heard[], n: number, section: DecoderSection, keys: Keys): Found {
	const damaged = damagedFrom(list, n)
	const bytes = damaged ?? list[n]?.bytes ?? new Uint8Array(0)
	const explained = explainBytes(bytes, section, keys)
	// Behind it are those that would have begun within it.
	if (damaged) explained.stages.length = 1
	if (bytes.length > 0) {
		const place = holderIn(explained.told)
		return { ...explained, bytes, place, item: explained.told[place] }
	}
	for (let away = 1; away < MAX_IN_FRAME; away++)
		for (const at of [n - away, n + away]) {
			const other = list[at]
			if (!other || other.bytes.length === 0) continue
			const found = explainBytes(other.bytes, section, keys)
			const place = holderIn(found.told) + n - at
			if (found.told[place]) return { ...found, bytes: other.bytes, place, item: found.told[place] }
		}
	return { ...explained, bytes, place: 0, item: undefined }
}

/** Bytes of one damaged frame that are looked at. */
const MAX_DAMAGED = 4096

/** A frame that was refused: what was given up of it, and what was given up behind that, where another might have begun. */
function damagedFrom(list: readonly Heard[], n: number): Uint8Array | undefined {
	const parts: Uint8Array[] = []
	let size = 0
	for (let at = n; at < list.length && size < MAX_DAMAGED; at++) {
		const { outcome, bytes, t } = list[at] as Heard
		if (outcome !== 'discarded' || t !== list[n]?.t) break
		parts.push(bytes)
		size += bytes.length
	}
	return parts.length > 1 ? concat(parts) : undefined
}

/** The place of the item that has the bytes of its frame. */
const holderIn = (told: readonly Decoded[]) =>
	Math.max(
		0,
		told.findIndex((item) => item.bytes.length > 0),
	)

/** The telegram as the meter sends it: without what the profile's rules add. */
function asSent(bytes: Uint8Array, place: number, section: DecoderSection, keys: Keys): Telegram | undefined {
	const settings = settingsFor(bytes, { ...section, registers: {} }, keys)
	const item = settings && decodedOf(decoder(settings), [opened(bytes, settings)])[place]
	return item && 'telegram' in item ? item.telegram : undefined
}

/** The context of a telegram that came to no reading. */
function contextOf(profile: CompiledProfile | undefined): ScopeContext {
	return { timezone: profile?.document.meter?.timezone, received: RECEIVED, topic: {}, channel: profile?.document.decoder.channel ?? {} }
}

const RECEIVED = Date.UTC(2026, 0, 1)

/** The fields of a reading that differ from the reading before it in the list; undefined where there is none before. */
function changedIn(list: readonly Heard[], n: number): string[] | undefined {
	const now = list[n]?.reading
	const before = list.slice(0, n).findLast(({ reading }) => reading !== undefined)?.reading
	if (!now || !before) return undefined
	const [one, other] = [flat(now), flat(before)]
	return [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name))
}

const HEAD = new Set(['schema', 'meter', 'received', 'session', 'seq', 'profile', 'issues'])

/** The fields of a reading by name, each as text: `submeters.1.volume`, `extra.name`. */
function flat(values: object, prefix = ''): Map<string, string> {
	const found = new Map<string, string>()
	for (const [name, value] of Object.entries(values) as [string, unknown][]) {
		if (prefix === '' && HEAD.has(name)) continue
		if (typeof value === 'object' && value !== null) for (const inner of flat(value, `${prefix}${name}.`)) found.set(...inner)
		else found.set(prefix + name, JSON.stringify(value))
	}
	return found
}
