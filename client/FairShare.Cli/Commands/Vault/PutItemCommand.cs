using System.CommandLine;
using FairShare.Cli.Commands.Parties;
using FairShare.Cli.Output;
using FairShare.Client.Vault.Items;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Items;

namespace FairShare.Cli.Commands.Vault;

/// <summary><c>vault put</c>: stores a file, a folder or a pipe.</summary>
internal static class PutItemCommand
{
    private const long DefaultLimit = 1L << 30;

    private static readonly Argument<string> Source = new("path") { Description = "A file, a folder, a pipe; - is standard input." };

    private static readonly Option<bool> Password = new("--password")
    {
        Description = "Protect it with a password besides the code; without it the code or the link alone opens it.",
    };

    private static readonly Option<string?> Name = new("--name") { Description = "What your catalogue calls it (default: its path)." };

    private static readonly Option<bool> NoCompress = new("--no-compress")
    {
        Description = "Do not compress: then the stored size tells nothing of what the content is.",
    };

    private static readonly Option<long> MaxSize = new("--max-size")
    {
        Description = "The most bytes that are taken of a pipe or a device (default: 1 GiB).",
        HelpName = "BYTES",
        DefaultValueFactory = _ => DefaultLimit,
    };

    private static readonly Option<bool> Anonymous = new("--anonymous")
    {
        Description = "Store without an account, where the service allows it: at most 64 MiB and 7 days.",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("put", "Encrypt and store a file, a folder or a pipe; prints the code that fetches it.")
            {
                Source,
                VaultOptions.Expires,
                VaultOptions.Opens,
                Password,
                VaultOptions.PasswordFile,
                Name,
                NoCompress,
                VaultOptions.Qr,
                MaxSize,
                Anonymous,
                AccountCommands.Service,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var arguments = context.Arguments;
        var life = DurationText.Parse(arguments.GetValue(VaultOptions.Expires) ?? "7d");
        ItemLimits.Require(arguments.GetValue(VaultOptions.Opens), life, context.Time.GetUtcNow());
        var isAnonymous = arguments.GetValue(Anonymous);
        using var session = new VaultSession(context);
        var service = isAnonymous ? VaultSession.ServiceOf(context) : VaultSession.OwnServiceOf(context);
        var client = isAnonymous ? session.Client(service) : await session.ConnectAsync(cancellationToken);
        // Asked before anything is stored: a code that was stored must not be lost for it.
        var site = await session.SiteOfAsync(service, cancellationToken);
        var source = ContentSource.Open(arguments.GetRequiredValue(Source), arguments.GetValue(MaxSize));
        var password = PasswordOf(context);
        var order = new VaultPutOrder(
            source.Content,
            arguments.GetValue(Name) ?? source.Name,
            password is null ? VaultMode.Link : VaultMode.Password,
            password,
            life,
            arguments.GetValue(VaultOptions.Opens)
        )
        {
            Compression = arguments.GetValue(NoCompress) ? VaultCompression.None : VaultCompression.Zstd,
            PipeLimit = arguments.GetValue(MaxSize),
            Source = source.Source,
            IsAnonymous = isAnonymous,
        };
        var journal = session.Journal(service);
        var item = await context.Terminal.WithProgressAsync(progress => client.PutAsync(order, journal, progress, cancellationToken));
        if (site != service)
        {
            session.Catalogue.Insert(session.Catalogue.Get(item.Code.ToString()) with { Site = site });
        }

        return PutItemAnswer.Of(item, order, site, context.Arguments.GetValue(VaultOptions.Qr));
    }

    private static string? PasswordOf(CommandContext context)
    {
        var file = context.Arguments.GetValue(VaultOptions.PasswordFile);
        return context.Arguments.GetValue(Password) || file is not null ? context.Secrets.ItemPassword(file, isNew: true) : null;
    }
}
