using System.Text.Json.Nodes;
using FairShare.Cli.Commands.Vault;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Groups;
using FairShare.Client.Vault.Items;
using FairShare.Vault.Codes;
using FairShare.Vault.Objects;
using FairShare.Vault.Packing;

namespace FairShare.Cli.Commands.Backup;

/// <summary>An invitation in the vault, whose code opens once: who finds it opened knows that somebody else was there.</summary>
internal sealed class InvitationItem : IDisposable
{
    private const string FileName = "invitation.json";
    private const long MostOctets = 1 << 20;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairshare-group-");

    private InvitationItem() { }

    /// <summary>The invitation's file, until this is disposed.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, FileName);

    /// <summary>Stores an invitation.</summary>
    public static async Task<CommandResult> PutAsync(
        CommandContext context,
        VaultSession vault,
        VaultClient client,
        GroupInvitation invitation,
        KnownGroup group,
        CancellationToken cancellationToken
    )
    {
        using var item = new InvitationItem();
        GroupKeeping.WriteInvitation(item.Path, invitation);
        var order = new VaultPutOrder(
            new TreeContent(SourceTree.List(item.Path)),
            $"invitation to {group.Roster.Name}",
            VaultMode.Link,
            null,
            GroupKeeping.Validity,
            MaxOpens: 1
        );
        var stored = await client.PutAsync(order, vault.Journal(context.RequireSettings().Service), null, cancellationToken);
        var link = VaultSession.LinkOf(context.RequireSettings().Service, stored.Code)?.ToString();
        return new CommandResult(
            new JsonObject { ["code"] = stored.Code.ToString(), ["link"] = link },
            [
                $"code    {stored.Code}",
                .. link is null ? Array.Empty<string>() : [$"link    {link}"],
                "It opens once, for fairshare group join.",
            ]
        );
    }

    /// <summary>Fetches an invitation by its code.</summary>
    /// <exception cref="Core.Errors.ProtocolException">It is no code.</exception>
    public static async Task<InvitationItem> FetchAsync(CommandContext context, string code, CancellationToken cancellationToken)
    {
        var reference = ItemReference.Read(code, context);
        using var vault = new VaultSession(context);
        var client = vault.Client(reference.ServiceIn(context));
        var item = new InvitationItem();
        try
        {
            var destination = new VaultDestination.Folder(item.folder.FullName, FileName);
            await vault.Get(client, MostOctets, _ => { }).RunAsync(reference.Code, null, destination, null, cancellationToken);
            return item;
        }
        catch
        {
            item.Dispose();
            throw;
        }
    }

    public void Dispose() => folder.Delete(recursive: true);
}
