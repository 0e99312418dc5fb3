using FairShare.Core.Identifiers;
using TemplateHost.Kernel;

namespace FairShare.Simulation.Histories;

/// <summary>Octets that follow from a text, which each history sets anew: what came before it does not change it.</summary>
internal sealed class ReseededSource(string seed) : IRandomSource, IRandomness
{
    private SeededRandomSource source = new(seed);

    public void Reseed(string text) => source = new SeededRandomSource(text);

    public void Fill(Span<byte> destination) => source.Fill(destination);
}
