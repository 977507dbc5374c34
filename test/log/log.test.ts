import { pino } from 'pino'
import * as assert from 'uvu/assert'
import { causeOf, LimitedLog } from '../../engine/log/log.ts'
import { logger } from '../../tools/log.ts'
import { suite } from '../support/suite.ts'

const test = suite('log')

/** A log, and the lines that come of it. */
function limited() {
	const lines: string[] = []
	const log = new LimitedLog(pino({ base: null, level: 'debug' }, { write: (line: string) => void lines.push(line) }))
	const messages = () => lines.map((line) => (JSON.parse(line) as { msg: string }).msg)
	return { log, lines, messages }
}

test('tells a cause once, however its texts differ, and how many were left out', () => {
	const { log, messages } = limited()
	const house = log.child({ meter: 'house' })
	const shed = log.child({ meter: 'shed' })
	for (let i = 0; i < 40_000; i++) house.warn({ cause: 'tag' }, `refused: telegram ${Math.random()}`)
	shed.warn({ cause: 'tag' }, 'refused: of the shed')
	house.warn({ cause: 'layout' }, 'refused: layout')
	assert.is(messages().length, 3)
	log.flush()
	assert.is(messages().length, 4)
	assert.match(messages()[3] ?? '', /^refused: telegram .* \(and 39998 more of this cause that were left out\)$/)
	log.flush()
	assert.is(messages().length, 4)
})

test('tells a few changes at once: a cable that is plugged again, a profile that is saved again', () => {
	const { log, messages } = limited()
	for (let i = 0; i < 1000; i++) log.info({ cause: 'open', changes: true }, `open ${i}`)
	assert.equal(
		messages(),
		Array.from({ length: 20 }, (_, i) => `open ${i}`),
	)
	log.flush()
	assert.match(messages().at(-1) ?? '', /^open 999 \(and 979 more of this cause/)
})

test('bounds causes, and what names no cause', () => {
	const { log, messages } = limited()
	const house = log.child({ meter: 'house' })
	for (let i = 0; i < 10_000; i++) house.warn({ cause: `c${i}` }, `text ${i}`)
	for (let i = 0; i < 10_000; i++) house.warn(`text ${i}`)
	assert.ok(messages().length < 40, `${messages().length} lines`)
	assert.match(messages().at(-1) ?? '', /^more is said in a minute than the log takes, such as: text /)
	log.flush()
	assert.match(messages().at(-1) ?? '', /more of this cause that were left out/)
	for (let i = 0; i < 10_000; i++) log.info(`profile ${i}`)
	assert.ok(messages().length < 250)
})

test('forges no line, neither as text nor as JSON, and shows no key', () => {
	const forged = 'x\n12:00:00 error shed: forged\r\u001b[2K\u009b\u202e\u2028 C5A7EC0DEBADF00D5EC7E7CA9A57B00C mqtt://u:p@h'
	for (const form of ['text', 'json'] as const) {
		const lines: string[] = []
		const log = new LimitedLog(logger(form, (line) => void lines.push(line)))
		log.child({ meter: 'house' }).warn({ cause: 'x' }, forged)
		log.error(new Error(forged), 'the pipeline failed')
		const text = lines.join('')
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
		assert.not(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/.test(text), JSON.stringify(text))
		assert.not(/^12:00:00 error shed/m.test(text), text)
		assert.not(/C5A7EC|u:p@/.test(text), text)
		if (form === 'json') for (const line of text.trim().split('\n')) JSON.parse(line)
	}
})

test('takes the first words of a text as its cause', () => {
	assert.is(causeOf('mqtt://host:1883 closed the connection; "x"'), 'mqtt://host:# closed the connection;')
	assert.is(causeOf('the broker refuses messages on a/b'), causeOf('the broker refuses messages on c/d'))
})

test.run()
