import { type Library, profileNames } from '../profile/library.ts'
import { compileProfile } from '../profile/profile.ts'
import { lineText } from '../profile/short-forms.ts'
import type { Transport } from '../transport/port.ts'

/** A setting of a serial line, or the one way of a network bridge: its name, and the transport without its place. */
export type LineSetting = { name: string; transport: Transport }

/** The settings of the meters that are known, the likeliest first. */
const LIKELY = ['2400 8E1', '115200 8N1', '9600 8N1', '2400 8N1', '9600 7E1']

/** Seconds on each line: a push list comes every 5 to 10 s; where a meter was heard, those that gave nothing again, as some send twice a minute. */
const [FIRST_ROUND, ASKED, SECOND_ROUND] = [12, 15, 35]

/**
 * Gives what is tried at a serial port, one after the other: the settings of meters that send by themselves; where nothing at all was `heard`, those that are asked. Where
 * something was, those of the first again that may be right (`open`). A meter that sends is heard with any setting: where nothing came, another round finds none.
 */
export function* attempts(
	library: () => Library,
	heard: () => boolean,
	open: (name: string) => boolean,
): Generator<{ setting: LineSetting; seconds: number }> {
	const pushed = pushedLines()
	for (const setting of pushed) yield { setting, seconds: FIRST_ROUND }
	if (!heard()) for (const setting of askedLines(library())) yield { setting, seconds: ASKED }
	for (const setting of pushed) if (heard() && open(setting.name)) yield { setting, seconds: SECOND_ROUND }
}

/** Gives the settings that a meter may send with by itself, the likeliest first. */
export function pushedLines(): LineSetting[] {
	return LIKELY.map((name) => ({ name, transport: settingsOf(name) }))
}

/** Gives what meters are asked with that send nothing by themselves, as the profiles say: each way once. */
export function askedLines(library: Library): LineSetting[] {
	const found = new Map<string, LineSetting>()
	const fragments = [...library.sources.keys()].filter((name) => name.startsWith('common/'))
	for (const name of [...fragments, ...profileNames(library)]) {
		if (!/"(signOn|request|extends)"/.test(library.sources.get(name)?.text ?? '')) continue
		const profile = compileProfile(name, library)
		if (Array.isArray(profile)) continue
		const { kind, signOn, request, idle, ...line } = profile.document.transport
		// Commands are for one model: nobody else's meter is entered.
		if (kind !== 'serial' || !(signOn || request) || signOn?.commands) continue
		const { baudRate = signOn ? 300 : 9600, dataBits = 8, parity = 'none', stopBits = 1 } = line
		const transport: Transport = {
			...{ baudRate, dataBits, parity, stopBits },
			...(idle !== undefined && { idle }),
			...(signOn && { signOn: { ...signOn, interval: ASKED_EVERY } }),
			...(request && { request: { ...request, interval: ASKED_EVERY } }),
		}
		const key = JSON.stringify(transport)
		if (!found.has(key))
			found.set(key, { name: `${lineText(transport)}, asked${signOn ? ` /?!${signOn.wakeUp ? ' (woken)' : ''}` : ''}`, transport })
	}
	return [...found.values()]
}

/** Seconds between two requests of a probe. */
const ASKED_EVERY = 15

/** Reads a line as people write it, `2400 8E1`; undefined for anything else. */
export function lineOf(text: string): LineSetting | undefined {
	return /^\d{3,6} [78][NEO][12]$/.test(text) ? { name: text, transport: settingsOf(text) } : undefined
}

function settingsOf(name: string): Transport {
	const [, baudRate, dataBits, parity, stopBits] = /^(\d+) ([78])([NEO])([12])$/.exec(name) ?? []
	return {
		baudRate: Number(baudRate),
		dataBits: dataBits === '7' ? 7 : 8,
		parity: parity === 'E' ? 'even' : parity === 'O' ? 'odd' : 'none',
		stopBits: stopBits === '2' ? 2 : 1,
	}
}
