using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FairShare.Client.Clocks;
using FairShare.Client.Evidence;
using FairShare.Client.Files;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Profiles;
using FairShare.Client.Transfers;
using FairShare.Client.Trust;
using FairShare.Core.Errors;

namespace FairShare.Cli.Output;

/// <summary>Any exception as one line: what was wrong, and the next thing to do.</summary>
/// <param name="ExitCode">The process's exit code.</param>
/// <param name="Code">A stable code.</param>
/// <param name="Message">What was wrong.</param>
/// <param name="Next">The next thing to do.</param>
internal sealed record Failure(int ExitCode, string Code, string Message, string Next)
{
    /// <summary>The code of a service that does not answer.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>The code of a clock that is off.</summary>
    public const string ClockIsOff = "clock-off";

    // ENOSPC, and ERROR_DISK_FULL.
    private const int DiskFull = 28;

    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    // EPIPE.
    private const int BrokenPipe = 32;

    private const string UserPoolCode =
        "Nothing was changed; the code is the user pool's own: the API reference of Amazon Cognito user pools explains it.";

    /// <summary>The one line for people.</summary>
    public string Line => $"fairshare: {OneLine(Message)} [{Code}] {(Stands is null ? "" : OneLine(Stands) + " ")}{OneLine(Next)}";

    /// <summary>What stands in spite of it; null when nothing was begun.</summary>
    public string? Stands { get; init; }

    /// <summary>The folder where a document cannot be stored; null where that is not what failed.</summary>
    public string? RefusedFolder { get; init; }

    /// <summary>The one line for machines.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["error"] = Code,
            ["message"] = Message,
            ["next"] = Next,
            ["exitCode"] = ExitCode,
        };
        if (Stands is not null)
        {
            json["stands"] = Stands;
        }

        return json;
    }

    public static Failure Of(Exception exception) => VaultFailures.Of(exception) ?? BackupFailures.Of(exception) ?? OfAny(exception);

    /// <summary>An answer that cannot be written to standard output.</summary>
    public static Failure OfOutput(Exception fault) =>
        new(
            Output.ExitCode.LocalFile,
            "output-not-written",
            $"The answer cannot be written to standard output: {fault.Message.TrimEnd('.')}.",
            "Have it go where there is room."
        );

    private static Failure OfAny(Exception exception) =>
        exception switch
        {
            CommandException problem => new(problem.ExitCode, problem.Code, problem.Message, problem.Next),
            EvidenceProblem problem => new(
                Output.ExitCode.NotVerified,
                problem.Code,
                problem.Message,
                "Keep what was received: it shows the fault. Do not rely on the document."
            ),
            StoreNotPinnedProblem problem => new(
                Output.ExitCode.NotLoggedIn,
                "store-not-pinned",
                problem.Message,
                "Nothing was done. Run fairshare login, which shows the keys and pins them."
            ),
            StoreKeyProblem problem => new(
                Output.ExitCode.NotVerified,
                "store-key-changed",
                problem.Message,
                "Nothing was done. Ask the store's operator which key is theirs; only then: fairshare login --trust-store-key KID."
            ),
            TransferProblem { Code: TransferProblem.DigestMismatch } problem => new(
                Output.ExitCode.NotVerified,
                problem.Code,
                problem.Message,
                "Run the same command with --exchange to download again."
            ),
            DamagedFileProblem problem => new(Output.ExitCode.LocalFile, "profile-damaged", problem.Message, problem.Next),
            DamagedKeyProblem problem => new(Output.ExitCode.NoKey, "key-damaged", problem.Message, problem.Next),
            ProfileProblem problem => new(
                Output.ExitCode.LocalFile,
                "profile-not-writable",
                problem.Message,
                $"Give another folder with --home, or make {problem.Folder} yours to write."
            ),
            ClockProblem problem => new(
                Output.ExitCode.LocalFile,
                ClockIsOff,
                problem.Message,
                "Nothing was signed. Set the clock, and run the command again."
            ),
            PlaceProblem problem => new(
                Output.ExitCode.LocalFile,
                problem.Code,
                problem.Message,
                NextAfterPlace(problem.Code, problem.Folder)
            )
            {
                RefusedFolder = problem.Folder,
            },
            DamagedEvidenceProblem problem => new(
                Output.ExitCode.LocalFile,
                "evidence-damaged",
                problem.Message,
                "Nothing was signed. Move it away, and run the same command again: it fetches what the service has."
            ),
            IOException { HResult: BrokenPipe } => new(
                Output.ExitCode.LocalFile,
                "output-closed",
                "Whoever was to read the output has stopped before its end.",
                "Run the command again with a reader that reads all of it, or write to a file."
            ),
            IOException { HResult: DiskFull or DiskFullOnWindows } problem => new(
                Output.ExitCode.LocalFile,
                "disk-full",
                problem.Message,
                $"Make room {(problem is FolderProblem { Folder: var full } ? $"in {full}" : "on the disk")}, and run the command again."
            ),
            FolderProblem problem => new(
                Output.ExitCode.LocalFile,
                "file-failed",
                problem.Message,
                $"See that {problem.Folder} can be written to."
            ),
            TransferProblem { Code: TransferProblem.FileChanged } problem => new(
                Output.ExitCode.LocalFile,
                problem.Code,
                problem.Message,
                "Wait until no other program writes it, or deposit a copy."
            ),
            TransferProblem { Code: TransferProblem.Stalled } problem => new(
                Output.ExitCode.Unreachable,
                problem.Code,
                problem.Message,
                "See that the network is up, and run the same command again."
            ),
            ExchangeEndedProblem problem => new(
                Output.ExitCode.ExchangeEnded,
                "exchange-ended",
                problem.Message,
                "Its evidence is kept; to receive the document, ask for it again with fairshare get."
            ),
            FairShareProblem { Status: 401 } problem => new(
                Output.ExitCode.NotLoggedIn,
                problem.Code,
                "The service does not accept the session.",
                "Run fairshare login."
            ),
            FairShareProblem problem => new(
                Output.ExitCode.Refused,
                problem.Code,
                problem.Detail,
                NextAfter(problem.Code) ?? NextAfter(problem.Status)
            ),
            IdentityProblem problem => new(Output.ExitCode.Refused, problem.Code, problem.Message, NextAfter(problem.Code) ?? UserPoolCode),
            TransferProblem problem => new(Output.ExitCode.Refused, problem.Code, problem.Message, "Run the same command again."),
            ProtocolException problem => new(Output.ExitCode.Usage, problem.Code, problem.Message, "Correct it and run the command again."),
            HttpRequestException problem => new(
                Output.ExitCode.Unreachable,
                "unreachable",
                problem.Message,
                "See that the service is up and its address right, and run the command again."
            ),
            CryptographicException => new(
                Output.ExitCode.NoKey,
                "key-not-opened",
                "The signing key does not open with this passphrase.",
                "Give the passphrase that the key was made with; if it is that, put the key's file back from a copy."
            ),
            FileNotFoundException or DirectoryNotFoundException or InvalidDataException => new(
                Output.ExitCode.LocalFile,
                "file-not-usable",
                exception.Message,
                "Give another path."
            ),
            IOException or UnauthorizedAccessException => new(
                Output.ExitCode.LocalFile,
                "file-failed",
                exception.Message,
                "See that the path can be read and written, and that no other program holds it."
            ),
            TaskCanceledException { InnerException: TimeoutException } problem => new(
                Output.ExitCode.Unreachable,
                NoAnswer,
                problem.Message,
                "See that the service is up and its address right, and run the command again."
            ),
            OperationCanceledException => new(
                Output.ExitCode.Interrupted,
                "interrupted",
                "Interrupted.",
                "Run the same command again to go on."
            ),
            _ => new(
                Output.ExitCode.Defect,
                "defect",
                $"{exception.GetType().Name}: {exception.Message}",
                "This is a defect; report it with FAIRSHARE_TRACE=1 set."
            ),
        };

    // Where an exchange is open already, what stands and how to go on replaces this.
    private static string NextAfterPlace(string code, string folder) =>
        code switch
        {
            "no-room" => $"Nothing was signed. Make room in {folder}, or give another folder with --out.",
            "download-in-the-way" =>
                "Nothing was signed. Wait for the command that has it, move it away, or give another folder with --out.",
            "file-in-the-way" => "Nothing was signed. Move it away, or give another folder with --out.",
            _ => $"Nothing was signed. Give another folder than {folder} with --out.",
        };

    private static string NextAfter(int status) =>
        status >= 500
            ? "Run the command again; if it keeps failing, tell who runs the service."
            : "Nothing was changed; docs/problems.md says what the code means.";

    private static string? NextAfter(string code) =>
        code switch
        {
            "UserNotConfirmedException" => "Run fairshare confirm with the code that was mailed.",
            "UsernameExistsException" => "Run fairshare login.",
            "NotAuthorizedException" or "UserNotFoundException" => "Check address and password.",
            "InvalidPasswordException" => "Choose another password: long, with upper and lower case and a digit.",
            "CodeMismatchException" or "ExpiredCodeException" =>
                "Give the code that was mailed last, or the one that the authenticator shows next.",
            "EnableSoftwareTokenMFAException" =>
                "See that the clocks agree, and run fairshare mfa enable with --code and the code shown now.",
            "SoftwareTokenMFANotFoundException" => "Ask the service's operator for it: this user pool takes no authenticators.",
            "party-not-found" => "Ask them for the line that fairshare whoami prints, or to run fairshare lookup enable.",
            "no-verified-address" => "Run fairshare login again; the address that you signed up with must be confirmed.",
            "too-many-lookups" => "Wait until the next hour, or ask them for the line that fairshare whoami prints.",
            "LimitExceededException" or "TooManyRequestsException" => "Wait, an hour at most, and run the command again.",
            "document-not-found" => "See fairshare list for the documents that you may ask for.",
            "exchange-not-found" => "See fairshare exchanges for your exchanges.",
            "not-your-document" => "To refuse a document of somebody else's, run fairshare decline with the exchange that get opened.",
            "own-document" => "It is for those whom you named with --to; see fairshare list --mine.",
            "not-the-downloader" => "To withdraw the document, run fairshare abort with it.",
            "no-signing-key" or "key-not-found" => "Run fairshare keys add.",
            "exchange-ended" => "Run fairshare evidence with the exchange to see how it ended.",
            "undecided" => "Run fairshare get --exchange with the exchange in a while.",
            "UnexpectedAnswer" or "unexpected-answer" or ['h', 't', 't', 'p', '-', ..] =>
                "See that the service's address is right; if it is, tell who runs the service.",
            _ => null,
        };

    private static string OneLine(string text) =>
        TerminalText.Of(string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)));
}
