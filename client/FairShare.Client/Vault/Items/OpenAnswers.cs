using FairShare.Client.Http;
using FairShare.Client.Transfers;
using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;

namespace FairShare.Client.Vault.Items;

/// <summary>What an answer that opens an item must be, whoever gave it.</summary>
internal static class OpenAnswers
{
    /// <summary>Requires a size, a digest, opens that can be left, and an object or a URL of one.</summary>
    /// <exception cref="FairShareProblem"><c>unexpected-answer</c>.</exception>
    public static VaultOpenAnswer Require(VaultOpenAnswer answer)
    {
        var wrong = answer switch
        {
            { Size: < 0 } => "a size that no object has",
            { OpensLeft: < 0 } => "a number of opens that cannot be left",
            _ when !IsDigest(answer) => "a digest that is none",
            { Body: { } body } => Base64UrlText.TryDecode(body, out _) ? null : "an object that is not in base64url",
            { Url: { } url } => ObjectStoreClient.IsAddress(url) ? null : "a URL that is none of HTTP",
            _ => "neither its object nor a URL of it",
        };
        return wrong is null
            ? answer
            : throw new FairShareProblem("unexpected-answer", 200, $"The service opened the item, and gave {wrong}.");
    }

    private static bool IsDigest(VaultOpenAnswer answer)
    {
        try
        {
            DocumentDigest.Parse(answer.Digest.Method, answer.Digest.Value, answer.Digest.PartSize);
            return true;
        }
        catch (ProtocolException)
        {
            return false;
        }
    }
}
