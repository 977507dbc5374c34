import { titleOf } from '../live.ts'
import { Icon } from '../parts/icon.tsx'
import { href } from '../router.ts'
import { say } from '../words/words.ts'
import { isNew } from './file.ts'
import { SaveBar } from './slots.tsx'
import { asking, name, opened, source, text } from './state.ts'
import { titleIn } from './title.ts'

/** Says which profile is open, where the telegrams come from, and whether all is saved. */
export function Head() {
	const { value: profile } = name
	return (
		<header class="bench-head">
			<div class="bench-title">
				<h1>{profile === '' ? say('panes.title') : (titleIn(text.value) ?? profile)}</h1>
				<p class="faint small">
					{profile !== '' && <span class="code">{profile}</span>}
					{profile !== '' && opened.value?.own === false && opened.value.builtin && <span>{say('panes.shipped')}</span>}
					<Kind />
					<Back />
				</p>
			</div>
			<span class={`bench-busy${asking.value ? ' is-busy' : ''}`} role="status">
				<span class="hidden-text">{asking.value ? say('panes.asking') : ''}</span>
			</span>
			<SaveBar />
		</header>
	)
}

/** Leads to what is told of the kind of meter that the profile reads. */
function Kind() {
	const { value: profile } = opened
	if (!profile || isNew(profile) || profile.name.includes('/')) return null
	return <a href={href('kind', profile.name)}>{say('panes.kind')}</a>
}

/** Leads back to the meter whose telegrams are shown. */
function Back() {
	const { value: from } = source
	if (!from || !('meter' in from)) return null
	return (
		<a href={href('meter', from.meter)}>
			<Icon name="left" size={16} />
			{titleOf(from.meter)}
		</a>
	)
}
