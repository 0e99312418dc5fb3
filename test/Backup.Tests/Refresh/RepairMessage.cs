using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>Numbers on their way from one helper to another, or to the peer that is helped.</summary>
internal sealed record RepairMessage(SealedNumbers Numbers, byte[] Sealed, int From, int To, int Index)
{
    public uint Epoch => Numbers.Epoch;

    public SecretShare? TryOpen(AgreementKey key) => Numbers.TryOpen(Sealed, From, To, key, Index);
}
