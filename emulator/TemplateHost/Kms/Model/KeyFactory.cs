using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.Kms.Model;

/// <summary>Makes keys.</summary>
internal sealed class KeyFactory(HostContext context)
{
    /// <param name="policy">Null gives the default policy: the account decides by its identity policies.</param>
    public KeyRecord Create(KeyKind kind, string description, JsonObject? policy, IReadOnlyDictionary<string, string> tags)
    {
        var keyId = context.Random.Uuid();
        var (secret, publicKey) = kind == KeyKind.Symmetric ? (Octets(SymmetricCipher.KeySize), []) : NewPair();
        return new KeyRecord(
            keyId,
            context.Arn("kms", $"key/{keyId}"),
            description,
            context.Time.GetUtcNow(),
            Enabled: true,
            DeletionDate: null,
            secret,
            publicKey,
            policy ?? DefaultPolicy(),
            tags
        );
    }

    private (byte[] Secret, byte[] PublicKey) NewPair()
    {
        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = P256.SecretFrom(Octets(40)) };
        using var key = ECDsa.Create(parameters);
        return (key.ExportPkcs8PrivateKey(), key.ExportSubjectPublicKeyInfo());
    }

    private byte[] Octets(int count)
    {
        var octets = new byte[count];
        context.Random.Fill(octets);
        return octets;
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
