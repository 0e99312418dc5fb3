using System.Text;
using TemplateHost.Hosting;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>
/// What a contract is put to: the embedded host over the AWS SDK and by the AWS CLI always, moto where it is found. A fresh host for each
/// case; moto is emptied for each.
/// </summary>
/// <param name="shelf">Where a class takes moto and the CLI from, and puts them back.</param>
public sealed class ContractTargets(TargetShelf shelf) : IDisposable
{
    /// <summary>The embedded host over the AWS SDK, or over signed HTTP for a service without one here.</summary>
    public const string Sdk = "host over the SDK";

    /// <summary>The embedded host by the AWS CLI, whose parsers decide whether an answer is one of the service.</summary>
    public const string Cli = "host by the CLI";

    /// <summary>An implementation that is not ours.</summary>
    public const string Moto = "moto";

    private readonly HttpClient client = new();
    private MotoServer? moto;
    private AwsCli? cli;

    /// <summary>What <c>eng/test.cs</c> counts the cases by in which moto does what its row of differences says.</summary>
    private const string Differing = "moto differs";

    /// <summary>
    /// Runs a contract; where moto is known to differ, the case holds it to that, and passes with the page that settles it attached.
    /// </summary>
    /// <param name="target">One of the names above.</param>
    /// <param name="contract">The class and the method of the contract.</param>
    /// <param name="hold">What the target must do.</param>
    public async Task HoldAsync(string target, (string Class, string Case) contract, Func<IContractTarget, Task> hold)
    {
        await using var opened = await OpenAsync(target);
        if (target != Moto || Differences.Find(contract.Class, contract.Case) is not { } difference)
        {
            await hold(opened);
            return;
        }

        var failure = await Record.ExceptionAsync(() => hold(opened));
        Assert.True(failure is not null, $"moto no longer differs in {contract.Class}.{contract.Case}: take the difference off the list.");
        TestContext.Current.AddAttachment(Differing, $"{difference.Where}: {difference.Moto}. AWS: {difference.Page}");
    }

    public void Dispose()
    {
        client.Dispose();
        if (cli is not null)
        {
            shelf.Return(cli);
        }

        if (moto is not null)
        {
            shelf.Return(moto);
        }
    }

    private async Task<IContractTarget> OpenAsync(string target)
    {
        if (target == Moto)
        {
            return await OpenMotoAsync();
        }

        Assert.SkipWhen(target == Cli && AwsCli.Program is null, "The AWS CLI is not installed here.");
        var host = await EmbeddedHost.StartAsync(new EmbeddedHostOptions(), TestHost.Template());
        return target == Sdk
            ? new SdkTarget(client, host.AwsUrl, host.RootCredentials, host.Outputs["WorkflowRoleArn"], host.DisposeAsync)
            : new CliTarget(cli ??= await shelf.TakeCliAsync(), host);
    }

    private async Task<IContractTarget> OpenMotoAsync()
    {
        moto ??= await shelf.TakeMotoAsync();
        Assert.SkipWhen(moto is null, "moto_server is not installed here.");
        using var reset = await client.PostAsync(new Uri($"{moto!.Url}/moto-api/reset"), null);
        // Executions are only recorded, and never run, unless it is told to.
        using var switches = new StringContent("""{"stepfunctions":{"execute_state_machine":true}}""", Encoding.UTF8, "application/json");
        using var switched = await client.PostAsync(new Uri($"{moto.Url}/moto-api/config"), switches);
        return new SdkTarget(client, moto.Url, ("test", "test"), "arn:aws:iam::123456789012:role/any", () => ValueTask.CompletedTask);
    }
}
