using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.Kms.Model;

/// <summary>Makes keys.</summary>
internal sealed class KeyFactory(HostContext context)
{
    /// <param name="policy">Null gives the default policy: the account decides by its identity policies.</param>
    public KeyRecord Create(string description, JsonObject? policy, IReadOnlyDictionary<string, string> tags)
    {
        var keyId = context.Random.Uuid();
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Secret() });
        return new KeyRecord(
            keyId,
            context.Arn("kms", $"key/{keyId}"),
            description,
            context.Time.GetUtcNow(),
            Enabled: true,
            DeletionDate: null,
            key.ExportPkcs8PrivateKey(),
            key.ExportSubjectPublicKeyInfo(),
            policy ?? DefaultPolicy(),
            tags
        );
    }

    private byte[] Secret()
    {
        var octets = new byte[40];
        context.Random.Fill(octets);
        return P256.SecretFrom(octets);
    }

    private JsonObject DefaultPolicy() =>
        new()
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray(
                new JsonObject
                {
                    ["Effect"] = "Allow",
                    ["Principal"] = new JsonObject { ["AWS"] = $"arn:aws:iam::{context.AccountId}:root" },
                    ["Action"] = "kms:*",
                    ["Resource"] = "*",
                }
            ),
        };
}
