using System.Globalization;
using System.Text;

namespace FairShare.Core.Identifiers;

/// <summary>
/// Unicode normalisation form C (UAX 15), from tables of our own: without ICU the platform takes every text to be normalised, and the
/// service runs without ICU.
/// </summary>
internal static class NormalForm
{
    private const int HangulFirst = 0xAC00,
        HangulCount = 11172,
        LeadFirst = 0x1100,
        VowelFirst = 0x1161,
        TailBase = 0x11A7;
    private const int LeadCount = 19,
        VowelCount = 21,
        TailCount = 28;

    private static readonly Lazy<Tables> Data = new(Tables.Load);

    /// <summary>Whether the text is what composing its canonical decomposition yields.</summary>
    public static bool IsComposed(string text)
    {
        if (Ascii.IsValid(text))
        {
            return true;
        }

        var points = text.EnumerateRunes().Select(rune => rune.Value).ToList();
        return !points.Exists(Data.Value.Excluded.Contains) && Compose(Decompose(points)).SequenceEqual(points);
    }

    /// <summary>Composes the canonical decomposition; what may not stand in form C and has no decomposition of two parts stays.</summary>
    public static string Compose(string text) =>
        Ascii.IsValid(text)
            ? text
            : string.Concat(
                Compose(Decompose([.. text.EnumerateRunes().Select(rune => rune.Value)])).Select(point => new Rune(point).ToString())
            );

    private static List<int> Decompose(List<int> points)
    {
        var decomposed = new List<int>();
        foreach (var point in points)
        {
            Expand(point, decomposed);
        }

        // Canonical ordering: a stable sort of each run of combining characters by class.
        for (var start = 0; start < decomposed.Count; start++)
        {
            var length = decomposed.Skip(start).TakeWhile(point => ClassOf(point) != 0).Count();
            var ordered = decomposed.GetRange(start, length).OrderBy(ClassOf).ToList();
            decomposed.RemoveRange(start, length);
            decomposed.InsertRange(start, ordered);
            start += length;
        }

        return decomposed;
    }

    private static void Expand(int point, List<int> output)
    {
        if (point - HangulFirst is >= 0 and < HangulCount and var syllable)
        {
            output.Add(LeadFirst + (syllable / (VowelCount * TailCount)));
            output.Add(VowelFirst + (syllable % (VowelCount * TailCount) / TailCount));
            if (syllable % TailCount is > 0 and var tail)
            {
                output.Add(TailBase + tail);
            }
        }
        else if (Data.Value.Parts.TryGetValue(point, out var parts))
        {
            Expand(parts.First, output);
            output.Add(parts.Second);
        }
        else
        {
            output.Add(point);
        }
    }

    private static List<int> Compose(List<int> points)
    {
        var composed = new List<int>();
        var starter = -1;
        var lastClass = 0;
        foreach (var point in points)
        {
            var pointClass = ClassOf(point);
            var blocked = starter < 0 || (starter != composed.Count - 1 && lastClass >= pointClass);
            if (!blocked && Join(composed[starter], point) is { } whole)
            {
                composed[starter] = whole;
                continue;
            }

            starter = pointClass == 0 ? composed.Count : starter;
            lastClass = pointClass;
            composed.Add(point);
        }

        return composed;
    }

    private static int? Join(int first, int second)
    {
        if (first - LeadFirst is >= 0 and < LeadCount and var lead && second - VowelFirst is >= 0 and < VowelCount and var vowel)
        {
            return HangulFirst + (((lead * VowelCount) + vowel) * TailCount);
        }

        var isOpenSyllable = first - HangulFirst is >= 0 and < HangulCount and var syllable && syllable % TailCount == 0;
        return isOpenSyllable && second - TailBase is > 0 and < TailCount and var tail ? first + tail
            : Data.Value.Wholes.TryGetValue((first, second), out var whole) ? whole
            : null;
    }

    private static int ClassOf(int point) => Data.Value.Classes.GetValueOrDefault(point);

    private sealed record Tables(
        HashSet<int> Excluded,
        Dictionary<int, int> Classes,
        Dictionary<int, (int First, int Second)> Parts,
        Dictionary<(int First, int Second), int> Wholes
    )
    {
        public static Tables Load()
        {
            var tables = new Tables([], [], [], []);
            foreach (var range in Words(NormalFormData.Excluded))
            {
                tables.Excluded.UnionWith(Points(range));
            }

            foreach (var parts in Words(NormalFormData.Combining).Select(word => word.Split(':')))
            {
                foreach (var point in Points(parts[0]))
                {
                    tables.Classes[point] = int.Parse(parts[1], CultureInfo.InvariantCulture);
                }
            }

            foreach (var codes in Words(NormalFormData.Composites).Select(word => Array.ConvertAll(word.Split(':'), Code)))
            {
                tables.Parts[codes[0]] = (codes[1], codes[2]);
                tables.Wholes[(codes[1], codes[2])] = codes[0];
            }

            return tables;
        }

        private static string[] Words(string table) => table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

        private static IEnumerable<int> Points(string range)
        {
            var ends = range.Split('-');
            return Enumerable.Range(Code(ends[0]), Code(ends[1]) - Code(ends[0]) + 1);
        }

        private static int Code(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
