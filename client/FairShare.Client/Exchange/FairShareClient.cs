using FairShare.Client.Bundles;
using FairShare.Client.Clocks;
using FairShare.Client.Evidence;
using FairShare.Client.Http;
using FairShare.Client.Log;
using FairShare.Client.Parties;
using FairShare.Client.Profiles;
using FairShare.Client.Transfers;
using FairShare.Client.Trust;
using FairShare.Contracts.Parties;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.KeyRecords;
using FairShare.Timestamps.Requests;

namespace FairShare.Client.Exchange;

/// <summary>A party's side of the protocol: deposits, exchanges, keys.</summary>
public sealed class FairShareClient
{
    private FairShareClient(FairShareClientOptions options, ServiceDescription service, TrustedStore store)
    {
        (Options, Service, Store) = (options, service, store);
        ObjectStore = new ObjectStoreClient(options.Transfers, options.Time) { Patience = options.Patience };
        Directory = new KeyDirectory(options.Api, service, options.Profile.PartiesFolder);
    }

    /// <summary>The service's discovery document.</summary>
    public ServiceDescription Service { get; }

    /// <summary>The store, with the keys that the profile has pinned.</summary>
    public TrustedStore Store { get; }

    /// <summary>The API, as the party.</summary>
    public FairShareApi Api => Options.Api;

    /// <summary>The party.</summary>
    public PartyId Party => Options.Party;

    /// <summary>Public keys.</summary>
    public KeyDirectory Directory { get; }

    internal FairShareClientOptions Options { get; }

    internal ObjectStoreClient ObjectStore { get; }

    /// <summary>Reads the service's discovery document, and starts. A login has pinned the store's keys in the profile.</summary>
    /// <param name="options">What to work with.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StoreNotPinnedProblem">The profile has pinned no key of the store.</exception>
    /// <exception cref="StoreKeyProblem">The store shows another key than the pinned ones, or is another store.</exception>
    public static async Task<FairShareClient> ConnectAsync(FairShareClientOptions options, CancellationToken cancellationToken)
    {
        var service = await options.Api.CallAsync(PartyRoutes.DescribeService, cancellationToken).ConfigureAwait(false);
        return new(options, service, new StorePins(options.Profile.Trust, options.Time).Require(options.Api.Address, service));
    }

    /// <summary>Requires a clock that evidence can be signed by.</summary>
    /// <exception cref="ClockProblem">It is off by more than a minute, going by the service's last answer.</exception>
    public void RequireClock()
    {
        if (Options.Clock is { IsOff: true } clock)
        {
            throw new ClockProblem(clock.Describe());
        }
    }

    /// <summary>
    /// The stamp that goes with evidence of the party's own: of the SHA-256 of its text, by the store's authority.
    /// </summary>
    /// <returns>The authority's answer in base64; null where nothing is stamped.</returns>
    internal async Task<string?> StampAsync(EvidenceToken evidence, CancellationToken cancellationToken)
    {
        if (!Options.StampsEvidence)
        {
            return null;
        }

        var imprint = Sha256Digest.Of(System.Text.Encoding.ASCII.GetBytes(evidence.Text));
        var request = new TimestampRequest(imprint, null, WantsCertificate: true);
        return Convert.ToBase64String(await Api.StampAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Draws a key pair, keeps it encrypted, and registers its public half with a proof of possession.</summary>
    /// <param name="store">Where it is kept.</param>
    /// <param name="passphrase">What it is encrypted with.</param>
    /// <param name="identity">What the key's certificate shall tell of the party.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<KeyView> RegisterOwnKeyAsync(
        KeyStore store,
        string passphrase,
        CertifiedIdentity identity,
        CancellationToken cancellationToken
    )
    {
        var grant = await Options.Api.CallAsync(PartyRoutes.IssueKeyNonce, cancellationToken).ConfigureAwait(false);
        using var signer = store.Create(passphrase);
        var proof = await KeyPossession
            .IssueAsync(Options.Party, Nonce.Parse(grant.Nonce), signer, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        var request = new KeyRequest(KeyHolder.Self.Name(), signer.PublicKey.ToElement(), grant.Nonce, proof)
        {
            DiscloseEmail = identity.DisclosesEmail ? true : null,
            Name = identity.Name,
        };
        return await Options.Api.CallAsync(PartyRoutes.RegisterKey, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has the service make and hold a key for the party.</summary>
    /// <param name="identity">What the key's certificate shall tell of the party.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<KeyView> RegisterHeldKeyAsync(CertifiedIdentity identity, CancellationToken cancellationToken)
    {
        var request = new KeyRequest(KeyHolder.Kms.Name()) { DiscloseEmail = identity.DisclosesEmail ? true : null, Name = identity.Name };
        return Options.Api.CallAsync(PartyRoutes.RegisterKey, request, cancellationToken);
    }

    /// <summary>
    /// Steps 1 to v: uploads a file and deposits it with evidence of origin. An upload that was cut short goes on where it ended.
    /// </summary>
    public Task<Deposit> PutAsync(PutOrder order, IPartySigner signer, TransferWatch watch, CancellationToken cancellationToken) =>
        new DepositOperation(this, signer, watch).RunAsync(order, cancellationToken);

    /// <summary>
    /// The deposit of a document of one's own, of which the answer may have been lost: verified and kept, as <see cref="PutAsync"/> does.
    /// </summary>
    /// <returns>Null where it is not deposited.</returns>
    /// <exception cref="EvidenceProblem">What the service shows is not a deposit of the party's.</exception>
    public Task<Deposit?> FindDepositAsync(DocumentId document, CancellationToken cancellationToken) =>
        new DepositSearch(this).RunAsync(document, cancellationToken);

    /// <summary>
    /// Steps 4 and 5: asks for a document, and verifies the challenge's seal. Nothing is signed. Each call begins an exchange of its own.
    /// </summary>
    public Task<OpenedExchange> OpenAsync(
        DocumentId document,
        long? deadlineSeconds,
        TransferWatch watch,
        CancellationToken cancellationToken
    ) => new OpenOperation(this, watch).RunAsync(document, deadlineSeconds, null, cancellationToken);

    /// <summary>
    /// The same, once: of several calls for a document, from any of the party's profiles and at once too, all are given one exchange, until
    /// that has ended without a receipt.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="last">The party's exchange of the document that ended last; null for none.</param>
    /// <param name="deadlineSeconds">For how long the exchange is open; null leaves it to the service.</param>
    /// <param name="watch">Who is told how it goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="FairShareProblem"><c>idempotency-key-reused</c>: it was just opened with another deadline.</exception>
    public Task<OpenedExchange> OpenOnceAsync(
        DocumentId document,
        ExchangeId? last,
        long? deadlineSeconds,
        TransferWatch watch,
        CancellationToken cancellationToken
    )
    {
        var key = last is { } ended ? $"once-after-{ended}" : "once";
        return new OpenOperation(this, watch).RunAsync(document, deadlineSeconds, key, cancellationToken);
    }

    /// <summary>An exchange that was opened earlier, here or elsewhere, as its downloader.</summary>
    /// <exception cref="FairShareProblem"><c>exchange-not-found</c>, or <c>not-the-downloader</c>.</exception>
    public Task<StandingExchange> ReopenAsync(ExchangeId exchange, CancellationToken cancellationToken) =>
        new ReopenOperation(this).RunAsync(exchange, cancellationToken);

    /// <summary>
    /// The party's own exchange of a document that completed or is open, so that nobody signs twice for one document. One whose deadline
    /// has just passed is waited for.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="since">When it was deposited; null if that is not known.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentExchanges> FindAsync(DocumentId document, DateTimeOffset? since, CancellationToken cancellationToken) =>
        new FindOperation(this).RunAsync(document, since, cancellationToken);

    /// <summary>Looks whether a document can be stored, and holds its place.</summary>
    /// <exception cref="PlaceProblem">It cannot be stored there; nothing was changed.</exception>
    /// <exception cref="ProfileProblem">The profile cannot be written.</exception>
    public async Task<DownloadPlace> ReserveAsync(
        string folder,
        DocumentName name,
        DocumentId document,
        long size,
        CancellationToken cancellationToken
    )
    {
        var names = await Options.Profile.PartialNamesAsync(Options.Randomness, Options.Time, cancellationToken).ConfigureAwait(false);
        return DownloadPlace.Reserve(folder, name, names.Of(document, folder), size);
    }

    /// <summary>
    /// Steps 6 and 8: signs the receipt, verifies what comes for it, and downloads the document. After a crash, call it again.
    /// </summary>
    /// <exception cref="PlaceProblem">The document could not be stored in the folder; nothing is signed.</exception>
    public async Task<ReceivedDocument> AcceptAsync(
        OpenedExchange exchange,
        string folder,
        IPartySigner signer,
        TransferWatch watch,
        CancellationToken cancellationToken
    )
    {
        var document = exchange.Document;
        using var place = await ReserveAsync(folder, document.Name, document.Id, document.Size, cancellationToken).ConfigureAwait(false);
        return await AcceptAsync(exchange, place, signer, watch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same with a place that was reserved before.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="place">Where the document goes.</param>
    /// <param name="signer">What signs the receipt; null signs none, and goes on with the one that was given.</param>
    /// <param name="watch">Who is told how it goes.</param>
    /// <param name="cancellationToken">Stops it; a receipt that is out stands.</param>
    /// <exception cref="ClockProblem">This machine's clock is off; nothing is signed.</exception>
    /// <exception cref="ReceiptStandsProblem">With <see cref="FairShareClientOptions.SignsOnce"/>: the party gave a receipt for the
    /// document meanwhile; nothing is signed.</exception>
    public Task<ReceivedDocument> AcceptAsync(
        OpenedExchange exchange,
        DownloadPlace place,
        IPartySigner? signer,
        TransferWatch watch,
        CancellationToken cancellationToken
    ) => new AcceptOperation(this, signer, watch).RunAsync(exchange, place, cancellationToken);

    /// <summary>The document of an exchange, if it lies in a folder whole and under its name; null otherwise. Nothing is signed.</summary>
    /// <exception cref="EvidenceProblem">The evidence of the exchange does not verify.</exception>
    public async Task<ReceivedDocument?> FindReceivedAsync(OpenedExchange exchange, string folder, CancellationToken cancellationToken)
    {
        var path = DownloadPlace.PathOf(folder, exchange.Document.Name);
        var file = new FileInfo(path);
        if (!file.Exists || file.LinkTarget is not null || file.Length != exchange.Document.Size)
        {
            return null;
        }

        var evidence = await GetEvidenceAsync(exchange.Id, cancellationToken).ConfigureAwait(false);
        var actual = await FileDigest.ComputeAsync(path, exchange.Document.Form.PartSize, null, cancellationToken).ConfigureAwait(false);
        return actual.Digest == evidence.Evidence.Document?.Digest ? new ReceivedDocument(path, evidence) : null;
    }

    /// <summary>Step a by the downloader: refuses the document, and verifies the record of it.</summary>
    public Task<VerifiedEvidence> DeclineAsync(
        OpenedExchange exchange,
        string reason,
        IPartySigner signer,
        CancellationToken cancellationToken
    ) => new DeclineOperation(this, signer).RunAsync(exchange, reason, cancellationToken);

    /// <summary>Fetches and verifies the evidence of an exchange, and keeps it in the profile.</summary>
    public Task<VerifiedEvidence> GetEvidenceAsync(ExchangeId exchange, CancellationToken cancellationToken) =>
        new CollectOperation(this).RunAsync(exchange, cancellationToken);

    /// <summary>
    /// Writes verified evidence to another folder, with the keys that verify it and what it takes to do so without this program.
    /// </summary>
    /// <exception cref="PlaceProblem">Something else stands in the way; nothing is written.</exception>
    public void WriteEvidence(VerifiedEvidence evidence, EvidenceFolder folder)
    {
        var keys = DescribeKeysOf(evidence);
        folder.RequireFree(keys.Select(key => key.ToPartyKey().Key));
        folder.Write(evidence.Bundle, keys);
        folder.WriteSuccessions(evidence.Successions);
        folder.WriteTools();
    }

    /// <summary>
    /// Writes verified evidence to a bundle, with the keys that verify it, and with proofs that it stands in the log, if the log has all of
    /// it already.
    /// </summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="bundle">Where to.</param>
    /// <param name="witnesses">Who is to cosign the log's checkpoint.</param>
    /// <param name="authority">Who is to stamp it; null for the store's authority.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What it has of the log; null for nothing.</returns>
    public async Task<LogEvidence?> WriteBundleAsync(
        VerifiedEvidence evidence,
        EvidenceBundle bundle,
        IReadOnlyList<WitnessClient> witnesses,
        TimestampClient? authority,
        CancellationToken cancellationToken
    )
    {
        var log = await new LogCollection(this, witnesses, authority).RunAsync(evidence.Bundle, cancellationToken).ConfigureAwait(false);
        bundle.Write(evidence.Bundle, DescribeKeysOf(evidence), log, evidence.Stamps, evidence.Successions);
        return log;
    }

    // With successions come the keys that they lead over.
    private IReadOnlyList<KeyView> DescribeKeysOf(VerifiedEvidence evidence) =>
        Directory.Describe([.. evidence.KeyIds, .. KeyHistory.KeysOf(evidence.Successions)]);
}
