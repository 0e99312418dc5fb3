using System.Text.Json.Nodes;
using FairShare.Cli.Hosting;
using FairShare.Cli.Output;
using TemplateHost.Hosting;

namespace FairShare.Cli.Commands.Hosting;

/// <summary>What <c>up</c> says while it runs: where everything is, and what comes by mail.</summary>
internal sealed class UpAnnouncement(CommandContext context)
{
    /// <summary>Says where the service's parts are.</summary>
    public void Announce(EmbeddedHost host, AwsProfiles profiles, LocalPeers peers, string? page, LocalAuditor? auditor)
    {
        var json = new JsonObject
        {
            ["api"] = host.ApiUrl,
            ["page"] = page,
            ["aws"] = host.AwsUrl,
            ["credentialsFile"] = profiles.CredentialsFile,
            ["configFile"] = profiles.ConfigFile,
            ["profiles"] = new JsonArray([.. profiles.Names.Select(name => JsonValue.Create(name))]),
            ["outputs"] = profiles.Outputs(),
            ["outputsFile"] = profiles.OutputsFile,
            ["peers"] = peers.ToJson(),
            ["auditReports"] = auditor?.Reports,
            ["auditor"] = auditor?.Function,
        };
        List<string> lines =
        [
            $"API           {host.ApiUrl}",
            $"Web page      {page ?? "none: " + PageOption.Making}",
            $"AWS endpoint  {host.AwsUrl}",
            $"AWS profiles  {string.Join(", ", profiles.Names)}; to use them:",
            $"  export AWS_SHARED_CREDENTIALS_FILE={profiles.CredentialsFile} AWS_CONFIG_FILE={profiles.ConfigFile} AWS_PROFILE=auditor",
            $"Stack outputs {profiles.OutputsFile}",
            .. peers.Lines(),
            .. auditor?.Lines() ?? [],
            "Mailed codes appear here. Ctrl-C stops.",
        ];
        Write(json, lines);
    }

    /// <summary>Says something at once, as lines or as one JSON document.</summary>
    public void Write(JsonObject json, IReadOnlyList<string> lines)
    {
        new CommandResult(json, lines).Write(context.Terminal.Output, context.Json);
        context.Terminal.Output.Flush();
    }
}
