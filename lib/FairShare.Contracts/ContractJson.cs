using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Contracts.Notices;
using FairShare.Contracts.Parties;
using FairShare.Contracts.Standing;
using FairShare.Contracts.Vault;
using FairShare.Contracts.Webhooks;

namespace FairShare.Contracts;

/// <summary>The JSON of all calls, without reflection: camel case, nothing missing, null members left out.</summary>
public static class ContractJson
{
    /// <summary>As the service reads and writes it: nothing unknown, times in UTC with milliseconds.</summary>
    public static JsonSerializerOptions Strict { get; } =
        Create(
            new JsonSerializerOptions
            {
                UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
                Converters = { new TimestampConverter() },
            },
            Contracts
        );

    /// <summary>As a client reads it: it passes over what a newer service adds.</summary>
    public static JsonSerializerOptions Lenient { get; } = LenientOf(Contracts);

    /// <summary>The same options for a client's own types, for example those of its files.</summary>
    /// <param name="types">How the types are read and written.</param>
    public static JsonSerializerOptions LenientOf(IJsonTypeInfoResolver types) =>
        Create(new JsonSerializerOptions { AllowDuplicateProperties = false }, types);

    private static IJsonTypeInfoResolver Contracts =>
        JsonTypeInfoResolver.Combine(
            HttpJson.Default,
            PartyJson.Default,
            ExchangeJson.Default,
            VaultJson.Default,
            WebhookJson.Default,
            NoticeJson.Default,
            PeerJson.Default,
            StandingJson.Default
        );

    /// <summary>How a type is read and written under some options.</summary>
    public static JsonTypeInfo<T> TypeOf<T>(this JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    private static JsonSerializerOptions Create(JsonSerializerOptions options, IJsonTypeInfoResolver types)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;
        options.TypeInfoResolver = types;
        options.MakeReadOnly();
        return options;
    }
}
