using System.CommandLine;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>The options that say which exchanges are listed, as the query of the call.</summary>
internal sealed class ExchangeQuery
{
    private const string OpenState = "AwaitingReceipt";

    private readonly Option<bool> open = new("--open") { Description = "List only those that wait for your receipt." };
    private readonly Option<string?> role = new("--role") { Description = "List only those of which you are the uploader, or downloader." };
    private readonly Option<string?> state = new("--state") { Description = "List only those that stand so: Completed, Declined, …" };
    private readonly Option<string?> document = new("--document")
    {
        Description = "List only those of this document; all, if it is yours.",
    };
    private readonly Option<string?> with = new("--with") { Description = "List only those with this party." };
    private readonly Option<string?> since = new("--since")
    {
        Description = "List only those that ended then or later, or are open since.",
    };
    private readonly Option<string?> name = new("--name") { Description = "List only those of documents with this in their name." };

    /// <summary>Adds the options to a command.</summary>
    public Command AddTo(Command command)
    {
        role.AcceptOnlyFromAmong("uploader", "downloader");
        state.AcceptOnlyFromAmong([.. ExchangeStates.Names]);
        foreach (var option in new Option[] { open, role, state, document, with, since, name })
        {
            command.Options.Add(option);
        }

        return command;
    }

    /// <summary>The query that the options make.</summary>
    /// <exception cref="Output.CommandException">A time or a party that is none.</exception>
    public IEnumerable<(string Name, string? Value)> Read(CommandContext context) =>
        [
            ("role", context.Arguments.GetValue(role)),
            ("state", context.Arguments.GetValue(open) ? OpenState : context.Arguments.GetValue(state)),
            ("document", context.Arguments.GetValue(document)),
            ("party", context.Arguments.GetValue(with) is { } word ? context.Names.Resolve(word).ToString() : null),
            ("since", TimeOption.Read(context, since) is { } time ? Timestamp.Format(time) : null),
            ("name", context.Arguments.GetValue(name)),
        ];
}
