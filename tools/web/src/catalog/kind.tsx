import type { ComponentChildren } from 'preact'
import type { FieldInfo, MeterKind, Stage } from '../api/types.ts'
import { fieldName, span } from '../format.ts'
import { telling } from '../telegram/segments.ts'
import { Legend, StageView } from '../telegram/stage.tsx'
import { StillStage } from '../telegram/still-stage.tsx'
import { language, say, sayIf } from '../words/words.ts'
import { countryName, subtitle } from './about.ts'
import { Markdown, type MarkdownSettings } from './markdown-view.tsx'
import { Wiring } from './wiring.tsx'

/** Places that a page of a kind links to: they differ between the page and the site of files. */
export type Links = Pick<MarkdownSettings, 'address' | 'picture'> & {
	/** The page of another kind. */
	kind(name: string): string
	/** Parts that only a running engine has: buttons below the title, and a button that copies the entry. */
	actions?: ComponentChildren
	copy?: ComponentChildren
	/** Nobody can point at bytes: all stages are open, and nothing reacts. */
	still?: boolean
}

/** Shows all that is known of a kind of meter, for a person at home. */
export function KindArticle({ kind, links }: { kind: MeterKind; links: Links }) {
	return (
		<article class="kind">
			<header class="kind-head">
				<h1>{kind.title}</h1>
				<p class="lead">{subtitle(kind)}</p>
				{links.actions}
			</header>
			<div class="kind-columns">
				<section class="card" aria-labelledby="about">
					<h2 id="about">{say('kind.about')}</h2>
					<Facts kind={kind} links={links} />
				</section>
				<section class="card" aria-labelledby="wiring">
					<h2 id="wiring">{say('kind.wiring')}</h2>
					<Wiring kind={kind} />
				</section>
			</div>
			<section class="card" aria-labelledby="steps">
				<h2 id="steps">{say('kind.steps')}</h2>
				<Steps kind={kind} />
			</section>
			<section class="card" aria-labelledby="entry">
				<h2 id="entry">{say('kind.config')}</h2>
				<p class="hint">{say('kind.config.lead')}</p>
				<Code text={kind.config ?? ''} />
				{links.copy}
			</section>
			{kind.notes !== undefined && (
				<section class="card" aria-labelledby="notes">
					<h2 id="notes">{say('kind.notes')}</h2>
					{language.value !== 'en' && <p class="hint">{say('kind.english')}</p>}
					<div lang="en">
						<Markdown text={kind.notes} untitled down={2} address={links.address} {...(links.picture && { picture: links.picture })} />
					</div>
				</section>
			)}
			{kind.fields.length > 0 && (
				<section class="card" aria-labelledby="fields">
					<h2 id="fields">{say('kind.fields')}</h2>
					<Fields fields={kind.fields} />
				</section>
			)}
			<Samples kind={kind} still={links.still ?? false} />
		</article>
	)
}

function Facts({ kind, links }: { kind: MeterKind; links: Links }) {
	const {
		name,
		manufacturer,
		model,
		adapter,
		country,
		operators,
		interface: socket,
		line,
		topic,
		link,
		application,
		timezone,
		parents,
	} = kind
	const rows: [word: Parameters<typeof say>[0], value: ComponentChildren][] = [
		['kind.maker', manufacturer],
		['kind.model', model],
		['kind.adapter', adapter],
		['kind.country', country && countryName(country)],
		['kind.operators', operators?.join(', ')],
		['kind.interface', socket],
		['kind.line', line && <span class="mono">{line}</span>],
		['kind.topic', topic && <span class="mono">{topic.join(', ')}</span>],
		['kind.protocol', protocolText(link, application)],
		['kind.interval', kind.interval && paceText(kind)],
		['kind.key', kind.keys && say(`kind.keys.${kind.keys}`)],
		['kind.timezone', timezone],
		['kind.profile', <span class="mono">{[name, kind.version].filter(Boolean).join('@')}</span>],
		['kind.parents', parents.length > 0 && <Parents names={parents} links={links} />],
	]
	return (
		<dl class="facts">
			{rows.flatMap(([word, value]) =>
				value
					? [
							<div key={word}>
								<dt>{say(word)}</dt>
								<dd>{value}</dd>
							</div>,
						]
					: [],
			)}
		</dl>
	)
}

function Parents({ names, links }: { names: string[]; links: Links }) {
	return (
		<span class="mono">
			{names.map((name, place) => (
				<span key={name}>
					{place > 0 && ', '}
					{name.startsWith('common/') ? name : <a href={links.kind(name)}>{name}</a>}
				</span>
			))}
		</span>
	)
}

const protocolText = (link: string | undefined, application: string | undefined): string =>
	[...new Set([link, application])].flatMap((part) => (part === undefined ? [] : [sayIf(`kind.protocol.${part}`) ?? part])).join(', ')

const paceText = ({ asked, interval = 0 }: MeterKind): string =>
	say(asked ? 'kind.pace.asked' : 'kind.pace.sends', { span: span(interval) })

/** What a person does, in order: ask for the interface and the key, connect, search. */
function Steps({ kind: { port, kind, application, keys, operators } }: { kind: MeterKind }) {
	const who = operators && operators.length > 0 ? say('kind.ask.named', { operators: operators.join(', ') }) : say('kind.ask.any')
	const isOpen = kind === 'mqtt' || port === 'mbus-terminals' || (port === 'optical' && application !== 'dlms')
	const steps = [
		...(isOpen ? [] : [`${say('kind.step.open')} ${who}`]),
		...(keys === 'needed' ? [say('kind.step.key')] : keys === 'possible' ? [say('kind.step.maybe')] : []),
		say(kind === 'mqtt' ? 'kind.step.adapter' : 'kind.step.connect'),
		say('kind.step.setup'),
	]
	return (
		<ol class="steps">
			{steps.map((text) => (
				<li key={text}>{text}</li>
			))}
		</ol>
	)
}

function Fields({ fields }: { fields: FieldInfo[] }) {
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must have the focus for keys to scroll it
		<div class="table" tabIndex={0}>
			<table>
				<thead>
					<tr>
						<th scope="col">{say('kind.field')}</th>
						<th scope="col">{say('kind.name')}</th>
						<th scope="col">{say('kind.unit')}</th>
						<th scope="col">OBIS</th>
					</tr>
				</thead>
				<tbody>
					{fields.map(({ name, label, unit, obis }) => (
						<tr key={name}>
							<td>{fieldName(name, label)}</td>
							<td class="mono">{name}</td>
							<td>{unit}</td>
							<td class="mono">{obis}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	)
}

/** The first telegram of each recording, with the reading that is made of it. */
function Samples({ kind: { samples = [] }, still }: { kind: MeterKind; still: boolean }) {
	if (samples.length === 0) return null
	const all = samples.flatMap(({ stages }) => stages)
	return (
		<section class="samples" aria-labelledby="telegram">
			<h2 id="telegram">{say('kind.telegram')}</h2>
			<p class="lead">{say('kind.telegram.lead')}</p>
			<Legend stages={all} />
			{samples.map(({ sample, source, license, stages, reading }, place) => (
				<section key={sample} class="sample">
					<h2 class="sample-name">{say('kind.recording', { name: sample })}</h2>
					<p class="hint">{say('kind.source', { source: source ?? '–', license: license ?? '–' })}</p>
					<Stages stages={stages} open={place === 0} still={still} />
					{reading && (
						<details class="card stage" open={still}>
							<summary>
								<h2>{say('kind.reading')}</h2>
							</summary>
							<Code text={JSON.stringify(reading, null, 2)} />
						</details>
					)}
				</section>
			))}
		</section>
	)
}

/** The stages that tell something, and those around them. */
function Stages({ stages, open, still }: { stages: Stage[]; open: boolean; still: boolean }) {
	const told = telling(stages)
	const shown = (isTold: boolean) =>
		stages.flatMap((stage, place) =>
			told.has(place) === isTold
				? [still ? <StillStage key={place} stage={stage} /> : <StageView key={place} stage={stage} open={isTold && open} />]
				: [],
		)
	return (
		<>
			{shown(true)}
			{told.size < stages.length && (
				<details class="own around">
					<summary>{say('tel.around')}</summary>
					<div class="stages">{shown(false)}</div>
				</details>
			)}
		</>
	)
}

function Code({ text }: { text: string }) {
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must have the focus for keys to scroll it
		<pre class="text" tabIndex={0}>
			<code>{text}</code>
		</pre>
	)
}
