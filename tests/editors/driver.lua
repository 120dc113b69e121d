-- What the Neovim drivers share: reports, waiting, and places in the open buffer. For 0.7 and later.

local driver = { buffer = vim.api.nvim_get_current_buf(), failed = false }

function driver.report(name, passed, found)
  driver.failed = driver.failed or not passed
  io.stdout:write(passed and "ok    " or "FAIL  ", name, passed and "" or ", found: " .. vim.inspect(found), "\n")
end

--- Waits until `look()` equals `wanted`: what an editor shows comes when it comes.
function driver.expect(name, wanted, look)
  local found
  local passed = vim.wait(5000, function()
    found = look()
    return vim.deep_equal(found, wanted)
  end, 10)
  driver.report(name, passed, found)
end

function driver.line(number)
  return vim.api.nvim_buf_get_lines(driver.buffer, number - 1, number, true)[1]
end

function driver.line_of(text)
  for number, content in ipairs(vim.api.nvim_buf_get_lines(driver.buffer, 0, -1, true)) do
    if content:find(text, 1, true) then return number end
  end
  error("the manuscript has no line with " .. text)
end

function driver.put_cursor(on_line, on_text)
  local number = driver.line_of(on_line)
  local column = driver.line(number):find(on_text, 1, true)
  vim.api.nvim_win_set_cursor(0, { number, column - 1 })
end

--- Each diagnostic as "rule «the text it underlines»": a column that is off by one emoji shows at once.
function driver.diagnostics()
  local found = {}
  for _, d in ipairs(vim.diagnostic.get(driver.buffer)) do
    -- Right after an edit, what is shown may still lie where there is no text any more.
    local there, flagged = pcall(vim.api.nvim_buf_get_text, driver.buffer, d.lnum, d.col, d.end_lnum, d.end_col, {})
    table.insert(found, d.code .. " «" .. (there and table.concat(flagged, "⏎") or "") .. "»")
  end
  table.sort(found)
  return found
end

--- The text of the floating window.
function driver.hover_text()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), "\n")
    end
  end
  return ""
end

--- What completion offers behind `typed`, on a line of its own at the end, as the editor's own list has it; the line goes again.
function driver.completed(typed)
  vim.api.nvim_buf_set_lines(driver.buffer, -1, -1, true, { "", typed })
  vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(driver.buffer), #typed })
  local params = vim.lsp.util.make_position_params(0, driver.client.offset_encoding)
  local _, units = vim.str_utfindex(typed, #typed)
  params.position.character = driver.client.offset_encoding == "utf-8" and #typed or units
  local words = {}
  for _, answer in pairs(vim.lsp.buf_request_sync(driver.buffer, "textDocument/completion", params, 5000) or {}) do
    local items = vim.lsp.util.text_document_completion_list_to_complete_items
      and vim.lsp.util.text_document_completion_list_to_complete_items(answer.result or {}, "")
      or vim.lsp.completion._lsp_to_complete_items(answer.result or {}, "")
    for _, item in ipairs(items) do
      table.insert(words, item.abbr or item.word)
    end
  end
  vim.cmd("silent undo")
  return words
end

--- Lenses stand as virtual text.
function driver.lenses()
  local shown = {}
  for _, lens in ipairs(vim.lsp.codelens.get(driver.buffer)) do
    table.insert(shown, (lens.command or {}).title)
  end
  return shown
end

--- Runs all checks and leaves.
function driver.run(checks)
  local ran, trouble = xpcall(checks, debug.traceback)
  if not ran then driver.report("no error in the driver", false, trouble) end
  vim.cmd(driver.failed and "cquit!" or "qall!")
end

return driver
