using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>What somebody who was shown a receipt says to it.</summary>
internal enum ConsentAnswer
{
    /// <summary>Sign.</summary>
    Yes,

    /// <summary>Sign nothing now.</summary>
    No,

    /// <summary>Refuse the document.</summary>
    Decline,
}

/// <summary>Nothing is signed that was not agreed to: by <c>--yes</c>, or by who sits at the terminal and was shown what it says.</summary>
internal static class Consent
{
    /// <summary>Requires that consent is given, or can be asked for.</summary>
    /// <exception cref="CommandException">Neither.</exception>
    public static void Require(CommandContext context, bool given)
    {
        if (!given && !context.Terminal.CanAsk)
        {
            throw new CommandException(
                ExitCode.Usage,
                "no-consent",
                "A receipt would be signed, and nobody can be asked whether to.",
                "Nothing was opened or signed. Give --yes to sign without being asked."
            );
        }
    }

    /// <summary>Shows what the receipt will say, and asks; who ends the input signs nothing.</summary>
    public static ConsentAnswer Ask(CommandContext context, OpenedExchange exchange, KeyId key)
    {
        context.Terminal.Error.WriteLine(Describe(context, exchange, key));
        return context.Terminal.Ask("Sign it?", ["yes", "no", "decline"]) switch
        {
            "yes" => ConsentAnswer.Yes,
            "decline" => ConsentAnswer.Decline,
            _ => ConsentAnswer.No,
        };
    }

    private static string Describe(CommandContext context, OpenedExchange exchange, KeyId key)
    {
        var document = exchange.Document;
        var minutes = Math.Max(0, (exchange.Due - context.Time.GetUtcNow()).TotalMinutes);
        var sender = exchange.Challenge.Statement.Origin.ToString();
        var called = context.Names.Of(sender);
        return FormattableString.Invariant(
            $"""
            Your receipt will say that you received:
              {TerminalText.Of(document.Name.ToString())}, {document.Size} bytes, {TerminalText.Of(document.Type.ToString())}
              from {TerminalText.Of(called == sender ? sender : $"{called} ({sender})")}
              {Words.Of(document)}
            It is signed with your key {key}, and counts if it arrives until {Timestamp.Format(exchange.Due)}, in {minutes:0} minutes.
            For it you are given the document with the sender's evidence, and the sender is given your receipt.
            """
        );
    }
}
