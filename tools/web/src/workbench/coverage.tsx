import { say } from '../words/words.ts'
import { labelOf } from './known.ts'
import { pointField, pointRow } from './point.ts'
import { answer } from './state.ts'

/** In how many readings of the recordings each field of the profile stands, and what the recordings carry that no field uses. */
export function Coverage() {
	const { value: found } = answer
	const fields = found?.shown?.fields.filter(({ samples, own }) => samples !== undefined && (own || samples > 0)) ?? []
	const readings = found?.samples?.reduce((sum, one) => sum + one.readings, 0) ?? 0
	const unused = found?.unused ?? []
	if (readings === 0 || fields.length + unused.length === 0) return null
	const never = fields.filter(({ samples }) => samples === 0)
	const rest = fields.filter(({ samples }) => samples !== 0)
	return (
		<section class="bench-coverage" aria-label={say('bench.coverage')}>
			<h3>{say('bench.coverage')}</h3>
			<p class="hint">{say('bench.coverage.lead', { count: readings })}</p>
			<ul class="bench-bars">
				{[...never, ...rest].map(({ target, samples = 0, label }) => (
					<li key={target} class={samples === 0 ? 'is-never' : undefined} title={label}>
						<button type="button" class="quiet mono bench-link" onClick={() => pointField(target)}>
							{target}
						</button>
						<meter min={0} max={readings} value={samples} aria-hidden="true" />
						<span>{samples === 0 ? say('bench.coverage.never') : say('bench.coverage.count', { samples, count: readings })}</span>
					</li>
				))}
			</ul>
			{unused.length > 0 && (
				<>
					<h4>{say('bench.unused')}</h4>
					<ul class="bench-unused">
						{unused.map((code) => (
							<li key={code}>
								<button
									type="button"
									class="quiet bench-link"
									onClick={() => {
										const row = found?.shown?.rows.findIndex(({ key }) => key === code) ?? -1
										if (row >= 0) pointRow(row)
									}}
								>
									<span class="mono">{code}</span> <span class="faint">{labelOf(code) ?? say('bench.unused.unknown')}</span>
								</button>
							</li>
						))}
					</ul>
				</>
			)}
		</section>
	)
}
