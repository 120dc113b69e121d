//! Tells Zed how to start `ibid server`.

use zed_extension_api::{self as zed, LanguageServerId, Result, Worktree};

struct Ibid;

impl zed::Extension for Ibid {
    fn new() -> Self {
        Ibid
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<zed::Command> {
        let command = worktree.which("ibid").ok_or("there is no program “ibid” on PATH")?;
        Ok(zed::Command { command, args: vec!["server".into()], env: worktree.shell_env() })
    }
}

zed::register_extension!(Ibid);
