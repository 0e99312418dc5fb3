using FairShare.Core.Errors;

namespace FairShare.Backup.Planning;

/// <summary>
/// A backup may not be spread so: <c>invalid-threshold</c>, <c>too-many-peers</c>, <c>too-few-peers</c>, <c>peer-named-twice</c>,
/// <c>invalid-liars</c>, <c>invalid-happy</c>, <c>domain-holds-too-much</c>.
/// </summary>
/// <param name="code">The stable code.</param>
/// <param name="message">One sentence for people.</param>
public sealed class PlanException(string code, string message) : ProtocolException(code, message);
