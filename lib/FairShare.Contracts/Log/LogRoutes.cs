using FairShare.Contracts.Http;

namespace FairShare.Contracts.Log;

/// <summary>The calls about the log.</summary>
public static class LogRoutes
{
    /// <summary>
    /// The log as static files (C2SP tlog-tiles): <c>checkpoint</c> and <c>tile/…</c>. And what is computed from them: <c>proofs/HASH</c>
    /// is the <c>.tlog-proof</c> of a token by its hash, <c>consistency/OLD/NEW</c> the hashes by which one size is another's beginning.
    /// </summary>
    public static Route<LogPath, None, RawContent> GetLogFile { get; } =
        new(HttpMethod.Get, "/log/{path+}") { IsPublic = true, Problems = [LogProblems.NotInLog] };
}
