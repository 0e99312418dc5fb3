using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;
using FairShare.Simulation.Judging;
using FairShare.Simulation.Runs;
using FairShare.Testing;

namespace FairShare.Simulation.Histories;

/// <summary>An exchange of a history, as far as its downloader has come with it.</summary>
internal sealed class SimulatedExchange(SimulatedService service, SimulatedParty downloader, string document, string key)
{
    private Answer? challenge;
    private bool receiptTaken;
    private bool refusalTaken;

    /// <summary>Null until step 5 was answered.</summary>
    public string? Id => challenge?.Text("exchangeId");

    public async Task RequestAsync(int deadlineSeconds)
    {
        var answer = await downloader.InsistAsync(
            HttpMethod.Post,
            $"/documents/{document}/exchanges",
            new JsonObject { ["deadlineSeconds"] = deadlineSeconds },
            key
        );
        if (answer is { Status: 201 })
        {
            challenge = answer;
            service.Judge.Expect(Id!);
        }
    }

    public async Task SubmitReceiptAsync() =>
        receiptTaken |= await AnswerAsync("receipt", (id, token, gen) => Statements.Receipt(id, token, gen, KeyHolder.Self)) is 200 or 202;

    public async Task DeclineAsync() =>
        refusalTaken |=
            await AnswerAsync("decline", (id, token, gen) => Statements.Refusal(id, token, gen, KeyHolder.Self, "not-wanted"))
                is 200
                    or 202;

    /// <summary>What the store said it had taken ended the exchange, or an abort or the downloader's other answer did.</summary>
    public void RequireEffect(Judge judge)
    {
        if (!judge.Endings.TryGetValue(Id!, out var state) || !(receiptTaken || refusalTaken))
        {
            return;
        }

        var isAborted = judge.Table.All($"DOCUMENT#{document}").Any(item => TableMirror.Text(item, "aborted") is not null);
        var fits = state switch
        {
            ExchangeState.Completed => receiptTaken,
            ExchangeState.Declined => refusalTaken,
            ExchangeState.Aborted => isAborted,
            _ => false,
        };
        if (!fits)
        {
            judge.Note($"The {(receiptTaken ? "receipt" : "refusal")} of the exchange {Id} was taken, and the exchange is {state}.");
        }
    }

    private async Task<int> AnswerAsync(string step, Func<EvidenceId, EvidenceToken, DateTimeOffset, EvidenceStatement> state)
    {
        if (challenge is null)
        {
            return 0;
        }

        var token = EvidenceToken.Parse(challenge.Text("challenge"));
        var gen = Timestamp.Truncate(service.Clock.GetUtcNow() + downloader.Skew);
        if (gen > token.Statement.Due)
        {
            // No evidence can state this, and an honest party does not try.
            return 0;
        }

        var signed = await EvidenceIssuer.IssueAsync(state(EvidenceId.New(service.Host.Randomness), token, gen), downloader.Signer);
        var body = new JsonObject { ["nonce"] = challenge.Text("nonce"), ["signature"] = signed.Text };
        return (await downloader.InsistAsync(HttpMethod.Post, $"/exchanges/{Id}/{step}", body))?.Status ?? 0;
    }
}
