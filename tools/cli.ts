#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Worker } from '../engine/config/role.ts'
import { packageVersion } from '../engine/files/package.ts'
import { visibleLines } from '../engine/text/visible.ts'
import { withKeys } from './keys.ts'

// The list of processes shows what a program was called with, and keys among it: from here on it shows a name alone.
if (process.argv.some((word) => /^--(auth-)?key/.test(word) || word.includes('@'))) process.title = 'cii2mqtt'

/** For when results are doubted: JSONata's own interpreter instead of compiled expressions. */
const references: Record<string, { word: string; take: () => Promise<void> }> = {
	CII_TRANSFORM: { word: 'interpret', take: async () => (await import('../engine/jsonata/expression.ts')).useInterpreter() },
}

/** The commands that go on until they are ended. */
const ENDLESS = ['run', 'demo', 'workbench']

/** The command line. Each command stands in a file of its own and is loaded when it is called. Exit codes: design.md, section 6. */
const program = new Command('cii2mqtt')
	.description("Every smart meter's local interface as one harmonized MQTT message.")
	.version(packageVersion())
	.exitOverride()
	.showSuggestionAfterError()
	.configureHelp({ showGlobalOptions: true })

program
	.command('run')
	.description('read the meters of a config, publish, reload on edit')
	.option('--config <file>', 'the config; where there is none, a page to set up the first meter opens', 'cii2mqtt.json')
	.option('--page <[host:]port>', 'where that page opens: 127.0.0.1:8080, or the next free port, by default', address)
	.option('--log <form>', 'text for people, json for programs', oneOf('text', 'json'), 'text')
	.addOption(
		new Option('--worker <n/of>', 'this process is one of the workers of a translator, which starts them').argParser(worker).hideHelp(),
	)
	.action(async (options, command: Command) => {
		// A config that somebody names must be there.
		const named = command.getOptionValueSource('config') === 'cli'
		await finish((await import('./run.ts')).run({ ...options, named }))
	})

program
	.command('setup')
	.description('find a meter and write the config, by questions in this terminal (the page does the same)')
	.option('--config <file>', 'the config, made where there is none', 'cii2mqtt.json')
	.action(async (options) => finish((await import('./setup.ts')).setUp(options)))

program
	.command('demo')
	.description('embedded broker and a simulated house, by the time of now: no hardware, no setup')
	.option('--port <number>', 'port of the broker; the next free one when it is taken', integer(0, 65535), 1883)
	.option('--http-port <number>', 'port of the page; the next free one when it is taken', integer(0, 65535), 8080)
	.option('--recorded', 'recorded telegrams instead, of meters and of adapters')
	.option('--speed <factor>', 'with --recorded: how many times faster than recorded (1)', positive)
	.option('--clock <mode>', 'with --recorded: recorded, or now: meter clocks are moved to today (recorded)', oneOf('recorded', 'now'))
	.option('--for <seconds>', 'end by itself after that time', positive)
	.action(async (options) => finish((await import('./demo.ts')).demo(options)))

withKeys(program.command('decode'))
	.description('decode telegrams: hex text, P1 text, raw bytes, JSON of an adapter, a capture, - for standard input')
	.argument('<input...>', 'files, or hex digits, or -')
	.option('--profile <name>', 'profile that states link, application, scalers and keys of the sequence')
	.option('--profiles <folder>', 'folder with profiles of your own', collect, [])
	.option('--link <layer>', 'link layer, instead of detecting it')
	.option('--application <protocol>', 'application, instead of detecting it')
	.option('--timezone <name>', "zone of the meter's local time, e.g. Europe/Zurich")
	.option('--json', 'one JSON line a telegram')
	.action(async (inputs, options) => {
		const { links, applications } = await import('../engine/decode/registry.ts')
		demandOneOf('--link <layer>', options.link, Object.keys(links))
		demandOneOf('--application <protocol>', options.application, Object.keys(applications))
		await finish((await import('./decode.ts')).decode(inputs, options))
	})

program
	.command('validate')
	.description('check profiles, configs and captures: all built-in profiles when nothing is named')
	.argument('[target...]', 'names of profiles, files or folders')
	.option('--strict', 'warnings fail too')
	.option('--update', 'write the expected readings again, after showing what changes')
	.option('--format <form>', 'pretty, json or github', oneOf('pretty', 'json', 'github'), 'pretty')
	.action(async (targets, options) => finish((await import('./validate.ts')).validate(targets, options)))

withKeys(program.command('replay'))
	.description('play captures through the whole pipeline')
	.argument('<capture...>', 'captures (*.capture.jsonl)')
	.option('--profile <name>', "profile; by default the one whose samples are in the capture's folder")
	.option('--profiles <folder>', 'folder with profiles of your own', collect, [])
	.option('--speed <factor>', '1 as recorded, N times faster, or max', speed, 0)
	.option('--to <target>', 'stdout, or a broker: mqtt://host:port', 'stdout')
	.option('--expect <file>', 'readings that must come out')
	.option('--faults [number]', 'inject that many faults (10000) and count what comes out wrong', integer(1, 10_000_000))
	.option('--seed <number>', 'repeats the same faults', integer(0, 2 ** 31), 1)
	.action(async (captures, options) =>
		finish((await import('./replay.ts')).replay(captures, { ...options, ...(options.faults === true && { faults: 10_000 }) })),
	)

program
	.command('record')
	.description('record what a port gives, before framing, into a capture')
	.option('--config <file>', 'a config, with --meter')
	.option('--meter <name>', 'the meter of that config')
	.option('--transport <url>', 'serial:///dev/ttyUSB0?baudRate=2400&parity=even, tcp://host:port or mqtt://host:1883/topic')
	.option('--out <file>', 'the capture to write')
	.option('--for <seconds>', 'end by itself after that time', positive)
	.option('--rotate-size <bytes>', 'begin another file when one is longer', integer(1000, 2 ** 40))
	.option('--rotate-time <seconds>', 'begin another file after that time', positive)
	.option('--anonymize', 'replace meter ids and system titles; ciphered telegrams are ciphered again with published test keys')
	.option('--probe', 'find the line settings of a serial port instead (--for: seconds on each, 12)')
	.action(async (options) => finish((await import('./record.ts')).record(options)))

withKeys(program.command('new'))
	.description('begin a profile from a capture: it passes validate, and says what was guessed')
	.argument('<name>', 'name of the profile: a-z, 0-9 and -')
	.requiredOption('--from <capture>', 'what the meter said: a capture, hex, base64, text, JSON of an adapter, - for standard input')
	.option('--dir <folder>', 'where to write it', '.')
	.option('--timezone <name>', "zone of the meter's local time; by default what its telegrams tell (an adapter's messages say nothing)")
	.action(async (name, options) => finish((await import('./new.ts')).create(name, options)))

program
	.command('workbench')
	.description('a page to look at telegrams and write profiles, without config and meters; prints its address')
	.argument('[what]', 'a profile, its file, a recording, or a file of telegrams (hex, base64, text, JSON)')
	.option('--profiles <folder>', 'folder with profiles of your own, which is saved to; by default profiles/ here')
	.option('--page <[host:]port>', 'where the page opens: 127.0.0.1:8080, or the next free port, by default', address)
	.action(async (what, options) => finish((await import('./workbench.ts')).workbench(what, options)))

program
	.command('profiles')
	.description('the profiles that are available, and from where; of one, all that it says and where each part stands')
	.argument('[name]', 'a profile or fragment: it is shown with its parents merged')
	.option('--profiles <folder>', 'folder with profiles of your own', collect, [])
	.option('--json', 'the merged profile alone')
	.action(async (name, options) => finish((await import('./profiles.ts')).profiles(name, options)))

// What commands print has texts of meters, profiles and file names in it.
for (const way of ['log', 'error'] as const) {
	const print = console[way]
	console[way] = (text: unknown) => print(visibleLines(String(text)))
}

// The reader of a pipe may leave first: `decode … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3))
// The log's reader may leave, and its disk be full: meters are read on without.
process.stderr.on('error', () => undefined)

try {
	for (const [name, { word, take }] of Object.entries(references)) {
		const value = process.env[name] ?? ''
		// Who doubts a result must not be told the same one again.
		if (value !== '' && value !== word) program.error(`${name}=${value} is not known: ${name}=${word} is, or nothing`)
		// The reference does not count what it walks through: a message could hold up all meters.
		if (value === word && ENDLESS.includes(process.argv[2] ?? '')) program.error(`${name}=${word} is for replay, decode and validate`)
		if (value === word) await take()
	}
	await program.parseAsync()
} catch (error) {
	if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
	else {
		console.error(error instanceof Error ? error.message : String(error))
		process.exitCode = 3
	}
}

/** A command's exit code becomes the process's; what is still open keeps it alive no longer. */
async function finish(result: Promise<number>): Promise<void> {
	process.exitCode = await result
}

function collect(value: string, before: string[]): string[] {
	return [...before, value]
}

/** Ends the program as `oneOf` does, once a command has loaded which values there are. */
function demandOneOf(option: string, value: string | undefined, values: string[]): void {
	if (value === undefined || values.includes(value)) return
	program.error(`error: option '${option}' argument '${value}' is invalid. It must be one of ${values.join(', ')}.`)
}

function oneOf(...values: string[]): (value: string) => string {
	return (value) => {
		if (!values.includes(value)) throw new InvalidArgumentError(`It must be one of ${values.join(', ')}.`)
		return value
	}
}

function integer(from: number, to: number): (value: string) => number {
	return (value) => {
		const number = Number(value)
		if (!Number.isInteger(number) || number < from || number > to)
			throw new InvalidArgumentError(`It must be an integer from ${from} to ${to}.`)
		return number
	}
}

function address(value: string): { host?: string; port: number } {
	const [, host, port] = /^(?:(.+):)?(\d{1,5})$/.exec(value) ?? []
	if (port === undefined || Number(port) > 65_535)
		throw new InvalidArgumentError('It must be a port, or an address and a port: 0.0.0.0:8080.')
	return { ...(host !== undefined && { host: host.replace(/^\[(.*)\]$/, '$1') }), port: Number(port) }
}

function worker(value: string): Worker {
	const [, number, of] = (/^(\d{1,2})\/(\d{1,2})$/.exec(value) ?? []).map(Number)
	if (number === undefined || of === undefined || number < 1 || number > of || process.send === undefined)
		throw new InvalidArgumentError('Workers are started by their translator alone.')
	return { number, of }
}

function speed(value: string): number {
	return value === 'max' ? 0 : positive(value)
}

function positive(value: string): number {
	const number = Number(value)
	if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('It must be a number above 0.')
	return number
}
