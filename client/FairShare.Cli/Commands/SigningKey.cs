using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Client.Parties;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Cli.Commands;

/// <summary>
/// The key that a profile signs with: it must be the party's own, of the kind that the profile says, and here if it is self-held.
/// </summary>
internal sealed class SigningKey(CommandContext context)
{
    private const string Anew = "Run fairshare keys add, which makes another and signs with it.";

    /// <summary>Opens it.</summary>
    /// <exception cref="CommandException"><c>no-key</c>, <c>key-not-yours</c>, <c>wrong-key-kind</c>, <c>key-missing</c>.</exception>
    public async Task<IPartySigner> OpenAsync(FairShareClient client, CancellationToken cancellationToken)
    {
        var settings = context.RequireSettings();
        var key = settings.SigningKey is { } text
            ? KeyId.Parse(text)
            : throw Fault("no-key", "This profile has no signing key.", "Run fairshare keys add.");
        await client.Directory.EnsureAsync(client.Party, key, cancellationToken);
        if (client.Directory.Find(key) is not { } known || known.Owner != client.Party)
        {
            throw Fault("key-not-yours", $"The key {key}, which this profile signs with, is not one of yours.", Anew);
        }

        return known.Holder.Name() != settings.SigningKeyKind
                ? throw Fault(
                    "wrong-key-kind",
                    $"{context.Profile.SettingsFile} says that the key {key} is of the kind {settings.SigningKeyKind}, and it is "
                        + $"{known.Holder.Name()}.",
                    $"Correct signingKeyKind there. Or: {Anew}"
                )
            : known.Holder == KeyHolder.Kms ? new HeldKeySigner(client.Api, key)
            : Open(key);
    }

    private LocalSigner Open(KeyId key)
    {
        var store = new KeyStore(context.Profile.KeysFolder);
        return File.Exists(store.PathOf(key))
            ? store.Open(key, context.Secrets.Passphrase(isNew: false))
            : throw Fault("key-missing", $"The signing key {store.PathOf(key)} is missing.", $"Put it back from a copy. Or: {Anew}");
    }

    private static CommandException Fault(string code, string message, string next) => new(ExitCode.NoKey, code, message, next);
}
