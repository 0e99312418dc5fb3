using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.StepFunctions.Operations;

/// <summary>Settings of a state machine that would have no effect here, and are refused by name.</summary>
internal static class UnservedSettings
{
    /// <exception cref="AwsException">ValidationException, naming the setting.</exception>
    public static void Refuse(JsonObject input)
    {
        var unserved =
            IsTrue(input["publish"]) ? "publish"
            : input["versionDescription"] is not null ? "versionDescription"
            : input["loggingConfiguration"]?["level"]?.ToString() is { } level and not "OFF" ? $"loggingConfiguration of level {level}"
            : IsTrue(input["tracingConfiguration"]?["enabled"]) ? "tracingConfiguration"
            : input["encryptionConfiguration"]?["type"]?.ToString() is { } type and not "AWS_OWNED_KEY" ? $"encryptionConfiguration {type}"
            : null;
        if (unserved is not null)
        {
            throw new AwsException("ValidationException", $"The embedded host does not serve {unserved}.");
        }
    }

    private static bool IsTrue(JsonNode? node) => node?.GetValueKind() == JsonValueKind.True;
}
