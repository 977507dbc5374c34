import { useSignal } from '@preact/signals'
import { mayChange } from '../live.ts'
import { Field } from '../parts/form.tsx'
import { href, route } from '../router.ts'
import { PLACES } from '../routes.ts'
import { say, sayIf } from '../words/words.ts'
import { countryName } from './about.ts'
import { KindCards } from './list.tsx'
import { fits, type KindEntry, wordsOf } from './search.ts'

/** Lists kinds that fit a search; the search stands in the address, so that the way back leads to the same list. */
export function KindSearch({ kinds }: { kinds: KindEntry[] }) {
	const search = useSignal(route.value.query.get('q') ?? '')
	const more = (kind: KindEntry) => [
		kind.country === undefined ? '' : countryName(kind.country),
		sayIf(`kind.port.${kind.port ?? ''}`) ?? '',
	]
	const found = kinds.filter((kind) => fits(wordsOf(kind, more(kind)), search.value))
	const set = (text: string): void => {
		search.value = text
		if (route.value.parts[0] === 'kind')
			history.replaceState(null, '', text === '' ? href('kind') : `${href('kind')}?q=${encodeURIComponent(text)}`)
	}
	return (
		<>
			<div class="kind-search">
				<Field label={say('kind.search')} value={search.value} onInput={set} type="search" placeholder={say('kind.search.such')} />
			</div>
			<p class="faint small" role="status">
				{say(found.length === 1 ? 'kind.found.one' : 'kind.found', { count: found.length })}
			</p>
			{found.length > 0 ? <KindCards kinds={found} address={(name) => href('kind', name)} /> : <NoKind />}
		</>
	)
}

function NoKind() {
	return (
		<div class="nothing">
			<p>{say('kind.none')}</p>
			{mayChange() && 'workbench' in PLACES && (
				<a class="button" href={href('workbench')}>
					{say('kind.workbench')}
				</a>
			)}
		</div>
	)
}
