namespace FairShare.Log.Tiles;

/// <summary>A tile or a bundle with its octets.</summary>
/// <param name="Address">Which one.</param>
/// <param name="Content">The octets.</param>
public sealed record TileFile(TileAddress Address, byte[] Content);
