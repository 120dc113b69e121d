-- Drives Neovim 0.7, which has neither pull diagnostics, UTF-8 columns nor inlay hints: an editor as old as we serve.
--
-- Run by run.sh like neovim.lua, with the snippet `neovim-0.7` of editors/README.md as the user's init.lua.

local driver = dofile(vim.fn.fnamemodify(debug.getinfo(1).source:sub(2), ":h") .. "/driver.lua")
local buffer = driver.buffer
local report, expect, line, line_of = driver.report, driver.expect, driver.line, driver.line_of
local put_cursor, diagnostics = driver.put_cursor, driver.diagnostics

--- The lines, or another field, of the quickfix list that a command fills.
local function listed(command, field)
  vim.fn.setqflist({}, "r")
  command()
  vim.wait(5000, function() return #vim.fn.getqflist() > 0 end, 10)
  local found = vim.tbl_map(function(item) return item[field] end, vim.fn.getqflist())
  vim.cmd("cclose")
  return found
end

local function run()
  local attached = function() return #vim.tbl_values(vim.lsp.buf_get_clients(buffer)) end
  expect("attaches by file type", 1, attached)
  local client = vim.tbl_values(vim.lsp.buf_get_clients(buffer))[1]
  driver.client = client

  local form, note = "ibid-form «ibid»", "mark-without-note «[^7]»"
  expect("diagnostics underline the right words after an emoji", { form, note }, diagnostics)
  vim.api.nvim_buf_set_lines(buffer, -1, -1, true, { "", "[^7]: Agnes Lind 🌊, letter to the author." })
  expect("a diagnostic goes when its cause goes", { form }, diagnostics)
  vim.cmd("silent undo")
  expect("and is back after undo", { form, note }, diagnostics)

  put_cursor("[^3]: Ibid.", "Ibid.")
  vim.lsp.buf.definition()
  expect("definition of a second Ibid. is the full citation", line_of("Agnes Lind"), function()
    return vim.api.nvim_win_get_cursor(0)[1]
  end)

  put_cursor("[^3]: Ibid.", "Ibid.")
  vim.lsp.buf.hover()
  expect("hover names the source and the chain through note 2", true, function()
    local said = driver.hover_text()
    return said:find("Lights of the Northern Skerries", 1, true) ~= nil and said:find("n. 2", 1, true) ~= nil
  end)

  put_cursor("[^1]: Agnes Lind", "Agnes")
  local citations = { line_of("[^1]: "), line_of("[^2]: "), line_of("[^3]: "), line_of("[^6]: ") }
  local found = listed(vim.lsp.buf.references, "lnum")
  table.sort(found)
  report("references of a source are all its citations", vim.deep_equal(found, citations), found)
  local symbols = listed(vim.lsp.buf.document_symbol, "text")
  report("document symbols begin with the heading", (symbols[1] or ""):find("The Lamp-Keepers of Skerry Bay", 1, true) ~= nil, symbols)

  vim.lsp.codelens.refresh()
  expect("lenses count the citations of a source", { "cited 4 times, last in n. 6", "cited 2 times, last in n. 5" }, driver.lenses)

  local offered = driver.completed("[^8]: 🌊 Li")
  report("completion offers the short form of a source", vim.tbl_contains(offered, "Lind, *Lights of the Northern Skerries*"), offered)

  put_cursor("[^6]: ", "6")
  vim.lsp.buf.rename("26")
  expect("rename of a note's label with its mark", { "He kept the letter in the lamp room with the tide tables.[^26]", "[^26]: Lind, *Lights of the Northern Skerries*, 40." }, function()
    local all = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
    return vim.tbl_filter(function(content) return content:find("[^26]", 1, true) ~= nil end, all)
  end)
  vim.cmd("silent undo")

  -- This Neovim applies an action only through a dialog: it is asked for and applied as the dialog would.
  put_cursor("[^5]: ", "ibid,")
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(buffer, line_of("[^5]: ") - 1) }
  local answers = vim.lsp.buf_request_sync(buffer, "textDocument/codeAction", params, 5000) or {}
  for _, answer in pairs(answers) do
    for _, action in ipairs(answer.result or {}) do
      if action.kind == "quickfix" and action.isPreferred then
        vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
      end
    end
  end
  local mended = line(line_of("[^5]: "))
  report("quick fix writes the full stop and nothing else", mended == "[^5]: Glass 🕯 was dear that year. See ibid., 90.", mended)
  expect("and its diagnostic goes", { note }, diagnostics)

  -- The other notation: plain text, with superscript marks.
  vim.cmd("silent write")
  vim.cmd("edit letter.txt")
  driver.buffer = vim.api.nvim_get_current_buf()
  expect("plain text is served too", { "mark-without-note «³»" }, diagnostics)

  client.stop()
  expect("the server ends when asked", true, function() return client.is_stopped() end)
end

driver.run(run)
