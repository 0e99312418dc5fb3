using TemplateHost.Kernel;

namespace TemplateHost.Gateway.Faults;

/// <summary>Where every call of a service passes, is told of, and may meet a fault.</summary>
internal sealed class FaultPoint(FaultPlan? plan, TimeProvider time, Action<ServedCall>? called)
{
    /// <summary>Told of the data points of calls that were throttled.</summary>
    public Action<Measurement>? Measured { get; init; }

    /// <param name="operation">What rules go by: the operation's name, or the HTTP method.</param>
    /// <param name="path">The path where the operation alone does not say what is called.</param>
    /// <param name="serve">Serves the call; run twice for a duplicate.</param>
    /// <exception cref="AwsException">The service's own throttling or internal error.</exception>
    /// <exception cref="ConnectionCutException">The caller is to see a broken connection.</exception>
    public Task<T> RunAsync<T>(
        string service,
        string operation,
        string? path,
        bool repeatable,
        Func<Task<T>> serve,
        CancellationToken cancellationToken
    )
    {
        var origin = CallOrigin.Current;
        return MeetAsync(
            origin,
            new CallPoint(origin?.Name ?? "", service, operation),
            repeatable,
            Apart(called is null ? serve : () => TellAsync(service, path is null ? operation : $"{operation} {path}", serve, called)),
            cancellationToken
        );
    }

    /// <summary>What a service does for a call is no part of its caller's flow any more, whatever it starts.</summary>
    private static Func<Task<T>> Apart<T>(Func<Task<T>> serve) =>
        async () =>
        {
            CallOrigin.Current = null;
            return await serve();
        };

    private async Task<T> MeetAsync<T>(
        CallOrigin? origin,
        CallPoint call,
        bool repeatable,
        Func<Task<T>> serve,
        CancellationToken cancellationToken
    )
    {
        if (origin is { Crashed.IsCompleted: true })
        {
            throw new ConnectionCutException();
        }

        var rule = plan?.Draw(call);
        var service = call.Service;
        switch (rule?.Kind)
        {
            case FaultKind.Delay:
                await Task.Delay(rule.Delay, time, cancellationToken);
                break;
            case FaultKind.Timeout:
                await Task.Delay(rule.Delay, time, cancellationToken);
                throw new ConnectionCutException();
            case FaultKind.Throttle:
                throw Throttled(call);
            case FaultKind.Deny:
                throw FaultErrors.Denied(service);
            case FaultKind.InternalError:
                throw FaultErrors.Internal(service);
            case FaultKind.Refuse:
                throw new AwsException(rule.Code, "The fault plan refuses this call.");
            case FaultKind.CutBefore:
                throw new ConnectionCutException();
            case FaultKind.Duplicate when repeatable:
                await ServeUnseenAsync(serve);
                break;
            case FaultKind.CutAfter:
                await ServeUnseenAsync(serve);
                throw new ConnectionCutException();
            case FaultKind.CrashBefore:
                throw Crash(origin);
            case FaultKind.CrashAfter:
                await ServeUnseenAsync(serve);
                throw Crash(origin);
        }

        return await serve();
    }

    private AwsException Throttled(CallPoint call)
    {
        if (ThrottleMetrics.Of(call, time.GetUtcNow()) is { } point)
        {
            Measured?.Invoke(point);
        }

        return FaultErrors.Throttled(call.Service);
    }

    private static ConnectionCutException Crash(CallOrigin? origin)
    {
        if (origin is { MayCrash: true })
        {
            origin.Crash();
        }

        return new ConnectionCutException();
    }

    private async Task<T> TellAsync<T>(string service, string operation, Func<Task<T>> serve, Action<ServedCall> tell)
    {
        try
        {
            var answer = await serve();
            tell(ServedCall.Answered(time.GetUtcNow(), service, operation, answer));
            return answer;
        }
        catch (AwsException refusal)
        {
            tell(ServedCall.Refused(time.GetUtcNow(), service, operation, refusal.Code));
            throw;
        }
    }

    private static async Task ServeUnseenAsync<T>(Func<Task<T>> serve)
    {
        try
        {
            await serve();
        }
        catch (AwsException)
        {
            // A refusal is an answer, and nobody sees this one.
        }
    }
}

/// <summary>The connection is to break without an answer.</summary>
internal sealed class ConnectionCutException() : IOException("The connection was cut by the fault plan.");
