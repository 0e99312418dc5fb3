using FairShare.Local.Hosting;
using FairShare.Local.Tests.Support;
using Xunit;

namespace FairShare.Local.Tests.Contract;

/// <summary>What the contracts of services without an SDK package here are put to: by signed HTTP, or by the AWS CLI; a fresh one for each case.</summary>
internal static class WireTargets
{
    public static async Task<IContractTarget> HostAsync()
    {
        var host = await TestHost.StartAsync();
        return new JsonTarget(host.Client, host.Host.AwsUrl, host.SignerFor(null), host.Host.Outputs["WorkflowRoleArn"], host.DisposeAsync);
    }

    /// <summary>The embedded host behind the AWS CLI, whose parsers decide whether an answer is one of the service.</summary>
    public static async Task<IContractTarget> CliAsync()
    {
        Assert.SkipWhen(AwsCli.Program is null, "The AWS CLI is not installed here.");
        return new CliTarget(await EmbeddedHost.StartAsync(new EmbeddedHostOptions(), TestHost.Template()));
    }

    /// <summary>An implementation that is not ours.</summary>
    public static async Task<IContractTarget> MotoAsync()
    {
        var moto = await MotoServer.StartAsync();
        Assert.SkipWhen(moto is null, "moto_server is not installed here.");
        var client = new HttpClient();
        // Executions are only recorded, and never run, unless it is told to.
        using var switches = new StringContent("""{"stepfunctions":{"execute_state_machine":true}}""");
        using var _ = await client.PostAsync($"{moto!.Url}/moto-api/config", switches);
        return new JsonTarget(client, moto.Url, new RequestSigner("test", "test", null, TimeProvider.System), "arn:aws:iam::123456789012:role/any", () =>
        {
            client.Dispose();
            moto.Dispose();
            return ValueTask.CompletedTask;
        });
    }
}
