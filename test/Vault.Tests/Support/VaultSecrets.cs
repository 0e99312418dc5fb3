using FairShare.Vault.Codes;

namespace FairShare.Vault.Tests.Support;

internal static class VaultSecrets
{
    public static VaultSecret Of(int seed) => VaultSecret.New(new CountedRandomness(seed));

    public static VaultCode Code(VaultMode mode, int seed) => new(mode, Of(seed));
}
