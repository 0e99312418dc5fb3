namespace FairShare.Exchange.Evidence;

/// <summary>Compares statements member by member, under the names of the wire.</summary>
internal static class StatementComparison
{
    /// <summary>The first member that differs, or null when none does.</summary>
    public static string? FirstDifference(EvidenceStatement left, EvidenceStatement right)
    {
        foreach (var (name, equal) in Members(left, right))
        {
            if (!equal)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>As <see cref="FirstDifference"/>, where what the expected statement leaves open may have any value.</summary>
    public static string? FirstMismatch(EvidenceStatement expected, EvidenceStatement actual) =>
        FirstDifference(
            expected with
            {
                Id = expected.Id ?? actual.Id,
                Gen = expected.Gen ?? actual.Gen,
                Hold = expected.Hold ?? actual.Hold,
                Reason = expected.Reason ?? actual.Reason,
                Salt = expected.Salt ?? actual.Salt,
            },
            actual
        );

    private static IEnumerable<(string Name, bool Equal)> Members(EvidenceStatement left, EvidenceStatement right)
    {
        yield return ("event", left.Kind == right.Kind);
        yield return ("pol", left.Policy == right.Policy);
        yield return ("id", left.Id == right.Id);
        yield return ("orig", left.Origin == right.Origin);
        yield return ("rcpt", left.Recipients.SequenceEqual(right.Recipients));
        yield return ("ttp", left.Store == right.Store);
        yield return ("exch", left.Exchange == right.Exchange);
        foreach (var member in DocumentMembers(left.Document, right.Document))
        {
            yield return member;
        }

        yield return ("salt", left.Salt == right.Salt);
        yield return ("disclose", left.DisclosesDigest == right.DisclosesDigest);
        yield return ("ref", left.References.SequenceEqual(right.References));
        yield return ("nonce", left.Nonce == right.Nonce);
        yield return ("gen", left.Gen == right.Gen);
        yield return ("due", left.Due == right.Due);
        yield return ("hold", left.Hold == right.Hold);
        yield return ("reason", left.Reason == right.Reason);
    }

    private static IEnumerable<(string Name, bool Equal)> DocumentMembers(DocumentDescription left, DocumentDescription right)
    {
        yield return ("doc.id", left.Id == right.Id);
        yield return ("doc.version", left.Version == right.Version);
        yield return ("doc.name", left.Name == right.Name);
        yield return ("doc.type", left.Type == right.Type);
        yield return ("doc.size", left.Size == right.Size);
        yield return ("doc.method", left.Form.Method == right.Form.Method);
        yield return ("doc.partSize", left.Form.PartSize == right.Form.PartSize);
        yield return ("doc.digest", left.Digest?.Value == right.Digest?.Value);
        yield return ("doc.commitment", left.Commitment == right.Commitment);
    }
}
