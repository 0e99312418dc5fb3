using System.Text;

namespace FairShare.Cli.Output;

/// <summary>One question to who sits at the terminal, answered by a line.</summary>
/// <param name="output">Where it is asked.</param>
/// <param name="shown">Whether what is typed is shown.</param>
internal sealed class Question(TextWriter output, bool shown)
{
    private const int PollMilliseconds = 20;

    /// <summary>Asks.</summary>
    /// <returns>The line; null for the end of input, Ctrl-D on an empty line.</returns>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public string? Ask(string text, CancellationToken cancellationToken)
    {
        output.Write(text + " ");
        var line = new StringBuilder();
        while (Read(cancellationToken) is var key)
        {
            switch (key)
            {
                case { Key: ConsoleKey.Enter } or { KeyChar: '\n' or '\r' }:
                    output.WriteLine();
                    return line.ToString();
                // Between two looks the terminal takes lines, and turns a Ctrl-D into a NUL, which is read as Ctrl-2.
                case { Key: ConsoleKey.D or ConsoleKey.D2, Modifiers: ConsoleModifiers.Control } or { KeyChar: '\u0004' }:
                    if (line.Length == 0)
                    {
                        output.WriteLine();
                        return null;
                    }

                    break;
                case { Key: ConsoleKey.Backspace }:
                    Shorten(line);
                    break;
                case { KeyChar: var symbol } when !char.IsControl(symbol):
                    line.Append(symbol);
                    output.Write(shown ? symbol.ToString() : "");
                    break;
                default:
                    // Arrows and other keys say nothing.
                    break;
            }
        }

        return null;
    }

    // A key that is read cannot be waited for in a way that Ctrl-C ends.
    private ConsoleKeyInfo Read(CancellationToken cancellationToken)
    {
        while (!Console.KeyAvailable)
        {
            if (cancellationToken.WaitHandle.WaitOne(PollMilliseconds))
            {
                output.WriteLine();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return Console.ReadKey(intercept: true);
    }

    private void Shorten(StringBuilder line)
    {
        if (line.Length > 0)
        {
            line.Length -= line.Length > 1 && char.IsLowSurrogate(line[^1]) ? 2 : 1;
            output.Write(shown ? "\b \b" : "");
        }
    }
}
