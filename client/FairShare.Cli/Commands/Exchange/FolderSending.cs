using System.Text.Json.Nodes;
using FairShare.Client.Exchange;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Transfers;
using FairShare.Client.Watching;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>
/// Sends the files of a watched folder, each once. The journal notes a file before it is announced, its document before it is uploaded, and
/// that it is deposited; whatever is interrupted in between goes on with the same document.
/// </summary>
internal sealed class FolderSending(
    WatchLoop loop,
    FairShareClient client,
    IPartySigner signer,
    IReadOnlyList<PartyId> audience,
    WatchJournal journal
)
{
    // The document of an announcement can be used no more: another is announced.
    private static readonly string[] Over =
    [
        ExchangeProblems.DocumentNotAvailable.Code,
        ExchangeProblems.UploadExpired.Code,
        ExchangeProblems.DocumentNotFound.Code,
        CommonProblems.IdempotencyKeyReused.Code,
        TransferProblem.FileChanged,
    ];

    /// <summary>Sends what was not sent yet.</summary>
    /// <returns>Whether all of it is sent now.</returns>
    public async Task<bool> SendAsync(IReadOnlyList<FileInfo> files, CancellationToken cancellationToken)
    {
        var isDone = true;
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (journal.Find(file) is { IsSent: true })
            {
                continue;
            }

            if (!SettledFiles.IsAsSeen(file))
            {
                isDone = false;
                continue;
            }

            if (loop.IsDue(file.Name))
            {
                await loop.AttemptAsync(file.Name, () => SendAsync(file, cancellationToken));
            }

            isDone &= journal.Find(file) is { IsSent: true };
        }

        return isDone;
    }

    private async Task SendAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (await FindSameAsync(file, cancellationToken) is { } same)
        {
            journal.Note(same with { Name = file.Name, ModifiedTicks = file.LastWriteTimeUtc.Ticks });
            return;
        }

        var entry = journal.Find(file) ?? journal.Begin(file);
        try
        {
            var deposit = await FindDepositAsync(entry, cancellationToken) ?? await DepositAsync(entry, file, cancellationToken);
            entry = journal.Find(file)!;
            journal.Note(entry with { IsSent = true, Digest = $"{deposit.Document.RequireDigest().Value}" });
            Say(file, deposit);
        }
        catch (Exception problem) when (CodeOf(problem) is { } code && Over.Contains(code))
        {
            journal.Begin(file);
            throw;
        }
    }

    // A file that was only touched, or copied over itself, is the one that was sent.
    private async Task<WatchedFile?> FindSameAsync(FileInfo file, CancellationToken cancellationToken)
    {
        foreach (var sent in journal.SentLike(file))
        {
            var digest = await FileDigest.ComputeAsync(file.FullName, FileDigest.PartSizeFor(file.Length), null, cancellationToken);
            if ($"{digest.Digest.Value}" == sent.Digest)
            {
                return sent;
            }
        }

        return null;
    }

    // Killed when the deposit was made and not noted: the service knows.
    private async Task<Deposit?> FindDepositAsync(WatchedFile entry, CancellationToken cancellationToken) =>
        entry.FileId is { } id ? await client.FindDepositAsync(DocumentId.Parse(id), cancellationToken) : null;

    private Task<Deposit> DepositAsync(WatchedFile entry, FileInfo file, CancellationToken cancellationToken)
    {
        var name = DocumentName.Parse(DocumentName.Compose(file.Name));
        var order = new PutOrder(file.FullName, name, MediaType.Parse(MediaTypes.Of($"{name}")), audience) { IdempotencyKey = entry.Key };
        var watch = new TransferWatch { Announced = id => journal.Note(entry with { FileId = id.ToString() }) };
        return client.PutAsync(order, signer, watch, cancellationToken);
    }

    private void Say(FileInfo file, Deposit deposit) =>
        loop.Say(
            new JsonObject
            {
                ["event"] = "sent",
                ["file"] = file.Name,
                ["fileId"] = $"{deposit.Document.Id}",
                ["size"] = deposit.Document.Size,
            },
            $"Sent {file.Name} ({deposit.Document.Size} bytes) as {deposit.Document.Id}."
        );

    private static string? CodeOf(Exception problem) =>
        problem switch
        {
            FairShareProblem refused => refused.Code,
            TransferProblem transfer => transfer.Code,
            _ => null,
        };
}
