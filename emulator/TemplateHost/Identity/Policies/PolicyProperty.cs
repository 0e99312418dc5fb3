using System.Text.Json.Nodes;
using TemplateHost.Deployment;

namespace TemplateHost.Identity.Policies;

/// <summary>Policy documents as templates hold them.</summary>
internal static class PolicyProperty
{
    /// <exception cref="DeploymentException">The document is not of IAM's grammar.</exception>
    public static JsonObject Checked(PropertyReader properties, string property, JsonNode? document, PolicyKind kind)
    {
        try
        {
            return PolicyDocument.Check(document, kind);
        }
        catch (FormatException malformed)
        {
            throw properties.Refuse(property, $"is malformed: {malformed.Message}");
        }
    }
}
