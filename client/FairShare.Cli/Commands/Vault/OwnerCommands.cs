using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Http;
using FairShare.Contracts.Vault;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;

namespace FairShare.Cli.Commands.Vault;

/// <summary><c>vault show</c>, <c>limits</c> and <c>delete</c>: what an owner does with an item.</summary>
internal static class OwnerCommands
{
    private static readonly Option<bool> Offline = new("--offline")
    {
        Description = "Show what the catalogue has, without asking the service.",
    };

    private static readonly Option<bool> Unlock = new("--unlock")
    {
        Description = "Forget wrong guesses, so that the next ones are free again.",
    };

    private static readonly Option<string?> Expires = new("--expires")
    {
        Description = "How long it lives from now on: 90s, 30m, 12h, 7d or 2w.",
        HelpName = "TIME",
    };

    private static readonly Option<int?> Opens = new("--opens")
    {
        Description = "How often it may be opened in all, 1 to 1000.",
        HelpName = "N",
    };

    public static Command Show(CommandRunner runner) =>
        runner.Attach(
            new Command("show", "Show an item: its code, and where it stands at the service.") { OwnedItem.Name, Offline, VaultOptions.Qr },
            async (context, cancellationToken) =>
            {
                using var session = new VaultSession(context);
                if (context.Arguments.GetValue(Offline))
                {
                    var entry = session.Catalogue.Get(context.Arguments.GetRequiredValue(OwnedItem.Name));
                    return Describe(context, new(session.Client(entry.Service), entry.Id, default, entry.ParsedCode, entry), null);
                }

                var item = await OwnedItem.FindAsync(context, session, cancellationToken);
                return Describe(context, item, await AskAsync(context, session, item, cancellationToken));
            }
        );

    public static Command Limits(CommandRunner runner) =>
        runner.Attach(
            new Command("limits", "Change how long an item lives and how often it may be opened, or unlock it.")
            {
                OwnedItem.Name,
                Expires,
                Opens,
                Unlock,
            },
            async (context, cancellationToken) =>
            {
                var arguments = context.Arguments;
                var life = arguments.GetValue(Expires) is { } text ? DurationText.Parse(text) : (TimeSpan?)null;
                var request = new VaultLimitsRequest(
                    (long?)life?.TotalSeconds,
                    arguments.GetValue(Opens),
                    arguments.GetValue(Unlock) ? true : null
                );
                if (request == new VaultLimitsRequest())
                {
                    throw new CommandException(
                        ExitCode.Usage,
                        "usage",
                        "Nothing is to be changed.",
                        "Give --expires, --opens or --unlock."
                    );
                }

                using var session = new VaultSession(context);
                var item = await OwnedItem.FindAsync(context, session, cancellationToken);
                var view = await item.Client.ChangeLimitsAsync(item.Id, item.Owner, request, cancellationToken);
                if (item.Entry is { IsStored: true } entry)
                {
                    session.Catalogue.Insert(entry with { ExpiresAt = view.ExpiresAt ?? entry.ExpiresAt, MaxOpens = view.MaxOpens });
                }

                return Describe(context, item, view);
            }
        );

    public static Command Delete(CommandRunner runner) =>
        runner.Attach(
            new Command("delete", "Erase an item at the service, and forget it.") { OwnedItem.Name },
            async (context, cancellationToken) =>
            {
                using var session = new VaultSession(context);
                var item = await OwnedItem.FindAsync(context, session, cancellationToken);
                var state = await DeleteAsync(item, cancellationToken);
                session.Forget(item.Code);
                return new CommandResult(
                    new JsonObject { ["id"] = item.Id.ToString(), ["state"] = state },
                    [$"Erased {item.Entry?.Name ?? item.Id.ToString()}."]
                );
            }
        );

    /// <summary>Erases an item; one that is gone already is.</summary>
    public static async Task<string> DeleteAsync(OwnedItem item, CancellationToken cancellationToken)
    {
        try
        {
            return (await item.Client.DeleteAsync(item.Id, item.Owner, cancellationToken)).State;
        }
        catch (FairShareProblem problem) when (problem.Code == "vault-item-not-found" && item.Entry is not null)
        {
            return "Gone";
        }
    }

    // What the service says is noted, so that a list, which asks nobody, does not say of what is gone that it is stored.
    private static async Task<VaultItemView> AskAsync(
        CommandContext context,
        VaultSession session,
        OwnedItem item,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var view = await item.Client.DescribeAsync(item.Id, item.Owner, cancellationToken);
            Note(view.ExpiresAt is null);
            return view;
        }
        catch (FairShareProblem problem) when (problem.Code is "vault-item-not-found" or "vault-item-gone")
        {
            Note(isGone: true);
            throw;
        }

        void Note(bool isGone)
        {
            if (item.Entry is { IsStored: true } entry && isGone != entry.GoneAt is not null)
            {
                session.Catalogue.Insert(entry with { GoneAt = isGone ? context.Time.GetUtcNow() : null });
            }
        }
    }

    private static CommandResult Describe(CommandContext context, OwnedItem item, VaultItemView? view)
    {
        var json = item.Entry is { } entry
            ? CatalogueCommands.Describe(entry, context.Time.GetUtcNow())
            : new JsonObject { ["code"] = item.Code.ToString(), ["id"] = item.Id.ToString() };
        if (view is not null)
        {
            json["state"] = view.State;
            json["expiresAt"] = view.ExpiresAt is { } expires ? Timestamp.Format(expires) : null;
            json["objectSize"] = view.Size;
            json["maxOpens"] = view.MaxOpens;
            json["opens"] = view.Opens;
            json["guesses"] = view.Guesses;
            json["lockedUntil"] = view.LockedUntil is { } locked ? Timestamp.Format(locked) : null;
        }

        var link = item.Entry is { } kept ? VaultSession.LinkOf(kept)?.ToString() : null;
        return new(
            json,
            [
                .. Lines(item),
                .. view is null ? [] : OwnedItem.Lines(view),
                .. link is not null && context.Arguments.GetValue(VaultOptions.Qr) ? QrLines.Of(link) : [],
            ]
        );
    }

    private static IEnumerable<string> Lines(OwnedItem item)
    {
        yield return $"code    {item.Code}";
        yield return $"cookie  {VaultCookie.Write(item.Code.Secret)}";
        if (item.Entry is { } entry)
        {
            yield return $"name    {entry.Name}";
            yield return $"size    {entry.Size}";
            yield return $"stored  {Timestamp.Format(entry.StoredAt)}";
            if (VaultSession.LinkOf(entry) is { } link)
            {
                yield return $"link    {link}";
            }
        }
    }
}
