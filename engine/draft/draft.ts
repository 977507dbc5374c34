import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Draft } from '../../schema/types/api.ts'
import { packageRoot } from '../files/package.ts'
import { isTimezone } from '../profile/checks.ts'
import { isFragment, type Library } from '../profile/library.ts'
import { type CompiledProfile, compileProfile } from '../profile/profile.ts'
import { visible } from '../text/visible.ts'
import type { Capture } from '../transport/capture.ts'
import { type Recorded, recordedDraft, type Similar } from './from-recording.ts'
import { SCHEMA } from './text.ts'

/** A draft that is asked for: of a recording `capture` is looked at, a child `extends` another profile or a fragment. */
export type DraftQuestion = {
	name: string
	from: 'empty' | 'extends' | 'recording'
	extends?: string
	capture?: Capture
	/** The zone where the meter stands. */
	timezone?: string
}

/** Similar profiles that are named. */
const MOST = 5
/** The zone of an empty profile, until a person says another. */
const ZONE = 'Europe/Zurich'

/**
 * Makes the text of a profile to begin with, what is assumed in it, and the profiles that read the same. Gives words for a name or timezone that cannot be used, a parent
 * that is missing or wrong, and a recording in which nothing can be read.
 */
export async function draftOf(question: DraftQuestion, library: Library): Promise<Draft | string> {
	const { name, from, capture, timezone } = question
	const fault = unusable(question, library)
	if (fault !== undefined) return fault
	if (from === 'empty') return { name, ...withSchema(emptyText(name, timezone), library), notes: emptyNotes(timezone) }
	if (from === 'extends') return childOf(question, library)
	if (!capture) return 'a draft of a recording needs one: open a recording, paste a telegram, or choose a meter'
	const made = await recordedDraft(name, capture, library, timezone, 'page')
	if (typeof made === 'string') return made
	if (!made) return 'no telegram could be read in it, and no profile of an adapter fits'
	return {
		name,
		...withSchema(made.text, library),
		notes: notesOf(made),
		similar: made.similar.slice(0, MOST).map((one) => shown(one, made.similar.length)),
	}
}

function unusable({ name, timezone }: DraftQuestion, { sources }: Library): string | undefined {
	if (!/^[a-z0-9-]{1,100}$/.test(name)) return `"${visible(name, 100)}" is no name for a profile: a-z, 0-9 and - only, 100 at most`
	if (sources.has(name)) return `there is a profile "${name}": choose another name`
	if (timezone !== undefined && !isTimezone(timezone))
		return `"${visible(timezone, 64)}" is no timezone; an IANA name such as Europe/Zurich`
	return undefined
}

/** Replaces the mark by the path of the schema, from the folder of the user's profiles. */
function withSchema(text: string, { folders }: Library): { text: string } {
	const schema = fileURLToPath(new URL('schema/profile.schema.json', packageRoot))
	return { text: text.replace(SCHEMA, relative(folders.at(-1) ?? '', schema)) }
}

const emptyText = (name: string, timezone = ZONE) => `{
  "$schema": "${SCHEMA}",
  "profile": "${name}",
  "version": "0.1.0",
  // What people see: maker, model, and where it is used.
  "title": ${JSON.stringify(name)},
  // Local times of the meter are of this zone.
  "meter": { "timezone": ${JSON.stringify(timezone)} },
  // A serial line: baud rate, data bits, parity, stop bits. "mqtt" with "topic" for an adapter, "tcp" for a gateway.
  "transport": { "kind": "serial", "line": "2400 8E1" },
  // How bytes become values: "auto" tells link and application by the bytes.
  "decoder": { "link": "auto" },
  // What becomes of the values: each field by its OBIS code. A field of your own: "extra.name": "registers.\`1-0:81.7.4\`"
  "transform": { "*": "obis" }
}
`

const emptyNotes = (timezone: string | undefined) => [
	...(timezone === undefined ? [`the timezone ${ZONE} is assumed: state the zone of the meter in meter.timezone`] : []),
	'the line 2400 8E1 is assumed: state that of the meter in transport.line',
]

/** Makes a child of a profile or fragment, with what the parent leaves open. */
function childOf({ name, extends: parent, timezone }: DraftQuestion, library: Library): Draft | string {
	if (parent === undefined) return 'a child needs a parent: name the profile or fragment that it extends'
	const shown = visible(parent, 100)
	if (!library.sources.has(parent)) return `there is no profile "${shown}" to extend`
	if (parent.startsWith('outputs/')) return `"${shown}" is an output: a profile extends a profile, or a fragment such as common/p1`
	const sections = sectionsOf(parent, library)
	if (typeof sections === 'string') return `"${shown}" is wrong itself: ${sections}`
	const { profile, missing, title: inherited } = sections
	const title = isFragment(parent) ? name : (inherited ?? name)
	const zone = profile.document.meter?.timezone
	const meter = timezone ?? (zone === undefined ? ZONE : undefined)
	const rows = [
		`"$schema": "${SCHEMA}"`,
		`"profile": "${name}"`,
		'"version": "0.1.0"',
		`"title": ${JSON.stringify(title)}`,
		`"extends": "${parent}"`,
		...(meter === undefined ? [] : [`"meter": { "timezone": ${JSON.stringify(meter)} }`]),
		...missing.map((section) => `"${section}": ${SECTIONS[section]}`),
	]
	const text = `{\n${rows.map((row) => `  ${row}`).join(',\n')}\n}\n`
	const place = text.indexOf('  "extends"')
	const said = `${text.slice(0, place)}  // All that stands in ${parent} holds here, too: state what differs. null removes what it states.\n${text.slice(place)}`
	return { name, ...withSchema(said, library), notes: childNotes(missing, meter, timezone, zone) }
}

/** What a profile needs, and a fragment may leave open. */
const SECTIONS = {
	transport: '{ "kind": "serial", "line": "2400 8E1" }',
	decoder: '{ "link": "auto" }',
	transform: '{ "*": "obis" }',
} as const
type Section = keyof typeof SECTIONS

/** Compiles a parent, completed where it leaves something open. Says which of these sections it lacks, or what is wrong with it. */
function sectionsOf(parent: string, library: Library): { profile: CompiledProfile; missing: Section[]; title?: string } | string {
	const [found, name] = [compileProfile(parent, library), 'x']
	const open = Array.isArray(found) ? found.filter(({ code }) => code === 'profile/required').map(({ message }) => message) : []
	const missing = (Object.keys(SECTIONS) as Section[]).filter((section) =>
		open.some((message) => message.includes(`"${section}" is missing`)),
	)
	// A decoder that states a part of itself is completed by the other.
	const half = open.some((message) => message.startsWith('decoder.')) && !missing.includes('decoder') ? (['decoder'] as Section[]) : []
	const all = [...missing, ...half]
	const text = `{ "profile": "x", "version": "0.1.0", "title": "x", "extends": ${JSON.stringify(parent)}${all.map((section) => `, "${section}": ${SECTIONS[section]}`).join('')} }`
	const sources = new Map([...library.sources, [name, { name, file: 'x.json', folder: '', text }]])
	const profile = compileProfile(name, { ...library, sources })
	if (Array.isArray(profile)) return profile.map(({ message }) => message).join('; ')
	const title = Array.isArray(found) ? undefined : found.document.title
	return { profile, missing: all, ...(title !== undefined && { title }) }
}

function childNotes(
	missing: readonly Section[],
	meter: string | undefined,
	stated: string | undefined,
	inherited: string | undefined,
): string[] {
	return [
		...(meter !== undefined && stated === undefined
			? [`the timezone ${meter} is assumed: state the zone of the meter in meter.timezone`]
			: []),
		...(inherited !== undefined && stated === undefined ? [`its times are those of ${inherited}, as its parent says`] : []),
		...(missing.includes('transport') ? ['the line 2400 8E1 is assumed: state that of the meter in transport.line'] : []),
	]
}

/** Says what is assumed in a draft of a recording: the comments in its text that ask for a look. */
function notesOf({ text, zone, isUnnamed }: Recorded): string[] {
	const assumed = zone?.assumed ? [`the timezone ${zone.timezone} is ${zone.because}; state the zone of the meter in meter.timezone`] : []
	const lines = text.split('\n')
	const marked = lines.flatMap((line, place) => {
		const [, why] = /^\s*\/\/ ASSUMED, check it: (.*)$/.exec(line) ?? []
		const [, key] = /^\s*"([^"]+)"/.exec(lines[place + 1] ?? '') ?? []
		return why === undefined || key === undefined ? [] : [`${key} is assumed: ${why}`]
	})
	const doubts = lines.flatMap((line) => /^\s*\/\/ CHECK IT: (.* reads them too.*)$/.exec(line)?.[1] ?? [])
	const lists = isUnnamed ? ['its lists have no codes: name the values at their places'] : []
	return [...assumed, ...doubts, ...lists, ...marked].slice(0, MOST_NOTES)
}

/** Notes that a person reads. */
const MOST_NOTES = 20

function shown({ profile, sure, why, readings }: Similar, among: number): NonNullable<Draft['similar']>[number] {
	const count = readings.length
	return {
		profile: profile.name,
		title: profile.document.title ?? profile.name,
		sure: sure ?? (among === 1 ? 'likely' : 'possible'),
		why: why ?? [`it makes ${count} ${count === 1 ? 'reading' : 'readings'} of it`],
	}
}
