namespace FairShare.Aws.Exchange;

/// <summary>The error names with which a wait is ended from outside; the workflow hands them to SealEnding.</summary>
public static class WorkflowErrors
{
    /// <summary>The uploader aborted the document.</summary>
    public const string DocumentAborted = "DocumentAborted";

    /// <summary>The downloader declined; the cause is an <see cref="AcceptedRefusal"/>.</summary>
    public const string ReceiptDeclined = "ReceiptDeclined";

    /// <summary>Step Functions' own name for a deadline that passed.</summary>
    public const string Timeout = "States.Timeout";
}
