using TemplateHost.Hosting;

namespace FairShare.Host;

/// <summary>A peer of dispersed backups on this machine: its template on an <see cref="EmbeddedHost"/> of its own.</summary>
public static class PeerHost
{
    /// <summary>The stack's name, as <c>cdk deploy</c> gives it for the stage <c>dev</c>.</summary>
    public const string StackName = "FairSharePeer-dev";

    /// <summary>Starts a peer.</summary>
    /// <param name="options">How to run the host; stack, parameters and handlers are the peer's.</param>
    /// <param name="terms">What the peer says of itself, and for whom it keeps backups.</param>
    /// <param name="template">The synthesized template.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="HostOptionException">A port is bad or taken, or another host holds the data directory.</exception>
    public static Task<EmbeddedHost> StartAsync(
        EmbeddedHostOptions options,
        PeerTerms terms,
        string template,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(terms);
        return EmbeddedHost.StartAsync(
            options with
            {
                StackName = StackName,
                FunctionFactory = HandlerFactory.Start,
                Parameters = terms.ToParameters(),
            },
            template,
            cancellationToken
        );
    }
}

/// <summary>The terms of a peer.</summary>
/// <param name="Domain">What fails together with it.</param>
/// <param name="Operator">Who runs it.</param>
/// <param name="Owners">For whom it keeps backups: key ids, or <c>*</c> for anybody who reaches it.</param>
/// <param name="Room">Octets that it has room for.</param>
/// <param name="Group">The JWK of the group that it belongs to; null for none.</param>
/// <param name="Piece">Octets of a body that it reads within one call; 64 MiB by default.</param>
public sealed record PeerTerms(
    string Domain,
    string Operator,
    IReadOnlyList<string> Owners,
    long Room,
    string? Group = null,
    long Piece = PeerTerms.StandardPiece
)
{
    private const long StandardPiece = 64 << 20;

    internal Dictionary<string, string> ToParameters() =>
        new()
        {
            ["Domain"] = Domain,
            ["Operator"] = Operator,
            ["Owners"] = string.Join(',', Owners),
            ["Room"] = Room.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Piece"] = Piece.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Group"] = Group ?? "",
        };
}
