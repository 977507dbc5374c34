import type { Guess } from '../../schema/types/api.ts'
import { askedOf, type Question } from './asked.ts'
import { fieldGuesses } from './field-guesses.ts'
import { listGuesses } from './list-guesses.ts'
import { messageGuesses } from './message-guesses.ts'
import { scalerGuesses } from './scaler-guesses.ts'
import { linkGuesses, zoneGuesses } from './zone-guesses.ts'

/** Guesses that are made at once. */
const MOST = 150

/**
 * Guesses what telegrams suggest for a profile as it stands, each with its evidence and the edits that would make it so: nothing that the profile says already. Gives
 * none for a text that is no profile.
 */
export function guessesOf(question: Question): Guess[] {
	const asked = askedOf(question)
	if (!asked) return []
	const all = [linkGuesses, messageGuesses, listGuesses, scalerGuesses, fieldGuesses, zoneGuesses].flatMap((guess) => guess(asked))
	return all.slice(0, MOST)
}
