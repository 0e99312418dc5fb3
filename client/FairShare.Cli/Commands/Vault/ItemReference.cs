using FairShare.Cli.Commands.Parties;
using FairShare.Cli.Sources;
using FairShare.Vault.Codes;

namespace FairShare.Cli.Commands.Vault;

/// <summary>An item as somebody was told of it.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Site">The service of a link; null for a code or the 48 digits, which name none.</param>
internal sealed record ItemReference(VaultCode Code, Uri? Site)
{
    /// <summary>Reads what the command was given.</summary>
    /// <exception cref="Core.Errors.ProtocolException">It is neither a code, nor a link, nor 48 digits.</exception>
    public static ItemReference Read(CommandContext context)
    {
        var given = context.Arguments.GetRequiredValue(VaultOptions.Code);
        return Read(given == "-" ? new StreamReader(Input.OpenStandard()).ReadLine() ?? "" : given, context);
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="Core.Errors.ProtocolException">It is neither a code, nor a link, nor 48 digits.</exception>
    public static ItemReference Read(string text, CommandContext context)
    {
        if (VaultLink.IsLink(text))
        {
            var link = VaultLink.Parse(text);
            return new(link.Code, link.Site);
        }

        return new(IsCookie(text) ? FromCookie(text, context) : VaultCode.Parse(text), null);
    }

    /// <summary>
    /// The service that has it: the one that <c>--service</c> names, so that a link of the web page, which has the page's address, can be
    /// opened too; else the link's; else the profile's.
    /// </summary>
    public string ServiceIn(CommandContext context) =>
        context.Arguments.GetValue(AccountCommands.Service) ?? Site?.ToString() ?? VaultSession.ServiceOf(context);

    private static bool IsCookie(string text) => text.Trim().Length > 0 && text.Trim().All(char.IsAsciiDigit);

    // The 48 digits do not say whether a password is needed.
    private static VaultCode FromCookie(string text, CommandContext context) =>
        new(context.Arguments.GetValue(VaultOptions.NoPassword) ? VaultMode.Link : VaultMode.Password, VaultCookie.Parse(text));
}
