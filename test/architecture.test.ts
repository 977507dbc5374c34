import { readdirSync, readFileSync } from 'node:fs'
import {
	isArrowFunction,
	isConstructorDeclaration,
	isFunctionDeclaration,
	isFunctionExpression,
	isGetAccessorDeclaration,
	isMethodDeclaration,
	isSetAccessorDeclaration,
	type Node,
} from 'typescript/unstable/ast'
import { API } from 'typescript/unstable/sync'
import * as assert from 'uvu/assert'
import { root } from './support/root.ts'
import { suite } from './support/suite.ts'

const test = suite('architecture')

/** The folders of engine/, the lowest floor first: a file imports from its own folder and from floors below (ARCHITECTURE.md). */
const FLOORS = [
	['bytes', 'files', 'text'],
	['link', 'telegram', 'document', 'mqtt', 'log'],
	['application', 'jsonata'],
	['decode', 'transform', 'transport'],
	['profile'],
	['config', 'pipeline'],
	['output', 'history', 'explain'],
	['check', 'draft', 'answer'],
	['meter', 'setup', 'workbench'],
	['http'],
	['instance'],
	['engine.ts'],
]
/** Folders without any input or output: what they need comes as an argument. */
const SANS_IO = ['bytes', 'text', 'link', 'telegram', 'application', 'jsonata', 'decode', 'transform', 'pipeline']
/** Packages that the sans-io folders may use: neither touches the outside. */
const PURE = ['node:crypto', 'jsonata']

/** What may be longer than a screen, or go round in a circle, and why. */
const EXCEPTIONS: Record<string, string> = {}

const files = readdirSync(`${root}engine`, { recursive: true })
	.map(String)
	.filter((file) => file.endsWith('.ts'))
const source = (file: string) => readFileSync(`${root}engine/${file}`, 'utf8')
const folderOf = (file: string) => file.split('/')[0] ?? ''
const floorOf = (file: string) => FLOORS.findIndex((folders) => folders.includes(folderOf(file)))
/** The files of engine/ that a file imports. */
const imported = (file: string) =>
	imports(file)
		.filter((name) => name.startsWith('.'))
		.map((target) => new URL(target, `file:///engine/${file}`).pathname)
		.filter((path) => !path.startsWith('/schema/types/'))
		.map((path) => path.replace('/engine/', ''))
/** The files that a file imports, from the folder of the package: `engine/bytes/hex.ts`. */
const targets = (path: string) =>
	[...readFileSync(root + path, 'utf8').matchAll(/^(?:import|export) (?:.*? from )?'(\.[^']+)'/gms)]
		.map((match) => new URL(match[1] ?? '', `file:///${path}`).pathname.slice(1))
		.filter((target) => target.endsWith('.ts'))
const imports = (file: string) => [...source(file).matchAll(/^(?:import|export) (?:.*? from )?'([^']+)'/gms)].map((match) => match[1] ?? '')

test('leaves no file loose but engine.ts, and no folder without a floor', () => {
	assert.equal(
		files.filter((file) => !file.includes('/')),
		['engine.ts'],
	)
	for (const file of files) assert.ok(floorOf(file) >= 0, `engine/${file} has no floor`)
})

test('imports downwards only', () => {
	assert.ok(files.length > 30)
	for (const file of files)
		for (const target of imported(file))
			assert.ok(folderOf(target) === folderOf(file) || floorOf(target) < floorOf(file), `engine/${file} imports ${target}`)
})

test('has no circle of imports, neither in the engine nor in the tools', () => {
	const done = new Set<string>()
	const circles: string[] = []
	function follow(path: string, way: string[]): void {
		if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' > '))
		if (done.has(path) || way.includes(path)) return
		for (const target of targets(path)) follow(target, [...way, path])
		done.add(path)
	}
	for (const file of files) follow(`engine/${file}`, [])
	for (const file of readdirSync(`${root}tools`, { recursive: true }).map(String)) if (file.endsWith('.ts')) follow(`tools/${file}`, [])
	assert.equal(
		circles.filter((circle) => !(circle in EXCEPTIONS)),
		[],
	)
})

test('keeps files under 300 lines and functions under 81', () => {
	const api = new API({ cwd: root })
	const project = api.updateSnapshot({ openProjects: [`${root}tsconfig.json`] }).getProject(`${root}tsconfig.json`)
	const long: string[] = []
	let functions = 0
	for (const file of files) {
		const parsed = project?.program.getSourceFile(`${root}engine/${file}`)
		if (!parsed) throw new Error(`engine/${file} is not parsed`)
		const lineOf = (at: number) => parsed.text.slice(0, at).split('\n').length
		const lines = parsed.text.trimEnd().split('\n').length
		if (lines > 300) long.push(`engine/${file}: ${lines} lines`)
		const look = (node: Node): void => {
			if (isFunctionDeclaration(node) || isFunctionExpression(node) || isArrowFunction(node) || isMember(node)) {
				functions++
				const length = lineOf(node.end) - lineOf(node.getStart(parsed)) + 1
				if (length > 80) long.push(`engine/${file} ${nameOf(node)}: ${length} lines`)
			}
			node.forEachChild(look)
		}
		look(parsed)
	}
	api.close()
	assert.ok(functions > 1000, `only ${functions} functions found`)
	assert.equal(
		long.filter((what) => !((what.split(':')[0] ?? '') in EXCEPTIONS)),
		[],
	)
})

const isMember = (node: Node) =>
	isMethodDeclaration(node) || isConstructorDeclaration(node) || isGetAccessorDeclaration(node) || isSetAccessorDeclaration(node)

/** The name of a function, or of the variable or property that holds it. */
function nameOf(node: Node): string {
	const named = [node, node.parent].find((one) => one !== undefined && 'name' in one && one.name !== undefined) as
		| { name?: Node }
		| undefined
	return named?.name?.getText() ?? 'a function without a name'
}

/** Files that decoders share; all else in link/ and application/ is one decoder each. */
const SHARED = /^(link\/(link|framer)|application\/(application|cipher|nodes))\.ts$/

test('lets no decoder know another', () => {
	const decoderOf = (path: string) => path.split('/').slice(0, 2).join('/').replace(/\.ts$/, '')
	const decoders = files.filter((file) => /^(link|application)\//.test(file) && !SHARED.test(file))
	assert.ok(decoders.length > 15)
	for (const file of decoders) {
		for (const target of imports(file).filter((name) => name.startsWith('.'))) {
			const path = new URL(target, `file:///engine/${file}`).pathname.replace('/engine/', '')
			const known = !/^(link|application)\//.test(path) || SHARED.test(path) || decoderOf(path) === decoderOf(file)
			assert.ok(known, `engine/${file} imports ${target}`)
		}
	}
})

test('keeps sockets, files, timers, clock, environment and logger out of the sans-io folders', () => {
	for (const file of files.filter((name) => SANS_IO.includes(folderOf(name)))) {
		for (const name of imports(file).filter((name) => !name.startsWith('.')))
			assert.ok(PURE.includes(name), `engine/${file} imports ${name}`)
		const code = source(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
		for (const word of [/\bsetTimeout\b/, /\bsetInterval\b/, /\bDate\.now\b/, /new Date\(\)/, /\bprocess\./, /\bconsole\./, /\bfetch\(/]) {
			assert.not.match(code, word, `engine/${file}`)
		}
	}
})

test('names no vendor and no operator in code', () => {
	const vendors =
		/landis|gyr\b|kamstrup|iskra|kaifa|sagemcom|aidon|energomera|\bekz\b|\baew\b|\bewb\b|romande|gplug|whatwatt|e450|am550|as3000|siemens|elster\b|\bemh\b|fluvius|creos|e360|e570|multical|omnipower|smarty/i
	for (const file of files) {
		// Comments name their witnesses.
		const code = source(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
		assert.not.match(code, vendors, `engine/${file}`)
	}
})

test('never ends the process from the engine', () => {
	for (const file of files) assert.not.match(source(file), /process\.exit/, `engine/${file}`)
})

test.run()
