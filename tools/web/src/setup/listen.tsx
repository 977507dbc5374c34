import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { address, call } from '../api/client.ts'
import type { Probe, ProfileEntry, Proposal, Tried } from '../api/flows.ts'
import { number } from '../format.ts'
import { onEvent } from '../live.ts'
import { Cards, Failure, Form } from '../parts/form.tsx'
import { Icon } from '../parts/icon.tsx'
import { ProblemNote } from '../parts/problems.tsx'
import { usePolling, useTask } from '../task.ts'
import { language, say } from '../words/words.ts'
import { benchHref } from '../workbench/address.ts'
import { choice, chosen, forget, host, keyOf, move, port, portTitle, probe, profile, tcpPort, transport, where } from './flow.ts'
import { HearStep } from './hear.tsx'
import { ReadingFacts } from './reading.tsx'
import { reasonOf } from './reason.ts'
import { Actions, Step } from './step.tsx'

/** States in which a probe waits for nothing more, or only goes on collecting. */
const OVER = new Set<Probe['state']>(['reading', 'unknown', 'failed', 'ended'])

/** States in which the server, in English, says more than the state is called. */
const TELLING = new Set<Probe['state']>(['unknown', 'failed'])

/** Watches what arrives, and offers what it may be. */
export function ListenStep() {
	return where.value === 'mqtt' ? <HearStep /> : <ProbeStep />
}

function ProbeStep() {
	const task = useTask()
	const round = useSignal(0)
	const begin = (): void => {
		const target = transport()
		if (!target) return
		void task.run(async () => {
			const body = { transport: target, ...(profile.value !== undefined && { profile: profile.value }) }
			probe.value = await call<Probe>('setup/probes', { method: 'POST', body })
			round.value++
		})
	}
	useEffect(() => {
		if (!probe.value) begin()
	}, [])
	useEffect(
		() =>
			onEvent('setup', (data) => {
				if (isProbe(data) && data.id === probe.value?.id) probe.value = data
			}),
		[],
	)
	usePolling(
		async (signal) => {
			const now = probe.value
			// One that reads goes on collecting: the events tell what changes.
			if (!now || OVER.has(now.state)) return false
			probe.value = await call<Probe>(`setup/probes/${encodeURIComponent(now.id)}`, { signal })
			return true
		},
		700,
		round.value,
	)
	const again = (): void => {
		const { value: kept } = profile
		forget()
		profile.value = kept
		begin()
	}
	const now = probe.value
	const isOver = now !== undefined && OVER.has(now.state)
	const canGoOn = now?.state === 'key-wanted' || (now?.proposals.length ?? 0) > 0
	return (
		<Step title={say('setup.listen')} lead={say('setup.listen.lead', { place: placeText() })}>
			<Form onSubmit={() => canGoOn && move(1)}>
				{(now || task.error.value === undefined) && <Progress probe={now} />}
				<Failure error={task.error.value} />
				{now?.problem && (
					<div class="failure">
						<ProblemNote problem={now.problem} />
					</div>
				)}
				{now && now.proposals.length > 0 && <Proposals proposals={now.proposals} />}
				{now?.state === 'unknown' && <Unknown probe={now} />}
				{(isOver || task.error.value !== undefined) && now?.state !== 'reading' && <OwnChoice onPick={again} />}
				<Actions next={canGoOn ? say(now?.state === 'key-wanted' ? 'setup.key.go' : 'setup.next') : undefined}>
					{(isOver || task.error.value !== undefined) && (
						<button type="button" class={canGoOn ? 'quiet' : ''} onClick={again} disabled={task.busy.value}>
							{say('setup.again')}
						</button>
					)}
				</Actions>
			</Form>
		</Step>
	)
}

const isProbe = (data: unknown): data is Probe => typeof data === 'object' && data !== null && 'tried' in data && 'proposals' in data

const placeText = () => (where.value === 'tcp' ? `${host.value}:${tcpPort.value}` : portTitle.value || (port.value ?? ''))

/** How the probe stands in one sentence, and what was seen at each line setting. */
function Progress({ probe: now }: { probe: Probe | undefined }) {
	const state = now?.state ?? 'listening'
	const busy = state === 'listening'
	return (
		<div class={`progress is-${state}`}>
			<div class="progress-head">
				<span class={busy ? 'pulse' : 'pulse still'} aria-hidden="true">
					{!busy && <Icon name={state === 'reading' ? 'check' : state === 'key-wanted' ? 'key' : 'warning'} size={20} />}
				</span>
				<div>
					<p class="progress-text" role="status">
						<strong>{say(`setup.state.${state}`)}</strong>
					</p>
					{now && TELLING.has(state) && language.value === 'en' && <p class="faint small">{now.text}</p>}
				</div>
				{now && busy && <span class="faint small seconds">{number(now.seconds, 0, 's')}</span>}
			</div>
			{now && now.tried.length > 0 && state !== 'reading' && (
				<ol class="tried">
					{now.tried.map((one, place) => (
						<TriedLine key={`${place} ${one.line}`} tried={one} isNow={busy && one.line === now.line} />
					))}
					{busy && now.line !== undefined && !now.tried.some(({ line }) => line === now.line) && (
						<li class="now">
							<span class="mono">{now.line}</span>
							<span class="faint">…</span>
						</li>
					)}
				</ol>
			)}
		</div>
	)
}

function TriedLine({ tried: { line, bytes, frames, text }, isNow }: { tried: Tried; isNow: boolean }) {
	const kind = frames > 0 ? 'frames' : bytes > 0 ? 'bytes' : 'silence'
	return (
		<li class={`${kind}${isNow ? ' now' : ''}`} title={text}>
			<span class="mono">{line}</span>
			<span>{say(`setup.tried.${kind}`, { bytes: number(bytes), frames: number(frames) })}</span>
		</li>
	)
}

/** Says a reason in the page's language, or as the server says it. */
function inWords(reason: string): string {
	const found = reasonOf(reason)
	return found ? say(found.key, found.parts) : reason
}

/** Proposals that are shown before somebody asks for more. */
const AT_FIRST = 4

/** Shows the profiles that read the meter, with the reasons and the reading that each gives. */
export function Proposals({ proposals }: { proposals: Proposal[] }) {
	const isFolded = useSignal(true)
	const shown = isFolded.value ? proposals.filter((one, place) => place < AT_FIRST || one === chosen.value) : proposals
	const more = proposals.length - shown.length
	return (
		<>
			<h3>{say(proposals.length === 1 ? 'setup.found.one' : 'setup.found')}</h3>
			<Cards
				legend={say('setup.found')}
				name="proposal"
				value={chosen.value && keyOf(chosen.value)}
				onPick={(value) => (choice.value = value)}
				options={shown.map((one) => ({
					value: keyOf(one),
					label: one.title,
					more: (
						<>
							<span class="graded">
								<span class={`grade ${one.sure}`}>{say(`setup.sure.${one.sure}`)}</span>
								<span class="hint mono">{one.profile}</span>
							</span>
							{one === chosen.value && (
								<>
									<ul class="why">
										{one.why.map((reason) => (
											<li key={reason}>{inWords(reason)}</li>
										))}
									</ul>
									<ReadingFacts reading={one.reading} />
								</>
							)}
						</>
					),
				}))}
			/>
			{more > 0 && (
				<button type="button" class="quiet more" onClick={() => (isFolded.value = false)}>
					{say('setup.found.more', { count: more })}
				</button>
			)}
		</>
	)
}

/** A meter that nobody knows yet: its recording helps to have it known. */
export function Unknown({ probe: { id, record } }: { probe: Probe }) {
	return (
		<div class="nothing">
			<p>
				<strong>{say('setup.unknown')}</strong>
			</p>
			<p>{say('setup.unknown.hint')}</p>
			{record && (
				<div class="actions">
					<a class="button main" href={benchHref('', { probe: id })}>
						{say('bench.unknown.profile')}
					</a>
					<a class="button quiet" href={address(`setup/probes/${encodeURIComponent(id)}/recording`)} download="meter.capture.jsonl">
						<Icon name="download" size={20} />
						{say('setup.unknown.download')}
					</a>
				</div>
			)}
		</div>
	)
}

/** The profile by hand, for those who know their meter. */
function OwnChoice({ onPick }: { onPick(): void }) {
	const profiles = useSignal<ProfileEntry[] | undefined>(undefined)
	const open = (): void => {
		if (profiles.value) return
		profiles.value = []
		call<{ profiles: ProfileEntry[] }>('profiles').then(
			(answer) => {
				profiles.value = answer.profiles.filter(({ kind }) => kind === 'serial' || kind === 'tcp')
			},
			() => {
				profiles.value = undefined
			},
		)
	}
	return (
		<details class="own" onToggle={open}>
			<summary>{say('setup.own')}</summary>
			<label class="field">
				<span>{say('setup.own.label')}</span>
				<select
					value={profile.value ?? ''}
					onChange={(event) => {
						profile.value = event.currentTarget.value || undefined
						onPick()
					}}
				>
					<option value="">{say('setup.own.none')}</option>
					{profiles.value?.map((one) => (
						<option key={one.name} value={one.name}>
							{`${one.title} (${one.name})`}
						</option>
					))}
				</select>
			</label>
		</details>
	)
}
