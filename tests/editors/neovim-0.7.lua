-- Drives Neovim 0.7, which has neither pull diagnostics, UTF-8 columns nor inlay hints: an editor as old as we serve.
--
-- Run by run.sh like neovim.lua, with the snippet `neovim-0.7` of editors/README.md as the user's init.lua.

local buffer = vim.api.nvim_get_current_buf()
local failed = false

local function report(name, passed, found)
  failed = failed or not passed
  io.stdout:write(passed and "ok    " or "FAIL  ", name, passed and "" or ", found: " .. vim.inspect(found), "\n")
end

local function expect(name, wanted, look)
  local found
  local passed = vim.wait(5000, function()
    found = look()
    return vim.deep_equal(found, wanted)
  end, 10)
  report(name, passed, found)
end

local function line_of(text)
  for number, content in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, true)) do
    if content:find(text, 1, true) then return number, content end
  end
  error("the manuscript has no line with " .. text)
end

local function put_cursor(on_line, on_text)
  local number, content = line_of(on_line)
  vim.api.nvim_win_set_cursor(0, { number, content:find(on_text, 1, true) - 1 })
end

local function diagnostics()
  local found = {}
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    local there, flagged = pcall(vim.api.nvim_buf_get_text, buffer, d.lnum, d.col, d.end_lnum, d.end_col, {})
    table.insert(found, d.code .. " «" .. (there and table.concat(flagged, "⏎") or "") .. "»")
  end
  table.sort(found)
  return found
end

local function run()
  local attached = function() return #vim.tbl_values(vim.lsp.buf_get_clients(buffer)) end
  expect("attaches by file type", 1, attached)
  local client = vim.tbl_values(vim.lsp.buf_get_clients(buffer))[1]

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
  local _, mended = line_of("[^5]: ")
  report("quick fix writes the full stop and nothing else", mended == "[^5]: Glass 🕯 was dear that year. See ibid., 90.", mended)
  expect("and its diagnostic goes", { note }, diagnostics)

  client.stop()
  expect("the server ends when asked", true, function() return client.is_stopped() end)
end

local ran, trouble = xpcall(run, debug.traceback)
if not ran then report("no error in the driver", false, trouble) end
vim.cmd(failed and "cquit!" or "qall!")
