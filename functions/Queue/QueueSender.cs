namespace FairShare.Functions.Queue;

/// <summary>Who sent a message, as SQS says it, and what of that is bound to a party.</summary>
/// <param name="Id">SQS's <c>SenderId</c>: of a role's session <c>AROA…:name</c>, of a user <c>AIDA…</c>.</param>
/// <param name="Key">What a party is bound to.</param>
/// <param name="IsShared">Whether several parties may be bound to it, each by its own nonce.</param>
/// <remarks>
/// A session's name is the caller's to choose, unless the role's trust policy says which it must be. So
/// a session of a role of this stack, whose trust policy does  -> the session, which one principal alone can have
/// a session of any other role                                 -> the role, which is one party's and nobody else's
/// a user                                                      -> the user
/// </remarks>
internal sealed record QueueSender(string Id, string Key, bool IsShared)
{
    /// <summary>Reads a sender.</summary>
    /// <param name="id">The message's attribute; empty when it has none.</param>
    /// <param name="namedRoles">The unique ids of the roles whose trust policies say what a session is called.</param>
    public static QueueSender Read(string id, IReadOnlyCollection<string> namedRoles) =>
        id.Split(':', 2) switch
        {
            [var role, _] when !namedRoles.Contains(role) => new(id, role, IsShared: false),
            _ => new(id, id, IsShared: true),
        };
}
