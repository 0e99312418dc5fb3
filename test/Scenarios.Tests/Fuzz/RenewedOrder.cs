using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using FairShare.Backup.Orders;
using FairShare.Client.Parties;
using FairShare.Core.Identifiers;
using TemplateHost.Testing.Fuzzing;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>An owner's order with another content, signed for it: what a peer reads behind the signature is reached too.</summary>
/// <param name="owner">Who signs.</param>
/// <param name="peer">Who is told.</param>
/// <param name="time">The clock.</param>
internal sealed class RenewedOrder(LocalSigner owner, KeyId peer, TimeProvider time)
{
    /// <summary>The same order with a changed content; null for a body that has none.</summary>
    public JsonNode? Renew(JsonNode body, Random random)
    {
        if ($"{body["order"]}".Split('.') is not [var header, var payload, _] || body["content"] is not { } content)
        {
            return null;
        }

        var read = JsonNode.Parse($"{content}");
        var text = (random.Next(4) == 0 ? read : new JsonMutator(random).Mutate(read))?.ToJsonString() ?? "null";
        var statement = JsonNode.Parse(Base64Url.DecodeFromChars(payload))!.AsObject();
        var (nonce, now) = (new byte[16], Timestamp.Truncate(time.GetUtcNow()));
        random.NextBytes(nonce);
        statement["content"] = BackupOrder.DigestOf(text).ToString();
        statement["nonce"] = Base64Url.EncodeToString(nonce);
        statement["peer"] = peer.ToString();
        (statement["gen"], statement["due"]) = (Timestamp.Format(now), Timestamp.Format(now + BackupOrder.Validity));
        var input = $"{header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(statement.ToJsonString()))}";
        var signature = owner.SignAsync(Encoding.ASCII.GetBytes(input), default).AsTask().GetAwaiter().GetResult();
        (body["order"], body["content"]) = ($"{input}.{Base64Url.EncodeToString(signature)}", text);
        return body;
    }
}
