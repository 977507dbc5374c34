import { noTransfer, type Transfer } from '../application/application.ts'
import type { Frame } from '../link/link.ts'
import { newBudget } from '../telegram/budget.ts'
import type { Keys } from '../telegram/telegram.ts'
import type { Protocol } from './decoder.ts'
import { type ApplicationName, applications, type LinkName, links } from './registry.ts'

/** The dialect of some bytes, and the evidence for it. */
export type Detected = Protocol & { reason: string; verdict: 'understood' | 'recognized' | 'begun' }

/** More than this is not looked at: three telegrams of any known meter. */
const MAX_LOOKED_AT = 16 * 1024

/**
 * Tells link layer and application from bytes alone, in parts with a silence behind each: the first link layer whose frames an application
 * understands, or, as which they begin, though all its frames are broken; else the first with frames that an application recognizes (a
 * ciphered telegram without its key); else undefined. A link layer without a checksum takes anything: it must begin as such. Keys open what
 * is ciphered.
 */
export function detect(parts: readonly Uint8Array[], keys: Keys): Detected | undefined {
	const looked = firstOf(parts, MAX_LOOKED_AT)
	let recognized: Detected | undefined
	let begin: Detected | undefined
	let damaged: Detected | undefined
	const isUnlikely = (link: LinkName) => looked.some((part) => links[link].unlikely?.(part))
	const names = Object.keys(links) as LinkName[]
	for (const link of [...names.filter((name) => !isUnlikely(name)), ...names.filter(isUnlikely)]) {
		const { open, begins, check } = links[link]
		const begun = looked.some(begins)
		if (!check && !begun) continue
		const reader = open({ blockCheck: 'optional' })
		const events = looked.flatMap((part) => [...reader.push(part), ...reader.idle()])
		const frames = events.filter((event) => event.kind === 'frame')
		if (begun) begin ??= broken(link, 'nothing in it is known')
		const wrong = events.find((event) => event.kind === 'discarded' && CHECKS.has(event.reason))
		if (begun && frames.length === 0 && wrong?.kind === 'discarded') {
			damaged ??= broken(link, `its checksum is wrong (${wrong.reason})`)
			if (check) break
		}
		for (const application of links[link].carries) {
			const verdict = judge(frames, application, keys, check !== undefined)
			if (verdict === 'stranger') continue
			const reason = `${frames.length} ${frames.length === 1 ? 'frame' : 'frames'} of ${link}, ${SAYS[verdict]} by ${application}`
			if (verdict === 'understood') return { link, application, reason, verdict }
			recognized ??= { link, application, reason, verdict }
		}
	}
	return recognized ?? damaged ?? begin
}

/** The first `most` bytes, in the same parts. */
function firstOf(parts: readonly Uint8Array[], most: number): Uint8Array[] {
	let room = most
	return parts.flatMap((part) => {
		const taken = part.subarray(0, room)
		room -= taken.length
		return taken.length > 0 ? [taken] : []
	})
}

function broken(link: LinkName, why: string): Detected {
	const [application = 'dlms'] = links[link].carries
	return { link, application, reason: `begins as a frame of ${link}, and ${why}`, verdict: 'begun' }
}

/** Reasons of a frame that has the shape of its link layer, and a wrong checksum. */
const CHECKS = new Set(['fcs', 'hcs', 'sum', 'crc', 'bcc'])

const SAYS = { understood: 'understood', recognized: 'recognized, but not readable,' }

/** Reasons that say "not mine"; any other refusal of a frame with a checksum is of an application that knows what it refuses. */
const STRANGE = new Set(['unknown', 'syntax', 'noise'])
/** Without a checksum only what is sealed shows whose it is: anything can be cut short, or of no layout. */
const SEALED = new Set(['nokey', 'key', 'tag', 'suite'])

function judge(frames: Frame[], application: ApplicationName, keys: Keys, checked: boolean): 'understood' | 'recognized' | 'stranger' {
	let transfer: Transfer = noTransfer
	let recognized = false
	for (const { payload } of frames) {
		const result = applications[application](payload, transfer, { keys, authentication: 'optional', budget: newBudget() })
		transfer = result.transfer
		if (result.outcomes.some(({ kind }) => kind === 'telegram')) return 'understood'
		const known = (reason: string) => (checked ? !STRANGE.has(reason) : SEALED.has(reason))
		recognized ||=
			(checked && transfer !== noTransfer) || result.outcomes.some((outcome) => outcome.kind === 'rejected' && known(outcome.reason))
	}
	return recognized ? 'recognized' : 'stranger'
}
