using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Parties;
using FairShare.Client.Profiles;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Parties;

/// <summary><c>register</c>, <c>confirm</c> and <c>login</c>.</summary>
internal static class AccountCommands
{
    public static readonly Option<string?> Service = new("--service")
    {
        Description = "The service's address (default: the profile's, else $FAIRSHARE_URL).",
        HelpName = "URL",
    };

    public static readonly Option<string?> PasswordFile = new("--password-file")
    {
        Description = "A file whose first line is the password (default: $FAIRSHARE_PASSWORD, else asked for).",
        HelpName = "FILE",
    };

    public static readonly Option<string?> Email = new("--email") { Description = "Your e-mail address (default: the profile's)." };

    private static readonly Option<string?> Code = new("--code")
    {
        Description = "The code of your authenticator, if you have one (default: $FAIRSHARE_TOTP, else asked for).",
        HelpName = "CODE",
    };

    public static Command Register(CommandRunner runner)
    {
        var email = new Argument<string>("email") { Description = "Your e-mail address; a code is sent to it." };
        var command = new Command("register", "Sign up with the service.") { email, Service, PasswordFile };
        return runner.Attach(
            command,
            async (context, cancellationToken) =>
            {
                var (service, address) = (ServiceOf(context), context.Arguments.GetRequiredValue(email));
                _ = EmailAddress.Parse(address);
                RefuseAnotherOwner(context, address);
                context.Profile.RequireWritable();
                var identity = await context.IdentityAsync(service, cancellationToken);
                var party = await identity.SignUpAsync(
                    address,
                    context.Secrets.FirstPassword(context.Arguments.GetValue(PasswordFile)),
                    cancellationToken
                );
                context.Profile.Settings = new ProfileSettings(service, address, party.ToString());
                return new CommandResult(
                    new JsonObject
                    {
                        ["email"] = address,
                        ["party"] = party.ToString(),
                        ["confirmed"] = false,
                    },
                    [$"Signed up {address} as party {party}.", "A code was sent to that address. Next: fairshare confirm CODE"]
                );
            }
        );
    }

    public static Command Confirm(CommandRunner runner)
    {
        var code = new Argument<string>("code") { Description = "The code that was mailed." };
        var command = new Command("confirm", "Confirm the sign-up with the mailed code.") { code, Email, Service };
        return runner.Attach(
            command,
            async (context, cancellationToken) =>
            {
                var (address, service) = (EmailOf(context), ServiceOf(context));
                var identity = await context.IdentityAsync(service, cancellationToken);
                await identity.ConfirmAsync(address, context.Arguments.GetRequiredValue(code), cancellationToken);
                // A profile that was lost before it was confirmed is made anew.
                context.Profile.Settings ??= new ProfileSettings(service, address);
                return new CommandResult(
                    new JsonObject { ["email"] = address, ["confirmed"] = true },
                    [$"Confirmed {address}. Next: fairshare login"]
                );
            }
        );
    }

    public static Command LogIn(CommandRunner runner)
    {
        var noKey = new Option<bool>("--no-key") { Description = "Do not make a signing key if the profile has none." };
        var trust = new Option<string?>("--trust-store-key")
        {
            Description = "Also trust this key of the store, which you have compared with what its operator publishes.",
            HelpName = "KID",
        };
        var command = new Command("login", "Log in; pins the store's keys, and makes a signing key the first time.")
        {
            Email,
            Service,
            PasswordFile,
            Code,
            noKey,
            trust,
        };
        return runner.Attach(
            command,
            async (context, cancellationToken) =>
            {
                var (address, service) = (EmailOf(context), ServiceOf(context));
                context.Profile.RequireWritable();
                var api = context.Api(service);
                var described = await api.CallAsync(PartyRoutes.DescribeService, cancellationToken);
                context.RequireClock();
                // Before the password is asked for: a service whose key is refused learns nothing, and changes nothing here.
                var store = context.Pins.Propose(api.Address, described, context.Arguments.GetValue(trust));
                var password = context.Secrets.Password(context.Arguments.GetValue(PasswordFile));
                var session = await context
                    .Identity(described)
                    .LogInAsync(
                        address,
                        password,
                        _ => ValueTask.FromResult(context.Secrets.Code(context.Arguments.GetValue(Code))),
                        cancellationToken
                    );
                var party = CognitoClient.PartyOf(session.AccessToken).ToString();
                context.Profile.Settings = (context.Profile.Settings ?? new ProfileSettings(service, address)) with
                {
                    Service = service,
                    Party = party,
                };
                context.Profile.Session = session;
                context.Pins.Pin(store);
                var key = context.Profile.Settings.SigningKey ?? await KeyCommands.TakeUpAsync(context, cancellationToken);
                if (key is null && !context.Arguments.GetValue(noKey))
                {
                    key = (await KeyCommands.AddAsync(context, held: false, CertifiedIdentity.None, cancellationToken)).Kid;
                }

                return new CommandResult(
                    new JsonObject
                    {
                        ["email"] = address,
                        ["party"] = party,
                        ["kid"] = key,
                        ["store"] = store.Store,
                        ["storeKeys"] = new JsonArray([.. store.Keys.Select(kid => (JsonNode)kid)]),
                    },
                    [
                        $"Logged in as {address}, party {party}.",
                        $"Store {store.Store}, key {string.Join(", ", store.Keys)}: kept, and a change refused.",
                        key is null ? "No signing key yet. Next: fairshare keys add" : $"Signing key {key}.",
                    ]
                );
            }
        );
    }

    public static string ServiceOf(CommandContext context) =>
        context.Arguments.GetValue(Service)
        ?? context.Profile.Settings?.Service
        ?? context.Environment.Service
        ?? throw new CommandException(ExitCode.Usage, "no-service", "No service is named.", "Give its address with --service URL.");

    /// <summary>The address that is given, else the profile's.</summary>
    /// <exception cref="CommandException">There is neither, or the profile is another's.</exception>
    public static string EmailOf(CommandContext context)
    {
        var address =
            context.Arguments.GetValue(Email)
            ?? context.Profile.Settings?.Email
            ?? throw new CommandException(
                ExitCode.NotLoggedIn,
                "not-registered",
                $"The profile {context.Profile.Folder} belongs to nobody yet.",
                "If you have an account, run the same command with --email EMAIL and --service URL; if not, run fairshare register."
            );
        _ = EmailAddress.Parse(address);
        RefuseAnotherOwner(context, address);
        return address;
    }

    // Keys, session and evidence of two people in one folder would be mixed up for ever.
    private static void RefuseAnotherOwner(CommandContext context, string address)
    {
        if (context.Profile.Settings is { } settings && !settings.Email.Equals(address, StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandException(
                ExitCode.Usage,
                "profile-in-use",
                $"The profile {context.Profile.Folder} belongs to {settings.Email}.",
                "Give another folder with --home."
            );
        }
    }
}
