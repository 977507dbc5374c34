/// <reference lib="dom" />

import { readFileSync } from 'node:fs'
import type { Page } from 'puppeteer-core'
import { root } from './root.ts'

const axe = readFileSync(`${root}node_modules/axe-core/axe.min.js`, 'utf8')

/** Lists what axe finds wrong with a page as it is now: `rule: element`. */
export async function violations(page: Page): Promise<string[]> {
	await page.evaluate(axe)
	return page.evaluate(async () => {
		const { axe: checker } = globalThis as unknown as {
			axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> }
		}
		const { violations: found } = await checker.run()
		return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`))
	})
}
