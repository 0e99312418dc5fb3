using FairShare.Core.Digests;

namespace FairShare.Vault.Transfer;

/// <summary>A part of an object, ready to be sent.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Bytes">Its bytes; valid until <see cref="IUploadSink.SendAsync"/> has returned.</param>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="IsLast">Whether it is the last. Number 1 and last is an object for one PUT.</param>
/// <param name="WasRecorded">Whether an earlier run recorded it: it may have been sent already, as the same bytes.</param>
public sealed record UploadPart(int Number, ReadOnlyMemory<byte> Bytes, Sha256Digest Digest, bool IsLast, bool WasRecorded);
