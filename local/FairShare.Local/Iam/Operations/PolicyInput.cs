using System.Text.Json;
using System.Text.Json.Nodes;
using FairShare.Local.Gateway;
using FairShare.Local.Identity.Policies;

namespace FairShare.Local.Iam.Operations;

/// <summary>Policy documents as callers send them.</summary>
internal static class PolicyInput
{
    /// <exception cref="AwsException">MalformedPolicyDocument, with what is wrong.</exception>
    public static JsonObject Parse(string text)
    {
        try
        {
            var document = JsonNode.Parse(text) as JsonObject ?? throw new FormatException("A policy must be a JSON object.");
            PolicyDocument.Parse(document);
            return document;
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException)
        {
            throw new AwsException("MalformedPolicyDocument", malformed.Message);
        }
    }
}
