using System.Text.Json.Serialization;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;

namespace FairShare.Contracts.Parties;

/// <summary>Calls about the service, the parties' keys and addresses, and the senders that speak for them.</summary>
public static class PartyRoutes
{
    /// <summary>Everything that a client must know before it signs in; needs no token.</summary>
    public static Route<None, None, ServiceDescription> DescribeService { get; } =
        new(HttpMethod.Get, "/.well-known/fairshare") { IsPublic = true };

    /// <summary>A nonce for a proof of possession; a repeat gives another.</summary>
    public static Route<None, None, NonceGrant> IssueKeyNonce { get; } =
        new(HttpMethod.Post, "/keys/nonces") { Success = 201, Problems = [CommonProblems.TooManyCalls] };

    /// <summary>Registers a key; a repeat answers with the key that is registered already.</summary>
    public static Route<None, KeyRequest, KeyView> RegisterKey { get; } =
        new(HttpMethod.Post, "/keys")
        {
            Success = 201,
            Problems =
            [
                PartyProblems.InvalidProof,
                PartyProblems.KeyAlreadyRegistered,
                PartyProblems.KeyRetired,
                PartyProblems.HeldKeysOff,
                PartyProblems.TooManyHeldKeys,
                PartyProblems.NoVerifiedAddress,
                CommonProblems.WrongNonce,
                CommonProblems.TooManyCalls,
            ],
        };

    /// <summary>Retires a key of the caller, a minute from now; a repeat gives the first time.</summary>
    public static Route<KeyId, None, RetiredKey> RetireKey { get; } =
        new(HttpMethod.Delete, "/keys/{keyId}") { Problems = [PartyProblems.KeyNotFound] };

    /// <summary>Has a key that the store holds sign evidence of the caller.</summary>
    public static Route<KeyId, SignatureRequest, SignatureAnswer> SignWithHeldKey { get; } =
        new(HttpMethod.Post, "/keys/{keyId}/signatures")
        {
            Problems =
            [
                PartyProblems.HeldKeysOff,
                PartyProblems.KeyNotFound,
                PartyProblems.InvalidSigningInput,
                CommonProblems.InvalidEvidence,
                CommonProblems.TooManyCalls,
            ],
        };

    /// <summary>A page of a party's keys, retired ones included, newest first; any party may ask.</summary>
    public static Route<PartyId, None, KeyPage> ListPartyKeys { get; } =
        new(HttpMethod.Get, "/parties/{partyId}/keys") { Query = [RouteParameter.Limit, RouteParameter.Cursor] };

    /// <summary>
    /// Lets the caller be looked up by its verified address, until it says otherwise; a repeat changes nothing, or takes a changed address.
    /// </summary>
    public static Route<None, None, LookupSetting> AllowLookup { get; } =
        new(HttpMethod.Post, "/parties/lookup/address") { Problems = [PartyProblems.NoVerifiedAddress, CommonProblems.TooManyCalls] };

    /// <summary>Lets nobody look the caller up any more; a repeat changes nothing.</summary>
    public static Route<None, None, LookupSetting> RefuseLookup { get; } = new(HttpMethod.Delete, "/parties/lookup/address");

    /// <summary>The party of an address, for any party that asks; an address of nobody's and one of a hidden party are the same.</summary>
    public static Route<None, LookupRequest, LookupAnswer> LookUpParty { get; } =
        new(HttpMethod.Post, "/parties/lookup") { Problems = [PartyProblems.PartyNotFound, PartyProblems.TooManyLookups] };

    /// <summary>A nonce with which a sender of the queue binds itself to the caller; a repeat gives another.</summary>
    public static Route<None, None, NonceGrant> BindSender { get; } =
        new(HttpMethod.Post, "/senders") { Success = 201, Problems = [CommonProblems.TooManyCalls] };
}

/// <summary>The JSON of these calls' records.</summary>
[JsonSerializable(typeof(ServiceDescription))]
[JsonSerializable(typeof(NonceGrant))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(RetiredKey))]
[JsonSerializable(typeof(SignatureRequest))]
[JsonSerializable(typeof(SignatureAnswer))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(KeyPage))]
[JsonSerializable(typeof(LookupRequest))]
[JsonSerializable(typeof(LookupAnswer))]
[JsonSerializable(typeof(LookupSetting))]
internal sealed partial class PartyJson : JsonSerializerContext;
