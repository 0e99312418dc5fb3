namespace FairShare.Client.Tests.Support;

/// <summary>Two people with profiles, and whoever else joins, who use the host that all classes share.</summary>
public sealed class UpFixture(UpHost host) : IAsyncLifetime
{
    /// <summary>The API's address.</summary>
    public string Url => host.Url;

    /// <summary>Who deposits.</summary>
    public BuiltCommand Alice { get; private set; } = null!;

    /// <summary>Who receives.</summary>
    public BuiltCommand Bob { get; private set; } = null!;

    public string BobsAddress { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await host.StartAsync();
        (Alice, _) = await JoinAsync();
        (Bob, BobsAddress) = await JoinAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc cref="UpHost.JoinAsync"/>
    public Task<(BuiltCommand Person, string Address)> JoinAsync() => host.JoinAsync();

    /// <summary>Deposits a document for everybody.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> DepositAsync(string path, params string[] options) =>
        (await Alice.RunAsync(["put", path, "--open", "--json", .. options])).Answer["fileId"]!.ToString();

    /// <inheritdoc cref="UpHost.CodeAsync"/>
    public Task<string> CodeAsync(string address) => host.CodeAsync(address);

    /// <inheritdoc cref="UpHost.ForgetCodes"/>
    public void ForgetCodes(string address) => host.ForgetCodes(address);
}
