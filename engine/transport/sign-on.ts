import type { SignOn, Transport } from '../../schema/types/profile.ts'
import { concat } from '../bytes/hex.ts'
import type { Line, Session } from './conversation.ts'

/** IEC 62056-21, 6.3.14: speeds of modes C (0 to 6) and B (A to F). */
const SPEEDS: Record<string, number> = {
	0: 300,
	1: 600,
	2: 1200,
	3: 2400,
	4: 4800,
	5: 9600,
	6: 19200,
	A: 600,
	B: 1200,
	C: 2400,
	D: 4800,
	E: 9600,
	F: 19200,
}

/** The meter's reaction time is 1.5 s at most (6.3.13); an identification of 20 characters takes 0.7 s at 300 Bd. */
const ANSWER_LIMIT = 5000
/** Between the meter's message and ours: 200 to 1500 ms (6.3.13, reaction time). */
const REACTION = 250

/** A readout of 10 kB at 300 Bd takes 340 s. */
const MAX_READOUT = 400_000
/** The echo of the request and an identification of 20 characters, and noise before them. */
const MAX_IDENTIFICATION = 200
/** What is held of the meter's first words: mode A may send the readout with them. */
const MAX_HELD = 4096

const [SOH, STX, ETX, ACK] = [0x01, 0x02, 0x03, 0x06]
const ascii = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))

// /?ADDRESS! CR LF →   ← /ISk5MT174-0001 CR LF   ACK 0 5 0 CR LF →   ← STX data ! CR LF ETX BCC           (mode C, data readout)
//                                                ACK 0 6 1 CR LF →   ← SOH P0 STX () ETX BCC   SOH R2 STX F001 ETX BCC →   ← STX data ETX BCC
/**
 * Asks a meter every `signOn.interval` seconds: request, identification, acknowledgement with the speed, readout (modes A to C), or with
 * `signOn.commands` reads in programming mode. What does not answer is asked anew at the next interval, and the status says so.
 */
export function signOn({ baudRate = 300, idle = 1000 }: Transport, settings: SignOn, line: Line): Session {
	const { address = '', interval = 60, speed, commands = [] } = settings
	let timer: NodeJS.Timeout | undefined
	/** Since the request: the identification, and what follows it before the speed is changed. */
	let held: number[] = []
	let step: 'resting' | 'identification' | 'switching' | 'readout' = 'resting'
	let next = 0
	let answered = false
	let deadline = 0

	/** Bytes that were written and may come back: optical heads give an echo. */
	let echo: Uint8Array = new Uint8Array(0)

	function send(bytes: Uint8Array): void {
		echo = bytes
		line.write(bytes)
	}

	/** A chunk without the echo of what was sent; the echo ends with the first byte that differs. */
	function withoutEcho(chunk: Uint8Array): Uint8Array {
		let at = 0
		while (at < chunk.length && at < echo.length && ((chunk[at] ?? 0) & 0x7f) === echo[at]) at++
		echo = at === chunk.length ? echo.subarray(at) : new Uint8Array(0)
		return chunk.subarray(at)
	}

	const later = (milliseconds: number, work: () => void) => {
		clearTimeout(timer)
		timer = setTimeout(work, milliseconds)
		timer.unref()
	}

	function begin(): void {
		line.setBaudRate?.(baudRate)
		held = []
		next = 0
		step = 'identification'
		line.write(ascii(`/?${address}!\r\n`))
		later(ANSWER_LIMIT, () =>
			rest(`the meter does not answer the sign-on /?${address}!: is the head in place, the speed ${baudRate} right?`),
		)
	}

	function rest(trouble?: string): void {
		step = 'resting'
		line.status(trouble ?? 'open')
		later(interval * 1000, begin)
	}

	/** The identification is here: `code` is its fifth character, which offers a speed. */
	function acknowledge(code: string): void {
		step = 'switching'
		const offered = SPEEDS[code]
		const modeC = /[0-6]/.test(code)
		// Mode B changes its speed, mode A goes on at once; neither waits for us.
		if (!modeC) {
			if (offered !== undefined) line.setBaudRate?.(offered)
			listen()
			return
		}
		// Where nobody can change the line's speed, the meter keeps it.
		const wanted = speed ?? (line.setBaudRate ? offered : baudRate)
		const chosen = Object.entries(SPEEDS).find(([key, value]) => value === wanted && /[0-6]/.test(key))?.[0] ?? code
		later(REACTION, () => {
			line.write(concat([Uint8Array.of(ACK), ascii(`0${chosen}${commands.length > 0 ? 1 : 0}\r\n`)]))
			// The acknowledgement itself goes out at the old speed: six characters of ten bits.
			later(REACTION + (60 / baudRate) * 1000, () => {
				if (wanted !== undefined) line.setBaudRate?.(wanted)
				if (commands.length > 0) later(ANSWER_LIMIT / 5, command)
				else listen()
			})
		})
	}

	function command(): void {
		const [name = '', data = ''] = (commands[next++] ?? '').split(' ')
		const content = concat([ascii(name), Uint8Array.of(STX), ascii(data), Uint8Array.of(ETX)])
		send(concat([Uint8Array.of(SOH), content, Uint8Array.of(content.reduce((check, byte) => check ^ byte, 0))]))
		listen()
	}

	function listen(): void {
		step = 'readout'
		answered = false
		deadline = Date.now() + MAX_READOUT
		later(ANSWER_LIMIT, finished)
	}

	/** Gives on what was held; commands begin a conversation of their own: the identification is no part of their answers. */
	function release(): void {
		if (held.length > 0 && commands.length === 0) line.answer(Uint8Array.from(held))
		held = []
	}

	/** Nothing came for a while. */
	function finished(): void {
		if (held.some((byte) => (byte & 0x7f) === STX) && commands.length === 0) {
			answered = true
			release()
		}
		if (answered && next < commands.length) command()
		else {
			if (commands.length > 0) line.write(BREAK)
			rest(answered ? undefined : 'the meter identifies itself, and sends no data: is the speed right?')
		}
	}

	return {
		begin: () => later(0, begin),
		bytes(chunk) {
			if (step === 'readout') {
				const said = commands.length > 0 ? withoutEcho(chunk) : chunk
				if (said.length === 0) return
				answered = true
				release()
				line.answer(said)
				// Noise must not keep it open.
				if (Date.now() > deadline) return finished()
				later(idle, finished)
				return
			}
			if (step === 'resting') return
			held = [...held, ...chunk].slice(-MAX_HELD)
			if (step === 'switching') return
			const heard = String.fromCharCode(...held.slice(0, MAX_IDENTIFICATION).map((byte) => byte & 0x7f))
			const identification = /\/[A-Za-z]{3}([ -~])[ -~]*\r?\n/.exec(heard)
			if (!identification) return
			// Before it may stand the echo of the request, as optical heads give it.
			held = held.slice(identification.index)
			acknowledge(identification[1] ?? '0')
		},
		end() {
			clearTimeout(timer)
			step = 'resting'
		},
	}
}

/** SOH B0 ETX BCC: the end of programming mode (6.4.2). */
const BREAK = Uint8Array.of(SOH, 0x42, 0x30, ETX, 0x71)
