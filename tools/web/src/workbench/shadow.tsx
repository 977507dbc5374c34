import { useEffect, useRef } from 'preact/hooks'

/** Begins something in a shadow root, and gives what ends it. */
export type Mount = (root: ShadowRoot, place: HTMLElement) => (() => void) | undefined

/**
 * A place of its own for what brings its styles along: the page's CSP allows no style elements, and in a shadow root CodeMirror takes sheets that
 * are made in JavaScript (`adoptedStyleSheets`). Give `root` to `EditorView` and `MergeView`, and `place` as their parent. The page's colours
 * (`--ink`, `--line` …) hold inside. `again`: begins again when it changes.
 */
export function Shadow({ mount, again, class: name }: { mount: Mount; again?: unknown; class?: string }) {
	const host = useRef<HTMLDivElement>(null)
	useEffect(() => {
		const { current } = host
		if (!current) return
		const root = current.shadowRoot ?? current.attachShadow({ mode: 'open' })
		const place = document.createElement('div')
		root.replaceChildren(place)
		const end = mount(root, place)
		return () => {
			end?.()
			root.replaceChildren()
		}
	}, [again])
	return <div ref={host} class={name} />
}
