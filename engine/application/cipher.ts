import { createDecipheriv } from 'node:crypto'
import type { Reason } from '../../schema/types/diagnostics.ts'
import { berLength, type Cursor, note, pass, uint } from '../bytes/cursor.ts'
import { concat, hex, hexByte, latin1 } from '../bytes/hex.ts'
import { type Keys, type Rejected, rejected } from '../telegram/telegram.ts'

/** `required`: the tag must be there and right; `optional`: checked where an authentication key is configured. */
export type Authentication = 'required' | 'optional'

/**
 * Keys and policy, and the system title of meters that do not send it (8 bytes). `published`: the authentication key is one for everybody, which a
 * profile states, and not the meter's own.
 */
export type CipherSettings = {
	keys: Keys
	authentication: Authentication
	systemTitle?: Uint8Array | undefined
	published?: boolean | undefined
}

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

/** Refuses (`tag`) what is sent in clear, where an authentication key is configured or authentication required. */
export function mustBeSealed({ keys, authentication }: CipherSettings): Rejected | undefined {
	if (!keys.authentication && authentication !== 'required') return undefined
	return rejected('tag', 'sent in clear, and an authentication key is configured or authentication required')
}

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
	if (c.notes) note(c, from, titleNote(bytes.subarray(sentAt, sentAt + sent), c.short), 'cipher')
	const lengthAt = c.at
	const size = berLength(c)
	const inside = pass(c, size)
	const end = c.at
	if (titleLength === 0 && size >= 5 && !c.short)
		return rejected('nokey', 'ciphered without a system title: the profile must state it (decoder.systemTitle)')
	if (c.short || size < 5) return rejected('length', 'the ciphered APDU is cut short')
	if (titleLength !== 8) return rejected('length', `a system title of ${titleLength} bytes; it has 8`)
	c.at = inside
	const control = uint(c, 1)
	const invocationCounter = uint(c, 4)
	const content = c.at
	c.at = end
	const systemTitle = hex(title, titleAt, titleAt + 8)
	const suite = control & 0x0f
	const authenticated = (control & 0x10) !== 0
	const encrypted = (control & 0x20) !== 0
	const tagAt = authenticated ? end - TAG_LENGTH : end
	if (c.notes) {
		const add = (at: number, to: number, text: string) => c.notes?.push({ at, length: to - at, text, layer: 'cipher' })
		add(lengthAt, inside, `${size} bytes follow`)
		add(inside, inside + 1, `security control: suite ${suite}${authenticated ? ', authenticated' : ''}${encrypted ? ', encrypted' : ''}`)
		add(inside + 1, content, `invocation counter ${invocationCounter}`)
		add(content, tagAt, encrypted ? 'ciphertext' : 'content')
		if (authenticated) add(tagAt, end, 'authentication tag')
	}
	const refuse = (reason: Reason, detail: string) =>
		rejected(reason, `${detail} (system title ${systemTitle}, invocation counter ${invocationCounter})`)

	if (suite > 2 || control & 0xc0) return refuse('suite', `security control ${hexByte(control)} is not supported`)
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
	if (tagAt < content) return refuse('tag', `the authentication tag is shorter than ${TAG_LENGTH} bytes`)

	const body = bytes.subarray(content, tagAt)
	for (let at = 0; at < 8; at++) iv[at] = title[titleAt + at] as number
	for (let at = 8; at < 12; at++) iv[at] = bytes[content - 12 + at] as number
	const checked = authenticated && keys.authentication
	let plaintext: Uint8Array | undefined = body
	if (checked) {
		const head = headOf(control, checked)
		const aad = encrypted ? head : concat([head, body])
		plaintext = verified(keys.encryption, aad, encrypted ? body : NOTHING, bytes.subarray(tagAt, end))
		if (!plaintext) return refuse('tag', `the authentication tag does not fit: wrong key or damaged telegram`)
	} else if (encrypted) plaintext = counterMode(keys.encryption, body)
	return {
		kind: 'opened',
		plaintext: encrypted ? plaintext : body,
		auth: checked ? 'verified' : 'unverified',
		tagged: authenticated,
		systemTitle,
		invocationCounter,
	}
}

/** Opens one again whose tag does not fit, without the authentication key. What it holds is as good as a check of its own says. */
export function openUnchecked(c: Cursor, settings: CipherSettings): Opened | Rejected {
	const { encryption } = settings.keys
	return open(c, { ...settings, keys: encryption ? { encryption } : {}, authentication: 'optional' })
}

function titleNote(title: Uint8Array, isShort: boolean): string {
	if (isShort) return 'a system title that is cut short'
	return title.length === 0 ? 'no system title' : `system title ${hex(title)}: made by ${latin1(title.subarray(0, 3))}`
}

const NOTHING = new Uint8Array(0)
/** System title and invocation counter of the APDU that is opened. One for all: the cipher takes a copy. */
const iv = new Uint8Array(12)

/** Security control and authentication key, by the key: the same for every telegram of a meter. */
const heads = new WeakMap<Uint8Array, Uint8Array>()

function headOf(control: number, key: Uint8Array): Uint8Array {
	const known = heads.get(key)
	if (known?.[0] === control) return known
	const head = Uint8Array.of(control, ...key)
	heads.set(key, head)
	return head
}

/** AES-GCM with the tag checked; undefined when it does not fit. */
function verified(key: Uint8Array, aad: Uint8Array, body: Uint8Array, tag: Uint8Array): Uint8Array | undefined {
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
function counterMode(key: Uint8Array, body: Uint8Array): Uint8Array {
	const decipher = createDecipheriv(key.length === 32 ? 'aes-256-ctr' : 'aes-128-ctr', key, concat([iv, Uint8Array.of(0, 0, 0, 2)]))
	return decipher.update(body)
}
