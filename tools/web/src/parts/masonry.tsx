import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { useWidth } from '../charts/size.ts'

type MasonryProps = { items: { key: string; weight: number; content: ComponentChildren }[]; least: number; gap?: number }

/** Items in columns, the next one always where most room is left; as many columns as leave the fewest holes. `least`: px of a column. */
export function Masonry({ items, least, gap = 16 }: MasonryProps) {
	const box = useRef<HTMLDivElement>(null)
	const width = useWidth(box)
	const columns = width === 0 ? [] : best(items, Math.max(1, Math.floor((width + gap) / (least + gap))))
	return (
		<div ref={box} class="masonry">
			{columns.map((column, at) => (
				<div key={at} class="masonry-column">
					{column.map(({ key, content }) => (
						<div key={key} class="masonry-item">
							{content}
						</div>
					))}
				</div>
			))}
		</div>
	)
}

type Item = MasonryProps['items'][number]

/** Finds the count of columns, up to the most, that leaves the smallest hole; a slightly larger hole is worth another column. */
function best(items: Item[], most: number): Item[][] {
	let found: { columns: Item[][]; hole: number } | undefined
	const first = Math.min(most, items.length)
	for (let count = first; count >= Math.min(2, first); count--) {
		const columns = dealt(items, count)
		const heights = columns.map((column) => column.reduce((sum, { weight }) => sum + weight, 0))
		const hole = 1 - Math.min(...heights) / Math.max(...heights)
		if (!found || hole < found.hole - 0.12) found = { columns, hole }
	}
	return found?.columns ?? []
}

/** Deals the heaviest first, each to the lowest column; within a column, and among columns, the order stays. */
function dealt(items: Item[], count: number): Item[][] {
	const columns = Array.from({ length: count }, () => ({ height: 0, items: [] as { item: Item; at: number }[] }))
	const heaviest = items.map((item, at) => ({ item, at })).sort((one, other) => other.item.weight - one.item.weight || one.at - other.at)
	for (const one of heaviest) {
		const lowest = columns.reduce((left, right) => (right.height < left.height ? right : left))
		lowest.items.push(one)
		lowest.height += one.item.weight
	}
	for (const column of columns) column.items.sort((one, other) => one.at - other.at)
	columns.sort((one, other) => (one.items[0]?.at ?? 0) - (other.items[0]?.at ?? 0))
	return columns.map((column) => column.items.map(({ item }) => item))
}
