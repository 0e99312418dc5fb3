using FairShare.Audit.Items;
using FairShare.Core.Errors;
using FairShare.Log.Leaves;

namespace FairShare.Aws.Log;

/// <summary>A token on its way into the log.</summary>
/// <param name="Leaf">Its leaf.</param>
/// <param name="Text">The token itself, which the archive keeps.</param>
public sealed record LoggedToken(LogLeaf Leaf, string Text)
{
    /// <summary>The tokens of an item of the evidence table.</summary>
    /// <param name="text">Gives an attribute's text; null for one that the item lacks.</param>
    /// <exception cref="ProtocolException"><c>invalid-leaf</c>: an attribute is no token.</exception>
    public static IEnumerable<LoggedToken> Of(Func<string, string?> text) =>
        AuditedItem.TokenAttributes.Select(text).Where(token => !string.IsNullOrEmpty(token)).Select(token => Read(token!));

    /// <summary>A token by its text.</summary>
    /// <exception cref="ProtocolException"><c>invalid-leaf</c>: it is none.</exception>
    public static LoggedToken Read(string text) => new(LogLeaf.OfToken(text), text);
}
