using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.KeyRecords;

/// <summary>Verifies what the store sealed about a party's key against the key as it came with the evidence.</summary>
public static class KeyRecordChecks
{
    /// <summary>Verifies a certificate: form, sealing key, signature, statement, and the proof of possession in it.</summary>
    /// <param name="text">The certificate.</param>
    /// <param name="certified">The key that it came with.</param>
    /// <param name="keys">All keys that came.</param>
    public static IReadOnlyList<EvidenceCheck> OfCertificate(string text, PartyKey certified, IEnumerable<PartyKey> keys)
    {
        var checks = new List<EvidenceCheck>();
        if (Read<KeyCertificate>("certificate", text, checks) is not { } token)
        {
            return checks;
        }

        var certificate = (KeyCertificate)token.Record;
        CheckSeal("certificate", token, Find(keys, token.Signer), checks);
        var differing =
            Difference(certificate, certified)
            ?? (certificate.Holder != certified.Holder ? "hold" : null)
            ?? (certificate.NotBefore != certified.NotBefore ? "notBefore" : null)
            ?? (certificate.NotAfter != certified.NotAfter ? "notAfter" : null)
            ?? (certificate.Proof is null != (certified.Holder == KeyHolder.Kms) ? "proof" : null);
        Note("certificate.statement", Mismatch(differing), Who(certificate), checks);
        if (certificate.Proof is { } proof)
        {
            var fault = KeyPossession.Verify(proof, certified.Owner, null, certified.Key);
            var made = certificate.IsMadeInPage ? ", made in a web page" : "";
            Note("certificate.proof", fault, $"the party showed that it has the private key{made}", checks);
        }

        return checks;
    }

    /// <summary>Verifies the record of a retirement: form, sealing key, signature, statement.</summary>
    /// <param name="text">The record.</param>
    /// <param name="retired">The key that it came with.</param>
    /// <param name="keys">All keys that came.</param>
    public static IReadOnlyList<EvidenceCheck> OfRetirement(string text, PartyKey retired, IEnumerable<PartyKey> keys)
    {
        var checks = new List<EvidenceCheck>();
        if (Read<KeyRetirement>("retirement", text, checks) is not { } token)
        {
            return checks;
        }

        var retirement = (KeyRetirement)token.Record;
        CheckSeal("retirement", token, Find(keys, token.Signer), checks);
        var differing = Difference(retirement, retired) ?? (retirement.RetiredAt != retired.RetiredAt ? "retiredAt" : null);
        Note("retirement.statement", Mismatch(differing), $"{retired.KeyId} from {Timestamp.Format(retirement.RetiredAt)} on", checks);
        return checks;
    }

    /// <summary>Verifies a succession of the store's keys: form, sealing key, signature, statement.</summary>
    /// <param name="text">The succession.</param>
    /// <param name="keys">All keys that came, by their thumbprints.</param>
    /// <param name="checks">Where the checks go.</param>
    /// <returns>The succession; null unless all of them passed.</returns>
    internal static KeyRecordToken? OfSuccession(string text, IReadOnlyDictionary<KeyId, PartyKey> keys, List<EvidenceCheck> checks)
    {
        var before = checks.Count;
        if (Read<KeySuccession>("succession", text, checks) is not { } token)
        {
            return null;
        }

        var record = (KeySuccession)token.Record;
        CheckSeal("succession", token, keys.GetValueOrDefault(token.Signer), checks);
        var isSealed = record.Use != StoreKeyUse.Seal || token.Signer == record.Prior || token.Signer == record.Key;
        var differing =
            record.Party != record.Store ? "party"
            : record.Key == record.Prior ? "prior"
            : record.Ends <= record.Gen ? "ends"
            : !isSealed ? "header.kid"
            : null;
        Note("succession.statement", Mismatch(differing), $"{record.Key} follows {record.Prior}", checks);
        return checks.Skip(before).All(check => check.Passed) ? token : null;
    }

    private static KeyRecordToken? Read<T>(string name, string text, List<EvidenceCheck> checks)
    {
        try
        {
            var token = KeyRecordToken.Parse(text);
            var isOther = token.Record is not T;
            Note(
                $"{name}.form",
                isOther ? new(TokenFault.WrongKind, $"This is {token.Record.TypeName}.") : null,
                $"a well-formed {token.Record.TypeName}",
                checks
            );
            return isOther ? null : token;
        }
        catch (TokenException fault)
        {
            Note($"{name}.form", new(fault.Fault, fault.Message, fault.Member), "", checks);
            return null;
        }
    }

    private static PartyKey? Find(IEnumerable<PartyKey> keys, KeyId id) => keys.FirstOrDefault(key => key.KeyId == id);

    private static void CheckSeal(string name, KeyRecordToken token, PartyKey? key, List<EvidenceCheck> checks)
    {
        TokenRefusal? fault = key switch
        {
            null => new(TokenFault.UnknownKey, "No key has the token's kid."),
            _ when key.Owner != token.Record.Store => new(
                TokenFault.WrongSigner,
                "The key belongs to another party than the one that must sign."
            ),
            _ when !key.IsValidAt(token.Record.Gen) => new(
                TokenFault.KeyNotValid,
                "The key is not valid at this time: too early, expired or retired."
            ),
            _ => null,
        };
        Note($"{name}.key", fault, $"{token.Signer} is a key of {token.Record.Store}", checks);
        var signed = key is not null && token.IsSignedBy(key.Key);
        Note(
            $"{name}.signature",
            signed ? null : new(TokenFault.BadSignature, "The signature does not verify."),
            "ES256 over the octets as received",
            checks
        );
    }

    private static string? Difference(KeyRecord record, PartyKey key) =>
        record.Party != key.Owner ? "party"
        : record.Key != key.KeyId ? "key"
        : null;

    // Brackets keep apart what the user pool verified from what the party says of itself.
    private static string Who(KeyCertificate certificate)
    {
        var name = certificate.Name is { } called ? $", who says to be {called}" : "";
        var address = certificate.Email is { } email ? $", verified address <{email}>" : "";
        return $"{certificate.Key} is the key of {certificate.Party}{address}{name}";
    }

    private static TokenRefusal? Mismatch(string? member) =>
        member is null ? null : new(TokenFault.StatementMismatch, $"The member {member} differs from what must be stated.", member);

    private static void Note(string name, TokenRefusal? fault, string detail, List<EvidenceCheck> checks) =>
        checks.Add(new EvidenceCheck(name, fault is null, fault is null ? detail : $"{fault.Code}: {fault.Detail}") { Refusal = fault });
}
