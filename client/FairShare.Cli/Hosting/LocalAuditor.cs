using FairShare.Client.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Host;
using TemplateHost.Hosting;

namespace FairShare.Cli.Hosting;

/// <summary>The scheduled auditor of the service on this machine.</summary>
internal static class LocalAuditor
{
    /// <summary>Deploys it, believing the keys that the service has now.</summary>
    /// <param name="host">The host of the service.</param>
    /// <param name="cancellationToken">Stops the deployment.</param>
    /// <returns>The bucket of its reports.</returns>
    public static async Task<string> DeployAsync(EmbeddedHost host, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(host.CreateHandler()) { BaseAddress = new Uri(host.ApiUrl + "/") };
        var service = await new FairShareApi(http, null, TimeProvider.System, new SystemRandomness()).CallAsync(
            PartyRoutes.DescribeService,
            cancellationToken
        );
        var template = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, $"{AuditorStack.StackName}.template.json"),
            cancellationToken
        );
        var outputs = await AuditorStack.DeployAsync(
            host,
            template,
            service.Keys.Select(key => key.Kid),
            service.Log!.Keys[0],
            cancellationToken
        );
        return outputs["ReportBucketName"];
    }
}
