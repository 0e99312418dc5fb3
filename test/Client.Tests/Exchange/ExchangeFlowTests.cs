using FairShare.Client.Evidence;
using FairShare.Client.Exchange;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Tests.Support;
using FairShare.Client.Transfers;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Client.Tests.Exchange;

/// <summary>Both sides of the protocol against the embedded host.</summary>
public sealed class ExchangeFlowTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Exchange_Completed_GivesBothSidesTheSameEvidence()
    {
        var (alice, bob) = (await fixture.JoinAsync(workspace), await fixture.JoinAsync(workspace));
        var source = workspace.MakeFile("contract.bin", 100_000);
        var deposit = await alice.PutAsync(source, bob.Client.Party);
        var received = await bob.AcceptAsync(await bob.OpenAsync(deposit), workspace.At("inbox"));
        Assert.Equal(
            await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(received.Path, TestContext.Current.CancellationToken)
        );

        var exchange = received.Evidence.Evidence.Statement!.Exchange!.Value;
        var hers = await alice.Client.GetEvidenceAsync(exchange, TestContext.Current.CancellationToken);
        Assert.Equal(received.Evidence.Bundle, hers.Bundle);
        Assert.Equal(ExchangeState.Completed, hers.Evidence.State);
        var verdict = await new EvidenceFolder(hers.Folder.Path).VerifyAsync(
            received.Path,
            alice.Profile.Trust.ReadAnchors(),
            null,
            TestContext.Current.CancellationToken
        );
        Assert.True(verdict.IsVerified && verdict.DocumentWasChecked);
    }

    [Fact]
    public async Task Exchange_Declined_GivesBothSidesTheRefusalAndNoDocument()
    {
        var (alice, bob) = (await fixture.JoinAsync(workspace), await fixture.JoinAsync(workspace));
        var exchange = await bob.OpenAsync(await alice.PutAsync(workspace.MakeFile("contract.bin", 1000)));
        var declined = await bob.Client.DeclineAsync(exchange, "not-ordered", bob.Signer, TestContext.Current.CancellationToken);
        Assert.Equal(ExchangeState.Declined, declined.Evidence.State);
        var hers = await alice.Client.GetEvidenceAsync(exchange.Id, TestContext.Current.CancellationToken);
        Assert.Equal(declined.Bundle.Refusal, hers.Bundle.Refusal);
        Assert.Null(declined.Bundle.Origin);
        var ended = await Assert.ThrowsAsync<ExchangeEndedProblem>(() => bob.AcceptAsync(exchange, workspace.At("inbox")));
        Assert.Equal("Declined", ended.State);
        Assert.Null(exchange.Folder.Read().Receipt);
        Assert.True(
            (await new EvidenceFolder(exchange.Folder.Path).VerifyAsync(null, [], null, TestContext.Current.CancellationToken)).Holds
        );
    }

    [Fact]
    public async Task Exchange_AbortedByTheUploader_EndsWithItsRecord()
    {
        var (alice, bob) = (await fixture.JoinAsync(workspace), await fixture.JoinAsync(workspace));
        var deposit = await alice.PutAsync(workspace.MakeFile("contract.bin", 1000));
        var exchange = await bob.OpenAsync(deposit);
        Assert.Equal(
            2,
            (
                await alice.Client.Api.CallAsync(ExchangeRoutes.AbortDocument, deposit.Document.Id, TestContext.Current.CancellationToken)
            ).Abort
        );
        await Assert.ThrowsAsync<ExchangeEndedProblem>(() => bob.AcceptAsync(exchange, workspace.At("inbox")));
        var his = await bob.Client.GetEvidenceAsync(exchange.Id, TestContext.Current.CancellationToken);
        Assert.Equal(ExchangeState.Aborted, his.Evidence.State);
    }

    [Fact]
    public async Task Exchange_WithHeldKeys_VerifiesAndSaysWhoHeldThem()
    {
        var (alice, bob) = (await fixture.JoinAsync(workspace), await fixture.JoinAsync(workspace));
        var key = await bob.Client.RegisterHeldKeyAsync(CertifiedIdentity.None, TestContext.Current.CancellationToken);
        using var held = new FairShare.Client.Parties.HeldKeySigner(bob.Client.Api, FairShare.Core.Identifiers.KeyId.Parse(key.Kid));
        var exchange = await bob.OpenAsync(await alice.PutAsync(workspace.MakeFile("contract.bin", 1000)));
        var received = await bob.Client.AcceptAsync(
            exchange,
            workspace.At("inbox"),
            held,
            new TransferWatch(),
            TestContext.Current.CancellationToken
        );
        var receipt = FairShare.Exchange.Evidence.EvidenceToken.Parse(received.Evidence.Bundle.Receipt!);
        Assert.Equal(FairShare.Core.Keys.KeyHolder.Kms, receipt.Statement.Hold);
    }

    [Fact]
    public async Task Accept_AnswerLostOnTheWay_IsAskedAgainAndCompletes()
    {
        var lost = 0;
        var wire = new Wire { LosesAnswer = line => line.EndsWith("/receipt", StringComparison.Ordinal) && lost++ == 0 };
        var (alice, bob) = (await fixture.JoinAsync(workspace), await fixture.JoinAsync(workspace, wire));
        var exchange = await bob.OpenAsync(await alice.PutAsync(workspace.MakeFile("contract.bin", 1000)));
        var received = await bob.AcceptAsync(exchange, workspace.At("inbox"));
        Assert.Equal(ExchangeState.Completed, received.Evidence.Evidence.State);
        Assert.Equal(2, lost);
    }

    [Fact]
    public async Task Accept_CutOffAfterTheReceipt_GoesOnWithTheSameReceipt()
    {
        var wire = new Wire { LosesAnswer = line => line.EndsWith("/receipt", StringComparison.Ordinal) };
        var (alice, bob) = (await fixture.JoinAsync(workspace), await fixture.JoinAsync(workspace, wire));
        var exchange = await bob.OpenAsync(await alice.PutAsync(workspace.MakeFile("contract.bin", 1000)));
        await Assert.ThrowsAsync<HttpRequestException>(() => bob.AcceptAsync(exchange, workspace.At("inbox")));
        var kept = exchange.Folder.Read().Receipt;
        wire.LosesAnswer = _ => false;
        var received = await bob.AcceptAsync(
            (await bob.Client.ReopenAsync(exchange.Id, TestContext.Current.CancellationToken)).Exchange,
            workspace.At("inbox")
        );
        Assert.Equal(kept, received.Evidence.Bundle.Receipt);
    }

    [Fact]
    public async Task Accept_PastTheDeadline_SignsNothingAndTellsTheEnding()
    {
        var (alice, bob) = (await fixture.JoinAsync(workspace), await fixture.JoinAsync(workspace));
        var deposit = await alice.PutAsync(workspace.MakeFile("contract.bin", 1000));
        var exchange = await bob.Client.OpenAsync(deposit.Document.Id, 5, new TransferWatch(), TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(5.5), TestContext.Current.CancellationToken);
        var late = await Assert.ThrowsAsync<FairShareProblem>(() =>
            bob.Client.DeclineAsync(exchange, "not-ordered", bob.Signer, TestContext.Current.CancellationToken)
        );
        Assert.Equal("deadline-passed", late.Code);
        var ended = await Assert.ThrowsAsync<ExchangeEndedProblem>(() => bob.AcceptAsync(exchange, workspace.At("inbox")));
        Assert.Equal("Expired", ended.State);
        Assert.Null(exchange.Folder.Read().Receipt);
        Assert.NotNull(exchange.Folder.Read().Record);
    }

    [Fact]
    public async Task Accept_FileInTheWay_SignsNothing()
    {
        var (alice, bob) = (await fixture.JoinAsync(workspace), await fixture.JoinAsync(workspace));
        var exchange = await bob.OpenAsync(await alice.PutAsync(workspace.MakeFile("contract.bin", 1000)));
        await Assert.ThrowsAsync<PlaceProblem>(() => bob.AcceptAsync(exchange, workspace.Path));
        Assert.Null(exchange.Folder.Read().Receipt);
        var view = await bob.Client.Api.CallAsync(ExchangeRoutes.GetExchange, exchange.Id, TestContext.Current.CancellationToken);
        Assert.Equal("AwaitingReceipt", view.State);
    }

    [Fact]
    public async Task Put_CutOffBetweenParts_GoesOnWhereItWas()
    {
        var wire = new Wire();
        var alice = await fixture.JoinAsync(workspace, transfers: wire);
        var source = workspace.MakeFile("large.bin", 70 << 20);
        wire.LosesRequest = line => line.StartsWith("PUT", StringComparison.Ordinal) && wire.AnsweredPuts > 0;
        await Assert.ThrowsAnyAsync<Exception>(() => alice.PutAsync(source));
        wire.LosesRequest = _ => false;
        wire.Requests.Clear();
        var deposit = await alice.PutAsync(source);
        Assert.Equal(70 << 20, deposit.Document.Size);
        var verdict = await deposit.Folder.VerifyAsync(source, [], null, TestContext.Current.CancellationToken);
        Assert.True(verdict is { Holds: true, DocumentWasChecked: true, State: "Deposited" });
        // Five parts in all, of which at least one had arrived.
        Assert.InRange(wire.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal)), 1, 4);
        Assert.Empty(Directory.EnumerateFiles(alice.Profile.UploadsFolder));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(70 << 20)]
    public async Task Put_AnswerOfTheUploadLost_AsksWhichVersionItMade(int size)
    {
        var wire = new Wire();
        var alice = await fixture.JoinAsync(workspace, transfers: wire);
        var lost = 0;
        // A small document is one PUT; a large one is joined by a POST.
        wire.LosesAnswer = line =>
            line.StartsWith(size == 1000 ? "PUT" : "POST", StringComparison.Ordinal) && Interlocked.Increment(ref lost) == 1;

        var deposit = await alice.PutAsync(workspace.MakeFile("large.bin", size));

        Assert.True(lost > 0);
        Assert.Equal(size, deposit.Document.Size);
    }

    [Fact]
    public async Task Open_DocumentForOthers_IsRefused()
    {
        var (alice, bob, carol) = (
            await fixture.JoinAsync(workspace),
            await fixture.JoinAsync(workspace),
            await fixture.JoinAsync(workspace)
        );
        var deposit = await alice.PutAsync(workspace.MakeFile("contract.bin", 1000), bob.Client.Party);
        var problem = await Assert.ThrowsAsync<FairShareProblem>(() => carol.OpenAsync(deposit));
        Assert.Equal(("document-not-found", 404), (problem.Code, problem.Status));
    }

    [Fact]
    public async Task Accept_KeptReceiptThatTheServiceRefuses_IsForgottenAndAnotherSigned()
    {
        var (alice, bob) = (await fixture.JoinAsync(workspace), await fixture.JoinAsync(workspace));
        var other = await bob.OpenAsync(await alice.PutAsync(workspace.MakeFile("other.bin", 1000)));
        var exchange = await bob.OpenAsync(await alice.PutAsync(workspace.MakeFile("contract.bin", 1000)));
        var statement = Statements.Receipt(
            EvidenceId.New(new SystemRandomness()),
            other.Challenge,
            other.Challenge.Statement.Gen,
            bob.Signer.Holder
        );
        var wrong = await EvidenceIssuer.IssueAsync(statement, bob.Signer, TestContext.Current.CancellationToken);
        var kept = new ExchangeTokens { Challenge = exchange.Challenge.Text, Receipt = wrong.Text };
        exchange.Folder.Write(kept, bob.Client.Directory.Describe([exchange.Challenge.KeyId, wrong.KeyId]));

        var refused = await Assert.ThrowsAsync<FairShareProblem>(() => bob.AcceptAsync(exchange, workspace.At("inbox")));
        Assert.Equal(422, refused.Status);
        var received = await bob.AcceptAsync(exchange, workspace.At("inbox"));
        Assert.Equal(ExchangeState.Completed, received.Evidence.Evidence.State);
    }
}
