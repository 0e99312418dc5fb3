using FairShare.Client.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Host;
using TemplateHost.Hosting;

namespace FairShare.Cli.Hosting;

/// <summary>The scheduled auditor of the service on this machine.</summary>
/// <param name="Reports">The bucket of its reports.</param>
/// <param name="Function">Its function's name: invoked, it audits at once.</param>
internal sealed record LocalAuditor(string Reports, string Function)
{
    /// <summary>Deploys it, believing the keys that the service has now.</summary>
    /// <param name="host">The host of the service.</param>
    /// <param name="cancellationToken">Stops the deployment.</param>
    public static async Task<LocalAuditor> DeployAsync(EmbeddedHost host, CancellationToken cancellationToken)
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
        return new LocalAuditor(outputs["ReportBucketName"], outputs["AuditorName"]);
    }

    /// <summary>What people are told of it.</summary>
    public IEnumerable<string> Lines() =>
        [
            $"Audit reports s3://{Reports}/reports/, every hour; at once, with the profile admin:",
            $"  aws lambda invoke --profile admin --function-name {Function} /dev/stdout",
        ];
}
