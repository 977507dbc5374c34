import { useMemo } from 'preact/hooks'
import type { Stage } from '../api/flows.ts'
import { number } from '../format.ts'
import { say } from '../words/words.ts'
import { characterOf, isText, type Segment, segmentsOf } from './segments.ts'
import { stageName, textOf } from './stage.tsx'

/** Bytes and their meanings side by side, for reading only: a page without script, where nobody can point at them. */
export function StillStage({ stage }: { stage: Stage }) {
	const segments = useMemo(() => segmentsOf(stage), [stage])
	return (
		<details class="card stage" open>
			<summary>
				<h2>{stageName(stage.stage)}</h2>
				<span class="faint small">{number(stage.hex.length / 2, 0, 'B')}</span>
			</summary>
			<div class="stage-columns">
				<Bytes stage={stage} segments={segments} />
				{stage.notes.length > 0 && (
					// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must have the focus for keys to scroll it
					<ol class="notes" tabIndex={0}>
						{stage.notes.map((note, place) => (
							<NoteLine key={`${note.at} ${place}`} note={note} />
						))}
					</ol>
				)}
			</div>
		</details>
	)
}

/** The bytes of a stage: as characters where they are a text. */
function Bytes({ stage, segments }: { stage: Stage; segments: Segment[] }) {
	const asText = isText(stage)
	const shown = (bytes: string[]): string => (asText ? bytes.map(characterOf).join('') : bytes.join(' '))
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must have the focus for keys to scroll it
		<p class={asText ? 'bytes mono is-text' : 'bytes mono'} tabIndex={0}>
			{segments.map((segment) => (
				<span key={segment.at} class={`piece layer-${segment.layer ?? 'none'}`} title={textOf(stage, segment)}>
					{shown(segment.bytes)}
				</span>
			))}
		</p>
	)
}

function NoteLine({ note: { at, length, text, layer = 'application' } }: { note: Stage['notes'][number] }) {
	return (
		<li class="note">
			<span class="faint note-at">{at}</span>
			<span class={`swatch layer-${layer}`} aria-hidden="true" />
			<span class="note-text">
				{text.trimStart()}
				<span class="hidden-text">{`, ${say(`layer.${layer}`)}`}</span>
			</span>
			<span class="faint note-length">{length}</span>
		</li>
	)
}
