// The search of the site's first page. Without it all meters are listed. The words of each come from search-index.js.
;(() => {
	const place = document.getElementById('search')
	const list = document.querySelector('.kinds')
	const words = window.kinds
	if (!place || !list || !words) return
	const plain = (text) =>
		text
			.normalize('NFD')
			.replace(/\p{M}/gu, '')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}]+/gu, ' ')
			.trim()
	const label = document.createElement('label')
	const input = document.createElement('input')
	const count = document.createElement('p')
	label.textContent = 'Search'
	label.htmlFor = input.id = 'search-text'
	input.type = 'search'
	input.autocomplete = 'off'
	input.spellcheck = false
	input.placeholder = 'Maker, model, grid operator, country'
	count.className = 'faint small'
	count.setAttribute('role', 'status')
	place.append(label, input, count)
	const show = () => {
		const wanted = plain(input.value).split(' ').filter(Boolean)
		let found = 0
		for (const item of list.children) {
			const known = ` ${words[item.dataset.name] ?? ''}`
			const fits = wanted.every((word) => known.includes(` ${word}`))
			item.hidden = !fits
			if (fits) found++
		}
		count.textContent = found === 0 ? 'None fits. Other meters of the same maker often send the same.' : `${found} found`
		history.replaceState(null, '', wanted.length > 0 ? `#${encodeURIComponent(input.value)}` : '#')
	}
	try {
		input.value = decodeURIComponent(location.hash.slice(1))
	} catch {
		input.value = ''
	}
	input.addEventListener('input', show)
	show()
})()
