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
