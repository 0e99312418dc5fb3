namespace FairShare.Simulation.Histories;

/// <summary>What the deeds of one history act upon.</summary>
internal interface IScene
{
    /// <summary>How what the history was about has ended.</summary>
    IReadOnlyList<string> Endings { get; }

    /// <summary>Does a deed whose time has come.</summary>
    Task DoAsync(Deed deed, SimulatedParty actor);

    /// <summary>Nothing goes wrong any more: waits until everything has ended, and judges what came of it.</summary>
    Task ProveAsync();
}
