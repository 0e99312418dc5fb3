namespace FairShare.Functions.Tests.Outbound;

/// <summary>What a server does with a connection when it has said all that it says.</summary>
internal enum RawEnd
{
    /// <summary>It closes it, in order.</summary>
    HangUp,

    /// <summary>It breaks it.</summary>
    Reset,

    /// <summary>It says nothing more, and leaves it open.</summary>
    Silence,
}

/// <summary>What a server says to one request, octet for octet.</summary>
/// <param name="Pieces">Sent one after the other, each by itself.</param>
/// <param name="End">What comes then.</param>
internal sealed record RawAnswer(IReadOnlyList<byte[]> Pieces, RawEnd End)
{
    /// <summary>Sent again and again after the pieces, as long as the other side takes it; empty for nothing.</summary>
    public byte[] Flood { get; init; } = [];

    /// <summary>How many octets of it at most.</summary>
    public long MostFlood { get; init; } = 1L << 30;

    /// <summary>Whether the request is read before anything is said.</summary>
    public bool Listens { get; init; } = true;

    public byte[] Octets => [.. Pieces.SelectMany(piece => piece)];
}
