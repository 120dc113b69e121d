" Drives Vim with ALE through what editors/README.md promises.
"
" Run by run.sh on a terminal of its own: the vimrc is a snippet of editors/README.md,
" `ibid` is on PATH, lamp-keepers.md is the file and the file `checks` takes the ok and FAIL lines.

let s:said = []

func s:Report(name, passed, found) abort
  call add(s:said, a:passed ? 'ok    ' . a:name : 'FAIL  ' . a:name . ', found: ' . string(a:found))
endfunc

" Waits until Look() equals wanted, and reports that as name.
func s:Expect(name, wanted, Look) abort
  let found = a:Look()
  for _ in range(250)
    if found ==# a:wanted | break | endif
    sleep 20m
    let found = a:Look()
  endfor
  call s:Report(a:name, found ==# a:wanted, found)
endfunc

" What ALE marks: the rule and its line. ALE takes LSP's columns for bytes, so they are not looked at.
func s:Diagnostics() abort
  let items = copy(get(get(g:ale_buffer_info, bufnr(''), {}), 'loclist', []))
  return sort(map(items, {_, it -> it.code . ' in line ' . it.lnum}))
endfunc

" The answer to ALE's next question: the number of the choice that has these words, else the words.
runtime autoload/ale/util.vim
func! ale#util#Input(message, value, ...) abort
  let choice = matchstr(a:message, '\v\d+\ze\) [^\n]*\V' . s:answer)
  return empty(choice) ? s:answer : choice
endfunc

" ALE takes completions only in insert mode, which no timer is in.
func! ale#util#Mode(...) abort
  return s:mode
endfunc
let s:mode = 'n'

func s:PutCursor(line, words) abort
  call cursor(search('^' . a:line, 'w'), 1)
  call search(a:words, 'c', line('.'))
endfunc

func s:Offered(items) abort
  let s:offered = map(copy(a:items), {_, it -> it.word})
endfunc

func s:Preview() abort
  let said = ''
  for window in range(1, winnr('$'))
    if getwinvar(window, '&previewwindow') || getbufvar(winbufnr(window), '&filetype') =~# 'ale-preview'
      let said .= join(getbufline(winbufnr(window), 1, '$'), "\n")
    endif
  endfor
  return said
endfunc

func s:Run() abort
  let ibid_form = 'ibid-form in line ' . search('See ibid', 'nw')
  let no_note = 'mark-without-note in line ' . search('\[^7\]', 'nw')
  call s:Expect('diagnostics stand at the right lines', [ibid_form, no_note], function('s:Diagnostics'))

  call append('$', ['', '[^7]: Agnes Lind, letter to the author.'])
  ALELint
  call s:Expect('a diagnostic goes when its cause goes', [ibid_form], function('s:Diagnostics'))
  silent undo
  ALELint
  call s:Expect('and is back after undo', [ibid_form, no_note], function('s:Diagnostics'))

  call cursor(search('^\[^3\]: Ibid', 'w'), 8)
  ALEGoToDefinition
  call s:Expect('definition of a second Ibid. is the full citation', search('^\[^1\]: ', 'nw'), {-> line('.')})

  let g:ale_hover_to_preview = 1
  call s:PutCursor('\[^3\]: ', 'Ibid')
  ALEHover
  call s:Expect('hover names the source and the chain through note 2', 1, {-> s:Preview() =~# 'Lights of the Northern Skerries' && s:Preview() =~# 'n\. 2'})
  pclose

  call s:PutCursor('\[^1\]: ', 'Agnes')
  ALEFindReferences -quickfix
  let citations = map(['2', '3', '6'], {_, n -> search('^\[^' . n . '\]: ', 'nw')})
  call s:Expect('references of a source are all that lean on it', citations, {-> sort(map(getqflist(), {_, it -> it.lnum}), 'n')})
  cclose

  ALESymbolSearch Brekke
  call s:Expect('symbols of the project are found', 1, {-> s:Preview() =~# 'Tomas Brekke'})
  pclose

  call append('$', ['', '[^8]: Li'])
  call cursor(line('$'), 99)
  let [s:offered, s:mode] = [[], 'i']
  call ale#completion#GetCompletions('ale-callback', {'line': line('$'), 'column': len(getline('$')) + 1, 'prefix': 'Li', 'callback': function('s:Offered')})
  call s:Expect('completion offers the short form of a source', ['Lind, *Lights of the Northern Skerries*'], {-> s:offered})
  let s:mode = 'n'
  silent undo

  let s:answer = '26'
  call s:PutCursor('\[^6\]: ', '6')
  ALERename
  call s:Expect("rename of a note's label with its mark", 2, {-> len(filter(getline(1, '$'), {_, text -> text =~# '\[^26\]'}))})

  " ALE takes bytes for the protocol's columns: the line of the fix is rid of its emoji first.
  let s:answer = 'ibid.'
  call s:PutCursor('\[^5\]: ', 'Glass')
  substitute/ 🕯//
  ALELint
  call s:Expect('the finding stands in the line without its emoji', 1, {-> len(filter(copy(get(get(g:ale_buffer_info, bufnr(''), {}), 'loclist', [])), {_, it -> it.code ==# 'ibid-form' && it.col == stridx(getline('.'), 'ibid,') + 1}))})
  call s:PutCursor('\[^5\]: ', 'ibid')
  ALECodeAction
  call s:Expect('a quick fix writes the full stop', '[^5]: Glass was dear that year. See ibid., 90.', {-> getline('.')})

  silent write
  edit letter.txt
  call s:Expect('plain text is served too', ['mark-without-note in line 2'], function('s:Diagnostics'))
endfunc

func s:Drive(_) abort
  try
    call s:Run()
  catch
    call s:Report('no error in the driver', 0, v:exception . ' at ' . v:throwpoint)
  endtry
  call writefile(s:said, "checks")
  exe len(filter(s:said, {_, line -> line =~# '^FAIL'})) ? 'cquit!' : 'qall!'
endfunc

call timer_start(100, function('s:Drive'))
