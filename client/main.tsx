/** The page's entry: shows what belongs to the URL, and again when the URL changes. */
import { render } from 'preact'
import { App } from './ui/App.tsx'
import './ui/index.css'
import { keepFocus } from './ui/keep-focus.ts'
import { showUrl, startTitle } from './ui/pages.ts'

// Before anything else: what follows /r/ belongs behind the #, where no server sees it.
showUrl()
startTitle()
addEventListener('popstate', showUrl)
addEventListener('hashchange', showUrl)
// A page from the back-forward cache left its room when it was hidden; each visit begins anew.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload())

const root = document.getElementById('app')
if (root) {
  render(<App />, root)
  keepFocus(root)
}
