using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Parties;

namespace FairShare.Client.Http;

/// <summary>JSON of the client's own files, and of a problem, without reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = false,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.Strict,
    WriteIndented = false
)]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(InboxContent))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(Transfers.UploadState))]
[JsonSerializable(typeof(Trust.TrustList))]
[JsonSerializable(typeof(Profiles.ProfileSettings))]
[JsonSerializable(typeof(Identity.LoginSession))]
internal sealed partial class ClientJson : JsonSerializerContext;
