import type { KeysGiven, Problem } from '../../schema/types/api.ts'
import { fromHex } from '../bytes/hex.ts'
import type { Keys } from '../telegram/telegram.ts'

type KeyName = 'encryption' | 'authentication'
const NAMES = ['encryption', 'authentication'] as const

/** Reads keys as people write or paste them: gaps, colons and a leading 0x are left out. Gives a problem that counts what is there, never the key. */
export function keysFrom(texts: KeysGiven): Keys | Problem {
	const keys: Keys = {}
	for (const name of NAMES) {
		const text = texts[name]?.trim() ?? ''
		if (text === '') continue
		const digits = text.replace(/^0x/i, '').replace(/[\s:.-]/g, '')
		const strange = [...digits].filter((char) => !/[0-9A-Fa-f]/.test(char))
		if (strange.length > 0)
			return wrong(
				name,
				`has ${strange.length === 1 ? 'a character that is' : `${strange.length} characters that are`} no hex digit`,
				{ key: name },
				digitsHint(strange),
			)
		const bytes = fromHex(digits)
		if (!bytes || (bytes.length !== 16 && bytes.length !== 32))
			return wrong(
				name,
				`has ${digits.length} ${digits.length === 1 ? 'digit' : 'digits'}: a key has 32`,
				{ key: name, digits: digits.length },
				lengthHint(digits.length),
			)
		keys[name] = bytes
	}
	return keys
}

function wrong(name: KeyName, what: string, params: Record<string, string | number>, hint: string): Problem {
	return { code: 'key-form', text: `The ${name} key ${what}.`, hint, params }
}

const digitsHint = (strange: string[]) =>
	strange.some((char) => /[oOlI]/.test(char))
		? 'A key has the digits 0-9 and the letters A-F only: an O may be a zero, an l or I a one.'
		: 'A key has the digits 0-9 and the letters A-F only.'

function lengthHint(digits: number): string {
	if (digits < 32) return `${32 - digits} ${32 - digits === 1 ? 'digit is' : 'digits are'} missing: was all of it copied?`
	if (digits < 64) return `${digits - 32} too many: is it one key only? (Security suite 2 has keys of 64 digits.)`
	return 'Is it one key only?'
}
