namespace TemplateHost.Gateway.Faults;

/// <summary>
/// Who makes the calls of a flow of control: an invocation of a function, or a task of a workflow. It follows the flow, as an invocation's
/// own calls do, and ends where another service takes over.
/// </summary>
/// <param name="name">The handler, or the state.</param>
/// <param name="mayCrash">Whether it can vanish in the middle: an invocation can, a task of a workflow is journaled.</param>
internal sealed class CallOrigin(string name, bool mayCrash)
{
    private static readonly AsyncLocal<CallOrigin?> Flow = new();
    private readonly TaskCompletionSource crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Of the flow of control that asks; null where nobody said.</summary>
    public static CallOrigin? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    public string Name => name;

    public bool MayCrash => mayCrash;

    /// <summary>Completes when it has crashed.</summary>
    public Task Crashed => crashed.Task;

    /// <summary>From now on none of its calls reaches a service, and nobody hears what it would have answered.</summary>
    public void Crash() => crashed.TrySetResult();
}
