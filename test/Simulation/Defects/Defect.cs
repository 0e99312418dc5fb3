using FairShare.Simulation.Histories;
using TemplateHost.Gateway.Faults;

namespace FairShare.Simulation.Defects;

/// <summary>A fault of the service that a simulation must find: in its template, or in what a function asks of a service.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Shows">What the violation that it causes says; any other is none of its.</param>
internal sealed record Defect(string Name, string Shows)
{
    /// <summary>The history to begin with: one that shows it, so that a test need not search.</summary>
    public long First { get; init; }

    /// <summary>Which histories can show it; the others are not played.</summary>
    public HistoryKind Kind { get; init; }

    /// <summary>Changes the template.</summary>
    public Func<string, string> Template { get; init; } = template => template;

    /// <summary>Changes the body of a function's call; null for none.</summary>
    public Func<CallPoint, string, string>? Rewrite { get; init; }
}
