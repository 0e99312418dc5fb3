using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.Identity.Policies;

/// <summary>Policy documents as callers send them.</summary>
internal static class PolicyInput
{
    /// <exception cref="AwsException">MalformedPolicyDocument, with what is wrong.</exception>
    public static JsonObject Parse(string text, PolicyKind kind)
    {
        try
        {
            return PolicyDocument.Check(JsonText.Parse(text), kind);
        }
        catch (FormatException malformed)
        {
            throw new AwsException("MalformedPolicyDocument", malformed.Message);
        }
        catch (JsonException)
        {
            throw new AwsException("MalformedPolicyDocument", "This policy contains invalid Json");
        }
    }
}
