import type { Guess, SequenceList } from '../../schema/types/api.ts'
import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import type { Decoder as DecoderSection } from '../../schema/types/profile.ts'
import { equal, hex } from '../bytes/hex.ts'
import { detect } from '../decode/detect.ts'
import { guessesOf } from '../draft/guesses.ts'
import { sequencesOf } from '../draft/lists.ts'
import type { Library } from '../profile/library.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys, Telegram } from '../telegram/telegram.ts'
import { partsOf } from '../transport/capture.ts'
import { type Heard, heardAs } from './heard.ts'
import type { Shown } from './shown.ts'

/** Lines that guesses look at: so many telegrams say all that there is to say. */
const MAX_LINES = 1000
/** Characters of lines and settings by which telegrams are kept from one question to the next. */
const MAX_KEY = 512 * 1024
/** Bytes that may tell the place of a meter. */
const MAX_PARTS = 50

const HEADER: CaptureHeader = { capture: 1, meter: '', source: '', license: '' }

/** What guesses are made of: the draft, the telegrams as its profile (none: its text is wrong) hears them, and the decoder that they were read by. */
export type Suggesting = {
	text: string
	profile: CompiledProfile | undefined
	section: DecoderSection
	lines: readonly CaptureLine[]
	keys: Keys
	list: readonly Heard[]
	library: Library
}

let known: { key: string; heard: Heard[] } | undefined

/** Adds to a telegram that is shown what the telegrams suggest for the profile, and the lists of values without codes. */
export function suggest({ shown, rows }: Shown, { text, profile, section, lines, keys, list, library }: Suggesting): void {
	const some = lines.slice(0, MAX_LINES)
	const alone = aloneIn(some, section, keys)
	const told = alone.filter(({ telegram }) => telegram !== undefined)
	const telegrams = told.flatMap(({ telegram }) => telegram ?? [])
	const names = rows.rows.map(({ key }) => key)
	const parts = partsOf({ header: HEADER, lines: some.slice(0, MAX_PARTS) })
	const detected = list.some(({ outcome }) => outcome === 'reading') && profile ? undefined : detect(parts, keys)
	const messages = some.flatMap((line) => ('topic' in line ? [line] : []))
	const guesses: Guess[] = guessesOf({
		telegrams,
		messages,
		profile,
		text,
		rows: names,
		detected,
		parts,
		times: told.map(({ t }) => t),
		library,
	})
	const own = aloneOf(alone, list, shown.n)
	const sequences: SequenceList[] = sequencesOf(telegrams, profile, own && { telegram: own, rows: names })
	shown.guesses = guesses
	shown.sequences = sequences
}

/** The telegrams as the meter alone tells them: without the rules and names of the profile. Kept while the same lines are read in the same way. */
function aloneIn(lines: readonly CaptureLine[], { registers: _rules, sequence: _names, ...section }: DecoderSection, keys: Keys): Heard[] {
	const secret = Object.values(keys).map((key) => (key ? hex(key) : ''))
	const key = JSON.stringify([section, secret, lines])
	if (known?.key === key) return known.heard
	const heard = heardAs(section, lines, keys)
	known = key.length <= MAX_KEY ? { key, heard } : undefined
	return heard
}

/** The telegram that is shown, as the meter alone tells it: that of the same bytes. */
function aloneOf(alone: readonly Heard[], list: readonly Heard[], n: number): Telegram | undefined {
	const bytes = list[n]?.bytes
	if (!bytes) return undefined
	const isSame = (heard: Heard | undefined) => heard !== undefined && equal(heard.bytes, bytes)
	return (isSame(alone[n]) ? alone[n] : alone.find(isSame))?.telegram
}
