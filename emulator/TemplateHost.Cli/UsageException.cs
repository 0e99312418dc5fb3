namespace TemplateHost.Cli;

/// <summary>A command line that is none; the message names the option.</summary>
internal sealed class UsageException(string message) : Exception(message);
