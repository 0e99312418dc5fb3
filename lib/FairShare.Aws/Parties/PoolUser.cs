using System.Text.Json.Serialization;

namespace FairShare.Aws.Parties;

/// <summary>What GetUser is asked with.</summary>
internal sealed record GetUserRequest(string AccessToken);

/// <summary>What GetUser answers; members that are not listed are not needed here.</summary>
internal sealed record PoolUser(IReadOnlyList<PoolAttribute> UserAttributes);

/// <summary>An attribute of a user.</summary>
internal sealed record PoolAttribute(string Name, string? Value);

/// <summary>The user pool's JSON, whose members begin with capitals.</summary>
[JsonSerializable(typeof(GetUserRequest))]
[JsonSerializable(typeof(PoolUser))]
internal sealed partial class PoolJson : JsonSerializerContext;
