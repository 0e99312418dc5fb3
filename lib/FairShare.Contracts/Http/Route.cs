using System.Runtime.CompilerServices;
using FairShare.Core.Identifiers;

namespace FairShare.Contracts.Http;

/// <summary>A call of the HTTP API: how it is addressed, and how it may be refused.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path from the API's root, with at most one parameter in braces, whose plus says that it may have slashes.</param>
/// <param name="Name">The call's name, which its handler has too.</param>
public abstract record Route(HttpMethod Method, string Path, string Name)
{
    /// <summary>Whether it is answered without an access token; false by default.</summary>
    public bool IsPublic { get; init; }

    /// <summary>The HTTP status of an answer that has all that was asked for; 200 by default.</summary>
    public int Success { get; init; } = 200;

    /// <summary>Whether it may be answered with 202, for what is not yet decided; false by default.</summary>
    public bool MayBePending { get; init; }

    /// <summary>What it takes in the query; nothing by default.</summary>
    public IReadOnlyList<RouteParameter> Query { get; init; } = [];

    /// <summary>What it takes in headers, beside the access token; nothing by default.</summary>
    public IReadOnlyList<RouteParameter> Headers { get; init; } = [];

    /// <summary>The media type of a request that is <see cref="RawContent"/>.</summary>
    public string RawRequest { get; init; } = "application/octet-stream";

    /// <summary>The media type of an answer that is <see cref="RawContent"/>.</summary>
    public string RawAnswer { get; init; } = "application/octet-stream";

    /// <summary>The most octets of the request's body; 64 KiB by default.</summary>
    public int BodyLimit { get; init; } = 64 * 1024;

    /// <summary>How it is refused, beside <see cref="CommonProblems.OfEveryCall"/>.</summary>
    public IReadOnlyList<ProblemType> Problems { get; init; } = [];

    /// <summary>The parameter of the path; null when it has none.</summary>
    public string? Parameter =>
        Path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var start ? Path[(start + 1)..Path.IndexOf('}', start)].TrimEnd('+') : null;

    /// <summary>The record of the request's body; <see cref="None"/> for calls without one.</summary>
    public abstract Type Request { get; }

    /// <summary>The record of the answer.</summary>
    public abstract Type Answer { get; }

    /// <summary>The path with a value for its parameter, escaped.</summary>
    public string PathOf(string subject)
    {
        var (start, end) = (Path.IndexOf('{', StringComparison.Ordinal), Path.IndexOf('}', StringComparison.Ordinal));
        return start < 0 ? Path
            : Path[end - 1] == '+' ? Path[..start] + string.Join('/', subject.Split('/').Select(Uri.EscapeDataString)) + Path[(end + 1)..]
            : Path[..start] + Uri.EscapeDataString(subject) + Path[(end + 1)..];
    }
}

/// <inheritdoc/>
/// <typeparam name="TSubject">What the parameter of the path names.</typeparam>
/// <typeparam name="TRequest">The record of the request's body.</typeparam>
/// <typeparam name="TAnswer">The record of the answer.</typeparam>
public sealed record Route<TSubject, TRequest, TAnswer>(HttpMethod Method, string Path, [CallerMemberName] string Name = "")
    : Route(Method, Path, Name)
    where TSubject : struct, IIdentifier<TSubject>
{
    /// <inheritdoc/>
    public override Type Request => typeof(TRequest);

    /// <inheritdoc/>
    public override Type Answer => typeof(TAnswer);
}
