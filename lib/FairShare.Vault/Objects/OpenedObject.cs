using FairShare.Vault.Age;
using FairShare.Vault.Compression;

namespace FairShare.Vault.Objects;

/// <summary>
/// An object whose header was found genuine; its content is found genuine while it is read, and whole when a read returns 0.
/// </summary>
public sealed class OpenedObject : IDisposable
{
    private readonly AgeReader age;
    private readonly PayloadReader content;

    internal OpenedObject(AgeReader age, long limit) => (this.age, content) = (age, PayloadReader.Open(age, limit));

    /// <summary>What the content is.</summary>
    public PayloadKind Kind => content.Kind;

    /// <summary>The content, decompressed. Reading throws <see cref="AgeException"/> or <see cref="PayloadException"/>.</summary>
    public Stream Content => content;

    /// <inheritdoc/>
    public void Dispose()
    {
        content.Dispose();
        age.Dispose();
    }
}
