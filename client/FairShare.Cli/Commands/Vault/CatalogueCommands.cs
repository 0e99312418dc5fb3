using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Vault.Catalogue;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Vault;

/// <summary><c>vault list</c>, <c>find</c>, <c>forget</c> and <c>clean</c>: the catalogue, which needs no service.</summary>
internal static class CatalogueCommands
{
    private static readonly Argument<string> Text = new("text") { Description = "What the name has in it, without regard to case." };

    private static readonly Option<bool> Yes = new("--yes") { Description = "Do it without being asked; needed where nobody can be." };

    private static readonly Option<bool> Expired = new("--expired") { Description = "Forget only items whose time is over." };

    public static Command List(CommandRunner runner) =>
        runner.Attach(
            new Command("list", "List what you stored, out of the catalogue on this machine."),
            (context, _) => Task.FromResult(Show(context, catalogue => catalogue.ListFiles()))
        );

    public static Command Find(CommandRunner runner) =>
        runner.Attach(
            new Command("find", "Search the catalogue by name.") { Text },
            (context, _) => Task.FromResult(Show(context, catalogue => catalogue.Search(context.Arguments.GetRequiredValue(Text))))
        );

    public static Command Forget(CommandRunner runner) =>
        runner.Attach(
            new Command("forget", "Remove an item from the catalogue; who has its code can still fetch it.") { OwnedItem.Name },
            (context, _) =>
            {
                using var session = new VaultSession(context);
                var entry = session.Catalogue.Get(context.Arguments.GetRequiredValue(OwnedItem.Name));
                session.Forget(entry.ParsedCode);
                return Task.FromResult(
                    new CommandResult(new JsonObject { ["forgotten"] = 1, ["name"] = entry.Name }, [$"Forgot {entry.Name}."])
                );
            }
        );

    public static Command Clean(CommandRunner runner) =>
        runner.Attach(new Command("clean", "Remove all items from the catalogue.") { Yes, Expired }, CleanAsync);

    private static async Task<CommandResult> CleanAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var session = new VaultSession(context);
        var now = context.Time.GetUtcNow();
        var isOver = context.Arguments.GetValue(Expired);
        var over = session.Catalogue.ListFiles().Where(entry => !isOver || entry.ExpiresAt <= now).ToList();
        if (!isOver && over.Count > 0)
        {
            await ConsentAsync(context, over.Count, cancellationToken);
        }

        var forgotten = isOver ? over.Count(entry => session.Forget(entry.ParsedCode)) : session.Catalogue.Clean();
        if (!isOver)
        {
            session.Folder.ForgetUploads(session.Key, _ => true);
        }

        return new(new JsonObject { ["forgotten"] = forgotten }, [$"Forgot {forgotten} items."]);
    }

    // Codes that are written down nowhere else are gone then.
    private static async Task ConsentAsync(CommandContext context, int count, CancellationToken cancellationToken)
    {
        if (context.Arguments.GetValue(Yes))
        {
            return;
        }

        if (!context.Terminal.CanAsk)
        {
            throw new CommandException(
                ExitCode.Usage,
                "no-consent",
                "Nobody can be asked.",
                "Nothing was forgotten. Give --yes if it is meant."
            );
        }

        if (context.Terminal.Ask($"Forget the codes of {count} items?", ["yes", "no"]) != "yes")
        {
            throw new CommandException(ExitCode.Usage, "no-consent", "You did not agree.", "Nothing was forgotten.");
        }
    }

    private static CommandResult Show(CommandContext context, Func<ItemCatalogue, IReadOnlyList<CatalogueEntry>> select)
    {
        using var session = new VaultSession(context);
        var entries = select(session.Catalogue);
        var now = context.Time.GetUtcNow();
        return new(
            new JsonObject { ["items"] = new JsonArray([.. entries.Select(entry => Describe(entry, now))]) },
            entries.Count == 0 ? ["Nothing is in the catalogue."] : [.. Lines(entries, now), .. Doubt(entries, now)]
        );
    }

    /// <summary>A record as JSON.</summary>
    public static JsonObject Describe(CatalogueEntry entry, DateTimeOffset now) =>
        new()
        {
            ["name"] = entry.Name,
            ["code"] = entry.Code,
            ["cookie"] = entry.Cookie,
            ["link"] = VaultSession.LinkOf(entry)?.ToString(),
            ["id"] = entry.Id.ToString(),
            ["size"] = entry.Size,
            ["storedAt"] = Timestamp.Format(entry.StoredAt),
            ["expiresAt"] = entry.ExpiresAt is { } expires ? Timestamp.Format(expires) : null,
            ["maxOpens"] = entry.MaxOpens,
            ["service"] = entry.Service,
            ["state"] = StateOf(entry, now),
        };

    private static IEnumerable<string> Lines(IReadOnlyList<CatalogueEntry> entries, DateTimeOffset now) =>
        Columns.Lines(
            ["CODE", "BYTES", "STORED", "EXPIRES", "STATE", "NAME"],
            entries.Select(entry =>
                new[]
                {
                    entry.Code,
                    entry.Size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-",
                    Timestamp.Format(entry.StoredAt),
                    entry.ExpiresAt is { } expires ? Timestamp.Format(expires) : "-",
                    StateOf(entry, now),
                    entry.Name,
                }
            )
        );

    // The catalogue knows what was so when the service was asked last.
    private static string[] Doubt(IReadOnlyList<CatalogueEntry> entries, DateTimeOffset now) =>
        entries.Any(entry => StateOf(entry, now) == "stored")
            ? ["What was stored may be used up or erased since: fairshare vault show NAME asks the service."]
            : [];

    private static string StateOf(CatalogueEntry entry, DateTimeOffset now) =>
        !entry.IsStored ? "uploading"
        : entry.GoneAt is not null ? "gone"
        : entry.ExpiresAt <= now ? "expired"
        : "stored";
}
