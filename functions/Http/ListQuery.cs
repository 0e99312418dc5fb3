using System.Globalization;
using FairShare.Aws.Table;
using FairShare.Contracts.Http;

namespace FairShare.Functions.Http;

/// <summary>Reads which page of a list a call asks for.</summary>
internal static class ListQuery
{
    /// <summary>The page that <c>limit</c> and <c>cursor</c> ask for.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-request</c>: no such limit.</exception>
    public static PageRequest ReadPage(this ApiCall call) =>
        call.Query("limit") is not { } limit ? new(call.Query("cursor"))
        : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var entries) && entries is >= 1 and <= PageRequest.Most
            ? new(call.Query("cursor"), entries)
        : throw CommonProblems.InvalidRequest.With($"limit is a whole number from 1 to {PageRequest.Most}.");

    /// <summary>The part of a document's name that <c>name</c> searches for; null without it.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-request</c>: nothing to search for, or longer than any name.</exception>
    public static string? ReadName(this ApiCall call) =>
        call.Query("name") switch
        {
            null => null,
            { Length: >= 1 and <= 255 } name => name,
            _ => throw CommonProblems.InvalidRequest.With("name is 1 to 255 characters of a document's name."),
        };
}
