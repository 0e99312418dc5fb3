using System.CommandLine;
using FairShare.Cli.Hosting.Web;
using FairShare.Cli.Output;

namespace FairShare.Cli.Commands.Hosting;

/// <summary>Where the web page is.</summary>
internal static class PageOption
{
    /// <summary>How the page is made.</summary>
    public const string Making =
        "with Node.js, run npm ci && npm run page in client/web; then build again, or give --page client/web/served.";

    public static Option<string?> Folder { get; } =
        new("--page")
        {
            Description = "A folder of the web page, as npm run page makes it (default: the one that came with this program, if any).",
            HelpName = "DIR",
        };

    /// <summary>Finds the page; null where none is named and none came with the program.</summary>
    /// <exception cref="CommandException"><c>no-page</c>: the folder that is named has none.</exception>
    public static PageFolder? Find(CommandContext context)
    {
        try
        {
            return PageFolder.Find(context.Arguments.GetValue(Folder));
        }
        catch (InvalidDataException fault)
        {
            throw Missing(fault.Message);
        }
    }

    /// <summary>The same for who cannot do without.</summary>
    /// <exception cref="CommandException"><c>no-page</c>: there is none.</exception>
    public static PageFolder Require(CommandContext context) => Find(context) ?? throw Missing("There is no web page here.");

    private static CommandException Missing(string message) =>
        new(ExitCode.LocalFile, "no-page", message, "Make the page first: " + Making);
}
