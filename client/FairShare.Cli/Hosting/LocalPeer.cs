using System.Globalization;
using System.Text;
using FairShare.Cli.Output;
using FairShare.Client.Files;
using FairShare.Host;
using TemplateHost.Hosting;

namespace FairShare.Cli.Hosting;

/// <summary>
/// A peer on this machine with a name: a host of its own, with a folder of its own, that says of itself another house and operator than
/// the peers beside it, and has the same address whenever it is started.
/// </summary>
internal sealed class LocalPeer : IAsyncDisposable
{
    private const long Room = 100L << 30;

    private readonly EmbeddedHost host;

    private LocalPeer(string name, EmbeddedHost host) => (Name, this.host) = (name, host);

    public string Name { get; }

    /// <summary>Where its API answers.</summary>
    public string Url => host.ApiUrl;

    /// <summary>What AWS would have billed so far.</summary>
    public IReadOnlyDictionary<string, double> MeterTotals => host.MeterTotals;

    /// <summary>Starts it: on the port that its folder has noted, or on a free one, which the folder notes.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="folder">Where it keeps everything; made when it is not there.</param>
    /// <param name="owners">For whom it keeps backups: key ids, or <c>*</c> for anybody who reaches it.</param>
    /// <param name="terminal">Where faults are told.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="CommandException">The port is taken, or what the folder notes is none, or the host cannot start.</exception>
    public static async Task<LocalPeer> StartAsync(
        string name,
        string folder,
        IReadOnlyList<string> owners,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var note = Path.Combine(folder, "port");
        var options = new EmbeddedHostOptions { DataDirectory = folder, ApiPort = ReadPort(note) };
        var terms = new PeerTerms($"house {name}", $"operator {name}", owners, Room);
        var advice = $"Stop what has the port; or delete {note}, and tell fairshare peer add the peer's new address.";
        var host = await HostTemplate.StartPeerAsync(options, terms, terminal, cancellationToken, advice);
        if (options.ApiPort == 0)
        {
            PrivateFile.Write(note, Encoding.ASCII.GetBytes(new Uri(host.ApiUrl).Port.ToString(CultureInfo.InvariantCulture)));
        }

        return new LocalPeer(name, host);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static int ReadPort(string note)
    {
        if (!File.Exists(note))
        {
            return 0;
        }

        var text = File.ReadAllText(note);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw new CommandException(
                ExitCode.LocalFile,
                "cannot-start",
                $"{note} has no port in it.",
                "Write the port into it; or delete it, and tell fairshare peer add the peer's new address."
            );
    }
}
