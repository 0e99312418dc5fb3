using FairShare.Client.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Demo;

/// <summary>Gives each list of the web page something to show, beside the exchange that has completed.</summary>
internal sealed class DemoFilling(DemoFolders folders, TimeProvider time)
{
    private static readonly TransferWatch Unwatched = new();

    /// <summary>Bob declines a document and is offered another; Alice has asked for one of Bob's, and not signed yet.</summary>
    public async Task RunAsync(DemoParty alice, DemoParty bob, CancellationToken cancellationToken)
    {
        var unwanted = await SendAsync(alice, bob, "unwanted-offer.txt", cancellationToken);
        var asked = await bob.Client.OpenAsync(unwanted, null, Unwatched, cancellationToken);
        await bob.Client.DeclineAsync(asked, "not-wanted", bob.Signer, cancellationToken);
        await SendAsync(alice, bob, "second-offer.txt", cancellationToken);
        var answer = await SendAsync(bob, alice, "counter-offer.txt", cancellationToken);
        await alice.Client.OpenAsync(answer, null, Unwatched, cancellationToken);
    }

    private async Task<DocumentId> SendAsync(DemoParty from, DemoParty to, string name, CancellationToken cancellationToken)
    {
        var path = folders.MakeSample(name, time.GetUtcNow());
        var order = new PutOrder(path, DocumentName.Parse(name), MediaType.Parse("text/plain"), [to.Id]);
        return (await from.Client.PutAsync(order, from.Signer, Unwatched, cancellationToken)).Document.Id;
    }
}
