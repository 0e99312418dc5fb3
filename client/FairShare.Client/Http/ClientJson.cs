using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Contracts;

namespace FairShare.Client.Http;

/// <summary>JSON of the API and of the client's own files, without reflection.</summary>
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
[JsonSerializable(typeof(ServiceDescription))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(NonceGrant))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(RetiredKey))]
[JsonSerializable(typeof(SignatureRequest))]
[JsonSerializable(typeof(SignatureAnswer))]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(UploadGrant))]
[JsonSerializable(typeof(PartsRequest))]
[JsonSerializable(typeof(PartsGrant))]
[JsonSerializable(typeof(OriginRequest))]
[JsonSerializable(typeof(OriginAnswer))]
[JsonSerializable(typeof(DocumentView))]
[JsonSerializable(typeof(DocumentPage))]
[JsonSerializable(typeof(AbortAnswer))]
[JsonSerializable(typeof(ExchangeRequest))]
[JsonSerializable(typeof(ExchangeGrant))]
[JsonSerializable(typeof(ReceiptRequest))]
[JsonSerializable(typeof(ReceiptAnswer))]
[JsonSerializable(typeof(ExchangeView))]
[JsonSerializable(typeof(EvidenceAnswer))]
[JsonSerializable(typeof(DownloadGrant))]
[JsonSerializable(typeof(InboxPage))]
[JsonSerializable(typeof(InboxContent))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(Transfers.UploadState))]
[JsonSerializable(typeof(Trust.TrustList))]
[JsonSerializable(typeof(Profiles.ProfileSettings))]
[JsonSerializable(typeof(Identity.LoginSession))]
internal sealed partial class ClientJson : JsonSerializerContext;
