import type { Draft, SourceGiven } from '../api/types.ts'
import { go, href } from '../router.ts'
import { profile as profileOfSetup } from '../setup/flow.ts'
import { reasonOf } from '../setup/reason.ts'
import { say } from '../words/words.ts'
import { source } from './state.ts'

type Like = NonNullable<Draft['similar']>[number]
type Props = { draft: Draft; given: SourceGiven | undefined; onExtend(name: string): void }

/** Profiles that are offered, at most. */
const MOST = 4

/** Profiles that read the telegrams already: the shortest way is to use one. */
export function Similar({ draft: { similar = [] }, given, onExtend }: Props) {
	const [first, ...others] = similar.slice(0, MOST)
	if (!first) return <p role="status">{say('bench.similar.none')}</p>
	const one = (like: Like, isFirst: boolean) => (
		<One key={like.profile} like={like} given={given} isFirst={isFirst} onExtend={() => onExtend(like.profile)} />
	)
	return (
		<section class="bench-similar" aria-label={say('bench.similar')}>
			<h3>{say('bench.similar')}</h3>
			<ul>{one(first, true)}</ul>
			{others.length > 0 && (
				<details class="own">
					<summary>{say('bench.similar.others', { count: others.length })}</summary>
					<ul>{others.map((like) => one(like, false))}</ul>
				</details>
			)}
		</section>
	)
}

type OneProps = { like: Like; given: SourceGiven | undefined; isFirst: boolean; onExtend(): void }

function One({ like: { profile, title, sure, why }, given, isFirst, onExtend }: OneProps) {
	const use = (): void => {
		profileOfSetup.value = profile
		go(['setup'])
	}
	return (
		<li>
			<p class="bench-similar-title">
				<strong>{title}</strong>
				<span class={`bench-mark${sure === 'sure' ? ' is-active' : ''}`}>{say(`setup.sure.${sure}`)}</span>
			</p>
			<p class="hint mono">{profile}</p>
			<ul class="bench-why">
				{why.map((reason) => (
					<li key={reason}>{inWords(reason)}</li>
				))}
			</ul>
			<div class="actions">
				<button type="button" class={isFirst && sure === 'sure' ? 'main' : ''} onClick={use}>
					{say('bench.similar.use')}
				</button>
				<button type="button" class="quiet" onClick={onExtend}>
					{say('bench.similar.extend')}
				</button>
				<a
					class="button quiet"
					href={href('workbench', profile)}
					onClick={() => {
						source.value = given
					}}
				>
					{say('bench.similar.look')}
				</a>
			</div>
		</li>
	)
}

/** Says a reason in the page's language, or as the server says it. */
function inWords(reason: string): string {
	const found = reasonOf(reason)
	return found ? say(found.key, found.parts) : reason
}
