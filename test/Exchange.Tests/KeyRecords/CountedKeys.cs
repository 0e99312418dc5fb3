using System.Collections;
using FairShare.Core.Keys;

namespace FairShare.Exchange.Tests.KeyRecords;

/// <summary>Keys that count how many of them were read, however often.</summary>
internal sealed class CountedKeys(IReadOnlyList<PartyKey> keys) : IReadOnlyList<PartyKey>
{
    public int Read { get; private set; }

    public int Count => keys.Count;

    public PartyKey this[int index]
    {
        get
        {
            Read++;
            return keys[index];
        }
    }

    public IEnumerator<PartyKey> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
