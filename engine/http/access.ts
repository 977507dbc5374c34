import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { KeptFile } from '../files/kept-file.ts'
import { accessFile, type KeptPasswords } from './access-file.ts'
import { Attempts } from './attempts.ts'
import type { Caller } from './caller.ts'
import { hashOf, newSalt } from './scrypt.ts'
import { type KeptSession, type Right, Sessions } from './sessions.ts'
import type { Refusal } from './site.ts'

/** Milliseconds for which the link for the first password holds. */
const LINK = 24 * 3_600_000
/** Characters of a password at least. */
const SHORTEST = 8
/** Headers of programs that sign in with each request, and were right: a derivation for each would cost more than the answer. */
const MAX_BASIC = 10

/** A sign-in that was right: the secret of its session, for a cookie. */
export type SignedIn = { secret: string; right: Right }

export type AccessSettings = {
	/** Where passwords and sessions are kept; without it they end with the process. */
	file: string | undefined
	/** Gets what is wrong with the file. */
	tell(text: string): void
	/** Hears of each session that ends, by its hash. */
	ended(hash: string): void
	now?: () => number
}

/**
 * Knows who may do what. On the machine itself, all; from elsewhere, what a password gives: to look, or to change. Only hashes are kept, of passwords and of
 * sessions; passwords are compared in the same time whatever is set, and guessed a few times only.
 */
export class Access {
	readonly #settings: AccessSettings
	/** Where they are kept; undefined where they end with the process. */
	#path: string | undefined
	#file: KeptFile<{ passwords: KeptPasswords } | { session: KeptSession }>
	readonly #sessions: Sessions
	readonly #attempts = new Attempts()
	readonly #now: () => number
	#passwords: KeptPasswords | undefined
	/** The link's token, as a hash, and until when it holds. */
	#link: { hash: Buffer; until: number } | undefined
	/** Hashes of Authorization headers that were right. */
	readonly #basic = new Map<string, Right>()

	constructor(settings: AccessSettings) {
		const { file, ended, now = Date.now } = settings
		this.#settings = settings
		this.#path = file
		this.#now = now
		this.#sessions = new Sessions(() => this.#file.changed(), ended, now)
		this.#file = this.#open(file)
		this.#load()
	}

	/** Keeps passwords and sessions in another file from now on: those that hold, or those of the file where no password is set. */
	keepIn(file: string | undefined): void {
		if (file === this.#path) return
		this.#file.flush()
		this.#path = file
		this.#file = this.#open(file)
		if (this.#passwords) this.#file.changed()
		else this.#load()
		this.#file.flush()
	}

	/** Whether passwords and sessions outlive the process: there is a place for them, and the disk takes them. */
	get isKept(): boolean {
		return this.#file.isKept()
	}

	/** Which passwords are set. */
	get set(): { change: boolean; look: boolean } {
		return { change: this.#passwords !== undefined, look: this.#passwords?.look !== undefined }
	}

	/** Makes a token by which the first password can be set, once and within a day; undefined where one is set. */
	invite(): string | undefined {
		if (this.#passwords) return undefined
		const token = randomBytes(16).toString('base64url')
		this.#link = { hash: sha256(token), until: this.#now() + LINK }
		return token
	}

	/** Finds what a caller may do, by the secret of its session where it needs one. `isNoted`: the session's cookie may live on. */
	rights({ isLocal, isIngress }: Caller, secret: string | undefined): { right: Right | 'none'; session?: string; isNoted?: boolean } {
		const found = secret === undefined ? undefined : this.#sessions.find(secret)
		const session = found && { session: found.session.hash, isNoted: found.isNoted }
		return { right: isLocal || isIngress ? 'change' : (found?.session.right ?? 'none'), ...session }
	}

	/** Tells whether a session goes on. */
	goesOn(session: string): boolean {
		return this.#sessions.has(session)
	}

	/** Begins a session for a password. */
	async signIn(password: string, { address }: Caller): Promise<SignedIn | Refusal> {
		const right = await this.#rightOf(password, address)
		return typeof right === 'string' ? { right, secret: this.#sessions.begin(right) } : right
	}

	/** Tells what the Authorization header of a program gives: any user, with one of the passwords. */
	async basic(header: string, { address }: Caller): Promise<Right | Refusal> {
		const [, encoded] = /^basic +([A-Za-z0-9+/=]{1,4000})$/i.exec(header) ?? []
		const [, password] = /^[^:]*:(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? []
		if (password === undefined) return WRONG
		const key = sha256(header).toString('hex')
		const known = this.#basic.get(key)
		if (known) return known
		const right = await this.#rightOf(password, address)
		if (typeof right !== 'string') return right
		if (this.#basic.size >= MAX_BASIC) this.#basic.clear()
		this.#basic.set(key, right)
		return right
	}

	/** Ends the session of a secret. */
	signOut(secret: string): void {
		const hash = this.#sessions.find(secret)?.session.hash
		this.#sessions.end((session) => session.hash === hash)
		this.#file.flush()
	}

	/**
	 * Sets the passwords, for one who may change or has the link, and begins a session. Sessions of a password that is replaced end. `look`: null removes that
	 * password, undefined leaves it.
	 */
	async setPasswords(
		{ change, look, token }: { change: string; look?: string | null; token?: string },
		mayChange: boolean,
		{ address }: Caller,
	): Promise<SignedIn | Refusal> {
		if (!mayChange) {
			const refusal = this.#linkFault(token, address)
			if (refusal) return refusal
		}
		for (const [name, text] of Object.entries({ change, look })) {
			const count = [...(text ?? '')].length
			if (typeof text === 'string' && count < SHORTEST) {
				const hint = `Choose one with ${SHORTEST} characters or more.`
				return refused('password-short', `The password to ${name} has ${count} ${count === 1 ? 'character' : 'characters'}.`, hint)
			}
		}
		if (look === change) return refused('password-same', 'The two passwords are the same.', 'Choose another one for looking.')
		const before = this.#passwords
		const staysLook = look === undefined ? before?.look : undefined
		const salt = staysLook === undefined || !before ? newSalt() : Buffer.from(before.salt, 'base64')
		const hashes = await Promise.all([hashOf(change, salt), typeof look === 'string' ? hashOf(look, salt) : undefined])
		const [changeHash, lookHash] = hashes.map((hash) => hash?.toString('base64'))
		if (changeHash === undefined || (typeof look === 'string' && lookHash === undefined)) return BUSY
		if (changeHash === staysLook) return refused('password-same', 'This is the password for looking.', 'Choose another one for changes.')
		// Another one was faster.
		if (!mayChange && this.#passwords) return USED
		const kept = lookHash ?? staysLook
		this.#passwords = { salt: salt.toString('base64'), change: changeHash, ...(kept !== undefined && { look: kept }) }
		this.#link = undefined
		this.#basic.clear()
		this.#sessions.end(({ right }) => right === 'change' || look !== undefined)
		const secret = this.#sessions.begin('change')
		this.#file.flush()
		return { secret, right: 'change' }
	}

	/** Writes what is not on disk yet. */
	close(): void {
		this.#file.flush()
	}

	#open(file: string | undefined) {
		return accessFile(file, () => this.#entries(), this.#settings.tell)
	}

	#load(): void {
		const kept = this.#file.load()
		for (const entry of kept) if ('passwords' in entry) this.#passwords = entry.passwords
		// When passwords are lost, nobody stays signed in.
		if (this.#passwords) this.#sessions.restore(kept.flatMap((entry) => ('session' in entry ? [entry.session] : [])))
	}

	#linkFault(token: string | undefined, address: string): Refusal | undefined {
		if (token === undefined)
			return { refused: 'denied', code: 'sign-in', message: 'This needs the password for changes.', hint: 'Sign in.' }
		const wait = this.#attempts.begin(address)
		if (wait > 0) return tooMany(wait)
		const { hash, until } = this.#link ?? { hash: NO_HASH, until: 0 }
		if (!timingSafeEqual(hash, sha256(token)) || this.#now() > until) return USED
		this.#attempts.succeeded(address, true)
		return undefined
	}

	async #rightOf(password: string, address: string): Promise<Right | Refusal> {
		const wait = this.#attempts.begin(address)
		if (wait > 0) return tooMany(wait)
		// Without a password all of it is done as well: the time tells nothing.
		const { salt, change, look } = this.#passwords ?? { salt: NO_SALT, change: '', look: undefined }
		const hash = await hashOf(password, Buffer.from(salt, 'base64'))
		if (!hash) return BUSY
		const [isChange, isLook] = [isHash(change, hash), isHash(look ?? '', hash)]
		if (!isChange && !isLook) return WRONG
		this.#attempts.succeeded(address, isChange)
		return isChange ? 'change' : 'look'
	}

	#entries() {
		const sessions = this.#sessions.list().map((session) => ({ session }))
		return this.#passwords ? [{ passwords: this.#passwords }, ...sessions] : sessions
	}
}

const sha256 = (text: string) => createHash('sha256').update(text).digest()

const NO_SALT = newSalt().toString('base64')
const NO_HASH = Buffer.alloc(32)

/** Compares a hash that is kept with another one, in the same time whatever they are. */
function isHash(kept: string, hash: Buffer): boolean {
	const bytes = Buffer.from(kept, 'base64')
	return timingSafeEqual(bytes.length === hash.length ? bytes : NO_HASH, hash) && bytes.length === hash.length
}

const refused = (code: string, message: string, hint: string): Refusal => ({ refused: 'invalid', code, message, hint })

const WRONG: Refusal = { refused: 'denied', code: 'password-wrong', message: 'The password is wrong.' }
const USED: Refusal = {
	refused: 'denied',
	code: 'link-used',
	message: 'This link does not hold any longer.',
	hint: 'It sets the first password once, within a day. Restart cii2mqtt for another one, or set the password on the machine itself.',
}
const BUSY: Refusal = {
	refused: 'busy',
	code: 'sign-in-busy',
	message: 'Too many sign in at this moment.',
	hint: 'Try again in some seconds.',
}

const tooMany = (wait: number): Refusal => ({
	refused: 'busy',
	code: 'sign-in-wait',
	message: 'A wrong password was tried too often.',
	hint: `Try again in ${Math.ceil(wait / 60)} minutes.`,
	wait,
})
