namespace FairShare.Core.Identifiers;

/// <summary>An id that is written as one text.</summary>
public interface IIdentifier<TSelf>
    where TSelf : struct, IIdentifier<TSelf>
{
    /// <summary>Reads the text.</summary>
    /// <exception cref="Errors.ProtocolException">It is none; the code names the kind of id.</exception>
    static abstract TSelf Parse(string text);
}
