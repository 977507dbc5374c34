import { createDecipheriv } from 'node:crypto'
import type { Reason } from '../../schema/types/diagnostics.ts'
import { berLength, type Cursor, note, pass } from '../bytes/cursor.ts'
import { concat, hex, latin1 } from '../bytes/hex.ts'
import { type Keys, type Rejected, rejected } from '../telegram/telegram.ts'

/** `required`: the tag must be there and right; `optional`: checked where an authentication key is configured. */
export type Authentication = 'required' | 'optional'

/** Keys and policy, and the system title of meters that do not send it (8 bytes). */
export type CipherSettings = { keys: Keys; authentication: Authentication; systemTitle?: Uint8Array | undefined }

export type Opened = {
	kind: 'opened'
	plaintext: Uint8Array
	auth: 'verified' | 'unverified'
	/** Whether it carries an authentication tag. */
	tagged: boolean
	systemTitle: string
	invocationCounter: number
}

const TAG_LENGTH = 12

// DB | 08 system title[8] | BER length | security control | invocation counter u32 | ciphertext | tag[12]
// (DLMS Green Book, general-glo-ciphering.) IV = system title ‖ invocation counter; AAD = security control ‖ authentication key.
// Security control: 1x authenticated, 2x encrypted, 3x both; 4x broadcast key, 8x compressed; low nibble: suite.
/**
 * Opens one ciphered APDU (the cursor stands behind its tag DB, and behind the APDU afterwards). Refuses `nokey` without an
 * encryption key, `suite` for suites above 2, broadcast keys and compression, `key` for a key of the wrong length, `tag` where
 * the tag is wrong, or missing though an authentication key is configured or required. No plaintext leaves before the tag was checked.
 */
export function open(c: Cursor, { keys, authentication: policy, systemTitle: stated }: CipherSettings): Opened | Rejected {
	const { bytes, at: from } = c
	const sent = berLength(c)
	const sentAt = pass(c, sent)
	const isStated = sent === 0 && stated !== undefined
	const title = isStated ? stated : bytes
	const titleAt = isStated ? 0 : sentAt
	const titleLength = isStated ? stated.length : sent
	if (c.notes) note(c, from, titleNote(bytes, sentAt, sent, c.short))
	const lengthAt = c.at
	const size = berLength(c)
	const inside = pass(c, size)
	if (titleLength === 0 && size >= 5 && !c.short)
		return rejected('nokey', 'ciphered without a system title: the profile must state it (decoder.systemTitle)')
	if (c.short || size < 5) return rejected('length', 'the ciphered APDU is cut short')
	if (titleLength !== 8) return rejected('length', `a system title of ${titleLength} bytes; it has 8`)
	const control = bytes[inside] as number
	const systemTitle = hex(title.subarray(titleAt, titleAt + 8))
	const invocationCounter = number32(bytes, inside + 1) >>> 0
	if (c.notes) {
		c.notes.push({ at: lengthAt, length: inside - lengthAt, text: `${size} bytes follow` })
		const tagLength = control & 0x10 ? TAG_LENGTH : 0
		c.notes.push({
			at: inside,
			length: 1,
			text: `security control: suite ${control & 0x0f}${control & 0x10 ? ', authenticated' : ''}${control & 0x20 ? ', encrypted' : ''}`,
		})
		c.notes.push({ at: inside + 1, length: 4, text: `invocation counter ${invocationCounter}` })
		c.notes.push({ at: inside + 5, length: size - 5 - tagLength, text: control & 0x20 ? 'ciphertext' : 'content' })
		if (tagLength > 0) c.notes.push({ at: c.at - tagLength, length: tagLength, text: 'authentication tag' })
	}
	const refuse = (reason: Reason, detail: string) =>
		rejected(reason, `${detail} (system title ${systemTitle}, invocation counter ${invocationCounter})`)

	const suite = control & 0x0f
	const authenticated = (control & 0x10) !== 0
	const encrypted = (control & 0x20) !== 0
	if (suite > 2 || control & 0xc0) return refuse('suite', `security control ${hex(Uint8Array.of(control))} is not supported`)
	if (!keys.encryption) return refuse('nokey', `ciphered, and no encryption key is configured`)
	const keyLength = suite === 2 ? 32 : 16
	if (keys.encryption.length !== keyLength) {
		return rejected(
			'key',
			`security suite ${suite} needs an encryption key of ${2 * keyLength} hex digits, it has ${2 * keys.encryption.length}`,
		)
	}
	if (!authenticated && (policy === 'required' || keys.authentication)) return refuse('tag', `the telegram carries no authentication tag`)
	if (policy === 'required' && !keys.authentication)
		return refuse('nokey', `authentication is required, and no authentication key is configured`)

	const end = inside + size
	const tagAt = authenticated ? end - TAG_LENGTH : end
	if (tagAt < inside + 5) return refuse('tag', `the authentication tag is shorter than ${TAG_LENGTH} bytes`)
	const body = bytes.subarray(inside + 5, tagAt)
	const iv = initialisationVector(title, titleAt, bytes, inside + 1)
	const opened = (auth: Opened['auth'], plaintext: Uint8Array): Opened => ({
		kind: 'opened',
		plaintext,
		auth,
		tagged: authenticated,
		systemTitle,
		invocationCounter,
	})
	if (!authenticated || !keys.authentication) {
		return opened('unverified', encrypted ? counterMode(keys.encryption, iv, body) : body)
	}
	const head = headOf(control, keys.authentication)
	const aad = encrypted ? head : concat([head, body])
	const plaintext = verified(keys.encryption, iv, aad, encrypted ? body : NOTHING, bytes.subarray(tagAt, end))
	if (!plaintext) return refuse('tag', `the authentication tag does not fit: wrong key or damaged telegram`)
	return opened('verified', encrypted ? plaintext : body)
}

function titleNote(bytes: Uint8Array, at: number, size: number, isShort: boolean): string {
	if (isShort) return 'a system title that is cut short'
	if (size === 0) return 'no system title'
	return `system title ${hex(bytes.subarray(at, at + size))}: made by ${latin1(bytes.subarray(at, at + 3))}`
}

const NOTHING = new Uint8Array(0)

/** Security control and authentication key, by the key: the same for every telegram of a meter. */
const heads = new WeakMap<Uint8Array, Uint8Array>()

function headOf(control: number, key: Uint8Array): Uint8Array {
	const known = heads.get(key)
	if (known?.[0] === control) return known
	const head = Uint8Array.of(control, ...key)
	heads.set(key, head)
	return head
}

/** One for all: the cipher takes a copy. */
const iv = new Uint8Array(12)

/** Makes the vector of the title at one place, and the invocation counter at another. */
function initialisationVector(title: Uint8Array, titleAt: number, bytes: Uint8Array, counterAt: number): Uint8Array {
	for (let at = 0; at < 8; at++) iv[at] = title[titleAt + at] as number
	for (let at = 0; at < 4; at++) iv[8 + at] = bytes[counterAt + at] as number
	return iv
}

/** Four bytes as a signed number. */
function number32(bytes: Uint8Array, at: number): number {
	return ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)
}

/** AES-GCM with the tag checked; undefined when it does not fit. */
function verified(key: Uint8Array, iv: Uint8Array, aad: Uint8Array, body: Uint8Array, tag: Uint8Array): Uint8Array | undefined {
	// Without the length Node takes tags of 4 bytes too.
	const decipher = createDecipheriv(key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm', key, iv, { authTagLength: TAG_LENGTH })
	decipher.setAAD(aad)
	decipher.setAuthTag(tag)
	const plaintext = decipher.update(body)
	try {
		decipher.final()
	} catch {
		return undefined
	}
	return plaintext
}

/** AES-GCM without its tag is AES in counter mode, from counter 2 (NIST SP 800-38D, 7.1). */
function counterMode(key: Uint8Array, iv: Uint8Array, body: Uint8Array): Uint8Array {
	const decipher = createDecipheriv(key.length === 32 ? 'aes-256-ctr' : 'aes-128-ctr', key, concat([iv, Uint8Array.of(0, 0, 0, 2)]))
	return decipher.update(body)
}
