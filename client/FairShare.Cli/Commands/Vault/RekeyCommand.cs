using System.CommandLine;
using FairShare.Cli.Output;
using FairShare.Client.Vault.Items;
using FairShare.Contracts.Vault;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Items;
using FairShare.Vault.Objects;

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
        await MakeRoomAsync(item, view, cancellationToken);
        using var opened = await item.Client.OpenAsync(item.Code, old, session.Folder.TakeTicket(item.Id), cancellationToken);
        using var source = opened.ReadObject(null, cancellationToken);
        using var content = opened.Decrypt(source, long.MaxValue);
        var service = item.Entry?.Service ?? context.RequireSettings().Service;
        var order = OrderOf(context, item, view, content, opened.Answer.Size, renewed);
        var client = await session.ConnectAsync(cancellationToken);
        var stored = await context.Terminal.WithProgressAsync(progress =>
            client.PutAsync(order, session.Journal(service), progress, cancellationToken)
        );
        await OwnerCommands.DeleteAsync(item, cancellationToken);
        session.Folder.ForgetTicket(item.Id);
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

    // Reading it here is no open of a recipient's.
    private static async Task MakeRoomAsync(OwnedItem item, VaultItemView view, CancellationToken cancellationToken)
    {
        if (view.MaxOpens is { } most && most < ItemLimits.MostOpens)
        {
            await item.Client.ChangeLimitsAsync(item.Id, item.Owner, new VaultLimitsRequest(MaxOpens: most + 1), cancellationToken);
        }
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
        };
    }
}
