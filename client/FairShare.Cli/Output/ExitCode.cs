namespace FairShare.Cli.Output;

/// <summary>What the process says by its exit code; documented in docs/cli.md, never renumbered.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The service, the user pool or the object store refused.</summary>
    public const int Refused = 1;

    /// <summary>The command line, or an input that it names, is not usable.</summary>
    public const int Usage = 2;

    /// <summary>Evidence, or a document's digest, does not verify.</summary>
    public const int NotVerified = 3;

    /// <summary>The service cannot be reached.</summary>
    public const int Unreachable = 4;

    /// <summary>Not registered, not logged in, or the session has ended.</summary>
    public const int NotLoggedIn = 5;

    /// <summary>No signing key, or it does not open with this passphrase.</summary>
    public const int NoKey = 6;

    /// <summary>The exchange ended otherwise than by completion.</summary>
    public const int ExchangeEnded = 7;

    /// <summary>A local file is in the way, missing, or cannot be written.</summary>
    public const int LocalFile = 8;

    /// <summary>Evidence is consistent, and nobody vouches for the keys of its store.</summary>
    public const int NotAnchored = 9;

    /// <summary>An audit that could not read everything; what it found until then is written.</summary>
    public const int Incomplete = 10;

    /// <summary>A defect of this program.</summary>
    public const int Defect = 70;

    /// <summary>Interrupted.</summary>
    public const int Interrupted = 130;
}
