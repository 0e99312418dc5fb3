// Compiled by GeneratedClientTests, together with the client that NSwag makes of docs/openapi.json: no part of the tests' own assembly.
using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Testing;
using Generated;

/// <summary>An exchange, all calls of which a generated client makes; what is signed, the parties of the tests sign.</summary>
public static class ExchangeDriver
{
    /// <returns>The state in which the exchange ended, and what each of the two was told.</returns>
    public static async Task<string> RunAsync(TestHost host, TestParty alice, TestParty bob)
    {
        using var uploads = new HttpClient(host.Embedded.CreateHandler());
        var (a, b) = (ClientOf(host, alice), ClientOf(host, bob));
        byte[] content = [1, 2, 3, 4];
        var digest = Sha256Digest.Of(content);
        var grant = await a.RequestUploadAsync(
            new UploadRequest
            {
                Name = "generated.bin",
                MediaType = "application/octet-stream",
                Size = content.Length,
                Digest = new DigestViewInput { Method = "sha-256", Value = digest.ToString() },
                Audience = [bob.Id.ToString()],
            }
        );
        using var put = new HttpRequestMessage(HttpMethod.Put, grant.Upload.Url) { Content = new ByteArrayContent(content) };
        foreach (var (name, value) in grant.Upload.Headers)
        {
            put.Headers.TryAddWithoutValidation(name, value);
        }

        using var stored = await uploads.SendAsync(put);
        var version = ObjectVersion.Parse(stored.EnsureSuccessStatusCode().Headers.GetValues("x-amz-version-id").Single());
        var origin = await EvidenceIssuer.IssueAsync(StatementOf(host, alice, bob, grant, version, digest, content.Length), alice.Signer);
        await a.SubmitOriginAsync(
            grant.FileId,
            new OriginRequest
            {
                FilePath = grant.FilePath,
                Nonce = grant.Nonce,
                Signature = origin.Text,
            }
        );
        var waiting = (await b.ListDocumentsAsync(name: "GENERATED")).Documents.Single();
        var exchange = await b.RequestDownloadAsync(waiting.FileId, new ExchangeRequest());
        var challenge = EvidenceToken.Parse(exchange.Challenge);
        var receipt = await EvidenceIssuer.IssueAsync(
            Statements.Receipt(EvidenceId.New(host.Randomness), challenge, challenge.Statement.Gen, KeyHolder.Self),
            bob.Signer
        );
        var released = await b.SubmitReceiptAsync(
            exchange.ExchangeId,
            new ChallengeReply { Nonce = exchange.Nonce, Signature = receipt.Text }
        );
        var received = await uploads.GetByteArrayAsync(released.FilePath);
        var told = (await a.ListInboxAsync()).Messages.Single(message => message.ExchangeId == exchange.ExchangeId);
        var refused = await CatchAsync(() => b.GetExchangeAsync("AAAAAAAAAAAAAAAAAAAAAA"));
        return $"{released.State} {told.ProtocolStep} {received.SequenceEqual(content)} {refused}";
    }

    // A refusal is a typed answer too.
    private static async Task<string> CatchAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "nothing";
        }
        catch (ApiException<ProblemDetails> problem)
        {
            return problem.Result.Code;
        }
    }

    private static Client ClientOf(TestHost host, TestParty party)
    {
        var http = new HttpClient(host.Embedded.CreateHandler());
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", party.AccessToken);
        return new Client(http) { BaseUrl = host.Embedded.ApiUrl };
    }

    private static EvidenceStatement StatementOf(
        TestHost host,
        TestParty alice,
        TestParty bob,
        UploadGrant grant,
        ObjectVersion version,
        Sha256Digest digest,
        int size
    ) =>
        Statements.Origin(
            EvidenceId.New(host.Randomness),
            alice.Id,
            [bob.Id],
            host.Store,
            new DocumentDescription(
                DocumentId.Parse(grant.FileId),
                version,
                DocumentName.Parse("generated.bin"),
                FairShare.Core.Identifiers.MediaType.Parse("application/octet-stream"),
                size,
                DocumentDigest.Whole(digest)
            ),
            FairShare.Core.Identifiers.Nonce.Parse(grant.Nonce),
            host.Time.GetUtcNow(),
            KeyHolder.Self,
            DocumentSalt.New(host.Randomness),
            false
        );
}
