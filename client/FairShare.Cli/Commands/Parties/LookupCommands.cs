using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Parties;

/// <summary><c>lookup enable</c>, <c>lookup disable</c> and <c>lookup find</c>.</summary>
internal static class LookupCommands
{
    public static Command Create(CommandRunner runner) =>
        new("lookup", "Let others find you by your address, or find them.") { Enable(runner), Disable(runner), Find(runner) };

    private static Command Enable(CommandRunner runner) =>
        runner.Attach(
            new Command("enable", "Let every party of the service find you by your verified address."),
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var setting = await client.Api.CallAsync(PartyRoutes.AllowLookup, cancellationToken);
                return Describe(setting, $"Whoever gives {setting.Email} finds you from now on.");
            }
        );

    private static Command Disable(CommandRunner runner) =>
        runner.Attach(
            new Command("disable", "Let nobody find you by your address."),
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var setting = await client.Api.CallAsync(PartyRoutes.RefuseLookup, cancellationToken);
                return Describe(setting, "Nobody finds you by your address.");
            }
        );

    private static Command Find(CommandRunner runner)
    {
        var email = new Argument<string>("email") { Description = "The address of somebody who lets themselves be found." };
        return runner.Attach(
            new Command("find", "Find the party of an address, as the service knows it.") { email },
            async (context, cancellationToken) =>
            {
                var address = EmailAddress.Parse(context.Arguments.GetRequiredValue(email)).ToString();
                var client = await context.ConnectAsync(cancellationToken);
                var found = await client.Api.CallAsync(PartyRoutes.LookUpParty, new LookupRequest(address), cancellationToken);
                return new CommandResult(
                    new JsonObject { ["email"] = address, ["party"] = found.Party },
                    [$"{address} is party {found.Party}, says the service. Their own line from fairshare whoami names their key too."]
                );
            }
        );
    }

    private static CommandResult Describe(LookupSetting setting, string line) =>
        new(new JsonObject { ["allowed"] = setting.Allowed, ["email"] = setting.Email }, [line]);
}
