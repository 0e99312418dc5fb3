using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.Kms.Model;

/// <summary>Makes keys.</summary>
internal sealed class KeyFactory(HostContext context)
{
    /// <param name="policy">Null gives the default policy: the account decides by its identity policies.</param>
    public KeyRecord Create(KeySpec spec, string description, JsonObject? policy, IReadOnlyDictionary<string, string> tags)
    {
        var keyId = context.Random.Uuid();
        var (privateKey, publicKey) =
            spec == KeySpec.Symmetric ? (Draw(SymmetricCipher.KeySize), [])
            : spec == KeySpec.Hmac256 ? (Draw(SymmetricCipher.KeySize), KeyRecord.MacMark)
            : spec == KeySpec.Ed25519 ? DrawEd25519()
            : DrawP256();
        return new KeyRecord(
            keyId,
            context.Arn("kms", $"key/{keyId}"),
            description,
            context.Time.GetUtcNow(),
            Enabled: true,
            DeletionDate: null,
            privateKey,
            publicKey,
            policy ?? DefaultPolicy(),
            tags
        );
    }

    private (byte[] Private, byte[] Public) DrawP256()
    {
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = P256.SecretFrom(Draw(40)) });
        return (key.ExportPkcs8PrivateKey(), key.ExportSubjectPublicKeyInfo());
    }

    private (byte[] Private, byte[] Public) DrawEd25519()
    {
        var secret = Draw(Ed25519Key.SecretLength);
        return (Ed25519Key.WritePrivate(secret), Ed25519Key.WritePublic(secret));
    }

    private byte[] Draw(int length)
    {
        var octets = new byte[length];
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
