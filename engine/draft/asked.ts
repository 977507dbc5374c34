import { parse } from 'jsonc-parser'
import type { Guess } from '../../schema/types/api.ts'
import type { Profile } from '../../schema/types/profile.ts'
import type { Detected } from '../decode/detect.ts'
import { parseDocument } from '../document/parse.ts'
import type { Library } from '../profile/library.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { Sequences } from '../telegram/sequence.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { visible } from '../text/visible.ts'
import type { Transform } from '../transform/plan.ts'
import { type Change, Written } from './edits.ts'
import type { AdapterMessage } from './layout.ts'

/** A question for guesses: telegrams, the profile as it is being written, and what is shown of one telegram. */
export type Question = {
	/** As the meter alone tells them: without scalers and names of the profile. */
	telegrams: readonly Telegram[]
	messages: readonly AdapterMessage[]
	/** Undefined where the text is no valid profile. */
	profile?: CompiledProfile | undefined
	text: string
	/** Keys of the rows of the telegram that is shown. */
	rows: readonly string[]
	/** The dialect of the bytes, as it was detected. */
	detected?: Detected | undefined
	/** The first bytes, by which the place of a meter may be told. */
	parts?: readonly Uint8Array[]
	/** When each telegram came (ms), where its clock does not tell. */
	times?: readonly number[]
	/** Known profiles: their lists without codes are compared. */
	library?: Library | undefined
}

/** Telegrams and messages that are looked at, and characters of all messages. */
const [MAX_TELEGRAMS, MAX_MESSAGES, MAX_CHARACTERS] = [300, 300, 256 * 1024]
/** Rows of a guess that are named. */
const MAX_ROWS = 100

/** A question with all that guesses need: what the profile says, and the telegrams as it names them. */
export type Asked = Omit<Question, 'profile' | 'text'> & {
	/** Its sections with those of its parents. */
	document: Profile
	/** Its sections as it states them itself. */
	own: Profile
	transform: Transform
	written: Written
	/** The profile and its parents: their lists are its own. */
	chain: readonly string[]
	/** Whether the text is a valid profile. */
	isValid: boolean
	named: readonly Telegram[]
}

/** Prepares a question; undefined for a text that cannot be changed safely, since it is no JSON, or says what no profile may. */
export function askedOf({ profile, text, ...question }: Question): Asked | undefined {
	const written = Written.read(text)
	if (!written || parseDocument('', text, 'profile').findings.length > 0) return undefined
	const own = parse(text, [], { allowTrailingComma: true }) as Profile
	// Of a child that is not valid nobody knows what its parents say.
	if (!profile && own.extends !== undefined) return undefined
	const document: Profile = profile?.document ?? own
	const telegrams = question.telegrams.slice(0, MAX_TELEGRAMS)
	const sequences = new Sequences(document.decoder?.sequence ?? {})
	return {
		...question,
		telegrams,
		messages: firstOf(question.messages),
		document,
		own,
		transform: profile?.transform ?? new Map(),
		written,
		chain: profile?.chain ?? [],
		isValid: profile !== undefined,
		named: telegrams.map((telegram) => {
			const named = sequences.name(telegram)
			return named.kind === 'telegram' ? named : telegram
		}),
	}
}

/** The first messages, as many as are looked at. */
function firstOf(messages: readonly AdapterMessage[]): AdapterMessage[] {
	let left = MAX_CHARACTERS
	return messages.slice(0, MAX_MESSAGES).filter(({ payload }) => {
		left -= payload.length
		return left >= 0
	})
}

/** What a guess says, and what it would change. */
export type Told = Omit<Guess, 'edits' | 'rows'> & { changes: readonly Change[]; rows?: readonly number[] }

/** Characters of the evidence for a guess: that of a list has some for each of its places. */
const MAX_REASON = 4000

/** Makes a guess of what it says: texts of meters in it are made visible, its changes become edits. */
export function guessed({ written }: Asked, { changes, rows = [], title, reason, ...told }: Told): Guess {
	return {
		...told,
		title: visible(title, 200),
		reason: visible(reason, MAX_REASON),
		...(rows.length > 0 && { rows: rows.slice(0, MAX_ROWS) }),
		edits: written.edits(changes),
	}
}

/** The places of rows by their keys. */
export const rowsWhere = ({ rows }: Asked, fits: (key: string) => boolean): number[] =>
	rows.flatMap((key, place) => (fits(key) ? [place] : []))
