import { inLines, telegramText } from '../engine/explain/text.ts'
import type { CompiledProfile } from '../engine/profile/profile.ts'
import { refusalText } from '../engine/telegram/reasons.ts'
import { visible } from '../engine/text/visible.ts'
import type { DecodedMessages, DecodeResult } from './decode.ts'

/** A result of `decode` for people: one line a register, with what it is and which field of the profile takes it. */
export function decodeText(result: DecodeResult, profile: CompiledProfile | undefined): string {
	if (!result.ok) return visible(`${nameOf(result.file)}: refused: ${refusalText(result)}`)
	return 'link' in result ? telegramText(nameOf(result.file), result, profile, result.detected) : messagesText(result)
}

/** The paths of an adapter's messages, what each is guessed to be, and how sure that is. */
function messagesText({ file, application, topic, telegrams, values }: DecodedMessages): string {
	const from = [topic].flat().filter(Boolean).join(', ')
	const rows = values.map(({ path, value, field, expression, sure, reason }) => {
		const guess = field
			? `→ ${field}${expression === path ? '' : ` = ${expression}`} (${sure ? 'guessed' : 'ASSUMED'}: ${reason})`
			: `(${reason})`
		return `  ${path.padEnd(28)} ${String(value).slice(0, 40).padEnd(18)} ${guess}`
	})
	const next = '  "cii2mqtt new NAME --from CAPTURE" writes these guesses as a profile; a known adapter\'s is found there, too'
	return inLines([
		`${nameOf(file)}: ${application}${from && `, ${from}`}, ${telegrams} telegram${telegrams === 1 ? '' : 's'}`,
		...rows,
		next,
	])
}

/** An input as it was named; hex digits that stand for themselves are cut. */
const nameOf = (file: string) => (file.length > 60 && /^[0-9A-Fa-f\s]+$/.test(file) ? `${file.slice(0, 60)}…` : file)
