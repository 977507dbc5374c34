import '../style/form.css'
import '../style/setup.css'
import { Icon } from '../parts/icon.tsx'
import { BrokerStep } from '../setup/broker.tsx'
import { DoneStep } from '../setup/done.tsx'
import { brokerGiven, chosen, name, port, portTitle, type Step, step, steps, title, to, where } from '../setup/flow.ts'
import { KeyStep } from '../setup/key.tsx'
import { ListenStep } from '../setup/listen.tsx'
import { NameStep } from '../setup/name.tsx'
import { OutputsStep } from '../setup/outputs.tsx'
import { WhereStep } from '../setup/where.tsx'
import { say } from '../words/words.ts'

const PARTS = {
	where: WhereStep,
	broker: BrokerStep,
	listen: ListenStep,
	key: KeyStep,
	name: NameStep,
	outputs: OutputsStep,
	done: DoneStep,
}

/** From the cable to the first reading, step by step. */
export function Setup() {
	const Part = PARTS[step.value]
	return (
		<div class="setup">
			<header class="setup-head">
				<h1>{say('tab.setup')}</h1>
				<Track />
			</header>
			<Part key={step.value} />
		</div>
	)
}

/** Where one is; steps that are done can be gone back to. */
function Track() {
	const at = steps.value.indexOf(step.value)
	const isDone = step.value === 'done'
	return (
		<>
			<p class="way-short" aria-hidden="true">
				{say('setup.stepOf', { step: at + 1, count: steps.value.length })}
			</p>
			<ol class="way" aria-label={say('setup.steps')}>
				{steps.value.map((one, place) => (
					<li key={one} class={place < at ? 'past' : place === at ? 'is-here' : 'ahead'} aria-current={place === at ? 'step' : undefined}>
						<span class="dot" aria-hidden="true">
							{place < at || isDone ? <Icon name="check" size={16} /> : place + 1}
						</span>
						{place < at && !isDone ? (
							<button type="button" class="quiet" onClick={() => to(one)}>
								<span class="way-name">{say(`setup.step.${one}`)}</span>
								<span class="way-value">{chosenIn(one)}</span>
							</button>
						) : (
							<span class="way-text">
								<span class="way-name">{say(`setup.step.${one}`)}</span>
							</span>
						)}
					</li>
				))}
			</ol>
		</>
	)
}

/** Says in a word what was chosen in a step. */
function chosenIn(one: Step): string {
	switch (one) {
		case 'where':
			return where.value === 'serial' ? portTitle.value || (port.value ?? '') : say(`setup.${where.value ?? 'serial'}`)
		case 'listen':
			return chosen.value?.title ?? ''
		case 'key':
			return say('setup.key.right')
		case 'name':
			return title.value || name.value
		case 'broker':
			return brokerGiven()?.url ?? say('setup.broker.embedded')
		default:
			return ''
	}
}
