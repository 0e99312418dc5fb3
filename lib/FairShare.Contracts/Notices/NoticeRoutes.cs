using System.Text.Json.Serialization;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;

namespace FairShare.Contracts.Notices;

/// <summary>Calls about notices: mail that says that something waits for the caller. There is none before the caller asks for it.</summary>
public static class NoticeRoutes
{
    /// <summary>The caller's notices.</summary>
    public static Route<None, None, NoticeView> GetNotices { get; } = new(HttpMethod.Get, "/notices");

    /// <summary>
    /// Says where notices go, and about what. A code is mailed to an address that the caller has not confirmed; until it is confirmed
    /// nothing else is. For the confirmed address only what the notices are about is changed.
    /// </summary>
    public static Route<None, NoticeRequest, NoticeView> SetNotices { get; } =
        new(HttpMethod.Post, "/notices") { Problems = [NoticeProblems.Off, NoticeProblems.TooSoon, CommonProblems.TooManyCalls] };

    /// <summary>Confirms the address, with the code that was mailed to it within the last day.</summary>
    public static Route<None, NoticeConfirmation, NoticeView> ConfirmNotices { get; } =
        new(HttpMethod.Post, "/notices/confirmation") { Problems = [NoticeProblems.NotConfirmed, CommonProblems.TooManyCalls] };

    /// <summary>Ends the caller's notices, and forgets the address. A repeat changes nothing.</summary>
    public static Route<None, None, NoticeView> EndNotices { get; } = new(HttpMethod.Delete, "/notices");

    /// <summary>
    /// Ends the notices that a mail belongs to, by the token in its header List-Unsubscribe (RFC 8058). The body is not read; a token that
    /// is good no more changes nothing.
    /// </summary>
    public static Route<NoticeToken, None, NoticeView> Unsubscribe { get; } =
        new(HttpMethod.Post, "/notices/unsubscriptions/{token}") { IsPublic = true };
}

/// <summary>The JSON of these calls' records.</summary>
[JsonSerializable(typeof(NoticeRequest))]
[JsonSerializable(typeof(NoticeConfirmation))]
[JsonSerializable(typeof(NoticeView))]
internal sealed partial class NoticeJson : JsonSerializerContext;
