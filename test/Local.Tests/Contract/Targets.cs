using Amazon.Runtime;
using FairShare.Local.Tests.Hosting;
using Xunit;

namespace FairShare.Local.Tests.Contract;

/// <summary>What a contract is held against: the embedded host always, moto where it is found; fresh ones for each class.</summary>
public sealed class Targets : IAsyncLifetime
{
    private SdkHost? host;
    private MotoServer? moto;

    public static TheoryData<string> All => ["host", "moto"];

    public async ValueTask InitializeAsync()
    {
        host = await SdkHost.StartAsync();
        moto = await MotoServer.StartAsync();
    }

    public string UrlOf(string target) => target == "host" ? host!.Host.AwsUrl : moto!.Url;

    public TConfig Configure<TConfig>(string target, TConfig config)
        where TConfig : ClientConfig
    {
        config.ServiceURL = UrlOf(target);
        config.AuthenticationRegion = "us-east-1";
        config.MaxErrorRetry = 0;
        return config;
    }

    /// <summary>Runs a contract; where moto is known to differ, and does, the case is skipped with the page that settles it.</summary>
    public async Task HoldAsync(string target, Func<Task> contract, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        Assert.SkipWhen(target == "moto" && moto is null, "moto_server is not installed here.");
        if (target == "host" || !Differences.OfMoto.TryGetValue(name, out var difference))
        {
            await contract();
            return;
        }

        var failure = await Record.ExceptionAsync(contract);
        Assert.SkipWhen(failure is not null, $"moto differs: {difference.What} AWS: {difference.Page}");
        Assert.Fail($"moto no longer differs in {name}: take the difference off the list.");
    }

    public async ValueTask DisposeAsync()
    {
        moto?.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }
}
