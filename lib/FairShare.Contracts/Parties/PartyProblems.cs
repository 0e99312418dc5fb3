using FairShare.Contracts.Http;

namespace FairShare.Contracts.Parties;

/// <summary>Problems of calls about keys, addresses and senders.</summary>
public static class PartyProblems
{
#pragma warning disable CS1591 // The titles say what each of them means.
    public static ProblemType InvalidProof { get; } = new("invalid-proof", 422, "The proof does not show possession of the key");

    public static ProblemType InvalidSigningInput { get; } =
        new("invalid-signing-input", 422, "What is to be signed is not evidence of the caller's own");

    public static ProblemType KeyNotFound { get; } = new("key-not-found", 404, "The caller has no such key");

    public static ProblemType KeyAlreadyRegistered { get; } = new("key-already-registered", 409, "The key is registered already");

    public static ProblemType KeyRetired { get; } = new("key-retired", 409, "The key is retired or its time is over");

    public static ProblemType HeldKeysOff { get; } = new("held-keys-off", 403, "This deployment holds no keys for parties");

    public static ProblemType TooManyHeldKeys { get; } =
        new("too-many-held-keys", 409, "The store holds as many keys for the caller as it may");

    public static ProblemType PartyNotFound { get; } =
        new("party-not-found", 404, "No party that lets itself be looked up has this address");

    public static ProblemType NoVerifiedAddress { get; } =
        new("no-verified-address", 409, "The user pool has no verified address of the caller");

    public static ProblemType TooManyLookups { get; } =
        new("too-many-lookups", 429, "The caller has looked up too many addresses this hour");

    public static ProblemType UnboundSender { get; } = new("unbound-sender", 403, "The queue's sender is not bound to the party");
#pragma warning restore CS1591
}
