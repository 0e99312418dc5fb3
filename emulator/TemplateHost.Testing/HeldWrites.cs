using TemplateHost.Hosting;

namespace TemplateHost.Testing;

/// <summary>Holds every write of a host, arrived but not yet begun, for as long as a test wants.</summary>
public sealed class HeldWrites
{
    private HeldStore? store;

    /// <summary>How many writes have arrived and been held so far.</summary>
    public int Arrived => Store.Arrived;

    private HeldStore Store => store ?? throw new InvalidOperationException("No host was started with these options.");

    /// <summary>The options of the one host whose writes are held.</summary>
    public EmbeddedHostOptions On(EmbeddedHostOptions options) => options with { DecorateStore = inner => store = new HeldStore(inner) };

    /// <summary>From here on, writes wait.</summary>
    public void Hold() => Store.Hold();

    /// <summary>Those that wait go on, and others no longer wait.</summary>
    public void Release() => Store.Release();
}
