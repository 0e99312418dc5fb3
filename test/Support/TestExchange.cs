using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Testing;

/// <summary>An exchange on its way through steps 4 to 8, each step by hand.</summary>
public sealed class TestExchange
{
    private TestExchange(TestParty downloader, Answer answer)
    {
        Downloader = downloader;
        Id = ExchangeId.Parse(answer.Text("exchangeId"));
        Nonce = answer.Text("nonce");
        Challenge = EvidenceToken.Parse(answer.Text("challenge"));
    }

    public TestParty Downloader { get; }

    public ExchangeId Id { get; }

    public string Nonce { get; }

    public EvidenceToken Challenge { get; }

    /// <summary>Steps 4 and 5.</summary>
    public static async Task<TestExchange> RequestAsync(TestParty downloader, TestDocument document, int? deadlineSeconds = null)
    {
        var body = deadlineSeconds is { } seconds ? new JsonObject { ["deadlineSeconds"] = seconds } : [];
        return new TestExchange(downloader, (await downloader.PostAsync($"/documents/{document.Id}/exchanges", body)).Require(201));
    }

    /// <summary>The statement that the NRR must make.</summary>
    public EvidenceStatement ReceiptStatement() =>
        Statements.Receipt(EvidenceId.New(Downloader.Host.Randomness), Challenge, Challenge.Statement.Gen, KeyHolder.Self);

    /// <summary>Signs a receipt, or a statement in its place.</summary>
    public ValueTask<EvidenceToken> SignAsync(EvidenceStatement? statement = null) =>
        EvidenceIssuer.IssueAsync(statement ?? ReceiptStatement(), Downloader.Signer);

    /// <summary>Step 6.</summary>
    public async Task<Answer> SubmitReceiptAsync() => await SubmitReceiptAsync((await SignAsync()).Text);

    /// <summary>Step 6 with any text in the evidence's place.</summary>
    /// <param name="signature">The text.</param>
    /// <param name="stamp">A stamp in base64 that goes with it; null for none.</param>
    public Task<Answer> SubmitReceiptAsync(string signature, string? stamp = null)
    {
        var body = new JsonObject { ["nonce"] = Nonce, ["signature"] = signature };
        if (stamp is not null)
        {
            body["timestamp"] = stamp;
        }

        return Downloader.PostAsync($"/exchanges/{Id}/receipt", body);
    }

    /// <summary>Declines with a signed refusal.</summary>
    public async Task<Answer> DeclineAsync()
    {
        var id = EvidenceId.New(Downloader.Host.Randomness);
        var refusal = await SignAsync(Statements.Refusal(id, Challenge, Challenge.Statement.Gen, KeyHolder.Self, "not-wanted"));
        return await Downloader.PostAsync($"/exchanges/{Id}/decline", new JsonObject { ["nonce"] = Nonce, ["signature"] = refusal.Text });
    }

    /// <summary>Asks as the party where the exchange stands; one that is not recorded yet awaits its receipt.</summary>
    public async Task<string> StateAsync(TestParty party) =>
        await party.GetAsync($"/exchanges/{Id}") is { Status: not 404 } answer ? answer.Require(200).Text("state") : "AwaitingReceipt";

    /// <summary>Asks as the downloader until the exchange has ended.</summary>
    public async Task<string> WaitForEndingAsync()
    {
        for (var attempt = 0; attempt < 18_000; attempt++)
        {
            if (await StateAsync(Downloader) is var state and not "AwaitingReceipt")
            {
                return state;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Downloader.Host.Time);
        }

        return "AwaitingReceipt";
    }

    /// <summary>The evidence as the party is given it.</summary>
    public async Task<JsonObject> EvidenceAsync(TestParty party) =>
        (await party.GetAsync($"/exchanges/{Id}/evidence")).Require(200)["tokens"].AsObject();
}
