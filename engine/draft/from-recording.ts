import { fields } from '../../schema/types/fields.ts'
import type { Profile } from '../../schema/types/profile.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { type Protocol, plainDecoder } from '../decode/decoder.ts'
import { detect } from '../decode/detect.ts'
import { type ApplicationName, readsMessages } from '../decode/registry.ts'
import { findingText } from '../document/finding.ts'
import { parseDocument } from '../document/parse.ts'
import { replaySample, testKeys } from '../pipeline/replay.ts'
import { isFragment, type Library, MAX_PROFILE, profileNames, type Source } from '../profile/library.ts'
import { type CompiledProfile, compileProfile } from '../profile/profile.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { type Capture, partsOf } from '../transport/capture.ts'
import { examined, unknownLines } from './messages.ts'
import { type Ranked, rank } from './rank.ts'
import { guessScalers } from './scalers.ts'
import { isComment, profileText, registersText, sequenceText, transportText, unknownText } from './text.ts'
import { type ZoneGuess, zoneOf } from './zone.ts'

/**
 * Makes the text of a profile that reads a recording: of bytes with link and application as detected and scalers as guessed, of messages a child of the profile that
 * reads them, or what is guessed of them. Undefined for a recording in which no telegram can be read, and which no adapter's profile fits; words for one whose values fill more than a profile.
 */
export function recordedDraft(
	name: string,
	capture: Capture,
	library: Library,
	timezone: string | undefined,
	purpose: Purpose = 'file',
): Promise<Recorded | string | undefined> {
	return capture.lines.some((line) => 'hex' in line)
		? fromBytes(name, capture, library, timezone, purpose)
		: fromMessages(name, capture, library, timezone, purpose)
}

/** A file that is written with its sample and edited as text; or a draft in the page, which shows lists without codes beside it, and keeps samples when they are added. */
export type Purpose = 'file' | 'page'

/** A profile that reads the capture, and the readings it gives. */
export type Similar = { profile: CompiledProfile; readings: Reading[]; score: number } & Partial<Pick<Ranked, 'sure' | 'why'>>

/**
 * What was made of a recording: the text of a profile, the profiles that read the same, the most similar first, and where its meter is taken to stand.
 * `isUnnamed`: it has lists of values without codes.
 */
export type Recorded = { text: string; similar: Similar[]; zone?: ZoneGuess; isUnnamed?: boolean }

/** Profiles that read the capture, those first that score highest. */
async function similarTo(capture: Capture, library: Library, score: (readings: Reading[], faults: number) => number): Promise<Similar[]> {
	const found: Similar[] = []
	for (const name of profileNames(library)) {
		const profile = compileProfile(name, library)
		if (Array.isArray(profile) || readsMessages(profile.document.decoder.application) !== capture.lines.some((line) => 'topic' in line))
			continue
		const outcomes = (await replaySample(profile, capture)).filter((outcome) => outcome.kind === 'reading')
		const readings = outcomes.map(({ reading }) => reading)
		const value = score(
			readings,
			outcomes.reduce((sum, { issues }) => sum + issues.length, 0),
		)
		if (value > 0) found.push({ profile, readings, score: value })
	}
	return found.sort((one, other) => other.score - one.score)
}

const valuesOf = (reading: Reading | undefined) => Object.entries({ ...reading }).filter(([field]) => field in fields)

/**
 * An adapter's messages: a child of the profile that reads most of them, or a draft of guesses where none reads what they say. Where several read as much, and give other values, nothing in
 * the messages tells the unit: the one with the smaller values is taken, and the others are named.
 */
async function fromMessages(
	name: string,
	capture: Capture,
	library: Library,
	timezone: string | undefined,
	purpose: Purpose,
): Promise<Recorded | string | undefined> {
	const all = await similarTo(
		capture,
		library,
		(readings, faults) => readings.reduce((sum, reading) => sum + valuesOf(reading).length, 0) - faults,
	)
	const best = all.filter(({ score }) => score === all[0]?.score)
	const size = ({ readings }: Similar) =>
		readings.reduce(
			(sum, reading) => sum + valuesOf(reading).reduce((inner, [, value]) => inner + (typeof value === 'number' ? Math.abs(value) : 0), 0),
			0,
		)
	const [similar, ...others] = best.sort((one, other) => size(one) - size(other))
	const unknown = examined(capture.lines.flatMap((line) => ('topic' in line ? [line] : [])))
	const guessed = unknown?.guesses.filter(({ field }) => field !== undefined).length ?? 0
	const known = new Set(similar?.readings.flatMap((reading) => valuesOf(reading).map(([field]) => field))).size
	if (unknown && (!similar || 2 * known < guessed))
		return made(name, capture, unknownLines(unknown, timezone), similar ? [similar, ...others] : [], purpose)
	if (!similar) return undefined
	const zone = similar.profile.document.meter?.timezone
	const doubts = others.map(
		(other) => `  // CHECK IT: ${other.profile.name} reads them too, with other values${differences(other, similar.readings)}.`,
	)
	const lines = [
		`  // ${similar.profile.name} reads these messages; say here what differs.`,
		...doubts,
		...(timezone === undefined && zone !== undefined
			? [`  // Its times are those of ${zone}: state "meter": { "timezone": … } for another place.`]
			: []),
		...(timezone === undefined ? [] : [`  "meter": { "timezone": ${JSON.stringify(timezone)} },`]),
		`  "extends": "${similar.profile.name}",`,
	]
	return made(name, capture, lines, best, purpose)
}

/** Characters of a title that people read. */
const MAX_TITLE = 200

/** Writes the profile, without comments where it would be longer than a profile may be. Says so in words where even that is too long. */
function made(name: string, { header }: Capture, lines: string[], similar: Similar[], purpose: Purpose): Recorded | string {
	const title = header.meter.slice(0, MAX_TITLE)
	const whole = profileText(name, title, lines, purpose === 'file')
	const isLong = (text: string) => Buffer.byteLength(text) > MAX_PROFILE - MAX_SCHEMA
	if (!isLong(whole)) return { text: whole, similar }
	const bare = profileText(
		name,
		title,
		lines.filter((line) => !isComment(line)),
		purpose === 'file',
	)
	return isLong(bare) ? `its values fill more than the ${MAX_PROFILE} bytes that a profile may have` : { text: bare, similar }
}

/** The path of the schema takes some room. */
const MAX_SCHEMA = 1024

/** The fragment to begin with: the one that states the application itself. */
function parentOf(application: ApplicationName, library: Library): string | undefined {
	const states = ({ file, text }: Source) => (parseDocument(file, text, 'profile').value as Profile | undefined)?.decoder?.application
	return [...library.sources.values()].find((source) => isFragment(source.name) && states(source) === application)?.name
}

async function fromBytes(
	name: string,
	capture: Capture,
	library: Library,
	timezone: string | undefined,
	purpose: Purpose,
): Promise<Recorded | string | undefined> {
	const parts = partsOf(capture)
	const detected = detect(parts, testKeys(capture))
	const telegrams = detected ? telegramsOf(parts, detected, capture) : []
	if (!detected || telegrams.length === 0) return undefined
	const { link, application, reason } = detected
	const guesses = guessScalers(telegrams)
	const zone = zoneOf(parts, telegrams, timezone)
	const lists = sequenceText(telegrams)
	const lines = [
		`  "extends": "${parentOf(application, library) ?? 'common/obis'}",`,
		`  // ${zone.assumed ? 'CHECK IT: the' : 'The'} zone of the meter's local time: ${zone.because}.`,
		`  "meter": { "timezone": "${zone.timezone}" },`,
		`  "transport": ${transportText(capture)},`,
		'  "decoder": {',
		...(purpose === 'file' ? lists : []),
		`    // Detected: ${reason}.`,
		`    "link": "${link}", "application": "${application}"${guesses.length > 0 ? ',' : ''}`,
		...registersText(guesses),
		'  },',
		...unknownText(telegrams),
	]
	const found = made(name, capture, lines, [], purpose)
	if (typeof found === 'string') return found
	const { text } = found
	const mine = await readingsOf(name, text, capture, library)
	const equal = (readings: Reading[]) =>
		mine.reduce(
			(sum, reading, place) =>
				sum + valuesOf(reading).filter(([field, value]) => ({ ...readings[place] })[field as keyof Reading] === value).length,
			0,
		)
	const ranked = await rank(telegrams, library, detected, (profile) => replaySample(profile, capture))
	// Values without codes give nothing to compare yet: the profile that names them is what to look at.
	const similar =
		mine.length === 0 ? ranked : ranked.map((one) => ({ ...one, score: equal(one.readings) })).sort((one, other) => other.score - one.score)
	return { text, zone, isUnnamed: lists.length > 0, similar: similar.filter(({ score }) => score > 0) }
}

/** What a profile that is not written yet reads. */
async function readingsOf(name: string, text: string, capture: Capture, library: Library): Promise<Reading[]> {
	const sources = new Map([...library.sources, [name, { name, file: `${name}.json`, folder: '', text }]])
	const profile = compileProfile(name, { ...library, sources })
	if (Array.isArray(profile))
		throw new Error(`what was made is no valid profile, please report this: ${profile.map(findingText).join('; ')}`)
	return (await replaySample(profile, capture)).flatMap((outcome) => (outcome.kind === 'reading' ? [outcome.reading] : []))
}

function telegramsOf(parts: Uint8Array[], protocol: Protocol, capture: Capture): Telegram[] {
	const reader = plainDecoder(protocol, testKeys(capture))
	return parts.flatMap((part) => [...reader.push(part), ...reader.idle()]).flatMap((item) => ('telegram' in item ? [item.telegram] : []))
}

/** The fields in which a similar profile's first reading differs, as words to go on with. */
export function differences({ readings }: Similar, rows: Reading[]): string {
	const [mine, theirs] = [{ ...rows[0] } as Record<string, unknown>, { ...readings[0] } as Record<string, unknown>]
	const differing = Object.keys(fields).filter((field) => mine[field] !== theirs[field])
	const shown = differing
		.slice(0, 8)
		.map((field) => `${field} ${String(mine[field] ?? 'absent')}, there ${String(theirs[field] ?? 'absent')}`)
	return differing.length === 0 ? ': it gives the same' : `; ${shown.join('; ')}${differing.length > 8 ? ' …' : ''}`
}
