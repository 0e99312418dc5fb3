using System.Diagnostics;
using TemplateHost.Gateway.Faults;

namespace FairShare.Functions.Benchmarks.ColdStart;

/// <summary>
/// How long the host took to serve the calls of one function, one after the other: at AWS it is the services and the way to them, so it is
/// no part of what a cold start costs.
/// </summary>
internal sealed class ServiceWaits
{
    private readonly Lock gate = new();
    private (string Service, string Operation)? pending;
    private long began;
    private long first;
    private TimeSpan served;
    private int calls;

    public ServiceWaits()
    {
        Plan.Choose = call =>
        {
            Begin(call);
            return null;
        };
    }

    /// <summary>The plan by which the host tells of a call when it begins; it plants nothing.</summary>
    public FaultPlan Plan { get; } = new(seed: 1);

    /// <summary>Notes the end of a call.</summary>
    public void End(ServedCall call)
    {
        lock (gate)
        {
            if (pending == (call.Service, call.Operation))
            {
                (served, calls, pending) = (served + Stopwatch.GetElapsedTime(began), calls + 1, null);
            }
        }
    }

    /// <summary>Forgets what was, and gives it: when the first call began, how long all took, and how many there were.</summary>
    public (long First, TimeSpan Served, int Calls) Take()
    {
        lock (gate)
        {
            var taken = (first, served, calls);
            (first, served, calls, pending) = (0, TimeSpan.Zero, 0, null);
            return taken;
        }
    }

    private void Begin(CallPoint call)
    {
        lock (gate)
        {
            // Functions in the host's own process have a name here, and the process that is measured has none.
            if (call.Origin.Length == 0)
            {
                (began, pending) = (Stopwatch.GetTimestamp(), (call.Service, call.Operation));
                first = first == 0 ? began : first;
            }
        }
    }
}
