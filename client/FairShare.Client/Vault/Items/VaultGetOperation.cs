using FairShare.Client.Http;
using FairShare.Client.Transfers;
using FairShare.Client.Vault.Catalogue;
using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Derivation;
using FairShare.Vault.Extraction;

namespace FairShare.Client.Vault.Items;

/// <summary>
/// Fetches an item. The ticket is kept until all of it is there, so that a run that was cut short is repeated at the cost of no open.
/// </summary>
/// <param name="client">The service.</param>
/// <param name="folder">Keeps the ticket.</param>
/// <param name="randomness">Names folders that are given their name at the end.</param>
public sealed class VaultGetOperation(VaultClient client, VaultFolder folder, IRandomness randomness)
{
    private const int BufferLength = 1 << 17;

    /// <summary>Told once the item is open; null tells nobody.</summary>
    public Action<OpenedItem>? Opened { get; init; }

    /// <summary>The most bytes of content that are taken. Default: whatever there is.</summary>
    public long Limit { get; init; } = long.MaxValue;

    /// <summary>Fetches the item.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="password">Its password; exactly in mode P.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="progress">Told of bytes of the object.</param>
    /// <param name="cancellationToken">Stops it; nothing stays but the ticket.</param>
    /// <exception cref="FairShareProblem">The service refused.</exception>
    /// <exception cref="TransferProblem">The object store refused.</exception>
    /// <exception cref="Core.Errors.ProtocolException">The object is not genuine, or is not extracted; nothing of it stays.</exception>
    /// <exception cref="VaultProblem"><see cref="VaultProblem.InTheWay"/>; <see cref="VaultProblem.TargetUnwritable"/>; <see cref="VaultProblem.OtherObject"/>.</exception>
    public async Task<ReceivedItem> RunAsync(
        VaultCode code,
        string? password,
        VaultDestination destination,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        RequireFree(destination);
        RequireWritable(destination);
        var id = SecretDerivation.ItemId(code.Secret);
        await RefuseReceivedAsync(id, cancellationToken).ConfigureAwait(false);
        using var item = await OpenAsync(code, password, id, cancellationToken).ConfigureAwait(false);
        Opened?.Invoke(item);
        using var source = item.ReadObject(progress, cancellationToken);
        var received = await Task
            .Factory.StartNew(
                () => Write(item, source, destination, cancellationToken),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            )
            .ConfigureAwait(false);
        // From here on a run that is killed leaves word that everything is there.
        folder.KeepTicket(id, item.Ticket, received.Paths);
        await item.CloseAsync(cancellationToken).ConfigureAwait(false);
        folder.ForgetTicket(id);
        return received;
    }

    // A run that was killed when all that was left was to give the ticket back: nobody needs another open.
    private async Task RefuseReceivedAsync(VaultItemId id, CancellationToken cancellationToken)
    {
        if (folder.FindTicket(id) is var (ticket, received) && received.Count > 0 && received.All(Path.Exists))
        {
            await client.CloseTicketAsync(id, ticket, cancellationToken).ConfigureAwait(false);
            folder.ForgetTicket(id);
            throw new VaultProblem(VaultProblem.InTheWay, $"{string.Join(", ", received)} was fetched already.");
        }
    }

    // Before an open is charged.
    private static void RequireFree(VaultDestination destination)
    {
        if (destination is VaultDestination.ObjectFile file && Path.Exists(file.Path))
        {
            throw new VaultProblem(VaultProblem.InTheWay, $"{file.Path} exists already.");
        }

        if (destination is VaultDestination.Folder target && File.Exists(target.Path))
        {
            throw new VaultProblem(VaultProblem.InTheWay, $"{target.Path} is a file, and no folder.");
        }
    }

    private void RequireWritable(VaultDestination destination)
    {
        var target = destination switch
        {
            VaultDestination.ObjectFile file => Path.GetDirectoryName(Path.GetFullPath(file.Path)),
            VaultDestination.Folder folder => folder.Path,
            _ => null,
        };
        if (target is not null && TargetFolder.WhyNotWritable(target, randomness) is { } reason)
        {
            throw new VaultProblem(VaultProblem.TargetUnwritable, $"{target} {reason}.");
        }
    }

    private async Task<OpenedItem> OpenAsync(VaultCode code, string? password, VaultItemId id, CancellationToken cancellationToken)
    {
        var wasKept = folder.FindTicket(id) is not null;
        var ticket = folder.TakeTicket(id);
        try
        {
            return await client.OpenAsync(code, password, ticket, cancellationToken).ConfigureAwait(false);
        }
        catch (FairShareProblem problem)
            when (problem.Status is >= 400 and < 500 && (!wasKept || problem.Code == VaultProblems.ItemGone.Code))
        {
            // No open was granted, or nothing is left of it. A ticket that was granted survives a wrong password, to which an item whose
            // opens are all granted is one that is not there.
            folder.ForgetTicket(id);
            throw;
        }
    }

    private ReceivedItem Write(OpenedItem item, Stream source, VaultDestination destination, CancellationToken cancellationToken)
    {
        var left = item.Answer.OpensLeft;
        if (destination is VaultDestination.ObjectFile file)
        {
            return new(null, [Path.GetFullPath(file.Path)], Keep(item, source, file.Path, cancellationToken), null, left);
        }

        using var opened = item.Decrypt(source, Limit);
        switch (destination)
        {
            case VaultDestination.Folder target when opened.Kind == PayloadKind.Archive:
                var tree = new TreeExtractor(randomness).Extract(opened.Content, target.Path, cancellationToken);
                return new(opened.Kind, tree.Paths, tree.ContentLength, tree, left);
            case VaultDestination.Folder target:
                var path = Path.Combine(Path.GetFullPath(target.Path), target.PipeName);
                return new(opened.Kind, [path], new PipeExtractor(randomness).Extract(opened.Content, path, cancellationToken), null, left);
            case VaultDestination.Output output:
                return new(opened.Kind, [], Copy(opened.Content, output.Stream, cancellationToken), null, left);
            default:
                throw new ArgumentOutOfRangeException(nameof(destination));
        }
    }

    // Nobody decrypts it here, so its digest tells whether it is the right one.
    private long Keep(OpenedItem item, Stream source, string path, CancellationToken cancellationToken)
    {
        using var hasher = new DocumentHasher(item.Digest.PartSize);
        using var hashed = new HashedStream(source, hasher, item.Digest);
        return new PipeExtractor(randomness).Extract(hashed, path, cancellationToken);
    }

    private static long Copy(Stream content, Stream output, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferLength];
        var length = 0L;
        while (content.Read(buffer) is > 0 and var read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            output.Write(buffer, 0, read);
            length += read;
        }

        output.Flush();
        return length;
    }
}
