import { say, sayIf } from '../words/words.ts'
import { countryName, subtitle } from './about.ts'
import type { KindEntry } from './search.ts'

/** Lists kinds of meters, each with a link to its page. */
export function KindCards({ kinds, address }: { kinds: KindEntry[]; address(name: string): string }) {
	return (
		<ul class="kinds">
			{kinds.map((kind) => (
				<li key={kind.name} data-name={kind.name}>
					<a class="card kind-card" href={address(kind.name)}>
						<strong>{kind.title}</strong>
						<span class="faint small">{detail(kind)}</span>
						{kind.source === 'own' && <span class="badge">{say('kind.own')}</span>}
					</a>
				</li>
			))}
		</ul>
	)
}

/** Maker and model, operators, country, socket: what is not in the title already. */
function detail(kind: KindEntry): string {
	const { country, ...about } = kind
	const { title, operator, operators = [] } = about
	const parts = [
		...[subtitle(about), ...new Set([...(operator === undefined ? [] : [operator]), ...operators])].filter(
			(part) => part !== '' && !title.includes(part),
		),
		country === undefined ? '' : countryName(country),
		sayIf(`kind.port.${kind.port ?? ''}`) ?? '',
	]
	return parts.filter(Boolean).join(' · ')
}
