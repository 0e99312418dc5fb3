using FairShare.Core.Errors;

namespace FairShare.Vault.Archive;

/// <summary>A tree that is not packed, or an archive that is not extracted; nothing is left of what was begun.</summary>
/// <param name="fault">Why.</param>
/// <param name="message">One sentence for people; never repeats names out of an archive.</param>
/// <param name="name">The path or entry concerned, for <see cref="ProtocolException.Value"/>; null where there is none.</param>
public sealed class ArchiveException(ArchiveFault fault, string message, string? name = null) : ProtocolException(fault.Code(), message)
{
    /// <summary>Why.</summary>
    public ArchiveFault Fault { get; } = fault;

    /// <summary>The name of the entry or file concerned, whole; null where there is none. Untrusted: show <c>Value</c> instead.</summary>
    public string? Name { get; } = name;

    internal static ArchiveException Of(ArchiveFault fault, string message, string name) =>
        new(fault, message, name) { Value = RefusedText.Of(name) };
}
