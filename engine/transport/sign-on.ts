import type { SignOn } from '../../schema/types/profile.ts'
import { concat, latin1 } from '../bytes/hex.ts'
import type { Line, Session, Transport } from './port.ts'

/** Speeds of mode C, by the digit that offers them; those of mode B begin at the second (IEC 62056-21, 6.3.14). */
const SPEEDS = [300, 600, 1200, 2400, 4800, 9600, 19_200]
const [MODE_C, MODE_B] = ['0123456', 'ABCDEF']

/** The meter's reaction time is 1.5 s at most (6.3.13); an identification of 20 characters takes 0.7 s at 300 Bd. */
const ANSWER_LIMIT = 5000
/** Between the meter's message and ours: 200 to 1500 ms (6.3.13, reaction time). */
const REACTION = 250
/** Between the acknowledgement of programming mode and the first command. */
const BEFORE_COMMANDS = 1000
/** A readout of 10 kB at 300 Bd takes 340 s. */
const MAX_READOUT = 400_000
/** Between the wake-up message and the request: 1.5 to 1.7 s (annex B). */
const AFTER_WAKE_UP = 1600
/** The echo of the request, noise, and an identification of 20 characters. */
const MAX_IDENTIFICATION = 200
/** Bytes that are held before the readout: mode A may send it with the identification. */
const MAX_HELD = 4096

const [SOH, STX, ETX, ACK, LF] = [0x01, 0x02, 0x03, 0x06, 0x0a]
const NOTHING: Uint8Array = new Uint8Array(0)
/** SOH B0 ETX BCC: the end of programming mode (6.4.2). */
const BREAK = Uint8Array.of(SOH, 0x42, 0x30, ETX, 0x71)
const ascii = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))

/**
 * Asks a meter every `signOn.interval` seconds: request, identification, acknowledgement with the speed, then a readout (modes A to C) or, with
 * `signOn.commands`, reads in programming mode. A meter that does not answer is asked again at the next interval, and the status says so.
 *
 * With `signOn.wakeUp`, NUL bytes go before the request: a battery meter sleeps until it sees some (annex B).
 *
 *     /?ADDRESS! CR LF →   ← /ISk5MT174-0001 CR LF   ACK 0 5 0 CR LF →   ← STX data ! CR LF ETX BCC           (mode C, readout)
 *                                                    ACK 0 6 1 CR LF →   ← SOH P0 STX () ETX BCC   SOH R2 STX F001 ETX BCC →   ← STX data ETX BCC
 */
export class SignOnSession implements Session {
	readonly #line: Line
	readonly #settings: SignOn & { baudRate: number; idle: number; commands: string[]; interval: number }
	#timer: NodeJS.Timeout | undefined
	#step: 'resting' | 'waking' | 'identification' | 'switching' | 'readout' = 'resting'
	/** Bytes since the request: the identification, and what follows it before the speed changes. */
	#held: Uint8Array = NOTHING
	/** Place of the next command. */
	#next = 0
	/** The readout, or the present command, has an answer. */
	#answered = false
	/** When the readout must end, ms since 1970: noise must not keep it open. */
	#deadline = 0
	/** Bytes of a command that may come back: optical heads echo. */
	#echo: Uint8Array = new Uint8Array(0)

	constructor({ baudRate = 300, idle = 1000 }: Transport, settings: SignOn, line: Line) {
		this.#line = line
		this.#settings = { commands: [], interval: 60, ...settings, baudRate, idle }
	}

	begin(): void {
		this.#later(0, () => this.#wake())
	}

	bytes(chunk: Uint8Array): Promise<void> | undefined {
		if (this.#step === 'readout') return this.#read(this.#withoutEcho(chunk))
		if (this.#step !== 'resting' && this.#step !== 'waking') {
			this.#held = concat([this.#held, chunk]).slice(-MAX_HELD)
			// The line of an identification ends before it can be told.
			if (this.#step === 'identification' && chunk.some((byte) => (byte & 0x7f) === LF)) this.#identify()
		}
		return undefined
	}

	end(): void {
		clearTimeout(this.#timer)
		this.#step = 'resting'
	}

	#later(milliseconds: number, work: () => void): void {
		clearTimeout(this.#timer)
		this.#timer = setTimeout(work, milliseconds).unref()
	}

	/** Wakes the meter, where it must be woken, and asks. */
	#wake(): void {
		const { wakeUp = 0, baudRate } = this.#settings
		this.#line.setBaudRate?.(baudRate)
		if (wakeUp === 0) {
			this.#request()
			return
		}
		this.#step = 'waking'
		// A byte has ten bits on the line, as 7E1 and as 8N1.
		const bytes = Math.ceil((wakeUp * baudRate) / 10)
		this.#line.write(new Uint8Array(bytes))
		this.#later((bytes * 10_000) / baudRate + AFTER_WAKE_UP, () => this.#request())
	}

	#request(): void {
		const { address = '', baudRate, wakeUp } = this.#settings
		const request = `/?${address}!`
		this.#held = NOTHING
		this.#next = 0
		this.#step = 'identification'
		this.#line.write(ascii(`${request}\r\n`))
		this.#later(ANSWER_LIMIT, () =>
			this.#rest(
				`the meter does not answer the sign-on ${request}: is the head in place, and is the speed ${baudRate} right?${wakeUp === undefined ? ' A meter with a battery may have to be woken (transport.signOn.wakeUp)' : ''}`,
			),
		)
	}

	/** Waits for the next interval. */
	#rest(trouble?: string): void {
		this.#step = 'resting'
		this.#line.status(trouble ?? 'open')
		this.#later(this.#settings.interval * 1000, () => this.#wake())
	}

	/** Looks for the identification, behind the echo of the request; its fifth character offers a speed. */
	#identify(): void {
		const heard = latin1(this.#held.subarray(0, MAX_IDENTIFICATION).map((byte) => byte & 0x7f))
		const identification = /\/[A-Za-z]{3}([ -~])[ -~]*\r?\n/.exec(heard)
		if (!identification) return
		this.#held = this.#held.slice(identification.index)
		this.#step = 'switching'
		const code = identification[1] ?? '0'
		if (MODE_C.includes(code)) this.#later(REACTION, () => this.#acknowledge(code))
		else {
			// Mode B changes its speed, mode A keeps it; neither waits for an acknowledgement.
			const offered = MODE_B.includes(code) ? SPEEDS[MODE_B.indexOf(code) + 1] : undefined
			if (offered !== undefined) this.#line.setBaudRate?.(offered)
			this.#listen()
		}
	}

	/** Acknowledges the identification with a speed: the offered one, unless the settings or a line of fixed speed want another. */
	#acknowledge(code: string): void {
		const line = this.#line
		const { baudRate, commands, speed } = this.#settings
		const programming = commands.length > 0
		const wanted = speed ?? (line.setBaudRate ? SPEEDS[Number(code)] : baudRate)
		const chosen = wanted !== undefined && SPEEDS.includes(wanted) ? SPEEDS.indexOf(wanted) : code
		line.write(concat([Uint8Array.of(ACK), ascii(`0${chosen}${programming ? 1 : 0}\r\n`)]))
		// The acknowledgement itself goes out at the old speed: six characters of ten bits.
		this.#later(REACTION + (60 / baudRate) * 1000, () => {
			if (wanted !== undefined) line.setBaudRate?.(wanted)
			if (programming) this.#later(BEFORE_COMMANDS, () => this.#command())
			else this.#listen()
		})
	}

	/** Sends the next command: SOH NAME STX DATA ETX BCC. */
	#command(): void {
		const [name = '', data = ''] = (this.#settings.commands[this.#next++] ?? '').split(' ')
		const content = concat([ascii(name), Uint8Array.of(STX), ascii(data), Uint8Array.of(ETX)])
		const check = content.reduce((sum, byte) => sum ^ byte, 0)
		this.#echo = concat([Uint8Array.of(SOH), content, Uint8Array.of(check)])
		this.#line.write(this.#echo)
		this.#listen()
	}

	#listen(): void {
		this.#step = 'readout'
		this.#answered = false
		this.#deadline = performance.now() + MAX_READOUT
		this.#later(ANSWER_LIMIT, () => this.#finish())
	}

	#read(chunk: Uint8Array): Promise<void> | undefined {
		if (chunk.length === 0) return undefined
		this.#answered = true
		this.#release()
		const worked = this.#line.answer(chunk)
		if (performance.now() > this.#deadline) this.#finish()
		else this.#later(this.#settings.idle, () => this.#finish())
		return worked
	}

	/** Cuts the echo of a command off a chunk; it ends with the first byte that differs. */
	#withoutEcho(chunk: Uint8Array): Uint8Array {
		const echo = this.#echo
		let at = 0
		while (at < chunk.length && at < echo.length && ((chunk[at] ?? 0) & 0x7f) === echo[at]) at++
		this.#echo = at === chunk.length ? echo.subarray(at) : new Uint8Array(0)
		return chunk.subarray(at)
	}

	/** Passes on the held bytes; not before commands, whose answers do not contain the identification. */
	#release(): void {
		if (this.#held.length > 0 && this.#settings.commands.length === 0) void this.#line.answer(this.#held)
		this.#held = NOTHING
	}

	/** Goes on after a silence: to the next command, or to the next interval. */
	#finish(): void {
		const programming = this.#settings.commands.length > 0
		if (!programming && this.#held.some((byte) => (byte & 0x7f) === STX)) {
			this.#answered = true
			this.#release()
		}
		if (this.#answered && this.#next < this.#settings.commands.length) this.#command()
		else {
			if (programming) this.#line.write(BREAK)
			this.#rest(this.#answered ? undefined : 'the meter identifies itself, but sends no data: is the speed right?')
		}
	}
}
