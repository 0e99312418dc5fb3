using FairShare.Aws.Parties;
using FairShare.Contracts.Parties;

namespace FairShare.Functions.Parties;

/// <summary>A party's key in the answer to its registration.</summary>
internal static class PartyKeyViews
{
    /// <summary>With the KMS key's id, which only the owner is told.</summary>
    public static KeyView ToView(this PartyKeyRecord record) => record.Key.ToView() with { CmkId = record.CmkId };
}
