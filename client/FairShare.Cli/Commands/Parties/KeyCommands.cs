using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Parties;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Parties;

/// <summary><c>keys list</c>, <c>keys add</c> and <c>keys retire</c>.</summary>
internal static class KeyCommands
{
    public static Command Create(CommandRunner runner) =>
        new("keys", "List, add and retire signing keys.") { List(runner), Add(runner), Retire(runner) };

    /// <summary>Makes and registers a key, and signs with it from now on.</summary>
    public static async Task<KeyView> AddAsync(
        CommandContext context,
        bool held,
        CertifiedIdentity identity,
        CancellationToken cancellationToken
    )
    {
        var client = await context.ConnectAsync(cancellationToken);
        var key = held
            ? await client.RegisterHeldKeyAsync(identity, cancellationToken)
            : await client.RegisterOwnKeyAsync(
                new KeyStore(context.Profile.KeysFolder),
                context.Secrets.Passphrase(isNew: true),
                identity,
                cancellationToken
            );
        context.Profile.Settings = context.RequireSettings() with { SigningKey = key.Kid, SigningKeyKind = key.Kind };
        return key;
    }

    /// <summary>
    /// Signs from now on with a key of the party's that is here, if there is one: whoever lost the profile's settings need not make
    /// another.
    /// </summary>
    /// <returns>The key; null where none is here that the service still takes.</returns>
    public static async Task<string?> TakeUpAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var here = new KeyStore(context.Profile.KeysFolder).List();
        if (here.Count == 0)
        {
            return null;
        }

        var client = await context.ConnectAsync(cancellationToken);
        var known = await PartyKeyList.ReadAsync(client.Api, client.Party, cancellationToken);
        var key = known
            .Where(view => view.RetiredAt is null && view.NotAfter > context.Time.GetUtcNow() && here.Any(id => id.ToString() == view.Kid))
            .MaxBy(view => view.NotBefore);
        if (key is not null)
        {
            context.Profile.Settings = context.RequireSettings() with { SigningKey = key.Kid, SigningKeyKind = key.Kind };
        }

        return key?.Kid;
    }

    private static Command List(CommandRunner runner)
    {
        var party = new Option<string?>("--party") { Description = "Whose keys (default: yours).", HelpName = "PARTY" };
        return runner.Attach(
            new Command("list", "List a party's keys, retired ones included.") { party },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var owner = context.Names.Resolve(context.Arguments.GetValue(party) ?? context.RequireSettings().Party!);
                var keys = await PartyKeyList.ReadAsync(client.Api, owner, cancellationToken);
                var own = new KeyStore(context.Profile.KeysFolder).List();
                var active = context.RequireSettings().SigningKey;
                return new CommandResult(
                    new JsonObject
                    {
                        ["party"] = owner.ToString(),
                        ["keys"] = new JsonArray([.. keys.Select(key => Describe(key, active))]),
                    },
                    keys.Count == 0 ? ["No keys."] : [.. keys.Select(key => Line(key, active, own))]
                );
            }
        );
    }

    private static Command Add(CommandRunner runner)
    {
        var held = new Option<bool>("--held") { Description = "Have the service's KMS hold the key; evidence will say so." };
        var email = new Option<bool>("--disclose-email")
        {
            Description = "Let its certificate tell your verified address to whoever sees your evidence.",
        };
        var name = new Option<string?>("--name") { Description = "What you call yourself in its certificate.", HelpName = "NAME" };
        return runner.Attach(
            new Command("add", "Make and register a key, and sign with it from now on.") { held, email, name },
            async (context, cancellationToken) =>
            {
                var identity = new CertifiedIdentity(context.Arguments.GetValue(email), context.Arguments.GetValue(name));
                var key = await AddAsync(context, context.Arguments.GetValue(held), identity, cancellationToken);
                return new CommandResult(
                    new JsonObject
                    {
                        ["kid"] = key.Kid,
                        ["kind"] = key.Kind,
                        ["notAfter"] = Timestamp.Format(key.NotAfter),
                    },
                    [$"Key {key.Kid} ({key.Kind}) signs for you until {Timestamp.Format(key.NotAfter)}."]
                );
            }
        );
    }

    private static Command Retire(CommandRunner runner)
    {
        var kid = new Argument<string>("kid") { Description = "The key." };
        return runner.Attach(
            new Command("retire", "Retire a key: it signs nothing more; old evidence stays verifiable.") { kid },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var retired = await client.Api.CallAsync(
                    PartyRoutes.RetireKey,
                    KeyId.Parse(context.Arguments.GetRequiredValue(kid)),
                    cancellationToken
                );
                var settings = context.RequireSettings();
                if (settings.SigningKey == retired.Kid)
                {
                    context.Profile.Settings = settings with { SigningKey = null, SigningKeyKind = null };
                }

                return new CommandResult(
                    new JsonObject { ["kid"] = retired.Kid, ["retiredAt"] = Timestamp.Format(retired.RetiredAt) },
                    [$"Key {retired.Kid} retires: nothing that it signs is accepted after {Timestamp.Format(retired.RetiredAt)}."]
                );
            }
        );
    }

    private static JsonObject Describe(KeyView key, string? active) =>
        new()
        {
            ["kid"] = key.Kid,
            ["party"] = key.Party,
            ["kind"] = key.Kind,
            ["notBefore"] = Timestamp.Format(key.NotBefore),
            ["notAfter"] = Timestamp.Format(key.NotAfter),
            ["retiredAt"] = key.RetiredAt is { } retired ? Timestamp.Format(retired) : null,
            ["signing"] = key.Kid == active,
        };

    private static string Line(KeyView key, string? active, IReadOnlyList<KeyId> own)
    {
        var state = key.RetiredAt is { } retired ? $"retired {Timestamp.Format(retired)}" : $"until {Timestamp.Format(key.NotAfter)}";
        var here = own.Any(id => id.ToString() == key.Kid) ? ", here" : "";
        return $"{key.Kid}  {key.Kind}{here}  {state}{(key.Kid == active ? "  <- signs" : "")}";
    }
}
