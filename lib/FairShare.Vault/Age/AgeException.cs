using FairShare.Core.Errors;

namespace FairShare.Vault.Age;

/// <summary>Where an age file is refused; a closed set, that of the format's test vectors.</summary>
public enum AgeFault
{
    /// <summary><c>age-header</c>: the header is not one that this reader takes, or the nonce after it is cut off.</summary>
    Header,

    /// <summary><c>age-no-match</c>: the passphrase is wrong, or the file is for no passphrase at all.</summary>
    NoMatch,

    /// <summary><c>age-hmac</c>: the header was changed.</summary>
    Hmac,

    /// <summary><c>age-payload</c>: a chunk was changed, moved, cut off or added.</summary>
    Payload,
}

/// <summary>An age file that is refused.</summary>
/// <param name="fault">Where.</param>
/// <param name="message">One sentence for people.</param>
public sealed class AgeException(AgeFault fault, string message) : ProtocolException(CodeOf(fault), message)
{
    /// <summary>Where.</summary>
    public AgeFault Fault { get; } = fault;

    private static string CodeOf(AgeFault fault) =>
        fault switch
        {
            AgeFault.Header => "age-header",
            AgeFault.NoMatch => "age-no-match",
            AgeFault.Hmac => "age-hmac",
            AgeFault.Payload => "age-payload",
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
}
