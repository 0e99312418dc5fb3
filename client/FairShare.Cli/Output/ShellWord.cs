namespace FairShare.Cli.Output;

/// <summary>Arguments as they can be pasted into a shell.</summary>
internal static class ShellWord
{
    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+=,~";

    /// <summary>The word, in quotation marks if the shell would take it for something else.</summary>
    public static string Of(string word) =>
        word.Length > 0 && word.All(symbol => Plain.Contains(symbol, StringComparison.Ordinal)) && word[0] != '~'
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
