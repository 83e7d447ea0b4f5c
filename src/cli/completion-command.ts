/** The row of the table of commands for completion. Loading it loads no completion. */
import type { Command } from "./command.ts";

export const completionCommand: Command = {
  name: "completion",
  summary: "print the script with which your shell completes commands, options and names",
  scenario: "none",
  argument: {
    name: "shell",
    description: "the shell that you type in; it must find stale-stats on its path",
    offers: ["bash", "zsh", "fish"],
  },
  options: [],
  examples: [
    ["bash > ~/.stale-stats.bash", "then, in ~/.bashrc, below bash-completion: source ~/.stale-stats.bash"],
    ["zsh > ~/.stale-stats.zsh", "then, in ~/.zshrc, below compinit: source ~/.stale-stats.zsh"],
    ["fish > ~/.config/fish/completions/stale-stats.fish", "nothing else to do"],
  ],
  load: () => import("./completion.ts"),
};
