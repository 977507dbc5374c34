import type { Problem } from '../../schema/types/api.ts'
import { type Decoder, decoder, decoderSettings, type Protocol, plainDecoder } from '../decode/decoder.ts'
import { detect } from '../decode/detect.ts'
import type { Keys } from '../telegram/telegram.ts'

/** How telegrams are ciphered: digits of the key, and whether an authentication tag is sent. */
export type Ciphered = { digits: 32 | 64; tagged: boolean }

/** Tells how the telegrams in these parts are ciphered, without a key; undefined when none of them is. */
export function cipheredAs(parts: readonly Uint8Array[], protocol: Protocol): Ciphered | undefined {
	if (!reasonsOf(parts, protocol, {}).includes('nokey')) return undefined
	for (const length of [16, 32] as const) {
		// With any key of the right length: where no tag is sent that is said first, else that its key is missing.
		const settings = decoderSettings({ blockCheck: 'optional', authentication: 'required' }, { encryption: new Uint8Array(length) })
		const reasons = outcomesOf(parts, decoder({ ...protocol, ...settings }))
		if (reasons.includes('nokey') || reasons.includes('tag')) return { digits: length === 16 ? 32 : 64, tagged: reasons.includes('nokey') }
	}
	return { digits: 32, tagged: true }
}

/** The keys that fit, and what is wrong with the others. */
export type KeyVerdict = { fits: Keys; problem?: Problem }

/**
 * Checks keys with telegrams: what the encryption key opens must be a telegram, and the tag must fit the authentication key. Says which of the two is wrong, or
 * that they are swapped.
 */
export function checkKeys(parts: readonly Uint8Array[], protocol: Protocol, keys: Keys): KeyVerdict {
	const ciphered = cipheredAs(parts, protocol)
	const { encryption, authentication } = keys
	if (!ciphered) return { fits: {} }
	if (!encryption)
		return refused(
			{},
			'key-missing',
			'The encryption key is missing.',
			'The telegrams are encrypted: ask the grid operator for this meter’s keys.',
		)
	if (encryption.length * 2 !== ciphered.digits) {
		const text = `This meter needs an encryption key of ${ciphered.digits} digits, and this one has ${encryption.length * 2}.`
		return refused({}, 'key-length', text, 'Is it the key of another meter?')
	}
	const opens = (key: Uint8Array) => reads(parts, protocol, { encryption: key })
	if (!opens(encryption)) {
		if (authentication?.length === encryption.length && opens(authentication))
			return refused({}, 'key-swapped', SWAPPED, 'Enter them the other way round.')
		return refused({}, 'key-encryption', 'The encryption key is wrong: what it opens is not a telegram.', ENCRYPTION)
	}
	if (!authentication || reads(parts, protocol, keys)) return { fits: keys }
	const fits = { encryption }
	return ciphered.tagged
		? refused(fits, 'key-authentication', AUTHENTICATION, OPTIONAL)
		: refused(fits, 'key-untagged', UNTAGGED, 'Leave the authentication key out.')
}

const SWAPPED = 'The two keys are swapped: what was given as authentication key opens the telegrams.'
const ENCRYPTION =
	'Compare it with what the grid operator has sent, digit by digit, and the number on the meter with the one in the letter. Some call it GUEK, decryption or unicast key.'
const AUTHENTICATION = 'The encryption key is right. The authentication key is wrong: the tag of the telegrams does not fit it.'
const OPTIONAL =
	'Compare it with what the grid operator has sent (some call it GAK or AK), or leave it out: it is read without, but forged telegrams are not noticed.'
const UNTAGGED = 'The encryption key is right. The meter sends no authentication tag, so it needs no authentication key.'

const refused = (fits: Keys, code: string, text: string, hint: string): KeyVerdict => ({ fits, problem: { code, text, hint } })

/** Tells whether the keys open the bytes. Only an open telegram shows its parts: the keys tell the application, too. */
function reads(parts: readonly Uint8Array[], protocol: Protocol, keys: Keys): boolean {
	return detect(parts, keys)?.verdict === 'understood' || reasonsOf(parts, protocol, keys).includes('telegram')
}

const reasonsOf = (parts: readonly Uint8Array[], protocol: Protocol, keys: Keys) => outcomesOf(parts, plainDecoder(protocol, keys))

/** The reasons of what was refused, and `telegram` for each telegram. */
function outcomesOf(parts: readonly Uint8Array[], reader: Decoder): string[] {
	const all = parts.flatMap((part) => [...reader.push(part), ...reader.idle()])
	return all.map((item) => ('telegram' in item ? 'telegram' : item.reason))
}
