namespace FairShare.Exchange.States;

/// <summary>Where a document stands.</summary>
public enum DocumentState
{
    /// <summary>Upload requested (steps 1 and 2); the evidence of origin is not in.</summary>
    Pending,

    /// <summary>Evidence of origin verified; others may ask for it (step v).</summary>
    Deposited,

    /// <summary>Aborted after somebody acquired it: hidden, kept with its evidence.</summary>
    Withdrawn,

    /// <summary>Aborted before anybody acquired it: the object is gone.</summary>
    Deleted,

    /// <summary>Aborted or lapsed before deposit.</summary>
    Dropped,
}

/// <summary>What can happen to a document.</summary>
public enum DocumentInput
{
    /// <summary>The evidence of origin was verified against the stored object.</summary>
    OriginAccepted,

    /// <summary>The upload's deadline passed.</summary>
    UploadLapsed,

    /// <summary>The uploader aborted, and no exchange of the document has completed.</summary>
    AbortedUnacquired,

    /// <summary>The uploader aborted, and at least one exchange of the document has completed.</summary>
    AbortedAcquired,
}

/// <summary>The three outcomes of an abort, numbered as in the seed.</summary>
public enum AbortOutcome
{
    /// <summary>1: before deposit; the pending upload is dropped.</summary>
    UploadDropped = 1,

    /// <summary>2: deposited, never acquired; document and object are deleted.</summary>
    DocumentDeleted = 2,

    /// <summary>3: acquired by at least one party; hidden, object and evidence kept.</summary>
    DocumentWithdrawn = 3,
}

/// <summary>What an input does to a document; a closed result.</summary>
public abstract record DocumentTransition
{
    private DocumentTransition() { }

    /// <summary>The document changes to this state.</summary>
    /// <param name="State">The new state.</param>
    /// <param name="Abort">The abort's outcome, when an abort moved it.</param>
    public sealed record Moves(DocumentState State, AbortOutcome? Abort = null) : DocumentTransition;

    /// <summary>The input came before; nothing changes and the stored outcome is the answer.</summary>
    public sealed record Repeats(DocumentState State) : DocumentTransition;

    /// <summary>The input does not fit the state: refused, nothing changes.</summary>
    public sealed record Refused(DocumentState State) : DocumentTransition;
}

/// <summary>
/// The decision table of a document.
/// <list type="table">
/// <item><term>Pending</term><description>OriginAccepted: Deposited. UploadLapsed: Dropped. An abort: Dropped, outcome
/// 1.</description></item>
/// <item><term>Deposited</term><description>OriginAccepted: repeat. UploadLapsed: refused. Abort unacquired: Deleted, outcome 2; acquired:
/// Withdrawn, outcome 3.</description></item>
/// <item><term>Withdrawn, Deleted, Dropped</term><description>an abort, or a lapse: repeat. OriginAccepted: refused.</description></item>
/// </list>
/// </summary>
public static class DocumentTransitions
{
    /// <summary>What the input does in the state; total over both enumerations.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside the enumerations.</exception>
    public static DocumentTransition Next(DocumentState state, DocumentInput input) =>
        state switch
        {
            DocumentState.Pending => FromPending(input),
            DocumentState.Deposited => FromDeposited(input),
            DocumentState.Withdrawn or DocumentState.Deleted or DocumentState.Dropped => FromEnded(state, input),
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

    private static DocumentTransition.Moves FromPending(DocumentInput input) =>
        input switch
        {
            DocumentInput.OriginAccepted => new DocumentTransition.Moves(DocumentState.Deposited),
            DocumentInput.UploadLapsed => new DocumentTransition.Moves(DocumentState.Dropped),
            DocumentInput.AbortedUnacquired or DocumentInput.AbortedAcquired => new DocumentTransition.Moves(
                DocumentState.Dropped,
                AbortOutcome.UploadDropped
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(input)),
        };

    private static DocumentTransition FromDeposited(DocumentInput input) =>
        input switch
        {
            DocumentInput.OriginAccepted => new DocumentTransition.Repeats(DocumentState.Deposited),
            DocumentInput.UploadLapsed => new DocumentTransition.Refused(DocumentState.Deposited),
            DocumentInput.AbortedUnacquired => new DocumentTransition.Moves(DocumentState.Deleted, AbortOutcome.DocumentDeleted),
            DocumentInput.AbortedAcquired => new DocumentTransition.Moves(DocumentState.Withdrawn, AbortOutcome.DocumentWithdrawn),
            _ => throw new ArgumentOutOfRangeException(nameof(input)),
        };

    private static DocumentTransition FromEnded(DocumentState state, DocumentInput input) =>
        input switch
        {
            DocumentInput.OriginAccepted => new DocumentTransition.Refused(state),
            DocumentInput.UploadLapsed or DocumentInput.AbortedUnacquired or DocumentInput.AbortedAcquired =>
                new DocumentTransition.Repeats(state),
            _ => throw new ArgumentOutOfRangeException(nameof(input)),
        };
}
