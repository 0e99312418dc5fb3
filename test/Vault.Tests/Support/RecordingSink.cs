using FairShare.Core.Identifiers;
using FairShare.Vault.Transfer;

namespace FairShare.Vault.Tests.Support;

/// <summary>Keeps what an upload records and sends, and may be interrupted at each step.</summary>
internal sealed class RecordingSink : IUploadSink
{
    private static readonly byte[] Key = new CountedRandomness(8).Bytes(UploadStateFile.KeyLength);
    private readonly IRandomness randomness = new CountedRandomness(9);

    public List<string> Steps { get; } = [];

    public Dictionary<int, byte[]> Sent { get; } = [];

    /// <summary>Every ciphertext of each part that left, in whatever run.</summary>
    public Dictionary<int, HashSet<string>> EverSent { get; } = [];

    public byte[]? StateFile { get; private set; }

    /// <summary>The step at which the process dies: its number, counted over all runs; null for none.</summary>
    public int? DiesAt { get; set; }

    /// <summary>Whether what a dying step does is done before it dies.</summary>
    public bool DiesAfter { get; set; }

    public byte[] Object => [.. Sent.OrderBy(part => part.Key).SelectMany(part => part.Value)];

    public UploadState Restore() => UploadStateFile.Open(StateFile, Key);

    public Task RecordAsync(UploadState state, CancellationToken cancellationToken) =>
        StepAsync($"record {state.PartDigests.Count}", () => StateFile = UploadStateFile.Seal(state, Key, randomness));

    public Task SendAsync(UploadPart part, CancellationToken cancellationToken) =>
        StepAsync(
            $"send {part.Number}{(part.IsLast ? " last" : "")}{(part.WasRecorded ? " again" : "")}",
            () =>
            {
                Sent[part.Number] = part.Bytes.ToArray();
                EverSent.TryAdd(part.Number, []);
                EverSent[part.Number].Add(part.Digest.ToString());
            }
        );

    private Task StepAsync(string name, Action act)
    {
        var dies = Steps.Count == DiesAt;
        Steps.Add(name);
        if (!dies || DiesAfter)
        {
            act();
        }

        return dies ? throw new IOException("The process died.") : Task.CompletedTask;
    }
}
