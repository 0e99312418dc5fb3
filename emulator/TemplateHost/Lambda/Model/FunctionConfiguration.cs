using System.Text.Json.Nodes;

namespace TemplateHost.Lambda.Model;

/// <summary>A function as the template declares it. Written as JSON.</summary>
/// <param name="Timeout">How long one invocation may take, in seconds, 1 to 900.</param>
/// <param name="MemorySize">In MiB.</param>
/// <param name="ReservedConcurrency">The most instances at a time; null means the host's own bound, 0 refuses every invocation.</param>
internal sealed record FunctionConfiguration(
    string Name,
    string Arn,
    string RoleArn,
    string Handler,
    string Runtime,
    int Timeout,
    int MemorySize,
    int? ReservedConcurrency,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> Architectures,
    string LogGroup,
    DateTimeOffset ModifiedAt
)
{
    public string Description { get; init; } = "";

    /// <summary>The version: <c>$LATEST</c>, which changes, or a number, which never does.</summary>
    public string Version { get; init; } = Latest;

    /// <summary>The version that changes.</summary>
    public const string Latest = "$LATEST";

    /// <summary>The ARN that names the version, too; that of the function alone for the version that changes.</summary>
    public string QualifiedArn => Version == Latest ? Arn : $"{Arn}:{Version}";

    /// <summary>Text or JSON; how a function writes its lines is its runtime's to do.</summary>
    public string LogFormat { get; init; } = "Text";

    /// <summary>ApplicationLogLevel and SystemLogLevel, where the template names them.</summary>
    public IReadOnlyDictionary<string, string> LogLevels { get; init; } = new Dictionary<string, string>();

    /// <summary>The function's name out of a name, a partial ARN or an ARN, a version qualifier left out.</summary>
    public static string NameOf(string reference)
    {
        var parts = reference.Split(':');
        var marker = Array.IndexOf(parts, "function");
        return marker >= 0 && marker + 1 < parts.Length ? parts[marker + 1] : parts[0];
    }

    /// <summary>The version or alias that a reference names behind the function's name; null where it names none.</summary>
    public static string? QualifierOf(string reference)
    {
        var parts = reference.Split(':');
        var marker = Array.IndexOf(parts, "function");
        return parts.ElementAtOrDefault(marker >= 0 ? marker + 2 : 1);
    }

    public JsonObject Describe() =>
        new()
        {
            ["FunctionName"] = Name,
            ["FunctionArn"] = QualifiedArn,
            ["Runtime"] = Runtime,
            ["Role"] = RoleArn,
            ["Handler"] = Handler,
            ["Description"] = Description,
            ["Timeout"] = Timeout,
            ["MemorySize"] = MemorySize,
            ["LastModified"] = ModifiedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", System.Globalization.CultureInfo.InvariantCulture),
            ["Version"] = Version,
            ["PackageType"] = "Zip",
            ["TracingConfig"] = new JsonObject { ["Mode"] = "PassThrough" },
            ["LoggingConfig"] = new JsonObject(
                LogLevels
                    .Append(KeyValuePair.Create("LogFormat", LogFormat))
                    .Append(KeyValuePair.Create("LogGroup", LogGroup))
                    .Select(setting => KeyValuePair.Create(setting.Key, (JsonNode?)setting.Value))
            ),
            ["State"] = "Active",
            ["LastUpdateStatus"] = "Successful",
            ["Architectures"] = new JsonArray([.. Architectures.Select(architecture => (JsonNode)architecture)]),
            ["Environment"] = new JsonObject
            {
                ["Variables"] = new JsonObject(Environment.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            },
        };
}
