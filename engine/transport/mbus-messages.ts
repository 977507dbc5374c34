import type { Request } from '../../schema/types/profile.ts'
import { mbus } from '../application/mbus/mbus.ts'
import { fromHex } from '../bytes/hex.ts'
import type { Frame } from '../link/link.ts'
import { newBudget } from '../telegram/budget.ts'

/** A meter that is selected by its secondary address answers at this primary one (EN 13757-3, 11.3). */
const SELECTED = 253
/** Obeyed by every meter (EN 13757-2, 5.7.5). */
const ANY = 254

/** The address that a meter is asked at. */
export const addressOf = ({ secondary, address = ANY }: Request) => (secondary === undefined ? address : SELECTED)

/** Whether a request asks a meter on an M-Bus; else its messages are stated, or there is none. */
export const isAddressed = (request: Request | undefined): request is Request => request !== undefined && request.hex === undefined

/** Whether every meter of the bus answers to it. */
export const asksAll = (request: Request) => addressOf(request) === ANY

/** SND_NKE: the meter starts over, or whatever was selected is selected no more. */
export const reset = (request: Request) => short(0x40, addressOf(request))

/** REQ_UD2: the meter sends its next telegram. `count`: of those before; the frame count bit says whether it is another one than last time. */
export const next = (request: Request, count: number) => short(count % 2 === 0 ? 0x7b : 0x5b, addressOf(request))

// 10 | C A | CS | 16
const short = (control: number, address: number) => Uint8Array.of(0x10, control, address, (control + address) & 0xff, 0x16)

// 68 0B 0B 68 | C 73 | A FD | CI 52 | identification[4] | manufacturer[2] | version | medium | CS | 16        lowest byte first, F and FF for any
/** SND_UD that selects a meter by its secondary address (EN 13757-3, 11.3). */
export function selection({ secondary = 'FFFFFFFF', manufacturer, version = 0xff, medium = 0xff }: Request): Uint8Array {
	const id = (fromHex(secondary) ?? new Uint8Array(4)).reverse()
	const code = manufacturer === undefined ? 0xffff : [...manufacturer].reduce((sum, letter) => sum * 32 + letter.charCodeAt(0) - 64, 0)
	const content = [0x73, SELECTED, 0x52, ...id, code & 0xff, code >> 8, version, medium]
	const sum = content.reduce((total, byte) => (total + byte) & 0xff, 0)
	return Uint8Array.of(0x68, content.length, content.length, 0x68, ...content, sum, 0x16)
}

/** What an answer says of the conversation: whether another telegram follows, and, where the asked meter did not send it, who did. */
export function judge({ source, payload }: Frame, request: Request): { more: boolean; stranger?: string } {
	const address = Number.parseInt(source, 16)
	const telegram = mbus(payload, { keys: {}, authentication: 'optional', budget: newBudget() })
	const more =
		telegram.kind === 'rejected' ? telegram.reason === 'incomplete' : telegram.records?.at(-1)?.function === 'More records follow'
	const { meterId, device } = telegram.kind === 'telegram' ? telegram : {}
	const { secondary, manufacturer, version, medium } = request
	const asked = addressOf(request)
	const isAsked =
		secondary === undefined
			? asked === ANY || address === asked
			: meterId === undefined ||
				(fits(meterId, secondary) &&
					(manufacturer ?? device?.manufacturer) === device?.manufacturer &&
					(version ?? device?.version) === device?.version &&
					(medium ?? device?.medium) === device?.medium)
	return { more, ...(!isAsked && { stranger: `${meterId === undefined ? 'one' : meterId} at address ${address}` }) }
}

/** Whether an identification number fits a secondary address, in which F stands for any digit. */
function fits(id: string, secondary: string): boolean {
	return [...secondary.toUpperCase()].every((digit, at) => digit === 'F' || digit === id[at])
}

/** How a meter is called in messages to people. */
export function called({ secondary, address, manufacturer }: Request): string {
	return secondary === undefined ? `address ${address ?? ANY}` : `secondary address ${secondary}${manufacturer ? ` ${manufacturer}` : ''}`
}
