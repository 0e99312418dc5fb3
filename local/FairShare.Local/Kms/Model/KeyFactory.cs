using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FairShare.Local.Hosting;

namespace FairShare.Local.Kms.Model;

/// <summary>Makes keys.</summary>
internal sealed class KeyFactory(HostContext context)
{
    /// <summary>The order of the curve P-256 (FIPS 186-4, D.1.2.3).</summary>
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.AllowHexSpecifier,
        System.Globalization.CultureInfo.InvariantCulture);

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
            tags);
    }

    /// <summary>A scalar between 1 and the order, from more octets than it has, so that none is likelier (FIPS 186-4, B.4.1).</summary>
    private byte[] Secret()
    {
        var octets = new byte[40];
        context.Random.Fill(octets);
        var scalar = (new BigInteger(octets, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var secret = new byte[32];
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(secret, 32 - bytes.Length);
        return secret;
    }

    private JsonObject DefaultPolicy() => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = $"arn:aws:iam::{context.AccountId}:root" },
            ["Action"] = "kms:*",
            ["Resource"] = "*",
        }),
    };
}
