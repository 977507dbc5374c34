import type { Answer } from '../outbox.ts'
import type { Down } from '../reasons.ts'
import type { ConnectionSettings } from '../settings.ts'
import type { Outgoing } from '../waiting.ts'
import type { Limits } from './limits.ts'
import type { Publish, Skipped, Version } from './packets.ts'
import type { WillForm } from './writer.ts'

/** How one connection is opened, and who hears of it. */
export type SessionSettings = ConnectionSettings & {
	version: Version
	willForm: WillForm
	/** Seconds in which a broker must answer. */
	patience: number
	/** Called when the broker lets this client in; may lower its limits. */
	up: (limits: Limits) => void
	message: (message: Publish) => void
	/** Called with a message that is not taken; it is to be acknowledged, too. */
	skipped: (message: Skipped) => void
	/** Called with the broker's answer to a message, and the reason code of it. */
	answered: (item: Outgoing, answer: Answer, code: number) => void
	/** Called when there may be room for more messages on the way. */
	room: () => void
	/** Called with a message that has more bytes than the broker takes. */
	tooLarge: (topic: string, size: number) => void
	/** Called once, when all is over, with the messages that have no answer, oldest first, and whether others were acknowledged. */
	down: (reason: Down, unanswered: Outgoing[], othersPassed: boolean) => void
}
