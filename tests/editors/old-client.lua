-- Makes Neovim offer only what an older editor offers: columns in UTF-16, and diagnostics when the server sends them.
local make = vim.lsp.protocol.make_client_capabilities
vim.lsp.protocol.make_client_capabilities = function()
  local capabilities = make()
  capabilities.general.positionEncodings = { "utf-16" }
  capabilities.textDocument.diagnostic = nil
  return capabilities
end
