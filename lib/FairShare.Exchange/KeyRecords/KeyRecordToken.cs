using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;

namespace FairShare.Exchange.KeyRecords;

/// <summary>A sealed record of a key, well formed; whether it is true is for <see cref="KeyRecordChecks"/> to say.</summary>
public sealed class KeyRecordToken
{
    private readonly CompactJws jws;

    private KeyRecordToken(CompactJws jws, KeyId signer, KeyRecord record) => (this.jws, Signer, Record) = (jws, signer, record);

    /// <summary>The compact JWS.</summary>
    public string Text => $"{jws.SigningInput}.{Base64UrlText.Encode(jws.Signature)}";

    /// <summary>The sealing key, from the header's <c>kid</c>.</summary>
    public KeyId Signer { get; }

    /// <summary>What it says.</summary>
    public KeyRecord Record { get; }

    /// <summary>The token hash: SHA-256 of the signed octets, as of any token.</summary>
    public Sha256Digest Hash => Sha256Digest.Of(CompactJws.Octets(jws.SigningInput));

    /// <summary>Seals a record.</summary>
    public static async ValueTask<KeyRecordToken> IssueAsync(
        KeyRecord record,
        ITokenSigner signer,
        CancellationToken cancellationToken = default
    )
    {
        var input = Input(record, signer.KeyId);
        var signature = await signer.SignAsync(CompactJws.Octets(input), cancellationToken).ConfigureAwait(false);
        return new(CompactJws.SplitInput(input, signature), signer.KeyId, record);
    }

    /// <summary>Reads a compact JWS as strictly as evidence is read.</summary>
    /// <exception cref="TokenException">Any fault of form.</exception>
    public static KeyRecordToken Parse(string text)
    {
        var jws = CompactJws.Split(text);
        var (type, signer) = TokenHeader.Read(jws.Header);
        var record = Read(type, JsonMembers.Parse(jws.Payload, ""));
        return jws.SigningInput == Input(record, signer)
            ? new(jws, signer, record)
            : throw new TokenException(
                TokenFault.NotCanonical,
                null,
                "Header or payload is not in the one form that records of keys have."
            );
    }

    /// <summary>Whether the signature is this key's; says nothing of whose key it is.</summary>
    public bool IsSignedBy(PublicKey key) => jws.IsSignedBy(key);

    private static string Input(KeyRecord record, KeyId signer) =>
        CompactJws.Join(TokenHeader.Write(record.TypeName, signer), TokenJson.Write(record.WriteTo));

    private static KeyRecord Read(string type, JsonMembers members)
    {
        if (type is not (KeyCertificate.Type or KeyRetirement.Type or KeySuccession.Type))
        {
            throw new TokenException(TokenFault.UnknownKind, null, "The header's typ names no record of a key.");
        }

        if (members.Integer("ver") != KeyRecord.FormatVersion)
        {
            throw members.Invalid("ver");
        }

        KeyRecord record = type switch
        {
            KeyCertificate.Type => ReadCertificate(members),
            KeyRetirement.Type => ReadRetirement(members),
            _ => ReadSuccession(members),
        };
        members.RefuseOthers();
        return record;
    }

    private static KeyCertificate ReadCertificate(JsonMembers members) =>
        new()
        {
            Id = Read(members, "id", EvidenceId.Parse),
            Store = Read(members, "ttp", PartyId.Parse),
            Party = Read(members, "party", PartyId.Parse),
            Key = Read(members, "key", KeyId.Parse),
            Email = ReadOptional(members, "email", ReadAddress),
            Name = ReadOptional(members, "name", DocumentName.Parse),
            Holder = Read(members, "hold", KeyHolders.Parse),
            Proof = members.OptionalText("proof"),
            NotBefore = Read(members, "notBefore", Timestamp.Parse),
            NotAfter = Read(members, "notAfter", Timestamp.Parse),
            Gen = Read(members, "gen", Timestamp.Parse),
        };

    private static KeyRetirement ReadRetirement(JsonMembers members) =>
        new()
        {
            Id = Read(members, "id", EvidenceId.Parse),
            Store = Read(members, "ttp", PartyId.Parse),
            Party = Read(members, "party", PartyId.Parse),
            Key = Read(members, "key", KeyId.Parse),
            RetiredAt = Read(members, "retiredAt", Timestamp.Parse),
            Gen = Read(members, "gen", Timestamp.Parse),
        };

    private static KeySuccession ReadSuccession(JsonMembers members) =>
        new()
        {
            Id = Read(members, "id", EvidenceId.Parse),
            Store = Read(members, "ttp", PartyId.Parse),
            Party = Read(members, "party", PartyId.Parse),
            Key = Read(members, "key", KeyId.Parse),
            Use = Read(members, "use", KeySuccession.ParseUse),
            Prior = Read(members, "prior", KeyId.Parse),
            Ends = Read(members, "ends", Timestamp.Parse),
            Gen = Read(members, "gen", Timestamp.Parse),
        };

    // What is sealed is in lower case already, so that there is one way to write it.
    private static EmailAddress ReadAddress(string text) =>
        EmailAddress.Parse(text) is var address && address.ToString() == text
            ? address
            : throw new ProtocolException("invalid-email", "The address is not in lower case.");

    private static T Read<T>(JsonMembers members, string name, Func<string, T> parse) => members.Convert(name, members.Text(name), parse);

    private static T? ReadOptional<T>(JsonMembers members, string name, Func<string, T> parse)
        where T : struct => members.OptionalText(name) is { } text ? members.Convert(name, text, parse) : null;
}
