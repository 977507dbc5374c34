import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { markdown, type Node, textOf } from './markdown.ts'

export type MarkdownSettings = {
	/** Gives the address for a target as it is written; undefined where it leads nowhere here. */
	address(target: string): string | undefined
	/** Gives the address of a picture; undefined where it is not shown. */
	picture?(source: string): string | undefined
	/** Levels that headings are moved down by: below the heading of the place where the text stands. */
	down?: number
	/** Without its first heading, where the place has one already. */
	untitled?: boolean
	/** With anchors at headings. */
	anchors?: boolean
}

/** Shows a text in Markdown. Only elements of a short list come out of it; HTML in the text stays text, and addresses of other schemes lead nowhere. */
export function Markdown({ text, ...settings }: MarkdownSettings & { text: string }) {
	const nodes = useMemo(() => markdown(text), [text])
	const first = nodes.findIndex((node) => typeof node !== 'string' && node.tag === 'h1')
	const shown = settings.untitled && first >= 0 ? nodes.filter((_, place) => place !== first) : nodes
	return (
		<div class="markdown">
			{shown.map((node, place) => (
				<Part key={place} node={node} settings={settings} />
			))}
		</div>
	)
}

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const

function Part({ node, settings }: { node: Node; settings: MarkdownSettings }): ComponentChildren {
	if (typeof node === 'string') return node
	const { tag: Tag, id } = node
	const inside = node.children.map((child, place) => <Part key={place} node={child} settings={settings} />)
	switch (Tag) {
		case 'h1':
		case 'h2':
		case 'h3': {
			const Heading = HEADINGS[Math.min(5, Number(Tag[1]) - 1 + (settings.down ?? 0))] ?? 'h6'
			return <Heading {...(settings.anchors && id !== undefined && { id })}>{inside}</Heading>
		}
		case 'hr':
		case 'br':
			return <Tag />
		case 'a':
			return <Link target={node.href ?? ''} settings={settings} text={inside} />
		case 'img': {
			const source = settings.picture?.(node.source ?? '')
			return source === undefined ? textOf(node.children) : <img src={source} alt={textOf(node.children)} loading="lazy" />
		}
		case 'table':
			return (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must have the focus for keys to scroll it
				<div class="table" tabIndex={0}>
					<table class={isNameless(node) ? 'pairs' : undefined}>{isNameless(node) ? inside.slice(1) : inside}</table>
				</div>
			)
		case 'pre':
			return (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must have the focus for keys to scroll it
				<pre class="text" tabIndex={0}>
					<code>{inside}</code>
				</pre>
			)
		default:
			return <Tag>{inside}</Tag>
	}
}

/** A table whose head is empty lists pairs: a name, and what it is. */
const isNameless = ({ children: [head] }: Exclude<Node, string>): boolean => head !== undefined && textOf([head]).trim() === ''

function Link({ target, settings, text }: { target: string; settings: MarkdownSettings; text: ComponentChildren }) {
	const isOutside = /^https?:\/\//.test(target)
	const address = isOutside ? target : settings.address(target)
	if (address === undefined) return <>{text}</>
	return (
		<a href={address} {...(isOutside && { rel: 'noopener noreferrer', target: '_blank' })}>
			{text}
		</a>
	)
}
