import { pino } from 'pino'
import * as assert from 'uvu/assert'
import { LimitedLog } from '../../engine/log/log.ts'
import { RecentLog } from '../../engine/log/recent.ts'
import { CANARY, canaryIn } from '../support/canary.ts'
import { suite } from '../support/suite.ts'

const test = suite('recent log')

/** A log as the engine has it, the lines that it passes on, and what it keeps. */
function kept() {
	const lines: string[] = []
	const recent = new RecentLog(pino({ base: null, level: 'debug' }, { write: (line: string) => void lines.push(line) }))
	return { recent, log: new LimitedLog(recent, 5000), lines }
}

test('keeps the lines of all meters in order, and passes all on', () => {
	const { recent, log, lines } = kept()
	log.info('begins')
	log.child({ meter: 'house' }).warn({ cause: 'silent', changes: true }, 'no reading for 60 s')
	log.debug('a detail')
	log.error(new Error('broken'), 'the pipeline failed')
	const all = recent.recent()
	assert.equal(
		all.map(({ n, level, text, meter }) => [n, level, text, meter]),
		[
			[1, 'info', 'begins', undefined],
			[2, 'warn', 'no reading for 60 s', 'house'],
			[3, 'error', 'the pipeline failed', undefined],
		],
	)
	assert.is(lines.length, 4)
	assert.match(all[0]?.time ?? '', /^\d{4}-\d\d-\d\dT.*Z$/)
	assert.equal(
		recent.recent(1, 'warn').map(({ n }) => n),
		[2, 3],
	)
	assert.equal(recent.recent(3), [])
})

test('keeps the last thousand, numbered on', () => {
	const { recent, log } = kept()
	for (let i = 1; i <= 2500; i++) log.info(`line ${i}`)
	const all = recent.recent()
	assert.is(all.length, 1000)
	assert.is(all[0]?.n, 1501)
	assert.is(all.at(-1)?.text, 'line 2500')
})

test('tells listeners each line until they leave; one that throws is heard no more', () => {
	const { recent, log } = kept()
	const heard: string[] = []
	recent.subscribe(() => {
		throw new Error('no')
	})
	const leave = recent.subscribe(({ text }) => void heard.push(text))
	log.info('one')
	log.child({ meter: 'house' }).info('two')
	leave()
	log.info('three')
	assert.equal(heard, ['one', 'two'])
})

test('shows no key, no forged line, and no text without end', () => {
	const { recent } = kept()
	recent.info(`the key is ${CANARY}`)
	recent.warn('a\nforged line\u001b[2K')
	recent.info('x'.repeat(100_000))
	const text = JSON.stringify(recent.recent())
	assert.not(canaryIn(text))
	assert.not.match(recent.recent()[1]?.text ?? '', /[\n\p{C}]/u)
	assert.ok(text.length < 2500)
})

test.run()
