namespace TemplateHost.Tests.Lambda;

/// <summary>
/// A directory with one <c>bootstrap</c>, a shell script that speaks the Runtime API by curl; what it does depends on the handler.
/// </summary>
internal sealed class ShellFunctions : IDisposable
{
    private const string Script = """
        #!/bin/sh
        api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
        headers=$(mktemp)
        trap 'rm -f "$headers"' EXIT
        while true; do
          event=$(curl -sS -D "$headers" "$api/invocation/next") || exit 1
          id=$(grep -i '^lambda-runtime-aws-request-id:' "$headers" | tr -d '\r' | cut -d' ' -f2)
          case "$_HANDLER" in
            Echo) curl -sS -o /dev/null -d "{\"event\":$event,\"name\":\"$NAME\",\"pid\":$$}" "$api/invocation/$id/response" ;;
            Answer) curl -sS -o /dev/null -d '{"statusCode":201,"headers":{"X-One":"1","Content-Type":"application/octet-stream"},
              "cookies":["a=b","c=d"],"body":"AAEC","isBase64Encoded":true}' "$api/invocation/$id/response" ;;
            Fail) curl -sS -o /dev/null -H 'Lambda-Runtime-Function-Error-Type: Unhandled' -d '{"errorType":"DocumentLost",
              "errorMessage":"gone"}' "$api/invocation/$id/error" ;;
            Exit) exit 3 ;;
            Slow) sleep 3600 ;;
            Stream) case "$event" in
                *'"bad"'*) curl -sS -o /dev/null -d '{"errorType":"Bad","errorMessage":"bad record"}' "$api/invocation/$id/error" ;;
                *) printf '%s\n' "$event" >> handled; curl -sS -o /dev/null -d '{}' "$api/invocation/$id/response" ;;
              esac ;;
            Collect) printf '%s\n' "$event" >> collected
              id_and_receipt='"messageId":"[^"]*","receiptHandle":"[^"]*"'
              bad=$(printf '%s' "$event" | grep -o "$id_and_receipt,\"body\":\"bad-[^\"]*\"" | cut -d'"' -f4 \
                | sed 's/.*/{"itemIdentifier":"&"}/' | paste -sd, -)
              curl -sS -o /dev/null -d "{\"batchItemFailures\":[$bad]}" "$api/invocation/$id/response" ;;
            Batch) bad=$(printf '%s' "$event" | grep -o '"messageId":"[^"]*","receiptHandle":"[^"]*","body":"bad"' | cut -d'"' -f4)
              if [ -n "$bad" ]; then r="{\"batchItemFailures\":[{\"itemIdentifier\":\"$bad\"}]}"; else r='{"batchItemFailures":[]}'; fi
              curl -sS -o /dev/null -d "$r" "$api/invocation/$id/response" ;;
          esac
        done
        """;

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("template-host-functions-");

    public ShellFunctions()
    {
        Xunit.Assert.SkipUnless(
            File.Exists("/usr/bin/curl") && File.Exists("/bin/sh"),
            "curl and a shell are needed to run functions as processes."
        );
        var file = Path.Combine(directory.FullName, "bootstrap");
        File.WriteAllText(file, Script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string Location => directory.FullName;

    /// <summary>The events that the handler Stream accepted, one a line.</summary>
    public IReadOnlyList<string> Handled => Lines("handled");

    /// <summary>
    /// The events that the handler Collect was given, one a line; it answers that it failed at the messages that begin with <c>bad-</c>.
    /// </summary>
    public IReadOnlyList<string> Collected => Lines("collected");

    /// <summary>A function of the template, under its handler's name.</summary>
    public static string Resource(string handler, string more = "") =>
        $$"""
            "{{handler}}": { "Type": "AWS::Lambda::Function", "Properties": {
              "FunctionName": "{{handler}}", "Handler": "{{handler}}", "Runtime": "provided.al2023", "Code": { "S3Bucket": "b",
                "S3Key": "k" },
              "Role": { "Fn::GetAtt": ["WorkflowRole", "Arn"] }, "Timeout": 3, "Environment": { "Variables": { "NAME": "n" } } {{more}} } }
            """;

    public void Dispose() => directory.Delete(recursive: true);

    private string[] Lines(string name) => Path.Combine(Location, name) is var file && File.Exists(file) ? File.ReadAllLines(file) : [];
}
