using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FairShare.Cli.Output;

/// <summary>What a command has to say, for machines and for people.</summary>
/// <param name="Json">The answer under <c>--json</c>: one object on one line.</param>
/// <param name="Lines">The answer otherwise.</param>
/// <param name="ExitCode">The exit code; 0 unless the answer itself is a no.</param>
internal sealed record CommandResult(JsonObject Json, IReadOnlyList<string> Lines, int ExitCode = ExitCode.Ok)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(TextWriter output, bool json)
    {
        foreach (var line in json ? [ToText(Json)] : Lines.Select(TerminalText.Of))
        {
            output.WriteLine(line);
        }
    }

    public static string ToText(JsonObject json) => TerminalText.OfJson(json.ToJsonString(Readable));
}
