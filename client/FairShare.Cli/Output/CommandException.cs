namespace FairShare.Cli.Output;

/// <summary>A command that cannot go on.</summary>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
/// <param name="code">A stable code.</param>
/// <param name="message">What is wrong.</param>
/// <param name="next">The next thing to do.</param>
internal sealed class CommandException(int exitCode, string code, string message, string next) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public string Code { get; } = code;

    public string Next { get; } = next;
}
