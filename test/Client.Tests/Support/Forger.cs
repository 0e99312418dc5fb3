using System.Security.Cryptography;
using FairShare.Client.Evidence;
using FairShare.Client.Parties;
using FairShare.Contracts.Parties;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Tests.Support;

/// <summary>
/// Makes the evidence of an exchange that never was: every key drawn by one hand, every token signed by it, all of it consistent.
/// </summary>
internal static class Forger
{
    private static readonly SystemRandomness Randomness = new();
    private static readonly PartyId Alice = PartyId.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
    private static readonly PartyId Bob = PartyId.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    private static readonly PartyId Store = PartyId.Store("vectors");
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <param name="folder">Where it goes.</param>
    /// <param name="document">The document that was exchanged, allegedly.</param>
    /// <param name="withAbort">Whether the store also says that the exchange was aborted.</param>
    public static async Task<EvidenceFolder> WriteAsync(string folder, string document, bool withAbort = false)
    {
        using var alice = new LocalSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        using var bob = new LocalSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        using var store = new LocalSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var origin = await OriginAsync(document, alice);
        var challenge = await EvidenceIssuer.IssueAsync(
            Statements.ReceiptChallenge(NewId(), origin, Bob, ExchangeId.New(Randomness), Nonce.New(Randomness), Start, Start.AddHours(1)),
            store
        );
        var receipt = await EvidenceIssuer.IssueAsync(Statements.Receipt(NewId(), challenge, Start, KeyHolder.Self), bob);
        var release = await EvidenceIssuer.IssueAsync(Statements.Release(NewId(), receipt, Start), store);
        var abort = await EvidenceIssuer.IssueAsync(Statements.AbortOfExchange(NewId(), challenge, Start), store);
        var forged = new EvidenceFolder(folder);
        forged.Write(
            new ExchangeTokens
            {
                Origin = origin.Text,
                Challenge = challenge.Text,
                Receipt = receipt.Text,
                Release = release.Text,
                Record = withAbort ? abort.Text : null,
            },
            [View(Alice, alice, "self"), View(Bob, bob, "self"), View(Store, store, "kms")]
        );
        return forged;
    }

    /// <summary>The evidence of a deposit that never was.</summary>
    /// <param name="folder">Where it goes.</param>
    /// <param name="document">The document that was deposited, allegedly.</param>
    /// <param name="isWithdrawn">Whether the store's record of its abort lies beside it.</param>
    public static async Task<EvidenceFolder> WriteDepositAsync(string folder, string document, bool isWithdrawn = false)
    {
        using var alice = new LocalSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        using var store = new LocalSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var origin = await OriginAsync(document, alice);
        var receipt = await EvidenceIssuer.IssueAsync(Statements.DepositReceipt(NewId(), origin, Start), store);
        var record = await EvidenceIssuer.IssueAsync(Statements.AbortOfDocument(NewId(), origin, Start.AddMinutes(1)), store);
        var forged = new EvidenceFolder(folder);
        forged.WriteDeposit(origin, receipt, [View(Alice, alice, "self"), View(Store, store, "kms")]);
        if (isWithdrawn)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "record.jws"), record.Text);
        }

        return forged;
    }

    private static async Task<EvidenceToken> OriginAsync(string document, LocalSigner alice)
    {
        var content = await File.ReadAllBytesAsync(document);
        var described = new DocumentDescription(
            DocumentId.New(Randomness),
            ObjectVersion.Parse("v"),
            DocumentName.Parse("document.txt"),
            MediaType.Unknown,
            content.Length,
            DocumentDigest.Whole(Sha256Digest.Of(content))
        );
        return await EvidenceIssuer.IssueAsync(
            Statements.Origin(
                NewId(),
                Alice,
                [Bob],
                Store,
                described,
                Nonce.New(Randomness),
                Start,
                KeyHolder.Self,
                DocumentSalt.New(Randomness)
            ),
            alice
        );
    }

    private static EvidenceId NewId() => EvidenceId.New(Randomness);

    private static KeyView View(PartyId owner, LocalSigner signer, string holder) =>
        new(signer.KeyId.ToString(), owner.ToString(), holder, signer.PublicKey.ToElement(), Start.AddDays(-1), Start.AddDays(1));
}
