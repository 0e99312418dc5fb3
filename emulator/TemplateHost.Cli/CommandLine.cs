using System.Globalization;

namespace TemplateHost.Cli;

/// <summary>What the host is started with.</summary>
internal sealed record CommandLine
{
    public const string Help = """
        Usage: template-host --template FILE [options]
          --template FILE    the CloudFormation template, as JSON
          --data DIR         where everything is kept; made when it is not there (template-host-data)
          --port N           port of the template's HTTP API; 0 takes a free one (8080)
          --aws-port N       port of the AWS endpoint; 0 takes a free one (4566)
          --functions DIR    published functions: an executable bootstrap, in DIR or in a folder of the handler's name
          --stack NAME       the stack's name, part of generated names (Stack)
          --json             announces itself and its mails as JSON, one object a line
        """;

    public required string Template { get; init; }

    public string Data { get; init; } = Path.GetFullPath("template-host-data");

    public int Port { get; init; } = 8080;

    public int AwsPort { get; init; } = 4566;

    public string? Functions { get; init; }

    public string StackName { get; init; } = "Stack";

    public bool Json { get; init; }

    /// <exception cref="UsageException">An option is unknown, missing, or has no value or a bad one.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine { Template = "" };
        for (var at = 0; at < arguments.Count; at++)
        {
            var option = arguments[at];
            line = option == "--json" ? line with { Json = true } : line.With(option, at + 1 < arguments.Count ? arguments[++at] : null);
        }

        return line.Template.Length > 0 ? line : throw new UsageException("--template is missing.");
    }

    private CommandLine With(string option, string? value) =>
        option switch
        {
            "--template" => this with { Template = Existing(option, value, File.Exists) },
            "--data" => this with { Data = Path.GetFullPath(Given(option, value)) },
            "--port" => this with { Port = PortOf(option, value) },
            "--aws-port" => this with { AwsPort = PortOf(option, value) },
            "--functions" => this with { Functions = Existing(option, value, Directory.Exists) },
            "--stack" => this with { StackName = Given(option, value) },
            _ => throw new UsageException($"{option} is no option."),
        };

    private static string Given(string option, string? value) =>
        value is { Length: > 0 } ? value : throw new UsageException($"{option} needs a value.");

    private static string Existing(string option, string? value, Func<string, bool> exists) =>
        Path.GetFullPath(Given(option, value)) is var path && exists(path)
            ? path
            : throw new UsageException($"{option}: {path} is not there.");

    private static int PortOf(string option, string? value) =>
        ushort.TryParse(Given(option, value), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new UsageException($"{option} is a number from 0 to 65535, and not {value}.");
}
