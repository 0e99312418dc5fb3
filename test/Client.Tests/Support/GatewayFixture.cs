namespace FairShare.Client.Tests.Support;

/// <summary>Two people, and a gateway that the first of them serves for a whole class: to start one takes a second of CPU time.</summary>
public sealed class GatewayFixture(UpHost host) : IAsyncLifetime
{
    private GatewayProcess gateway = null!;

    /// <summary>The people.</summary>
    public UpFixture Up { get; } = new(host);

    /// <summary>The gateway's port.</summary>
    public int Port => gateway.Port;

    public async ValueTask InitializeAsync()
    {
        await Up.InitializeAsync();
        gateway = await GatewayProcess.StartAsync(Up.Alice);
    }

    public ValueTask DisposeAsync() => gateway.DisposeAsync();
}
