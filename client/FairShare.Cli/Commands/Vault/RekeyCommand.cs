using System.CommandLine;
using FairShare.Cli.Output;
using FairShare.Client.Vault.Catalogue;
using FairShare.Client.Vault.Items;
using FairShare.Contracts.Vault;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Objects;
using FairShare.Vault.Tokens;

namespace FairShare.Cli.Commands.Vault;

/// <summary><c>vault rekey</c>: the same content under another code, and another password; the old one opens nothing any more.</summary>
internal static class RekeyCommand
{
    private static readonly Option<string?> NewPasswordFile = new("--new-password-file")
    {
        Description = "A file whose first line is the new password (default: $FAIRSHARE_NEW_VAULT_PASSWORD, else asked for).",
        HelpName = "FILE",
    };

    private static readonly Option<bool> NoNewPassword = new("--no-new-password")
    {
        Description = "Let the new code or link alone open it.",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("rekey", "Encrypt an item anew, under another code and password; the old ones open nothing any more.")
            {
                OwnedItem.Name,
                VaultOptions.PasswordFile,
                NewPasswordFile,
                NoNewPassword,
                VaultOptions.Qr,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var session = new VaultSession(context);
        var item = await OwnedItem.FindAsync(context, session, cancellationToken);
        var view = await item.Client.DescribeAsync(item.Id, item.Owner, cancellationToken);
        var (old, renewed) = PasswordsOf(context, item.Code);
        using var opened = await item.Client.ReadAsOwnerAsync(item.Code, old, item.Owner, cancellationToken);
        await EraseLeftAsync(session, item, cancellationToken);
        using var source = opened.ReadObject(null, cancellationToken);
        using var content = opened.Decrypt(source, long.MaxValue);
        var service = item.Entry?.Service ?? context.RequireSettings().Service;
        var order = OrderOf(context, item, view, content, opened.Answer.Size, renewed);
        var client = await session.ConnectAsync(cancellationToken);
        var stored = await context.Terminal.WithProgressAsync(progress =>
            client.PutAsync(order, session.Journal(service), progress, cancellationToken)
        );
        await OwnerCommands.DeleteAsync(item, cancellationToken);
        session.Catalogue.Remove(VaultCookie.Write(item.Code.Secret));
        return PutItemAnswer.Of(stored, order, service, context.Arguments.GetValue(VaultOptions.Qr));
    }

    private static (string? Old, string? New) PasswordsOf(CommandContext context, VaultCode code) =>
        (
            code.Mode == VaultMode.Password
                ? context.Secrets.ItemPassword(context.Arguments.GetValue(VaultOptions.PasswordFile), isNew: false)
                : null,
            context.Arguments.GetValue(NoNewPassword) ? null : context.Secrets.NewItemPassword(context.Arguments.GetValue(NewPasswordFile))
        );

    // What an earlier run began and was cut off from can be read by nobody; what it had stored, it was to put in the other's place.
    private static async Task EraseLeftAsync(VaultSession session, OwnedItem item, CancellationToken cancellationToken)
    {
        foreach (var entry in session.Catalogue.ListFiles().Where(IsLeft))
        {
            var left = new OwnedItem(item.Client, entry.Id, VaultOwner.Parse(entry.Owner), entry.ParsedCode, entry);
            await OwnerCommands.DeleteAsync(left, cancellationToken);
            session.Catalogue.Remove(entry.Cookie);
        }

        bool IsLeft(CatalogueEntry entry) =>
            (entry.Replaces == item.Code.ToString() && !entry.IsStored) || entry.Code == item.Entry?.Replaces;
    }

    private static VaultPutOrder OrderOf(
        CommandContext context,
        OwnedItem item,
        VaultItemView view,
        OpenedObject content,
        long size,
        string? password
    )
    {
        var left = view.ExpiresAt - context.Time.GetUtcNow() ?? TimeSpan.Zero;
        return new(
            new PipeContent(content.Content) { Kind = content.Kind },
            item.Entry?.Name ?? "(rekeyed)",
            password is null ? VaultMode.Link : VaultMode.Password,
            password,
            TimeSpan.FromSeconds(Math.Max(1, Math.Floor(left.TotalSeconds))),
            view.MaxOpens - view.Opens
        )
        {
            Compression = item.Entry is { IsCompressed: false } ? VaultCompression.None : VaultCompression.Zstd,
            PipeLimit = size,
            Replaces = item.Code,
            KnownLength = item.Entry?.Size,
        };
    }
}
