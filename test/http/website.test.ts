import { Agent, createServer, request } from 'node:http'
import * as assert from 'uvu/assert'
import { freePort, scratch } from '../support/engine-of.ts'
import { stretched } from '../support/pace.ts'
import { answerOf, closeWebsites, codeOf, cookieOf, PlaySite, websiteOf } from '../support/site.ts'
import { suite } from '../support/suite.ts'

const test = suite('website', { limit: 30_000 })
const folder = scratch('website')
test.after(async () => {
	await closeWebsites()
	folder.remove()
})

/** A reverse proxy as people run one: it names its visitor, and takes a path away or leaves it. */
async function proxyTo(target: string, headers: Record<string, string>, strip = '') {
	const server = createServer((incoming, outgoing) => {
		const path = incoming.url?.startsWith(strip) ? incoming.url.slice(strip.length) || '/' : (incoming.url ?? '/')
		const passed = { ...incoming.headers, host: 'meter.example.org', 'x-forwarded-for': '192.0.2.77', ...headers }
		const asked = request(target + path, { method: incoming.method ?? 'GET', headers: passed }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
			answer.pipe(outgoing)
		})
		incoming.pipe(asked)
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const address = server.address()
	return {
		url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
		close: () => new Promise((resolve) => server.close(resolve)),
	}
}

const PASSWORD = 'correct horse battery'

test('works behind a reverse proxy: its visitors sign in, over https with a cookie for that only', async () => {
	const http = { port: 0, names: ['meter.example.org'], proxy: ['127.0.0.1'] }
	const { url, announced } = await websiteOf(new PlaySite(), { http })
	const [, token = ''] =
		/^Set the page's password within 24 hours: http:\/\/127\.0\.0\.1:\d+\/#token=([\w-]+)$/.exec(announced.join()) ?? []
	const proxy = await proxyTo(url, { 'x-forwarded-proto': 'https' }, '/meter')
	assert.is(codeOf(await answerOf(`${proxy.url}/meter/api/meters`)), 'sign-in', 'nobody is on this machine through a proxy')
	assert.is(
		(await answerOf(`${proxy.url}/meter/api/meters`, { 'x-ingress-path': '/app' })).status,
		401,
		'what a visitor sends opens nothing',
	)
	assert.is((await answerOf(`${url}/api/meters`)).status, 401, 'nor from the address of a proxy that says nothing of its visitor')
	assert.is((await answerOf(`${url}/api/passwords`, {}, 'POST', { change: PASSWORD, token })).status, 200)
	const own = { origin: 'https://meter.example.org', 'sec-fetch-site': 'same-origin' }
	const signedIn = await answerOf(`${proxy.url}/meter/api/session`, own, 'POST', { password: PASSWORD })
	assert.is(signedIn.status, 200, signedIn.text)
	assert.match(String(signedIn.headers['set-cookie']), /; HttpOnly; Secure; SameSite=Strict/)
	assert.is((await answerOf(`${proxy.url}/meter/api/config`, { cookie: cookieOf(signedIn) })).status, 200)
	assert.is((await answerOf(`${proxy.url}/meter/api/config`, { cookie: cookieOf(signedIn), origin: 'https://evil.example' })).status, 403)
	await proxy.close()
})

test('tells a proxy that the config does not name that its visitors need a password', async () => {
	const { url } = await websiteOf(new PlaySite(), { http: { port: 0, names: ['meter.example.org'] } })
	const proxy = await proxyTo(url, {})
	assert.is((await answerOf(`${proxy.url}/api/meters`)).status, 401)
	assert.is((await answerOf(`${url}/api/meters`)).status, 200)
	await proxy.close()
})

test('takes over names, paths and proxies at once, and moves to another port behind its answer', async () => {
	const site = new PlaySite()
	const { website, url } = await websiteOf(site)
	const port = await freePort()
	assert.is((await answerOf(`${url}/api/session`, { host: 'meter.example.org' })).status, 403)
	await website.settle({ port: 0, names: ['meter.example.org'], path: '/meter' }, undefined)
	assert.is((await answerOf(`${url}/meter/api/session`, { host: 'meter.example.org' })).status, 200)
	// The request that changes the port is answered on the old one.
	const config = site.config
	if (!config) throw new Error('no config')
	config.undo = async () => {
		await website.settle({ port }, undefined)
		return { etag: 'two', applied: true }
	}
	assert.is((await answerOf(`${url}/api/config/undo`, {}, 'POST')).status, 200)
	assert.is(website.address, `http://127.0.0.1:${port}`)
	assert.is((await answerOf(`http://127.0.0.1:${port}/api/session`)).status, 200)
	const gone = await answerOf(`${url}/api/session`).then(
		() => false,
		() => true,
	)
	assert.ok(gone, 'the old port is closed')
})

test('opens to the house by the config, and asks for a password then', async () => {
	const { website, announced } = await websiteOf(new PlaySite(), { http: { port: 0, path: '/meter' } })
	assert.equal(announced, [])
	await website.settle({ port: 0, host: '0.0.0.0', path: '/meter' }, undefined)
	assert.match(announced.join(), /^Set the page's password within 24 hours: http:\/\/[\d.]+:\d+\/meter\/#token=[\w-]{22}$/)
})

test('ends at once while a page is open', async () => {
	const { website, url } = await websiteOf(new PlaySite())
	const agent = new Agent({ keepAlive: true })
	const ended = new Promise<void>((resolve) => {
		request(`${url}/api/events`, { agent }, (response) => {
			response.resume()
			response.once('data', () => void website.close().then(resolve))
		}).end()
	})
	const started = performance.now()
	await ended
	assert.ok(performance.now() - started < stretched(800), `${performance.now() - started} ms`)
	agent.destroy()
})

test('names a proxy of the config that is no address', async () => {
	const { lines } = await websiteOf(new PlaySite(), { http: { port: 0, proxy: ['nginx', '10.0.0.1'] } })
	assert.match(lines.join(''), /http\.proxy: nginx is not an address, nor a network such as 10\.0\.0\.0\/24/)
})

test.run()
