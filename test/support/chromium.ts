import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core'
import { stretched } from './pace.ts'

/** A real Chromium without a window. */
export function startChromium(): Promise<Browser> {
	return puppeteer.launch({
		timeout: stretched(30_000),
		protocolTimeout: stretched(180_000),
		executablePath: '/usr/bin/chromium',
		// As root there is no sandbox; the others keep Chromium from asking its maker's hosts, which would look like requests of the page.
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--no-first-run',
		],
	})
}

export type Visit = {
	language?: string
	width?: number
	height?: number
	dark?: boolean
}

/** Opens a page as a visitor with that language, screen and taste would; `errors` and `hosts` collect what goes wrong and who is asked. */
export async function visit(
	browser: Browser,
	url: string,
	{ language = 'en', width = 1200, height = 900, dark = false }: Visit = {},
): Promise<{ page: Page; errors: string[]; hosts: Set<string> }> {
	const context = await browser.createBrowserContext()
	const page = await context.newPage()
	page.setDefaultTimeout(stretched(30_000))
	const errors: string[] = []
	const hosts = new Set<string>()
	page.on('pageerror', (error) => void errors.push(String(error)))
	page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())))
	page.on('request', (request) => void hosts.add(new URL(request.url()).host))
	await page.setViewport({ width, height })
	await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }])
	const session = await page.createCDPSession()
	await session.send('Emulation.setUserAgentOverride', { userAgent: await browser.userAgent(), acceptLanguage: language })
	await page.goto(url)
	// A page behind another draws nothing.
	await page.bringToFront()
	return { page, errors, hosts }
}

/** Clicks a part once it stands still: what loads above it moves it, and a click in between would miss. */
export async function clickStill(page: Page, part: ElementHandle): Promise<void> {
	await part.evaluate((one) => one.scrollIntoView({ block: 'center' }))
	await page.waitForFunction(
		async (one) => {
			const before = one.getBoundingClientRect()
			await new Promise((resolve) => setTimeout(resolve, 100))
			const { top, left } = one.getBoundingClientRect()
			return top === before.top && left === before.left
		},
		{},
		part,
	)
	await part.click()
}

/** Waits for a part within the shadow root of another: what changes in there, the observers of the page do not see. */
export async function withinShadow(page: Page, host: string, selector: string): Promise<ElementHandle<Element>> {
	const found = await page.waitForFunction(
		(where, wanted) => document.querySelector(where)?.shadowRoot?.querySelector(wanted),
		{ polling: 'raf' },
		host,
		selector,
	)
	return found as ElementHandle<Element>
}
