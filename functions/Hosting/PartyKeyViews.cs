using FairShare.Aws.Parties;
using FairShare.Contracts.Parties;

namespace FairShare.Functions.Hosting;

/// <summary>Parties' keys in answers.</summary>
internal static class PartyKeyViews
{
    /// <summary>With what the store sealed about it.</summary>
    public static KeyView ToPublicView(this PartyKeyRecord record) =>
        record.Key.ToView() with
        {
            Certificate = record.Certificate,
            Retirement = record.Retirement,
        };

    /// <summary>With the KMS key's id too, which only the owner is told.</summary>
    public static KeyView ToOwnersView(this PartyKeyRecord record) => record.ToPublicView() with { CmkId = record.CmkId };
}
