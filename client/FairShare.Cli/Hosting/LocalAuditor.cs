using FairShare.Client.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Host;
using TemplateHost.Hosting;

namespace FairShare.Cli.Hosting;

/// <summary>The scheduled auditor of the service on this machine.</summary>
/// <param name="Outputs">The outputs of its stack.</param>
internal sealed record LocalAuditor(IReadOnlyDictionary<string, string> Outputs)
{
    /// <summary>The bucket of its reports.</summary>
    public string Reports => Outputs["ReportBucketName"];

    /// <summary>Its function's name: invoked, it audits at once.</summary>
    public string Function => Outputs["AuditorName"];

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
        return new LocalAuditor(outputs);
    }

    /// <summary>What people are told of it.</summary>
    public IEnumerable<string> Lines() =>
        [
            $"Audit reports s3://{Reports}/reports/, every hour; at once, and to read them, with the profile admin:",
            $"  aws lambda invoke --profile admin --function-name {Function} /dev/stdout",
            $"  aws s3 cp --profile admin --recursive s3://{Reports}/reports/ reports",
        ];
}
