-- Drives Neovim through what README promises of `ibid` in an editor.
--
-- Run by run.sh, which makes a snippet of editors/README.md the user's init.lua,
-- puts `ibid` on PATH and opens a copy of lamp-keepers.md, with letter.txt beside it.

local driver = dofile(vim.fn.fnamemodify(debug.getinfo(1).source:sub(2), ":h") .. "/driver.lua")
local buffer = driver.buffer
local report, expect, line, line_of = driver.report, driver.expect, driver.line, driver.line_of
local put_cursor, diagnostics, hover_text = driver.put_cursor, driver.diagnostics, driver.hover_text

local function flagged_as(rule)
  for _, d in ipairs(vim.diagnostic.get(driver.buffer)) do
    if d.code == rule then return d end
  end
end

--- Asks by one of `vim.lsp.buf`'s commands and returns the lines (or names) it would list.
local function listed(command, field)
  local items
  local on_list = { on_list = function(list) items = list.items end }
  if command == "references" then
    vim.lsp.buf.references(nil, on_list)
  else
    vim.lsp.buf[command](on_list)
  end
  vim.wait(5000, function() return items ~= nil end, 10)
  return vim.tbl_map(function(item) return item[field] end, items or {})
end

local IBID_FORM, NO_NOTE = "ibid-form «ibid»", "mark-without-note «[^7]»"

local function run()
  -- Attaching.
  expect("attaches by file type", 1, function() return #vim.lsp.get_clients({ bufnr = buffer }) end)
  local client = vim.lsp.get_clients({ bufnr = buffer })[1]
  if not client then return end
  driver.client = client
  expect("speaks " .. vim.env.ENCODING, vim.env.ENCODING, function() return client.offset_encoding end)

  -- Diagnostics, and how they follow edits.
  expect("diagnostics underline the right words after an emoji", { IBID_FORM, NO_NOTE }, diagnostics)

  local storm = line_of("The storm")
  vim.api.nvim_buf_set_text(buffer, storm - 1, 0, storm - 1, 9, { "🌩 Thunder 🏴󠁧󠁢󠁳󠁣󠁴󠁿,", "then the storm" })
  local moved = storm + 1
  expect("they move with an edit before them", { moved, (line(moved):find("[^7]", 1, true)) }, function()
    local d = flagged_as("mark-without-note") or {}
    return { (d.lnum or -1) + 1, (d.col or -1) + 1 }
  end)
  expect("and none is lost or doubled", { IBID_FORM, NO_NOTE }, diagnostics)

  vim.api.nvim_buf_set_lines(buffer, -1, -1, true, { "", "[^7]: Agnes Lind, letter to the author." })
  expect("a diagnostic goes when its cause goes", { IBID_FORM }, diagnostics)
  vim.cmd("silent undo")
  expect("and is back after undo", { IBID_FORM, NO_NOTE }, diagnostics)

  local first = line_of("[^1]: Agnes Lind")
  vim.api.nvim_buf_set_lines(buffer, first - 1, first, true, { "[^1]: The account books are lost." })
  expect("an Ibid. that loses its antecedent is an error", vim.diagnostic.severity.ERROR, function()
    return (flagged_as("ibid-without-antecedent") or {}).severity
  end)
  vim.cmd("silent undo")
  expect("until it has one again", { IBID_FORM, NO_NOTE }, diagnostics)

  -- Navigation.
  put_cursor("[^3]: Ibid.", "Ibid.")
  vim.lsp.buf.definition()
  expect("definition of a second Ibid. is the full citation", line_of("Agnes Lind"), function()
    return vim.api.nvim_win_get_cursor(0)[1]
  end)

  put_cursor("[^3]: Ibid.", "Ibid.")
  vim.lsp.buf.hover()
  expect("hover names the source", true, function() return hover_text():find("Lights of the Northern Skerries", 1, true) ~= nil end)
  report("hover shows the chain through note 2", hover_text():find("n. 2", 1, true) ~= nil, hover_text())

  put_cursor("[^1]: Agnes Lind", "Agnes")
  local citations = { line_of("[^1]: "), line_of("[^2]: "), line_of("[^3]: "), line_of("[^6]: ") }
  expect("references of a source are all its citations", citations, function()
    local lines = listed("references", "lnum")
    table.sort(lines)
    return lines
  end)

  expect("document symbols begin with the heading", true, function()
    local first_symbol = listed("document_symbol", "text")[1] or ""
    return first_symbol:find("The Lamp-Keepers of Skerry Bay", 1, true) ~= nil
  end)

  -- Inlay hints.
  local hinted = { line_of("[^2]: "), line_of("[^3]: "), line_of("[^5]: "), line_of("[^6]: ") }
  expect("inlay hints stand at each Ibid. and short form", hinted, function()
    local lines = vim.tbl_map(function(hint) return hint.inlay_hint.position.line + 1 end, vim.lsp.inlay_hint.get({ bufnr = buffer }))
    table.sort(lines)
    return lines
  end)

  vim.lsp.codelens.refresh({ bufnr = buffer })
  expect("lenses count the citations of a source", { "cited 4 times, last in n. 6", "cited 2 times, last in n. 5" }, driver.lenses)

  local offered = driver.completed("[^8]: 🌊 Li")
  report("completion offers the short form of a source", vim.tbl_contains(offered, "Lind, *Lights of the Northern Skerries*"), offered)

  -- Rename: the note, its mark, and nothing else.
  put_cursor("[^6]: ", "6")
  vim.lsp.buf.rename("26")
  expect("rename of a note's label with its mark", { "He kept the letter in the lamp room with the tide tables.[^26]", "[^26]: Lind, *Lights of the Northern Skerries*, 40." }, function()
    local all = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
    return vim.tbl_filter(function(content) return content:find("[^26]", 1, true) ~= nil end, all)
  end)
  vim.cmd("silent undo")

  -- Quick fix.
  put_cursor("[^5]: ", "ibid")
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action) return action.kind == "quickfix" and action.isPreferred end,
  })
  expect("quick fix writes the full stop and nothing else", "[^5]: Glass 🕯 was dear that year. See ibid., 90.", function()
    return line(line_of("[^5]: "))
  end)
  expect("and its diagnostic goes", { NO_NOTE }, diagnostics)

  -- The other notation: plain text, with superscript marks.
  vim.cmd.edit("letter.txt")
  driver.buffer = vim.api.nvim_get_current_buf()
  expect("plain text is served too", { "mark-without-note «³»" }, diagnostics)

  -- Leaving.
  client:stop()
  expect("the server ends when asked", true, function() return client:is_stopped() end)
end

driver.run(run)
