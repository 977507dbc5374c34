/// <reference lib="dom" />

import { readFileSync } from 'node:fs'
import type { Page } from 'puppeteer-core'
import { root } from './root.ts'

const axe = readFileSync(`${root}node_modules/axe-core/axe.min.js`, 'utf8')

/** Lists what axe finds wrong with a page, or a part of it, as it is now: `rule: element`. */
export async function violations(page: Page, part = 'html'): Promise<string[]> {
	await page.evaluate(axe)
	return page.evaluate(async (selector) => {
		const { axe: checker } = globalThis as unknown as {
			axe: { run(where: string): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> }
		}
		const { violations: found } = await checker.run(selector)
		return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`))
	}, part)
}
