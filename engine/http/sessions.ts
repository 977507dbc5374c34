import { createHash, randomBytes } from 'node:crypto'

/** The right that a password gives: to look, or to change all. */
export type Right = 'look' | 'change'

/** A session as it is kept: of its secret the hash only. `used`: ms since 1970. */
export type KeptSession = { hash: string; right: Right; used: number }

/** Milliseconds after which an unused session ends, and between two notes of its use. */
export const [UNUSED, NOTED] = [30 * 86_400_000, 86_400_000]
/** Sessions at once: beyond, the one that is longest unused ends. */
const MOST = 100

/** The sessions of people who have signed in. */
export class Sessions {
	readonly #sessions = new Map<string, KeptSession>()
	readonly #changed: () => void
	readonly #ended: (hash: string) => void
	readonly #now: () => number

	/** `changed` is called when there is something to keep, `ended` when a session is over. */
	constructor(changed: () => void, ended: (hash: string) => void, now = Date.now) {
		this.#changed = changed
		this.#ended = ended
		this.#now = now
	}

	/** Takes over sessions of an earlier process. */
	restore(kept: KeptSession[]): void {
		for (const session of kept) this.#sessions.set(session.hash, session)
		this.#trim()
	}

	/** Lists all, for keeping. */
	list(): KeptSession[] {
		return [...this.#sessions.values()]
	}

	/** Begins a session, and gives its secret. */
	begin(right: Right): string {
		const secret = randomBytes(32).toString('base64url')
		const hash = hashOf(secret)
		this.#sessions.set(hash, { hash, right, used: this.#now() })
		this.#trim()
		this.#changed()
		return secret
	}

	/** Finds the session of a secret. `isNoted`: its use was noted now, once a day, and its cookie may live on. */
	find(secret: string): { session: KeptSession; isNoted: boolean } | undefined {
		const session = this.#sessions.get(hashOf(secret))
		if (!session) return undefined
		const now = this.#now()
		if (now - session.used > UNUSED) return void this.#end(session)
		const isNoted = Math.abs(now - session.used) > NOTED
		if (isNoted) {
			session.used = now
			this.#changed()
		}
		return { session, isNoted }
	}

	/** Tells whether a session goes on. */
	has(hash: string): boolean {
		return this.#sessions.has(hash)
	}

	/** Ends the sessions that fit. */
	end(fits: (session: KeptSession) => boolean): void {
		for (const session of this.list()) if (fits(session)) this.#end(session)
	}

	#end(session: KeptSession): void {
		this.#sessions.delete(session.hash)
		this.#ended(session.hash)
		this.#changed()
	}

	#trim(): void {
		while (this.#sessions.size > MOST) this.#end(this.list().reduce((oldest, one) => (one.used < oldest.used ? one : oldest)))
	}
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')
