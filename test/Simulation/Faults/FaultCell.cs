using TemplateHost.Gateway.Faults;

namespace FairShare.Simulation.Faults;

/// <summary>A place where something can go wrong, and what goes wrong there.</summary>
internal sealed record FaultCell(CallPoint Call, FaultKind Kind);

/// <summary>A fault of one call: the so-manieth of its kind in the history, from 0.</summary>
internal sealed record StruckFault(CallPoint Call, int Occurrence, FaultKind Kind)
{
    public override string ToString() =>
        $"{Kind} at call {Occurrence} of {Call.Service} {Call.Operation} by {(Call.Origin.Length > 0 ? Call.Origin : "a party")}";
}
