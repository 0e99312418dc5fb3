using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;

namespace FairShare.Cli.Commands;

/// <summary><c>completion</c>: a shell's completion of this program's commands and options.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _fairshare() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(fairshare "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _fairshare fairshare
        """;

    private const string Zsh = """
        _fairshare() {
          local -a found=("${(@f)$(fairshare "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
          compadd -- $found || _files
        }
        compdef _fairshare fairshare
        """;

    private const string Fish = """
        function __fairshare_words
          set -l line (commandline --cut-at-cursor | string collect)
          fairshare "[suggest:"(string length -- $line)"]" $line 2>/dev/null
        end
        complete -c fairshare -a '(__fairshare_words)'
        """;

    public static Command Create(CommandRunner runner)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        return runner.Attach(
            new Command("completion", "Print a shell's completion of these commands.") { shell },
            (context, _) =>
            {
                var name = context.Arguments.GetRequiredValue(shell);
                var script = name switch
                {
                    "bash" => Bash,
                    "zsh" => Zsh,
                    _ => Fish,
                };
                return Task.FromResult(new CommandResult(new JsonObject { ["shell"] = name, ["script"] = script }, script.Split('\n')));
            }
        );
    }
}
