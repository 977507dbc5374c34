import { existsSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { root } from './support/root.ts'
import { suite } from './support/suite.ts'

const test = suite('documents')
const text = (file: string) => readFileSync(`${root}${file}`, 'utf8')

/** Documents that name files and what stands in them. */
const DOCUMENTS = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'README.md', 'tools/bench/README.md']

test('name files that exist', () => {
	for (const document of DOCUMENTS)
		for (const [path] of text(document).matchAll(/\b(?:engine|schema|test|tools)\/[\w/-]+(?:\.\w+)+/g))
			assert.ok(/\/X\./.test(path) || existsSync(`${root}${path}`), `${document}: ${path}`)
})

test('name functions and classes that stand in the file before them', () => {
	const named = [...text('ARCHITECTURE.md').matchAll(/`(engine\/[\w/-]+\.ts)`(?: \|)? `(\w+)(?:\.(\w+))?`/g)]
	assert.ok(named.length > 40, `${named.length}`)
	for (const [, file = '', name = '', method] of named) {
		assert.match(text(file), new RegExp(`^(export )?(async )?(function|class|const|type) ${name}\\b`, 'm'), `${file} has no ${name}`)
		if (method !== undefined) assert.match(text(file), new RegExp(`^\t(async )?${method}\\(`, 'm'), `${file} has no ${name}.${method}`)
	}
})

test.run()
