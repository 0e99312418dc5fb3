using FairShare.Core.Errors;

namespace FairShare.Exchange.Evidence;

/// <summary>Which members each kind has, and how its times must lie; the same for what is issued and what is read.</summary>
internal static class StatementShape
{
    private enum Presence
    {
        Required,
        Optional,
        Absent,
    }

    private sealed record Shape(int MinReferences, int MaxReferences, Presence Exchange, bool Nonce, bool Due, bool Hold, bool Reason);

    private static Shape Of(EvidenceKind kind) =>
        kind switch
        {
            //                                        references exchange           nonce  due    hold   reason
            EvidenceKind.EvidenceOfOrigin => new Shape(0, 0, Presence.Absent, true, false, true, false),
            EvidenceKind.DepositReceipt => new Shape(1, 1, Presence.Absent, false, false, false, false),
            EvidenceKind.ReceiptChallenge => new Shape(1, 1, Presence.Required, true, true, false, false),
            EvidenceKind.EvidenceOfReceipt => new Shape(2, 2, Presence.Required, true, true, true, false),
            EvidenceKind.ReleaseRecord => new Shape(2, 2, Presence.Required, false, true, false, false),
            EvidenceKind.Refusal => new Shape(2, 2, Presence.Required, true, true, true, true),
            EvidenceKind.AbortRecord => new Shape(1, 2, Presence.Optional, false, false, false, true),
            EvidenceKind.ExpiryRecord => new Shape(2, 2, Presence.Required, false, true, false, true),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    /// <summary>Passes a statement that has exactly the members of its kind.</summary>
    /// <exception cref="TokenException"><see cref="TokenFault.MissingMember"/>, <see cref="TokenFault.UnknownMember"/>, <see
    /// cref="TokenFault.InvalidMember"/>.</exception>
    public static void Require(EvidenceStatement statement)
    {
        var shape = Of(statement.Kind);
        Require("id", statement.Id is not null, Presence.Required);
        Require("gen", statement.Gen is not null, Presence.Required);
        Require("exch", statement.Exchange is not null, shape.Exchange);
        Require("nonce", statement.Nonce is not null, RequiredIf(shape.Nonce));
        Require("due", statement.Due is not null, RequiredIf(shape.Due));
        Require("hold", statement.Hold is not null, RequiredIf(shape.Hold));
        Require("reason", statement.Reason is not null, RequiredIf(shape.Reason));
        RequireDisclosure(statement);
        Require("ref", statement.References.Count >= shape.MinReferences && statement.References.Count <= shape.MaxReferences);
        Require("rcpt", statement.Exchange is null || statement.Recipients.Count == 1);
        Require("rcpt", statement.Recipients.Distinct().Count() == statement.Recipients.Count);
        Require("reason", statement.Reason is null || IsReason(statement.Reason));
        Require("gen", TimesAreInOrder(statement));
    }

    // Under policy 2 the digest stands in the evidence of origin; what others see before a receipt is a commitment to it.
    private static void RequireDisclosure(EvidenceStatement statement)
    {
        var commits = statement.Policy == EvidencePolicy.Committing;
        var isOrigin = statement.Kind == EvidenceKind.EvidenceOfOrigin;
        Require("salt", statement.Salt is not null, RequiredIf(commits && isOrigin));
        Require("disclose", statement.DisclosesDigest, commits && isOrigin ? Presence.Optional : Presence.Absent);
        Require("doc.digest", statement.Document.Digest is not null, commits && !isOrigin ? Presence.Optional : Presence.Required);
        Require("doc.commitment", statement.Document.Commitment is not null, RequiredIf(commits && !isOrigin));
    }

    // Expiry never before the deadline, everything else never after it; a receipt accepted at the deadline delivers.
    private static bool TimesAreInOrder(EvidenceStatement statement) =>
        statement.Due is not { } due || (statement.Kind == EvidenceKind.ExpiryRecord ? statement.Gen >= due : statement.Gen <= due);

    private static bool IsReason(string reason) =>
        reason.Length is > 0 and <= 64
        && reason.All(symbol => char.IsAsciiLetterLower(symbol) || char.IsAsciiDigit(symbol) || symbol == '-');

    private static Presence RequiredIf(bool required) => required ? Presence.Required : Presence.Absent;

    private static void Require(string member, bool present, Presence presence)
    {
        if (presence == Presence.Required && !present)
        {
            throw new TokenException(TokenFault.MissingMember, member, $"The member {member} is missing.");
        }

        if (presence == Presence.Absent && present)
        {
            throw new TokenException(TokenFault.UnknownMember, member, $"This kind of evidence has no member {member}.");
        }
    }

    private static void Require(string member, bool holds)
    {
        if (!holds)
        {
            throw new TokenException(TokenFault.InvalidMember, member, $"The member {member} does not have the form that it must have.");
        }
    }
}
