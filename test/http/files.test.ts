import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import { scratch } from '../support/engine-of.ts'
import { AFAR, answerOf, closeWebsites, PlaySite, websiteOf } from '../support/site.ts'
import { suite } from '../support/suite.ts'

const test = suite('files', { limit: 20_000 })
const folder = scratch('files')
test.after(async () => {
	await closeWebsites()
	folder.remove()
})

const SCRIPT = 'console.log("a page");\n'.repeat(200)
const web = join(folder.path, 'web')
mkdirSync(join(web, 'assets'), { recursive: true })
writeFileSync(join(web, 'index.html'), '<!doctype html><title>cii2mqtt</title>')
writeFileSync(join(web, 'manifest.webmanifest'), '{}')
writeFileSync(join(web, 'assets/index-BxY12_z-.js'), SCRIPT)
writeFileSync(join(web, 'assets/other-ABCDEFGH.js'), SCRIPT)
writeFileSync(join(web, 'assets/other-ABCDEFGH.js.br'), brotliCompressSync('made by the builder'))
writeFileSync(join(web, 'secret.key'), 'a key')
writeFileSync(join(folder.path, 'outside.html'), 'outside')

test('serves the built page, its hashed files for a year, and the rest by their tag', async () => {
	const { url } = await websiteOf(new PlaySite(), { folderPath: web })
	const page = await answerOf(`${url}/`, AFAR)
	assert.is(page.status, 200, 'the page itself holds no secret')
	assert.is(page.headers['content-type'], 'text/html; charset=utf-8')
	assert.is(page.headers['cache-control'], 'no-cache')
	const tag = String(page.headers.etag)
	assert.is((await answerOf(`${url}/`, { 'if-none-match': `"other", ${tag}` })).status, 304)
	assert.is((await answerOf(`${url}/`, { 'if-none-match': '"other"' })).status, 200)
	const script = await answerOf(`${url}/assets/index-BxY12_z-.js`)
	assert.is(script.text, SCRIPT)
	assert.is(script.headers['cache-control'], 'public, max-age=31536000, immutable')
	assert.is((await answerOf(`${url}/manifest.webmanifest`)).headers['content-type'], 'application/manifest+json; charset=utf-8')
	const policy = String(page.headers['content-security-policy'])
	assert.match(policy, /default-src 'none'/)
	assert.not.match(policy, /unsafe|\*|http:|data:/)
	assert.is(page.headers['x-content-type-options'], 'nosniff')
	assert.is((await answerOf(`${url}/`, {}, 'HEAD')).text, '')
})

test('compresses what the builder has not', async () => {
	const { url } = await websiteOf(new PlaySite(), { folderPath: web })
	const get = async (path: string, encoding: string) => {
		const response = await fetch(url + path, { headers: { 'accept-encoding': encoding } })
		return [response.headers.get('content-encoding'), await response.text()]
	}
	assert.equal(await get('/assets/index-BxY12_z-.js', 'br'), ['br', SCRIPT])
	assert.equal(await get('/assets/index-BxY12_z-.js', 'gzip'), ['gzip', SCRIPT])
	assert.equal(await get('/assets/other-ABCDEFGH.js', 'br'), ['br', 'made by the builder'])
})

test('serves no other file, however it is asked for', async () => {
	const { url } = await websiteOf(new PlaySite(), { folderPath: web })
	for (const path of [
		'/secret.key',
		'/../outside.html',
		'/..%2foutside.html',
		'/%2e%2e/outside.html',
		'/assets/../../outside.html',
		'/assets/..%5c..%5coutside.html',
		'/....//outside.html',
		'//etc/passwd',
		'/etc/passwd%00.html',
		'/index.html%00.js',
		'/constructor',
		'/__proto__',
		'/assets',
		'/assets/',
		'/assets/other-ABCDEFGH.js.br',
		'/%',
		'/%ff',
		'/.',
		'/index.html/..',
	]) {
		const answer = await answerOf(url + path)
		const isPage = /<title>cii2mqtt/.test(answer.text)
		assert.ok(answer.status >= 400 || isPage, `${path}: ${answer.status} ${answer.text}`)
		assert.not.match(answer.text, /outside|root:|a key/, path)
	}
})

test('works under the path of a proxy, and says where it is', async () => {
	const { url } = await websiteOf(new PlaySite(), { http: { port: 0, path: '/meter' }, folderPath: web })
	const base = url.replace(/\/meter$/, '')
	assert.is(url, `${base}/meter`)
	const bare = await answerOf(`${base}/meter`)
	assert.is(bare.status, 308)
	assert.is(bare.headers.location, '/meter/')
	for (const path of ['/meter/', '/', '/meter/assets/index-BxY12_z-.js', '/meter/api/meters', '/api/meters', '/meter/health'])
		assert.is((await answerOf(base + path)).status, 200, path)
	assert.is((await answerOf(`${base}/meterx/`)).status, 404)
	const set = await answerOf(`${base}/meter/api/passwords`, {}, 'POST', { change: 'correct horse' })
	assert.match(String(set.headers['set-cookie']), /; Path=\/meter; HttpOnly/)
	const direct = await answerOf(`${base}/api/session`, AFAR, 'POST', { password: 'correct horse' })
	assert.match(String(direct.headers['set-cookie']), /; Path=\/; HttpOnly/)
})

test('tells in a sentence that the page is not built, and serves it once it is', async () => {
	const later = join(folder.path, 'later')
	const { url } = await websiteOf(new PlaySite(), { folderPath: later })
	const answer = await answerOf(`${url}/`)
	assert.is(answer.status, 503)
	assert.match(answer.text, /^The page is not built here: "npm run build" makes it\./)
	mkdirSync(later)
	writeFileSync(join(later, 'index.html'), 'now')
	assert.is((await answerOf(`${url}/`)).text, 'now')
})

test.run()
